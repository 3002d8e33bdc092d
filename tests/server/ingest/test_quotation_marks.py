"""Outer quotation marks: off where they stand around the whole, kept where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ingest.quotation_marks import blank_quoted, strip_outer_marks

CASES = [
    ("“Two moons.”", "Two moons."),
    ('"Two moons."', "Two moons."),
    ("'Two moons.'", "Two moons."),
    ("‘It’s two moons, isn’t it’", "It’s two moons, isn’t it"),
    ("«Dos lunas»", "Dos lunas"),
    ("« Deux lunes »", "Deux lunes"),
    ("»Zwei Monde«", "Zwei Monde"),
    ("„Zwei Monde“", "Zwei Monde"),
    ("„Dwa księżyce”.", "Dwa księżyce."),
    ("”Två månar”", "Två månar"),
    ("「二つの月」", "二つの月"),
    ("“Two moons\"", "Two moons"),
    ("\"Two moons”", "Two moons"),
    ("„Zwei Monde\"", "Zwei Monde"),
    ("“«Two moons»”", "Two moons"),
    ("“Two moons.”,", "Two moons.,"),
    ("“Two “small” moons”", "Two “small” moons"),
    ("“The ‘small’ moon”", "The ‘small’ moon"),
    ('"The "small" moon"', 'The "small" moon'),
    ("“Two moons", "Two moons"),
    ("Two moons”", "Two moons"),
    ("«Dos lunas", "Dos lunas"),
    ('"Two moons', "Two moons"),
    ("“Yes” and “no”", "“Yes” and “no”"),
    ('"Yes" and "no"', '"Yes" and "no"'),
    ("‘Yes’ and ‘no’", "‘Yes’ and ‘no’"),
    ("«Sí» y «no»", "«Sí» y «no»"),
    ("“Two moons,” he said.", "“Two moons,” he said."),
    ("He said “two moons”", "He said “two moons”"),
    ("Rosjanie pisali „nasz człowiek”", "Rosjanie pisali „nasz człowiek”"),
    ("Two moons", "Two moons"),
    ("’Tis two moons", "’Tis two moons"),
    ("the moons'", "the moons'"),
    ("“”", "“”"),
    ('"', '"'),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stripped"), CASES)
def test_outer_marks_go_and_inner_ones_stay(text: str, stripped: str) -> None:
    assert strip_outer_marks(text) == stripped


@given(st.text(alphabet="ab .,“”\"'‘’«»„…", max_size=30))
def test_words_never_change(text: str) -> None:
    assert [char for char in strip_outer_marks(text) if char.isalpha()] == [
        char for char in text if char.isalpha()
    ]


@given(
    st.text(alphabet="ab ", min_size=1).filter(str.strip),
    st.sampled_from(["“”", "«»", "„“", '""', "‘’", "「」"]),
)
def test_a_pair_around_the_whole_always_goes(text: str, marks: str) -> None:
    assert strip_outer_marks(f"{marks[0]}{text}{marks[1]}") == text.strip()


def test_quoted_words_are_blanked_in_place() -> None:
    text = 'He called it “false”, she «falso» and "off".'
    assert blank_quoted(text) == "He called it        , she         and      ."
    assert len(blank_quoted(text)) == len(text)
