"""Quotes planted in pages of many languages: word for word, in other typography, with a word in ten changed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from matcher import Match, QuoteIndex
from matcher.folding import fold

# Everyday words of each language; what they say together is nonsense, and every draw is another quote.
SPACED = {
    "English": "walrus harvest minister lantern copper village thunder orchard captain velvet granite whisper bottle meadow engine pilgrim canvas marble shepherd harbour tunnel sparrow blanket fortune",
    "German": "Walross Ernte Ministerin Laterne Kupfer Dörfer Donner Obstgarten Kapitän Samt Granit Geflüster Flasche Wiese Maschine Pilger Leinwand Marmor Schäfer Häfen Spatz Decke Straße Glück",
    "French": "récolte ministre lanterne cuivre village tonnerre verger capitaine velours granit murmure bouteille prairie moteur pèlerin toile marbre berger hameçon tunnel moineau couverture forêt été",
    "Spanish": "morsa cosecha ministra linterna cobre aldea trueno huerto capitán terciopelo granito susurro botella pradera motor peregrino lienzo mármol pastor puerto túnel gorrión manta mañana",
    "Polish": "żniwa ministerka latarnia miedź wioska grzmot sad kapitan aksamit granit szept butelka łąka silnik pielgrzym płótno marmur pasterz przystań tunel wróbel koc źródło śnieg",
    "Turkish": "hasat bakanı fener bakır köyü gök gürültüsü bahçe kaptan kadife granit fısıltı şişe çayır motor hacı tuval mermer çoban liman tünel serçe battaniye ışık",
    "Vietnamese": "mùa gặt bộ trưởng đèn lồng đồng làng sấm vườn thuyền trưởng nhung đá hoa thì thầm chai đồng cỏ động cơ hành hương vải đá cẩm thạch người chăn cừu",
    "Russian": "урожай министр фонарь медь деревня гром сад капитан бархат гранит шёпот бутылка луг двигатель паломник холст мрамор пастух гавань тоннель воробей одеяло йод ёжик",
    "Ukrainian": "врожай міністр ліхтар мідь село грім садок капітан оксамит граніт шепіт пляшка лука двигун паломник полотно мармур пастух гавань тунель горобець ковдра їжак ґанок",
    "Greek": "σοδειά υπουργός φανάρι χαλκός χωριό βροντή περιβόλι καπετάνιος βελούδο γρανίτης ψίθυρος μπουκάλι λιβάδι μηχανή προσκυνητής καμβάς μάρμαρο βοσκός λιμάνι σήραγγα σπουργίτι κουβέρτα",
    "Arabic": "حصاد وزير فانوس نحاس قرية رعد بستان قبطان مخمل جرانيت همس زجاجة مرج محرك حاج قماش رخام راعي ميناء نفق عصفور بطانية أرنب مدرسة",
    "Persian": "برداشت وزیر فانوس مس روستا تندر باغ ناخدا مخمل خارا نجوا بطری چمن موتور زائر بوم مرمر چوپان بندر تونل گنجشک پتو کتاب گربه",
    "Hebrew": "קציר שרה פנס נחושת כפר רעם פרדס קברניט קטיפה גרניט לחישה בקבוק אחו מנוע צליין בד שיש רועה נמל מנהרה דרור שמיכה",
    "Hindi": "फ़सल मंत्री लालटेन तांबा गाँव गरज बाग कप्तान मखमल ग्रेनाइट फुसफुसाहट बोतल मैदान इंजन तीर्थयात्री कैनवास संगमरमर गड़रिया बंदरगाह सुरंग गौरैया कंबल",
    "Bengali": "ফসল মন্ত্রী লণ্ঠন তামা গ্রাম বজ্র বাগান কাপ্তান মখমল গ্রানাইট ফিসফিস বোতল তৃণভূমি ইঞ্জিন তীর্থযাত্রী ক্যানভাস মার্বেল রাখাল বন্দর সুড়ঙ্গ চড়ুই কম্বল",
    "Tamil": "அறுவடை அமைச்சர் விளக்கு செம்பு கிராமம் இடி தோட்டம் கேப்டன் பட்டு கருங்கல் கிசுகிசு புட்டி புல்வெளி இயந்திரம் யாத்ரீகர் துணி பளிங்கு மேய்ப்பன் துறைமுகம் குருவி போர்வை",
    "Korean": "수확 장관 등불 구리 마을 천둥 과수원 선장 벨벳 화강암 속삭임 유리병 초원 기관 순례자 화폭 대리석 목동 항구 굴길 참새 담요",
    "Georgian": "მოსავალი მინისტრი ფარანი სპილენძი სოფელი ჭექა ბაღი კაპიტანი ხავერდი გრანიტი ჩურჩული ბოთლი მდელო ძრავა მომლოცველი ტილო მარმარილო მწყემსი ნავსადგური გვირაბი",
    "Amharic": "መከር ሚኒስትር ፋኖስ መዳብ መንደር ነጎድጓድ አትክልት ካፒቴን ቬልቬት ጥቁር ሹክሹክታ ጠርሙስ ሜዳ ሞተር ሐጃጅ ሸራ እብነበረድ እረኛ ወደብ ዋሻ",
}  # fmt: skip
UNSPACED = {
    "Chinese": "秋收部长灯笼铜村庄雷果园船长丝绒岗石低语瓶草甸机器朝圣画布理羊倌港湾隧道麻雀毯森林",
    "Japanese": "収穫の大臣は灯籠を銅と村で雷が果樹園に船長もビロード花崗岩ささやく瓶や草原エンジン巡礼カンバス",
    "Thai": "เก็บเกี่ยวรัฐมนตรีโคมไฟทองแดงหมู่บ้านฟ้าร้องสวนผลไม้กัปตันกำมะหยี่หินกระซิบขวดทุ่งหญ้าเครื่อง",
    "Khmer": "ការច្រូតកាត់រដ្ឋមន្ត្រីចង្កៀងស្ពាន់ភូមិផ្គរសួនច្បារប្រធានកប៉ាល់ដបវាលស្មៅម៉ាស៊ីន",
    "Burmese": "ရိတ်သိမ်းဝန်ကြီးမီးအိမ်ကြေးနီရွာမိုးခြိမ်းဥယျာဉ်ကပ္ပတိန်ကတ္တီပါပုလင်းမြက်ခင်းအင်ဂျင်",
    "Lao": "ເກັບກ່ຽວລັດຖະມົນຕີໂຄມໄຟທອງແດງໝູ່ບ້ານຟ້າຮ້ອງສວນໝາກໄມ້ກັບຕັນກຳມະຫຍີ່ຫີນແກ້ວທົ່ງຫຍ້າ",
}  # fmt: skip
MARKS = ["“”", '""', "«»", "„“", "「」", "‘’"]
PLANTS = 25  # of each language and each kind of plant


@dataclass(frozen=True)
class Plant:
    """`page[start:end]` is what stands there of quote number `quote`."""

    quote: int
    page: str
    start: int
    end: int


def units(language: str) -> list[str]:
    """The words of a language, or the characters (with their marks) of one without spaces."""
    if language in SPACED:
        return sorted(set(SPACED[language].split()))
    text = UNSPACED[language]
    tokens = fold(text)
    return sorted({text[a:b] for a, b in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)})


def joined(language: str, words: list[str]) -> str:
    return (" " if language in SPACED else "").join(words)


def other_text(language: str, rng: random.Random) -> str:
    """Words that stand in no quote: two of the language's in one; or the characters of another."""
    if language in SPACED:
        words = drawn(language, rng, 30, 60)
        return joined(language, [a + b for a, b in zip(words, reversed(words), strict=True)])
    others = list(UNSPACED)
    return joined(language, drawn(others[others.index(language) - 1], rng, 30, 60))


def drawn(language: str, rng: random.Random, least: int, most: int) -> list[str]:
    count = rng.randint(least, most) * (1 if language in SPACED else 2)
    return rng.choices(units(language), k=count)


@cache
def quotes_of(language: str) -> list[list[str]]:
    rng = random.Random(f"quotes in {language}")
    return [drawn(language, rng, 10, 20) for _ in range(PLANTS)]


@cache
def index() -> QuoteIndex:
    """All languages in one: as where it is used."""
    return QuoteIndex.build(
        (f"{language} {number}", joined(language, words))
        for language in [*SPACED, *UNSPACED]
        for number, words in enumerate(quotes_of(language))
    )


def exact(words: list[str], _language: str, _rng: random.Random) -> list[str]:
    return words


def typography(words: list[str], language: str, rng: random.Random) -> list[str]:
    """Other case, another normal form, invisible characters: what no reader sees as a change."""
    # NFKC takes the vowel am of Thai and Lao apart.
    form = rng.choice(["NFC", "NFD"] if language in {"Thai", "Lao"} else ["NFC", "NFD", "NFKC", "NFKD"])
    out = []
    for word in words:
        word = rng.choice([word, word, word.upper()]) if language != "Turkish" else word  # noqa: PLW2901
        if language in SPACED and rng.random() < 0.2:
            middle = rng.randint(1, len(word))
            if unicodedata.combining(word[middle : middle + 1] or "a") == 0:
                word = word[:middle] + rng.choice("\u00ad\u200b\u2060") + word[middle:]  # noqa: PLW2901
        out.append(unicodedata.normalize(form, word))  # type: ignore[arg-type]
    return out


def edit10(words: list[str], language: str, rng: random.Random) -> list[str]:
    """One in ten is another; the first and last two stay, so that the span is beyond doubt."""
    out = list(words)
    for place in rng.sample(range(2, len(words) - 2), max(1, len(words) // 10)):
        out[place] = rng.choice([unit for unit in units(language) if unit != words[place]])
    return out


def part(words: list[str], language: str, _rng: random.Random) -> list[str]:
    """Two thirds of it, in small letters, as nouns alone are names; or nothing where that would be little."""
    count = round(0.67 * len(words))
    return (
        [word.lower() for word in words[2 : 2 + count]] if count >= (10 if language in SPACED else 20) else []
    )


Change = Callable[[list[str], str, random.Random], list[str]]


def plants(language: str, change: Change) -> list[Plant]:
    rng = random.Random(f"{change.__name__} in {language}")
    out = []
    for number, words in enumerate(quotes_of(language)):
        said = joined(language, change(words, language, rng))
        opening, closing = rng.choice(MARKS)
        before = other_text(language, rng) + rng.choice([". ", "\n\n", " — ", "。"]) + opening
        page = before + said + closing + rng.choice([" ", ", ", "\n"]) + other_text(language, rng)
        out.append(Plant(number, page, len(before), len(before) + len(said)))
    return out


def is_found(matches: list[Match], language: str, plant: Plant) -> bool:
    return any(
        match.quote_id == f"{language} {plant.quote}" and match.spans == ((plant.start, plant.end),)
        for match in matches
    )


def missed(language: str, change: Change) -> list[Plant]:
    return [
        plant for plant in plants(language, change) if not is_found(index().find(plant.page), language, plant)
    ]


@pytest.mark.parametrize("change", [exact, typography])
@pytest.mark.parametrize("language", [*SPACED, *UNSPACED])
def test_a_quote_in_the_same_words_is_found_with_its_span(language: str, change: Change) -> None:
    for plant in plants(language, change):
        matches = index().find(plant.page)
        assert [(m.quote_id, m.kind, m.spans) for m in matches] == [
            (f"{language} {plant.quote}", "exact", ((plant.start, plant.end),))
        ]


def test_quotes_with_a_word_in_ten_changed_are_found_with_their_spans() -> None:
    languages = [*SPACED, *UNSPACED]
    misses = {language: len(missed(language, edit10)) for language in languages}
    assert sum(misses.values()) <= 0.03 * PLANTS * len(languages), misses
    assert max(misses.values()) <= 0.12 * PLANTS, misses


@pytest.mark.parametrize("language", [*SPACED, *UNSPACED])
def test_a_part_of_a_quote_is_found_with_its_span(language: str) -> None:
    """Capitals tell names, of which no part may be made alone; but most scripts have none."""
    long = [plant for plant in plants(language, part) if plant.end > plant.start]
    assert len(long) > 5
    missed = [plant for plant in long if not is_found(index().find(plant.page), language, plant)]
    assert len(missed) <= 0.1 * len(long)


@pytest.mark.parametrize("language", [*SPACED, *UNSPACED])
def test_pages_in_the_same_script_hold_no_quote(language: str) -> None:
    rng = random.Random(f"nothing in {language}")
    for _ in range(10):
        page = other_text(language, rng)
        assert [(m.quote_id, page[m.spans[0][0] : m.spans[-1][1]]) for m in index().find(page)] == []
