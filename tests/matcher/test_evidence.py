"""What is too little to say that a page quotes somebody, though the words are the same."""

from __future__ import annotations

import pytest

from matcher import QuoteIndex

QUOTES = [
    "Says the stadium would need up to $350 million in work over the next five to seven years.",
    "Rep. Marguerite Delacroix-Whitfield, D-N.Y., “is now worth $29 million dollars.”",
    "The signers of the Declaration of Independence were “brave people, most of whom, by the way, were clergymen.”",
    "The incandescent light bulb “has no effect whatever on the planet.”",
]
INDEX = QuoteIndex.build((str(number), quote) for number, quote in enumerate(QUOTES))


@pytest.mark.parametrize(
    "page",
    [
        "The bridge will be widened over the next five to seven years, the mayor said.",
        "Rep. Marguerite Delacroix-Whitfield (D-N.Y.) chairs the committee.",
        "The stadium stands near the signers of the Declaration.",
    ],
)
def test_a_set_phrase_or_a_name_is_no_quotation(page: str) -> None:
    assert INDEX.find(page) == []


def test_the_same_words_in_quotation_marks_are_a_part_of_the_quote() -> None:
    page = "It would need repairs “over the next five to seven years,” he said."
    assert [match.kind for match in INDEX.find(page)] == ["fragment"]


def test_what_a_quote_itself_quotes_is_found_without_marks() -> None:
    page = "She called them brave people, most of whom, by the way, were clergymen. Nobody laughed."
    assert [(match.quote_id, match.kind) for match in INDEX.find(page)] == [("2", "fragment")]


def test_a_quote_that_stands_twice_in_a_row_is_found_twice() -> None:
    first = "The incandescent light bulb becomes the enemy. It has no effect whatever on the planet."
    again = 'The incandescent light bulb "has no effect whatever on the planets.'
    page = f"{first} We wondered about this claim. {again}"
    spans = [match.spans for match in INDEX.find(page)]
    assert [page[slice(*pieces[0])][:27] for pieces in spans] == ["The incandescent light bulb"] * 2
