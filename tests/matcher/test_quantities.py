"""What numbers in text amount to, and which are the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.numerals import read_digits
from matcher.quantities import number_of, numbers_in, same_number

AMOUNTS: list[tuple[str, int | Fraction]] = [
    ("0", 0),
    ("1,000", 1000),
    ("1.000.000", 10**6),
    ("1 000 000", 10**6),
    ("1’000", 1000),
    ("12,00,000", 1_200_000),
    ("1,234.5", Fraction(2469, 2)),
    ("1.234,5", Fraction(2469, 2)),
    ("0.125", Fraction(1, 8)),
    ("0,5", Fraction(1, 2)),
    ("٢٥", 25),
    ("١٢٣٫٥", Fraction(247, 2)),
    ("१२,००,०००", 1_200_000),
    ("½", Fraction(1, 2)),
    ("3/4", Fraction(3, 4)),
    ("1.2 million", 1_200_000),
    ("$1-million", 10**6),
    ("€5bn", 5 * 10**9),
    ("11k", 11_000),
    ("2,5 Mio", 2_500_000),
    ("3 Mrd", 3 * 10**9),
    ("20 тыс", 20_000),
    ("1,5 млн", 1_500_000),
    ("12万", 120_000),
    ("1.2亿", 120_000_000),
    ("5만", 50_000),
    ("80 cents", Fraction(4, 5)),
    ("twenty-five", 25),
    ("one hundred and five", 105),
    ("two hundred fifty thousand", 250_000),
    ("five million three hundred thousand", 5_300_000),
    ("forty-four hundred", 4400),
    ("nineteen eighty-four", 1984),
    ("two thousand and twenty", 2020),
    ("a million", 10**6),
    ("half a million", 500_000),
    ("half a dozen", 6),
    ("two and a half million", 2_500_000),
    ("a quarter of a million", 250_000),
    ("two-thirds", Fraction(2, 3)),
    ("three quarters", Fraction(3, 4)),
    ("treinta y cinco", 35),
    ("veintidós", 22),
    ("ciento veinticinco mil", 125_000),
    ("dos mil millones", 2 * 10**9),
    ("dos millones y medio", 2_500_000),
    ("tres billones", 3 * 10**12),
    ("vingt et un", 21),
    ("soixante et onze", 71),
    ("quatre-vingt-dix-neuf", 99),
    ("deux cents", 200),
    ("deux milliards", 2 * 10**9),
    ("fünfundzwanzig", 25),
    ("einundzwanzig", 21),
    ("hundertzwanzig", 120),
    ("tausendfünfhundert", 1500),
    ("zweihundertfünfzigtausend", 250_000),
    ("drei Billionen", 3 * 10**12),
    ("vijfentwintig", 25),
    ("vinte e cinco", 25),
    ("duzentos e cinquenta mil", 250_000),
    ("ventotto", 28),
    ("trecentocinquantamila", 350_000),
    ("centottanta", 180),
    ("centoundici", 111),
    ("duemilaventitré", 2023),
    ("millenovecentoquarantacinque", 1945),
    ("settantamila", 70_000),
    ("cinque miliardi", 5 * 10**9),
    ("двадцать пять", 25),
    ("сто двадцать тысяч", 120_000),
    ("пять миллионов двести тысяч", 5_200_000),
    ("полтора миллиона", 1_500_000),
    ("п'ятсот тисяч", 500_000),
    ("двадцять два мільйони", 22_000_000),
    ("dwadzieścia pięć tysięcy", 25_000),
    ("dwa i pół miliona", 2_500_000),
    ("dvacet pět", 25),
    ("خمسة وعشرون", 25),
    ("ثلاثة آلاف", 3000),
    ("مئة وخمسة وعشرون ألف", 125_000),
    ("三十五", 35),
    ("三百五十万", 3_500_000),
    ("二〇二二", 2022),
    ("两亿", 2 * 10**8),
    ("पाँच लाख", 500_000),
    # halves, thirds and quarters
    ("medio millón", 500_000),
    ("dos tercios", Fraction(2, 3)),
    ("meio milhão", 500_000),
    ("demi-million", 500_000),
    ("deux tiers", Fraction(2, 3)),
    ("mezzo milione", 500_000),
    ("halbe Million", 500_000),
    ("zweieinhalb Millionen", 2_500_000),
    ("zwei Drittel", Fraction(2, 3)),
    ("anderhalf miljoen", 1_500_000),
    ("jumătate de milion", 500_000),
    ("półtora miliona", 1_500_000),
    ("ćwierć miliona", 250_000),
    ("půl milionu", 500_000),
    ("dva a půl milionu", 2_500_000),
    ("полмиллиона", 500_000),
    ("две трети", Fraction(2, 3)),
    ("пів мільйона", 500_000),
    ("два з половиною мільйони", 2_500_000),
    ("yarım milyon", 500_000),
    ("iki buçuk milyon", 2_500_000),
    ("halvanden million", 1_500_000),
    ("نصف مليون", 500_000),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_a_number_amounts_to(text: str, amount: int | Fraction) -> None:
    number = number_of(text)
    assert number is not None
    assert number.amount == amount


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("24.02.2022", [24, 2, 2022]),
        ("2022-02-24", [2022, 2, 24]),
        ("thirty, forty", [30, 40]),
        ("20, 30 percent", [20, 30]),
        ("between five and twenty", [5, 20]),
        ("in 2011 500 people", [2011, 500]),
        ("2015-’17", [2015, 17]),
        ("Mid-1990s", [1990]),
        ("COVID-19 and the G20", []),
        ("Milano, la Camille e il millesimo centesimo di percento", []),
        ("the F-16", []),
        ("January 1st", [1, 1]),
        ("two third graders", [2, 3]),
        ("一九四五年五月", [1945, 5]),
    ],
)
def test_a_text_says_the_numbers(text: str, amounts: list[int]) -> None:
    assert [number.amount for number in numbers_in(text)] == amounts


SAME = [
    ("6", "six"),
    ("1,000", "1000"),
    ("1 000", "1000"),
    ("1.2 million", "1,200,000"),
    ("twenty-five", "25"),
    ("twenty five", "twenty-five"),
    ("Twenty five", "25"),
    ("10%", "10 percent"),
    ("diez por ciento", "10 %"),
    ("百分之三十", "30%"),
    ("first", "1st"),
    ("sixth", "6th"),
    ("1", "1st"),
    ("one", "1"),
    ("$5", "five"),
    ("(6)", "six,"),
    ("once", "11"),
    ("sept", "7"),
    ("a million", "1,000,000"),
    ("one million", "a million"),
    ("三百万", "300万"),
]
OTHER = [
    ("two", "to"),
    ("two", "too"),
    ("6", "6th grade"),
    ("six", "sixth"),
    ("one", "first"),
    ("one", "a"),
    ("a", "1"),
    ("10%", "10"),
    ("10 percent", "10 people"),
    ("5", "6"),
    ("1.5", "15"),
    ("2", "both"),
    ("2", "doubled"),
    ("0", "nothing"),
    ("no", "none"),
    ("I", "first"),
    ("I", "1"),
    ("may", "5"),
    ("единый", "1"),
    ("другой", "2"),
    ("COVID-19", "19"),
    ("the", "and"),
    ("", ""),
    ("5 to 6", "5 6"),
]


@pytest.mark.parametrize(
    ("checked", "page", "same"), [*((a, b, True) for a, b in SAME), *((a, b, False) for a, b in OTHER)]
)
def test_two_texts_say_the_same_number(checked: str, page: str, same: bool) -> None:
    assert same_number(checked.split(), page.split()) is same
    assert same_number(page.split(), checked.split()) is same


WORDS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from([word for text, _ in AMOUNTS for word in text.split()]),
        st.sampled_from([word for pair in SAME + OTHER for text in pair for word in text.split()]),
        st.from_regex(r"\A\d{1,9}([.,  ’]\d{1,4}){0,3}\Z"),
    ),
    max_size=4,
)


@given(WORDS, WORDS)
def test_any_words_are_compared_and_either_way_round(checked: list[str], page: list[str]) -> None:
    assert same_number(checked, page) == same_number(page, checked)


@given(st.integers(0, 10**15))
def test_grouping_makes_no_difference(number: int) -> None:
    for grouped in (
        f"{number:,}",
        f"{number:,}".replace(",", "."),
        f"{number:,}".replace(",", " "),
        f"{number}",
    ):
        assert read_digits(grouped) == [number]
