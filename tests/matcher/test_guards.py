"""Which changes of a quote are guarded: a table of (checked, page, guard) in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import QuoteIndex
from matcher.guards import Guard, guard_of

NEGATION: list[tuple[str, str]] = [
    # English
    ("strongly rejects", "does not reject"),
    ("is", "is not"),
    ("is", "isn't"),
    ("is", "isn’t"),
    ("have", "havent"),
    ("can", "cannot"),
    ("can", "can't"),
    ("did", "never did"),
    ("with", "without"),
    ("", "not"),
    ("never", ""),
    ("some", "no"),
    ("everybody", "nobody"),
    ("something", "nothing"),
    ("is not and will not be", "is and will not be"),
    ("is legal", "is illegal"),
    ("possible", "impossible"),
    ("able", "unable"),
    ("agree", "disagree"),
    ("agrees", "disagreed"),
    ("irregular", "regular"),
    ("honest", "dishonest"),
    ("violent", "nonviolent"),
    ("non-violent", "violent"),
    ("fair", "unfair"),
    ("no", "two"),
    # Spanish, Portuguese, Italian
    ("dijo", "no dijo"),
    ("siempre", "nunca"),
    ("algún", "ningún"),
    ("con", "sin"),
    ("legal", "ilegal"),
    ("alguien lo sabe", "nadie lo sabe"),
    ("acuerdo", "desacuerdo"),
    ("disse", "não disse"),
    ("sempre", "nunca"),
    ("com", "sem"),
    ("alguém", "ninguém"),
    ("possível", "impossível"),
    ("ha detto", "non ha detto"),
    ("tutti", "nessuno"),
    ("con il governo", "senza il governo"),
    # French
    ("veut", "ne veut pas"),
    ("n'est pas", "est"),
    ("toujours", "jamais"),
    ("avec", "sans"),
    ("un Français", "aucun Français"),
    ("juste", "injuste"),
    # German, Dutch
    ("ist", "ist nicht"),
    ("eine", "keine"),
    ("immer", "nie"),
    ("mit", "ohne"),
    ("jemand", "niemand"),
    ("möglich", "unmöglich"),
    ("sicheren", "unsicheren"),
    ("een", "geen"),
    ("wel", "niet"),
    # Polish, Czech, Romanian
    ("jest", "nie jest"),
    ("zawsze", "nigdy"),
    ("z", "bez"),
    ("możliwe", "niemożliwe"),
    ("je", "není"),
    ("s", "bez"),
    ("a fost ales în acest an", "nu a fost ales în acest an"),
    # Russian, Ukrainian
    ("будет", "не будет"),
    ("всегда", "никогда"),
    ("есть", "нет"),
    ("с", "без"),
    ("законный", "незаконный"),
    ("можно", "нельзя"),
    ("буде", "не буде"),
    ("завжди", "ніколи"),
    ("хтось", "ніхто"),
    ("є", "немає"),
    # Arabic, Chinese, Japanese, Korean, Hindi, Turkish
    ("نريد", "لا نريد"),
    ("كان", "لم يكن"),
    ("سوف", "لن"),
    ("هو", "ليس"),
    ("مع", "بدون"),
    ("是", "不是"),
    ("有", "没有"),
    ("同意", "不同意"),
    ("已", "未"),
    ("可能", "不可能"),
    ("する", "しない"),
    ("행복하다", "행복하지 않다"),
    ("है", "नहीं है"),
    ("doğru", "doğru değil"),
    ("değildir", "dır"),
    # Greek, Bengali, Thai, Vietnamese, Indonesian, Finnish, Serbian, Croatian, Hebrew, Persian
    ("θέλουμε", "δεν θέλουμε"),
    ("με", "χωρίς"),
    ("করব", "করব না"),
    ("ต้องการ", "ไม่ต้องการ"),
    ("muốn", "không muốn"),
    ("akan", "tidak akan"),
    ("ovat", "eivät ole"),
    ("će", "neće"),
    ("је", "није"),
    ("שרוצים", "שלא רוצים"),
    ("دهد", "نمی‌دهد"),
]

NUMBER: list[tuple[str, str]] = [
    ("5", "6"),
    ("five", "6"),
    ("two weeks", "a week"),
    ("10", ""),
    ("", "by 2011"),
    ("1.2 million", "1.2 billion"),
    ("million", "billion"),
    ("thousands", "millions"),
    ("1,000", "10,000"),
    ("1.5", "15"),
    ("3 to 1", "4 to 1"),
    ("twenty-five", "twenty-six"),
    ("a third", "two thirds"),
    ("half", "a quarter"),
    ("a dozen", "ten"),
    ("doubled", "tripled"),
    ("third", "fourth"),
    ("5,000", "5,554"),
    ("$932 million", "$923 million"),
    ("I", "II"),
    ("1990s", "1980s"),
    ("the '80s", "the 1990s"),
    ("the eighties", "the 1990s"),
    ("'08", "2009"),
    ("'08", "1998"),
    ("2007-08", "2007-2009"),
    ("90-х", "1980-х"),
    ("FY2013", "FY2014"),
    ("FY09", "FY2010"),
    ("January", "March"),
    ("Monday", "Tuesday"),
    ("May 9", "May 8"),
    ("May", "June"),
    ("24.02.2022", "23.02.2022"),
    ("dos", "tres"),
    ("once", "doce"),
    ("cinco mil", "cincuenta mil"),
    ("enero", "febrero"),
    ("vingt-cinq", "trente-cinq"),
    ("quatre-vingt", "soixante"),
    ("mardi", "jeudi"),
    ("drei", "vier"),
    ("fünfundzwanzig", "zweiunddreißig"),
    ("zwei Millionen", "zwei Milliarden"),
    ("dois milhões", "três milhões"),
    ("quinhentos", "seiscentos"),
    ("venti", "trenta"),
    ("duemila", "due milioni"),
    ("два", "три"),
    ("пять тысяч", "шесть тысяч"),
    ("миллион", "миллиард"),
    ("12 млн", "12 млрд"),
    ("января", "марта"),
    ("п’ять", "шість"),
    ("двісті", "триста"),
    ("dwadzieścia", "trzydzieści"),
    ("pięć milionów", "sześć milionów"),
    ("ثلاثة", "أربعة"),
    ("مليون", "مليار"),
    ("三", "五"),
    ("12万", "12亿"),
    ("三十五", "三十六"),
    ("पांच", "छह"),
]

NAME: list[tuple[str, str]] = [
    ("Obama", "Trump"),
    ("Ron Kind", "Betty Sutton"),
    ("Hillary Clinton", "Donald Trump"),
    ("Texas", "Virginia"),
    ("Ukraine", "Russia"),
    ("Iran", "Iraq"),
    ("Obama", "Osama"),
    ("Austria", "Australia"),
    ("Iceland", "Ireland"),
    ("India", "Indiana"),
    ("Niger", "Nigeria"),
    ("President Macron", "President Scholz"),
    ("Biden said", "Harris said"),
    ("NATO", "EU"),
    ("the FBI", "the CIA"),
    ("Olaf Scholz", "Friedrich Merz"),
    ("Bolsonaro", "Lula"),
    ("Путин", "Зеленский"),
    ("Иран", "Ирак"),
    ("Порошенко", "Зеленський"),
    ("Tusk", "Kaczyński"),
    ("Republicans", "Democrats"),
    ("Germany's", "France's"),
    ("Medicare", "Medicaid"),
    ("l’Espagne", "l’Allemagne"),
    ("dell’Italia", "della Francia"),
    ("PiS", "PO"),
]

NOTHING: list[tuple[str, str]] = [
    ("δεν θέλει τίποτα", "δεν θέλει κάτι"),
    ("เพียง", "ไม่เพียง"),
    ("", ""),
    ("", "the"),
    ("strongly rejects", "firmly opposes"),
    ("quick", "fast"),
    # as much negation on both sides
    ("isn't", "is not"),
    ("isnt", "isn’t"),
    ("cannot", "can't"),
    ("cannot", "can not"),
    ("do not", "don’t"),
    ("hasn’t", "hadn’t"),
    ("didnt have", "did not have"),
    ("not legal", "illegal"),
    ("not able to", "unable to"),
    ("is not possible", "is impossible"),
    ("nobody", "no one"),
    ("no", "or"),
    ("not only", "both"),
    ("not only", ""),
    ("No. 1", "number one"),
    ("No", "number"),
    ("neither A nor B", "not A or B"),
    ("failed to act", "did not act"),
    ("no", "zero"),
    ("non-profit", "nonprofit"),
    ("form", "inform"),
    ("port", "import"),
    ("migrants", "immigrants"),
    ("side", "inside"),
    ("knot", "note"),
    ("sin", "crime of the century, in which they were all involved"),
    ("ne sait pas", "n'a pas su"),
    ("jamais", "n'a jamais"),
    ("no dijo nada", "nada dijo"),
    ("não disse nada", "nada disse"),
    ("no Brasil", "em todo o Brasil"),
    ("kein", "nicht ein"),
    ("nicht nur", "auch"),
    ("nie tylko", "także"),
    ("не только", "также"),
    ("не тільки", "також"),
    ("никто не знал", "не знал никто"),
    ("лишь", "не лише"),
    ("لا يزال", "ما زال"),
    ("不仅", "而且"),
    ("未来", "将来"),
    ("特别", "尤其"),
    ("不是", "并非"),
    ("かもしれない", "だろう"),
    ("뿐만 아니라", "또한"),
    # one number, said in another way
    ("6", "six"),
    ("50", "fifty"),
    ("25", "Twenty five"),
    ("1,000", "1000"),
    ("1.000", "1 000"),
    ("1’000", "1000"),
    ("1.5", "1,5"),
    ("1.2 million", "1,200,000"),
    ("$5bn", "five billion dollars"),
    ("11k", "11,000"),
    ("forty-four hundred", "4,400"),
    ("half a million", "500,000"),
    ("two-thirds", "2/3"),
    ("6th", "sixth"),
    ("Jan. 1", "January 1st"),
    ("Sept. 10", "September 10th"),
    ("24.02.2022", "24 February 2022"),
    ("10 percent", "10%"),
    ("percent", ""),
    ("a dozen", "twelve"),
    ("twice", "two times"),
    ("80 cents", "0.80"),
    ("one", "a"),
    ("1", "one"),
    ("a", "1"),
    ("once", "formerly"),
    ("once", "one time"),
    ("first", "originally"),
    ("second", "other"),
    ("may", "might"),
    ("due to", "because of"),
    ("march", "walk"),
    ("COVID-19", ""),
    ("COVID-19", "the"),
    ("G20", "summit"),
    ("to", "too"),
    ("", "on Monday"),
    ("dos", "2"),
    ("dos", "da"),
    ("un", "el"),
    ("veinticinco", "25"),
    ("mil millones", "1.000 millones"),
    ("quatre-vingt-dix", "90"),
    ("neuf", "nouveau"),
    ("sept", "7"),
    ("elf", "11"),
    ("eine", "die"),
    ("fünfundzwanzig", "25"),
    ("2,5 Mio.", "2,5 Millionen"),
    ("uma", "a"),
    ("vinte e cinco", "25"),
    ("sei", "sono"),
    ("ventitré", "23"),
    ("двадцать пять", "25"),
    ("5 млн", "пять миллионов"),
    ("одна", "эта"),
    ("другой", "иной"),
    ("п'ять", "5"),
    ("20 тис.", "двадцять тисяч"),
    ("dwadzieścia pięć", "25"),
    ("5 mln", "pięć milionów"),
    ("خمسة وعشرون", "25"),
    ("٢٥", "25"),
    ("三百万", "300万"),
    ("一起", "共同"),
    ("二〇二二年", "2022年"),
    ("५", "5"),
    # a year and its last two digits
    ("2008", "'08"),
    ("in 2008", "in ’08"),
    ("1990s", "90s"),
    ("the 1990s", "the nineties"),
    ("the nineties", "the '90s"),
    ("FY09", "FY2009"),
    ("fiscal year 2009", "FY09"),
    ("2007-2008", "2007-08"),
    ("2007/08", "2007-2008"),
    ("années 1990", "années 90"),
    ("años noventa", "años 1990"),
    ("1990er Jahre", "90er Jahre"),
    ("neunziger Jahre", "90er Jahre"),
    ("1990-х", "90-х"),
    ("девяностых", "1990-х"),
    ("lata 90", "lata dziewięćdziesiąte"),
    ("XXI century", "21st century"),
    # one name, said in another way, or no other name
    ("Saint", "St"),
    ("Donald Trump", "realDonaldTrump"),
    ("Raphael Warnock", "ReverendWarnock"),
    ("African", "R-Fla., of saying black"),
    ("U.S. Rep", "Florida Representative"),
    ("If the legislature refuses to expand Medicaid", "In America right now"),
    ("Biden", "Joe Biden"),
    ("Joe Biden", "President Joe Biden"),
    ("Joe Biden", "Biden"),
    ("Gov. Scott", "Governor"),
    ("Sen", "Senator"),
    ("Zelensky", "Zelenskyy"),
    ("Zelensky", "Selenskyj"),
    ("Ghadafi", "Gaddafi"),
    ("Kyiv", "Kiev"),
    ("Harris", "Harrs"),
    ("Hussein", "Hussain"),
    ("Virginia", "Virginian"),
    ("American", "Americans"),
    ("Milwaukee", "Milwaukee’s"),
    ("U.S", "United States"),
    ("U.S", "US"),
    ("US", "America"),
    ("Immigration and Customs Enforcement", "ICE"),
    ("the United States", "America"),
    ("Wisconsin", "Wis"),
    ("Florida was", "Fla"),
    ("Ga", "Georgia"),
    ("Republican", "GOP"),
    ("Says Donald", "Our ruling\nMulvaney said"),
    ("World War II", "WWII"),
    ("IDs", "ID"),
    ("Connie Mack IV", "Mack"),
    ("Bob Corker", "Robert Corker"),
    ("Obama", "he"),
    ("Barack Obama", "[the president]"),
    ("He", "[Putin]"),
    ("Texas", "the state"),
    ("Texas is", "We are"),
    ("Hillary Clinton", "She"),
    ("Families", "Parents"),
    ("Many", "Most"),
    ("The proposal", "This plan"),
    ("Says Newt Gingrich", "He"),
    ("undocumented", "Illegal"),
    ("ARE HIRING", "ARE LOOKING FOR"),
    ("die Regierung", "die Verwaltung"),
    ("Regierung", "Verwaltung"),
    ("der Wirtschaft", "der Industrie"),
    ("Путин", "Путина"),
    ("Зеленский", "Зеленского"),
    ("Правительство", "Власти"),
    ("Tusk", "Tuska"),
]

CASES: list[tuple[str, str, Guard | None]] = [
    *((checked, page, "negation") for checked, page in NEGATION),
    *((checked, page, "number") for checked, page in NUMBER),
    *((checked, page, "name") for checked, page in NAME),
    *((checked, page, None) for checked, page in NOTHING),
]


@pytest.mark.parametrize(("checked", "page", "guard"), CASES)
def test_a_change_is_guarded_if_it_can_turn_the_meaning(checked: str, page: str, guard: Guard | None) -> None:
    assert guard_of(checked, page) == guard
    if not page.startswith("["):
        assert guard_of(page, checked) == guard


QUOTED: list[tuple[str, str, str, Guard | None]] = [
    # What a word means depends on the language of the quote.
    ("no", "na", "O presidente esteve no Brasil para falar com os ministros", None),
    ("no", "some", "There is no evidence that the vaccine was ever tested", "negation"),
    ("no", "sí", "El presidente no quiso hablar con los ministros de la oposición", "negation"),
    ("ne", "lo", "Il presidente ne parla con i ministri della Repubblica", None),
    ("ne", "le", "Le président ne parle pas avec les ministres de la République", "negation"),
    ("NE", "Nebraska", "The senator from NE said that he was going to vote for it", None),
    ("sin", "crime", "It is a sin that we have to pay for the rich", None),
    ("mai", "juin", "Le 9 mai est la fête de la victoire pour les Russes", "number"),
    ("mai", "sempre", "Il presidente mai ha detto di essere della mafia", "negation"),
    # A capital means a name where no sentence begins, and where not everything has one.
    ("Brown", "Blair", "It was under Gordon Brown that the banks were saved", "name"),
    ("Houses", "Homes", "Houses are expensive in all of our states", None),
    ("Haus", "Auto", "Wir haben das Haus nicht verkauft, weil es der Familie gehört", None),
    ("World War II", "WWII", "It was the worst disaster since World War II for all of us", None),
    ("Gesamtkosten", "Tagesgelder", "Wir haben die Gesamtkosten nicht bezahlt, weil es der Staat ist", None),
    ("Merkel", "Scholz", "Wir haben das mit Angela Merkel und der Union vereinbart", "name"),
    ("Health", "Medical", "New Health Care Law Will Cost Every American Family Thousands", None),
    ("GUNS", "WEAPONS", "OBAMA PLANS TO TAKE ALL GUNS FROM AMERICANS", None),
    ("OBAMA", "TRUMP", "OBAMA PLANS TO TAKE ALL GUNS FROM AMERICANS", "name"),
    # A country is a name, though its word looks like a noun.
    (
        "Deutschland",
        "Österreich",
        "Deutschland ist nicht mehr in der Lage, seine Grenzen zu schützen",
        "name",
    ),
    ("AfD", "SPD", "Kalbitz ist Vorsitzender der AfD-Fraktion im Brandenburger Landtag", "name"),
    ("PO", "PiS", "Rząd PO nie zrobił nic dla tych ludzi, którzy nie mają domu", "name"),
    ("Estados Unidos", "EE.UU", "La amenaza para el mundo es el imperialismo de Estados Unidos", None),
    ("Estados Unidos", "Rusia", "La amenaza para el mundo es el imperialismo de Estados Unidos", "name"),
]


@pytest.mark.parametrize(("checked", "page", "quote", "guard"), QUOTED)
def test_the_quote_around_a_change_tells_what_its_words_are(
    checked: str, page: str, quote: str, guard: Guard | None
) -> None:
    assert guard_of(checked, page, quote) == guard


BESIDE: list[tuple[str, str, Guard | None]] = [
    # The other half of a name stands beside it, and the page has another name elsewhere.
    (
        "Chris Sununu supported the agenda of the teachers, taking away control of our schools",
        "In Concord, Sununu supported the agenda of the teachers, taking away control of our schools",
        None,
    ),
    (
        "Says Bernie Sanders wants to make the cut off date for abortions as late as up to 36 weeks",
        "Says Bernie and Hillary want to make the cut off date for abortions as late as up to 36 weeks",
        None,
    ),
    (
        "Governor Greg Abbott supported the agenda of the teachers, taking away control of our schools",
        "Governor John Abbott supported the agenda of the teachers, taking away control of our schools",
        "name",
    ),
    (
        "In Chicago, which has the toughest gun laws by far, they have more violence than elsewhere",
        "In France, which has the toughest gun laws by far, they have more violence than elsewhere",
        "name",
    ),
    # An editor's brackets tell who was meant.
    (
        "Three hundred teachers lost their jobs in that one year when (Crist) was still our governor",
        "Three hundred teachers lost their jobs in that one year when Charlie was still our governor",
        None,
    ),
    (
        "Three hundred teachers lost their jobs in that one year when [Crist] was still our governor",
        "Three hundred teachers lost their jobs in that one year when [Scott] was still our governor",
        "name",
    ),
    # Who says it, outside of the quotation marks.
    (
        "As director of the Democratic Party of Virginia there were many people on my payroll then",
        "As director of the state Democratic Party, Stoney said “there were many people on my payroll then”",
        None,
    ),
    (
        "The average family is now bringing home much less money than they did just five years ago",
        "“The average family,” he said on March 8, 2014, “is now bringing home much less than they did just five years ago”",
        None,
    ),
    # A number that is said again, or elsewhere.
    (
        "We have 17 intelligence agencies, civilian and military, who have concluded that these attacks are real",
        "We have 17 – 17 intelligence agencies, civilian and military, who have concluded that these attacks are real",
        None,
    ),
    (
        "Hillary Clinton in 2005 sponsored some new legislation that would jail all burners of flags",
        "Hillary Clinton sponsored some new legislation in 2005 that would jail all burners of flags",
        None,
    ),
    (
        "Tallahassee is the ninth rainiest city in the nation, and our streets are flooded all the time",
        "Tallahassee is the second rainiest city in the nation, and our streets are flooded all the time",
        "number",
    ),
    (
        "Only 8 percent of white citizens but 25 percent of black ones lack a photo that is accepted",
        "Only 25 percent of white citizens but 8 percent of black ones lack a photo that is accepted",
        "number",
    ),
    (
        "Bernie Sanders admits that he is a socialist. Nazis were socialists, and fought for their country",
        "1) Bernie Sanders admits that he is a socialist. 2) Nazis were socialists, and fought for their country",
        None,
    ),
    (
        "So far this year Florida had many deaths from COVID-19 and from pneumonia, says the agency",
        "So far this year Florida had many deaths from COVID and from pneumonia, says the agency",
        None,
    ),
    (
        "The voters went to the polls in great numbers back in ’92, when my father was the mayor",
        "The voters went to the polls in great numbers back in 1992, when my father was the mayor",
        None,
    ),
]


@pytest.mark.parametrize(("quote", "page", "guard"), BESIDE)
def test_what_stands_beside_a_change_tells_how_it_is_meant(
    quote: str, page: str, guard: Guard | None
) -> None:
    (match,) = QuoteIndex.build([("q", quote)]).find(
        f"It was read out on Monday.\n{page}.\nThen all went home."
    )
    assert {change.guard for change in match.changes} - {None} == ({guard} if guard else set())


def test_a_negation_goes_before_a_number_and_a_number_before_a_name() -> None:
    assert guard_of("Obama had 3", "Trump did not have 4") == "negation"
    assert guard_of("Obama had 3", "Trump had 4") == "number"


TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from([word for checked, page, _ in CASES for word in f"{checked} {page}".split()]),
        max_size=8,
    ).map(" ".join),
)


@given(TEXTS, TEXTS)
def test_any_two_texts_are_compared_and_no_text_differs_from_itself(checked: str, page: str) -> None:
    assert guard_of(checked, page) in (None, "negation", "number", "name")
    assert guard_of(checked, page, f"{checked} {page}") in (None, "negation", "number", "name")
    assert guard_of(checked, checked) is None
    assert guard_of(checked, checked, f"{page} {checked}") is None


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "1,000" * 20_000, "not " * 50_000, "A" * 100_000, "一" * 100_000, "A. " * 50_000]
)
def test_hostile_texts_cost_no_time(text: str) -> None:
    assert guard_of(text, text + "x") in (None, "negation", "number", "name")
