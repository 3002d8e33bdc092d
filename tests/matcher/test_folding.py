"""Folding: which words a text has, where they stand, and what makes no difference to them."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
import regex
from hypothesis import assume, example, given
from hypothesis import strategies as st

from matcher import folding
from matcher.folding import fold, fold_word, folded_words, offsets
from tests.matcher import oracle
from tests.matcher.strategies import any_texts, curious_texts, many, visible_texts


@dataclass(frozen=True)
class Case:
    """`text`: the words, as a reader sees them, between ⟦ and ⟧; `words`: what they fold to."""

    name: str
    text: str
    words: str

    @property
    def plain(self) -> str:
        return self.text.replace("⟦", "").replace("⟧", "")

    @property
    def spans(self) -> list[tuple[int, int]]:
        out, place, start = [], 0, 0
        for char in self.text:
            if char == "⟦":
                start = place
            elif char == "⟧":
                out.append((start, place))
            else:
                place += 1
        return out


CASES = [
    Case("a stretched line of Arabic", "⟦الـــكتاب⟧", "الكتاب"),
    # Marks and spaces.
    Case("plain words", "⟦They⟧ ⟦need⟧ ⟦to⟧", "they need to"),
    Case("upper case", "⟦DROWN⟧ ⟦RuSSia⟧", "drown russia"),
    Case("straight quotation marks", "\"⟦drown⟧ '⟦in⟧' ⟦blood⟧\"", "drown in blood"),
    Case("curly quotation marks", "“⟦drown⟧ ‘⟦in⟧’ ⟦blood⟧”", "drown in blood"),
    Case("low and high-reversed marks", "„⟦drown⟧‟ ‚⟦in⟧‛", "drown in"),
    Case("guillemets", "«\u00a0⟦drown⟧\u00a0» ‹⟦in⟧›", "drown in"),
    Case("primes and carets of typewriters", "''⟦drown⟧'' ``⟦in⟧´´ ″⟦blood⟧″", "drown in blood"),
    Case("corner brackets", "「⟦a⟧」『⟦b⟧』《⟦c⟧》", "a b c"),
    Case("all dashes", "⟦a⟧-⟦b⟧‐⟦c⟧‑⟦d⟧–⟦e⟧—⟦f⟧―⟦g⟧−⟦h⟧", "a b c d e f g h"),
    Case("ellipses", "⟦a⟧…⟦b⟧ ... ⟦c⟧ . . . ⟦d⟧⋯⟦e⟧", "a b c d e"),
    Case("all white space", "⟦a⟧\t⟦b⟧\r\n⟦c⟧\u00a0⟦d⟧\u2009⟦e⟧\u202f⟦f⟧\u3000⟦g⟧\u2028⟦h⟧", "a b c d e f g h"),
    Case("underscores and slashes part words", "⟦a⟧_⟦b⟧/⟦c⟧@⟦d⟧", "a b c d"),
    Case("nothing but marks", "“…” — ‘’ !?", ""),
    Case("nothing", "", ""),
    # Apostrophes.
    Case("straight apostrophe", "⟦don't⟧ ⟦stop⟧", "dont stop"),
    Case("curly apostrophe", "⟦don’t⟧ ⟦stop⟧", "dont stop"),
    Case("the wrong curly apostrophe", "⟦don‘t⟧ ⟦stop⟧", "dont stop"),
    Case("modifier letter apostrophe", "⟦donʼt⟧ ⟦Oʻzbek⟧ ⟦oʹz⟧", "dont ozbek oz"),
    Case("prime and accents for an apostrophe", "⟦don′t⟧ ⟦don´t⟧ ⟦don`t⟧ ⟦don＇t⟧", "dont dont dont dont"),
    Case("French elision", "⟦l’État⟧, ⟦c’est⟧ ⟦moi⟧", "letat cest moi"),
    Case("Ukrainian apostrophe", "⟦п’ять⟧ ⟦п'ять⟧ ⟦пʼять⟧", "пять пять пять"),
    Case("apostrophes at the edges of a word", "⟦dogs⟧’ ’⟦tis⟧ ‘⟦90s⟧’", "dogs tis 90s"),
    Case("several apostrophes", "⟦y’all’d’ve⟧", "yalldve"),
    Case("Hebrew geresh", "⟦צ׳יפס⟧ ⟦צ'יפס⟧", "ציפס ציפס"),
    # Invisible characters.
    Case("soft hyphens", "⟦un\u00adbe\u00adliev\u00adable⟧ ⟦x⟧", "unbelievable x"),
    Case("soft hyphens in a row", "⟦un\u00ad\u00adbe⟧", "unbe"),
    Case("zero width space and joiners", "⟦wo\u200brd⟧ ⟦wo\u200crd⟧ ⟦wo\u200drd⟧ ⟦wo\u2060rd⟧", "word word word word"),
    Case("byte order mark", "\ufeff⟦word⟧ ⟦wo\ufeffrd⟧", "word word"),
    Case("right-to-left marks", "\u200f⟦word\u200f⟧ \u202b⟦word\u202c⟧ \u2067⟦word\u2069⟧", "word word word"),
    Case("invisible characters belong to the word before", "⟦word\u200b⟧ ⟦word\u00ad⟧.", "word word"),
    Case("invisible characters around an apostrophe", "⟦don\u00ad’t⟧ ⟦don’\u00adt⟧", "dont dont"),
    # Diacritics and normal forms.
    Case("composed and decomposed", "⟦Präsident⟧ ⟦Pra\u0308sident⟧", "prasident prasident"),
    Case("marks at a word's end", "⟦cafe\u0301⟧ ⟦cafe\u0301⟧.", "cafe cafe"),
    Case("many marks on a letter", "⟦z\u0301\u0323\u0308o\u0337\u0489⟧ ⟦x⟧", "zo x"),
    Case("letters with strokes", "⟦Łódź⟧ ⟦Øresund⟧ ⟦đồng⟧ ⟦Ħal⟧ ⟦þing⟧", "lodz oresund dong hal thing"),
    Case("ligatures", "⟦ﬁnal⟧ ⟦oﬀer⟧ ⟦eﬃcient⟧ ⟦ﬂow⟧ ⟦ﬆop⟧", "final offer efficient flow stop"),
    Case("joined vowels", "⟦Æsop⟧ ⟦œuvre⟧", "aesop oeuvre"),
    Case("sharp s", "⟦Straße⟧ ⟦STRASSE⟧ ⟦STRAẞE⟧", "strasse strasse strasse"),
    Case("Turkish i", "⟦İstanbul⟧ ⟦ISTANBUL⟧ ⟦ıstanbul⟧ ⟦i\u0307stanbul⟧", "istanbul istanbul istanbul istanbul"),
    Case("Vietnamese", "⟦Người⟧ ⟦Việt⟧ ⟦Nam⟧", "nguoi viet nam"),
    Case("Vietnamese decomposed", f"⟦{unicodedata.normalize('NFD', 'Người')}⟧ ⟦{unicodedata.normalize('NFD', 'Việt')}⟧", "nguoi viet"),
    Case("long s and other old letters", "⟦Congreſs⟧", "congress"),
    Case("full-width letters", "⟦ＡＢＣ⟧　⟦ｘｙｚ⟧", "abc xyz"),
    Case("mathematical letters", "⟦𝐁𝐨𝐥𝐝⟧ ⟦𝒮𝒸𝓇𝒾𝓅𝓉⟧ ⟦𝔉𝔯⟧", "bold script fr"),
    Case("circled and squared letters", "⟦Ⓐⓑ⟧", "ab"),
    Case("signs that stand for letters", "⟦Acme™⟧ ⟦№⟧", "acmetm no"),
    Case("Greek with and without accents", "⟦Ελλάδα⟧ ⟦ΕΛΛΑΔΑ⟧ ⟦σοφός⟧ ⟦ΣΟΦΟΣ⟧", "ελλαδα ελλαδα σοφοσ σοφοσ"),
    Case("Cyrillic short i and yo", "⟦Ёлка⟧ ⟦елка⟧ ⟦Йод⟧ ⟦И\u0306од⟧", "елка елка иод иод"),
    # Other scripts.
    Case("Arabic with harakat", "⟦السَّلامُ⟧ ⟦السلام⟧", "السلام السلام"),
    Case("Arabic alef forms", "⟦أحمد⟧ ⟦إحمد⟧ ⟦آحمد⟧ ⟦احمد⟧", "احمد احمد احمد احمد"),
    Case("Arabic yeh, teh marbuta and tatweel", "⟦على⟧ ⟦علي⟧ ⟦مدرسة⟧ ⟦مدرسه⟧", "علي علي مدرسه مدرسه"),
    Case("Persian letters", "⟦ایران⟧ ⟦ايران⟧ ⟦کتاب⟧ ⟦كتاب⟧", "ايران ايران كتاب كتاب"),
    Case("Persian with a non-joiner", "⟦می\u200cخواهم⟧ ⟦میخواهم⟧", "ميخواهم ميخواهم"),
    Case("Arabic presentation forms", "⟦ﺳﻼم⟧ ⟦سلام⟧", "سلام سلام"),
    Case("Arabic punctuation", "⟦نعم⟧، ⟦لا⟧؟ ⟦نعم⟧؛", "نعم لا نعم"),
    Case("Hebrew points", "⟦שָׁלוֹם⟧ ⟦שלום⟧", "שלום שלום"),
    Case("Hebrew maqaf", "⟦בית⟧־⟦ספר⟧", "בית ספר"),
    Case("Devanagari keeps its vowels", "⟦हिन्दी⟧ ⟦भाषा⟧।", "हिन्दी भाषा"),
    Case("Devanagari nukta composed and decomposed", "⟦क़लम⟧ ⟦क\u093cलम⟧", "कलम कलम"),
    Case("Bengali and Tamil", "⟦বাংলা⟧ ⟦தமிழ்⟧", "বাংলা தமிழ்"),
    Case("Thai, a character a token", "⟦ก⟧⟦ข่⟧⟦า⟧⟦ว⟧", "ก ข่ า ว"),
    Case("Thai marks stay with their letter", "⟦น้ำ⟧⟦ดี⟧", "น้ำ ดี"),
    Case("Lao", "⟦ນ້ຳ⟧⟦ລ⟧⟦າ⟧⟦ວ⟧", "ນ້ຳ ລ າ ວ"),
    Case("Khmer", "⟦ភា⟧⟦សា⟧", "ភា សា"),
    Case("Chinese", "⟦中⟧⟦国⟧，⟦人⟧。", "中 国 人"),
    Case("Chinese beside Latin and digits", "⟦中⟧⟦GDP⟧⟦国⟧⟦2022⟧⟦年⟧", "中 gdp 国 2022 年"),
    Case("Han outside of the basic plane", "⟦𠮷⟧⟦野⟧⟦家⟧⟦𪚥⟧", "𠮷 野 家 𪚥"),
    Case("Japanese kana with dakuten", "⟦が⟧⟦ぱ⟧⟦ガ⟧", "か は カ"),
    Case("Japanese decomposed", "⟦か\u3099⟧⟦は\u309a⟧⟦カ\u3099⟧", "か は カ"),
    Case("half-width katakana", "⟦ｶﾞ⟧⟦ｱ⟧", "カ ア"),
    Case("Korean", "⟦한국⟧ ⟦사람⟧", "한국 사람"),
    Case("Korean decomposed", f"⟦{unicodedata.normalize('NFD', '한국')}⟧ ⟦{unicodedata.normalize('NFD', '사람')}⟧", "한국 사람"),
    Case("Korean decomposed beside its laughter", f"⟦{unicodedata.normalize('NFD', '한국')}⟧", "한국"),
    # Symbols.
    Case("emoji", "⟦a⟧ 😀 ⟦b⟧😀⟦c⟧", "a b c"),
    Case("emoji joined to a family", "⟦a⟧ 👨\u200d👩\u200d👧 ⟦b⟧", "a b"),
    Case("emoji with a skin and a selector", "⟦a⟧ 👍🏽 ❤\ufe0f ⟦b⟧", "a b"),
    Case("flags", "⟦a⟧ 🇫🇷🇩🇪 ⟦b⟧", "a b"),
    Case("keycaps", "⟦1\ufe0f\u20e3⟧ ⟦a⟧", "1 a"),
    # Numbers.
    Case("thousands with a comma", "⟦1,000⟧ ⟦people⟧", "1000 people"),
    Case("thousands with a point", "⟦1.000⟧ ⟦people⟧", "1000 people"),
    Case("thousands with spaces", "⟦1 000⟧ ⟦1\u00a0000⟧x".replace("x", "") + "; ⟦1\u202f000⟧; ⟦1\u2009000⟧", "1000 1000 1000 1000"),
    Case("thousands with an apostrophe", "⟦1'000⟧ / ⟦1’000⟧", "1000 1000"),
    Case("thousands without anything", "⟦1000⟧ ⟦people⟧", "1000 people"),
    Case("millions", "⟦1,200,000⟧ / ⟦1 200 000⟧ / ⟦1.200.000⟧", "1200000 1200000 1200000"),
    Case("decimals", "⟦3.5⟧ ⟦3,5⟧ ⟦0.125⟧ ⟦0,125⟧", "3.5 3.5 0.125 0.125"),
    Case("thousands and decimals", "⟦1,234.56⟧ / ⟦1.234,56⟧", "1234.56 1234.56"),
    Case("a point at the end", "⟦In⟧ ⟦1990⟧. ⟦It⟧", "in 1990 it"),
    Case("a list of numbers", "⟦1⟧, ⟦2⟧, ⟦300⟧", "1 2 300"),
    Case("two numbers side by side", "⟦in⟧ ⟦2020⟧ ⟦300⟧ ⟦people⟧", "in 2020 300 people"),
    Case("a telephone number is no thousands", "⟦5555⟧ ⟦123⟧ ⟦45⟧", "5555 123 45"),
    Case("Arabic-Indic digits", "⟦١٩٩٠⟧ ⟦۱۹۹۰⟧ ⟦١٬٠٠٠⟧ ⟦٣٫٥⟧", "1990 1990 1000 3.5"),
    Case("Devanagari and Bengali digits", "⟦१९९०⟧ ⟦১৯৯০⟧", "1990 1990"),
    Case("full-width digits", "⟦１９９０⟧ ⟦１，０００⟧", "1990 1000"),
    Case("Thai digits", "⟦๒๕๖๕⟧ ⟦๑,๐๐๐⟧", "2565 1000"),
    Case("Khmer and Myanmar digits", "⟦២០២២⟧ ⟦၂၀၂၂⟧", "2022 2022"),
    Case("superscripts and fractions", "⟦CO₂⟧ ⟦x²⟧", "co2 x2"),
    Case("Roman numerals in one character", "⟦Ⅷ⟧ ⟦VIII⟧", "viii viii"),
    Case("invisible characters in a number", "⟦1\u200b,000⟧ / ⟦1,\u200b000⟧", "1000 1000"),
    # What no text should have.
    Case("lone surrogates", "⟦a⟧\ud800⟦b⟧ \udfff ⟦c⟧", "a b c"),
    Case("NUL", "⟦a⟧\x00⟦b⟧", "a b"),
    Case("private and unassigned code points", "⟦a⟧\ue000⟦b⟧\u0378⟦c⟧", "a b c"),
    Case("private code points of the last planes", "⟦a⟧\U000f0000⟦b⟧\U0010ffff⟦c⟧", "a b c"),
    Case("a mark with nothing to stand on", "\u0301⟦a⟧ \u0301 ⟦b⟧", "a b"),
]  # fmt: skip
EDGES = regex.compile(r"\X")
# Lone jamo and characters of the planes above, which folded_words leaves out.
ODD_FOR_WORDS = regex.compile(r"[\u1100-\u11ffㅋ\U00020000-\U0003ffff]")


def spans_of(text: str) -> list[tuple[int, int]]:
    tokens = fold(text)
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def cluster_edges(text: str) -> set[int]:
    return {match.start() for match in EDGES.finditer(text)} | {len(text)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_words_fold_and_stand_where_a_reader_sees_them(case: Case) -> None:
    assert (spans_of(case.plain), folded_words(case.plain)) == (case.spans, case.words.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_words_that_look_alike_have_equal_hashes(case: Case) -> None:
    hashes = fold(case.plain).hashes
    plain = fold("\t".join(case.words.split()))
    np.testing.assert_array_equal(hashes, plain.hashes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_slow_folding_agrees_with_the_table(case: Case) -> None:
    assert [token.word for token in oracle.fold(case.plain)] == case.words.split()
    assert [(token.start, token.end) for token in oracle.fold(case.plain)] == case.spans


def test_letters_that_only_stand_for_jamo_are_composed_with_nothing() -> None:
    alone, beside = fold("ㅎㅏㄴ").hashes.tolist(), fold("ㅎㅏㄴ \u1112\u1161\u11ab").hashes.tolist()
    assert beside == [*alone, *fold("한").hashes.tolist()]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text",
    [
        "Präsident Łukasz Żółć", "Người Việt Nam", "Ελλάδα σοφός", "Йод Ёлка їжак", "أحمد آخر مؤتمر", "שָׁלוֹם",
        "हिन्दी क़लम ज़मीन", "が ガ ぱ パ", "한국 사람", "ﬁnal oﬃce", "ＡＢＣ １２３", "Ångström",
    ],
)  # fmt: skip
def test_the_normal_form_of_a_text_makes_no_difference(text: str, form: str) -> None:
    normal = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    np.testing.assert_array_equal(fold(normal).hashes, fold(text).hashes)


@many
@given(visible_texts)
@example("1,000 000")
@example("1.2.333")
@example("\u1112\u1161\u1161")
def test_fast_and_slow_folding_find_the_same_tokens(text: str) -> None:
    check_tokens(text)


@many
@given(curious_texts)
@example("1\u00ad,000")
@example("don’\u00adt")
@example("㋿\u0301")
def test_fast_and_slow_folding_find_the_same_tokens_among_invisible_characters(text: str) -> None:
    check_tokens(text)


def check_tokens(text: str) -> None:
    tokens, slow = fold(text), oracle.fold(text)
    assert spans_of(text) == [(token.start, token.end) for token in slow]
    assert tokens.unspaced.tolist() == [token.single for token in slow]


@many
@given(visible_texts)
def test_tokens_have_equal_hashes_exactly_if_their_slow_foldings_are_equal(text: str) -> None:
    check_hashes(text)


@many
@given(curious_texts)
@example("1\u00ad,000 1000")
@example("1,\u200b000 1000")
@example("a\u00ad\u00adb ab a\u00adb")
@example("x1\u200b000")
def test_hashes_do_not_depend_on_invisible_characters(text: str) -> None:
    check_hashes(text)


def check_hashes(text: str) -> None:
    words = [token.word for token in oracle.fold(text)]
    hashes = fold(text).hashes.tolist()
    assert len(words) == len(hashes)
    assert len(set(words)) == len(set(hashes)) == len(set(zip(words, hashes, strict=True)))


@many
@given(any_texts)
def test_spans_are_ordered_disjoint_inside_and_not_empty(text: str) -> None:
    spans = spans_of(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@many
@given(any_texts)
def test_offsets_are_those_of_fold(text: str) -> None:
    assert offsets(text) == spans_of(text)


@many
@given(st.text(alphabet="abAB019 .,'’‘`\n\t“”–…-()\u00a0«»„¿éßłйЇ", max_size=30))
def test_offsets_are_those_of_fold_in_simple_text(text: str) -> None:
    assert offsets(text) == spans_of(text)


def test_offsets_are_those_of_fold_for_every_letter_of_simple_text() -> None:
    for char in map(chr, range(0x530)):
        for text in (f"ab{char}cd", f"1{char}2", f"{char} {char}"):
            assert offsets(text) == spans_of(text), hex(ord(char))


def test_every_code_point_is_accepted_and_its_spans_stand_where_the_slow_folding_has_them() -> None:
    code_points = [c for c in range(0x20000) if unicodedata.category(chr(c)) != "Cn"][::7]
    for context in ("{}", "a{}b", "1{}234"):
        text = " | ".join(context.format(chr(c)) for c in code_points)
        tokens = fold(text)
        assert len(tokens) > 0
        assert (tokens.starts < tokens.ends).all()
        assert (tokens.starts[1:] >= tokens.starts[:-1]).all()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=30))
@example("ก\u0e33")
@example("中\u302a中")
@example("あ\u0301い")
@example("👍🏽a\u200d❤")
def test_no_grapheme_cluster_is_cut(text: str) -> None:
    # A virama joins its consonant to the next one, if there is a consonant before it: not looked at here.
    assume(not any(unicodedata.combining(char) == 9 for char in text))
    edges = cluster_edges(text)
    assert all(start in edges and end in edges for start, end in spans_of(text))


@many
@given(visible_texts.filter(lambda text: not ODD_FOR_WORDS.search(text)))
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    for word in folded_words(text):
        assert fold_word(word) == word


@many
@given(any_texts)
@example("\u3131")
def test_folding_any_folded_word_changes_nothing(text: str) -> None:
    for word in folded_words(text):
        assert fold_word(word) == word


@many
@given(visible_texts.filter(lambda text: not ODD_FOR_WORDS.search(text)))
def test_the_folded_words_of_a_visible_text_fold_to_the_same_tokens(text: str) -> None:
    words = folded_words(text)
    np.testing.assert_array_equal(fold("\t".join(words)).hashes, fold(text).hashes)


@many
@given(any_texts)
@example("㋿")
@example("𠮷")
@example("\u1112 x")
def test_the_folded_words_of_a_text_fold_to_the_same_tokens(text: str) -> None:
    words = folded_words(text)
    np.testing.assert_array_equal(fold("\t".join(words)).hashes, fold(text).hashes)


@many
@given(any_texts, any_texts)
def test_what_stands_before_and_after_makes_no_difference(before: str, text: str) -> None:
    joined = fold(f"{before}\t|\t{text}\t|\t{before}")
    first, middle = len(fold(before)), len(fold(text))
    np.testing.assert_array_equal(joined.hashes[first : first + middle], fold(text).hashes)
    np.testing.assert_array_equal(joined.starts[first : first + middle], fold(text).starts + len(before) + 3)


def mixed_text(seed: int, words: int) -> str:
    rng = random.Random(seed)
    samples = ["don’t", "1,000", "1 000 000", "3.5", "cafe\u0301", "un\u00adbe\u00ad\u00adlievable", "ﬁnal", "中文", "ข่าว",
               "한국", unicodedata.normalize("NFD", "한국"), "😀", "𠮷", "word", "السَّلامُ", "Straße", "in", "2022", "300"]  # fmt: skip
    return "".join(rng.choice(samples) + rng.choice([" ", " ", " ", "\n", ", ", " — "]) for _ in range(words))


def chunks_of(text: str) -> list[str]:
    """Parts that no word and no number crosses."""
    return regex.split(r"(?<= — )", text)


@pytest.mark.parametrize("seed", range(4))
def test_a_text_longer_than_a_chunk_folds_like_its_parts(seed: int) -> None:
    text = mixed_text(seed, 20_000)
    assert len(text) > 3 * folding._CHUNK
    tokens = fold(text)
    hashes, starts, ends, place = [], [], [], 0
    for part in chunks_of(text):
        folded = fold(part)
        hashes.append(folded.hashes)
        starts.append(folded.starts + place)
        ends.append(folded.ends + place)
        place += len(part)
    np.testing.assert_array_equal(tokens.hashes, np.concatenate(hashes))
    np.testing.assert_array_equal(tokens.starts, np.concatenate(starts))
    np.testing.assert_array_equal(tokens.ends, np.concatenate(ends))


@pytest.mark.parametrize("gap", [" ", "\n", "\u00a0", "\u202f", ",", ".", "’", "\u00ad"])
def test_a_number_at_the_end_of_a_chunk_is_not_cut(gap: str) -> None:
    number = fold(f"12{gap}345").hashes
    for ahead in range(8):
        words = "w " * ((folding._CHUNK - ahead) // 2)
        tokens = fold(f"{words}12{gap}345 " + "w " * 1000)
        found = np.flatnonzero(np.isin(tokens.hashes, number))
        assert len(found) == len(number)


def test_a_cluster_or_character_at_the_end_of_a_chunk_is_not_cut() -> None:
    for ahead in range(4):
        text = "中" * (folding._CHUNK - ahead) + "か\u3099\u3099" + "中" * 1000
        edges = cluster_edges(text)
        assert {edge for span in spans_of(text) for edge in span} <= edges


@pytest.mark.parametrize("piece", ["2022", "GDP", "1,000"])
def test_a_word_among_characters_without_spaces_is_not_cut_at_the_end_of_a_chunk(piece: str) -> None:
    for ahead in range(5):
        text = "中" * (folding._CHUNK - ahead) + piece + "中" * 1000
        assert len(fold(text)) == len(text) - len(piece) + 1


def test_a_word_as_long_as_many_chunks_is_accepted() -> None:
    tokens = fold("a" * (5 * folding._CHUNK))
    assert tokens.ends[-1] == 5 * folding._CHUNK
