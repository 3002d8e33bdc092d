"""Whose words a claim is made of, and what of it is not of the claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ingest.words import read_words
from server.models import QuoteForm

Q, P = QuoteForm.QUOTE, QuoteForm.PARAPHRASE

# The checker's text, its form, what is left of it, and its quoted parts.
CASES: list[tuple[str, QuoteForm, str, tuple[str, ...]]] = [
    ("“Two moons rose tonight.”", Q, "Two moons rose tonight.", ()),
    ("«Dos lunas salieron»", Q, "Dos lunas salieron", ()),
    ("„Zwei Monde gingen auf“", Q, "Zwei Monde gingen auf", ()),
    ("“Two moons rose tonight", Q, "Two moons rose tonight", ()),
    ("We saw two moons.", Q, "We saw two moons.", ()),
    ("Wir haben zwei Monde gesehen.", Q, "Wir haben zwei Monde gesehen.", ()),
    ("Two moons rose.", P, "Two moons rose.", ()),
    ("The US has two moons.", P, "The US has two moons.", ()),
    ("Says two moons rose.", P, "Two moons rose.", ()),
    ("Says that two moons rose.", P, "Two moons rose.", ()),
    ("Claims that I saw two moons.", P, "I saw two moons.", ()),
    ("Claims of two moons are old.", P, "Claims of two moons are old.", ()),
    ("Said that two moons rose.", P, "Two moons rose.", ()),
    ("Behauptet, dass zwei Monde aufgingen", P, "Zwei Monde aufgingen", ()),
    ("Afirma que salieron dos lunas", P, "Salieron dos lunas", ()),
    ("Affirme que deux lunes se sont levées", P, "Deux lunes se sont levées", ()),
    ("Twierdzi, że wzeszły dwa księżyce", P, "Wzeszły dwa księżyce", ()),
    ("Tvrdí, že vyšly dva měsíce", P, "Vyšly dva měsíce", ()),
    ("Заявил, что взошли две луны", P, "Взошли две луны", ()),
    ("Заявила, що зійшли два місяці", P, "Зійшли два місяці", ()),
    ("Claim: Two moons rose.", P, "Two moons rose.", ()),
    ("Zitat: „Zwei Monde gingen auf“", Q, "Zwei Monde gingen auf", ()),
    ("Says “two moons rose over the harbor”", Q, "two moons rose over the harbor", ()),
    ("Ann Example: “Two moons rose”", Q, "Two moons rose", ()),
    ("Ann Example said, “Two moons rose”", Q, "Two moons rose", ()),
    ("“Two moons rose,” said Ann Example.", Q, "Two moons rose,", ()),
    ("Pedro Ejemplo: «Salieron dos lunas»", Q, "Salieron dos lunas", ()),
    ("Pat Example says that two moons rose", P, "Two moons rose", ()),
    ("Somebody says that two moons rose", P, "Somebody says that two moons rose", ()),
    (
        "The mayor “saw two moons over the harbor” on “Monday”",
        P,
        "The mayor “saw two moons over the harbor” on “Monday”",
        ("saw two moons over the harbor",),
    ),
    ("“Yes” and “no” were the answers", P, "“Yes” and “no” were the answers", ()),
    ("他说「今天晚上有两个月亮升起来」了", P, "他说「今天晚上有两个月亮升起来」了", ("今天晚上有两个月亮升起来",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "form", "left", "parts"), CASES)
def test_a_claim_is_a_quote_or_a_paraphrase(
    text: str, form: QuoteForm, left: str, parts: tuple[str, ...]
) -> None:
    words = read_words(text, speaker="Pat Example")
    assert (words.form, words.text, words.parts) == (form, left, parts)
    assert words.reason


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Example: “Two moons rose”", "Ann Example"),
        ("“Two moons rose,” said Ann Example.", "Ann Example"),
        ("Two moons: “They rose”", "Two moons"),
        ("yesterday: “They rose”", None),
        ("“They rose”", None),
    ],
)
def test_a_text_may_name_its_speaker(text: str, speaker: str | None) -> None:
    assert read_words(text).speaker == speaker


def test_a_publishers_own_way_decides_where_no_marks_do() -> None:
    assert read_words("Two moons rose.", convention=Q).form is Q
    assert read_words("The mayor “saw” two moons.", convention=Q).form is Q
    assert read_words("Says two moons rose.", convention=Q).form is P
    assert read_words("Two moons rose.", unmarked=Q).form is Q
    assert read_words("Two moons rose.", convention=P, unmarked=Q).form is P


@given(st.text(alphabet='ab “”"«»:,.sayid', max_size=60))
def test_no_word_is_made_up(text: str) -> None:
    words = read_words(text, speaker="ab")
    assert words.text.casefold().strip('“”"«» ,.') in text.casefold()
    assert all(part in text for part in words.parts)
