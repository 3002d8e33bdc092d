"""What is too little to say that a page quotes somebody, though the words are the same."""

from __future__ import annotations

import pytest

from matcher import QuoteIndex

QUOTES = [
    "Says the stadium would need up to $350 million in work over the next five to seven years.",
    "Rep. Marguerite Delacroix-Whitfield, D-N.Y., “is now worth $29 million dollars.”",
    "The signers of the Declaration of Independence were “brave people, most of whom, by the way, were clergymen.”",
    "The incandescent light bulb “has no effect whatever on the planet.”",
    "The Bureau of Rural Harbours and Lighthouses says that masks “collect the virus” and make children ill.",
    "“According to the government of the United States,” the new law “will save the harbours $160 billion.”",
    "On running for the U.S. Senate as an independent.",
    "Says Marguerite Delacroix is for a single-payer health care system.",
    "我国将根据突发公共卫生事件应急条例对所有从国外回来的人进行强制隔离并收取费用",
]
INDEX = QuoteIndex.build((str(number), quote) for number, quote in enumerate(QUOTES))


@pytest.mark.parametrize(
    "page",
    [
        "The bridge will be widened over the next five to seven years, the mayor said.",
        "Rep. Marguerite Delacroix-Whitfield (D-N.Y.) chairs the committee.",
        "He leads the “Bureau of Rural Harbours and Lighthouses” again.",
        "The stadium stands near the signers of the Declaration.",
        "The deficit fell, according to the government of the United States.",
        "The former governor is running for the U.S. Senate seat that the other one leaves.",
        "They want to build a single-payer health care system like that of the harbours.",
        "政府公布了《突发公共卫生事件应急条例》的全文。",
        "「突发公共卫生事件」是指突然发生的事件。",
    ],
)
def test_a_set_phrase_or_a_name_is_no_quotation(page: str) -> None:
    assert INDEX.find(page) == []


@pytest.mark.parametrize(
    "page",
    [
        'He said: "We need to mend our broken roads." The Bureau of Rural Harbours and Lighthouses disagreed.',
        "“We need to mend our roads.” The Bureau of Rural Harbours and Lighthouses disagreed.",
        "We met people of the Bureau of Rural Harbours and Lighthouses. “So do I,” he said.",
        "« Bien sûr » The Bureau of Rural Harbours and Lighthouses « Non »",
    ],
)
def test_the_marks_of_the_quotation_before_or_after_make_no_name_a_quotation(page: str) -> None:
    assert INDEX.find(page) == []


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        "“”",
        '""',
        "„“",
        "””",
        "»«",
        "‘’",
        ("« ", " »"),
        ("«\u202f", "\u202f»"),
        ("“… ", ",”"),
        ("“[", "]”"),
        "「」",
    ],
)
def test_marks_of_any_usage_make_a_part_a_quotation(opening: str, closing: str) -> None:
    page = f"The bridge is mended {opening}over the next five to seven years{closing} of use."
    assert [match.kind for match in INDEX.find(page)] == ["fragment"]
    assert [match.kind for match in INDEX.find(f"Repairs {opening}over the next five to seven years and")]
    assert [match.kind for match in INDEX.find(f"Some over the next five to seven years{closing} then")]


def test_the_same_words_in_quotation_marks_are_a_part_of_the_quote() -> None:
    page = "It would need repairs “over the next five to seven years,” he said."
    assert [match.kind for match in INDEX.find(page)] == ["fragment"]


def test_a_quotation_that_only_ends_in_the_words_of_a_short_quote_is_not_it() -> None:
    index = QuoteIndex.build([("q", "On offshore drilling.")])
    assert [
        match.kind for match in index.find("They asked about his views. “On offshore drilling,” he said.")
    ] == ["exact"]
    assert index.find("“The governor has changed his mind on offshore drilling,” she said.") == []
    assert index.find("“On offshore drilling the governor has changed his mind,” she said.") == []


def test_the_capitals_of_a_headline_make_no_names_of_words_that_the_quote_writes_small() -> None:
    index = QuoteIndex.build(
        [("q", "Says Gov. Scott Walker's proposed budget “would sell off Wisconsin's state parks.”")]
    )
    assert [
        match.kind
        for match in index.find("“Scott Walker's Iowa Caucus Budget Would Sell Off Wisconsin's State Parks”")
    ] == ["altered"]


def test_a_part_that_a_wording_quotes_is_told_beside_a_better_match_where_the_page_has_all_of_it() -> None:
    failed = "“If impeachment fails, I will resign immediately.”"
    index = QuoteIndex.build(
        [
            ("q", f"Says Nancy Pelosi said, {failed}"),
            ("r", f"An article on Facebook claims House Speaker Nancy Pelosi said, {failed}"),
        ]
    )
    page = f"20 articles on Facebook claim that House Speaker Nancy Pelosi said, {failed}"
    assert {match.quote_id for match in index.find(page)} == {"q", "r"}
    for other in ("will not resign", "will leave office"):
        assert "q" not in {match.quote_id for match in index.find(page.replace("will resign", other))}


def test_what_a_quote_itself_quotes_is_found_without_marks() -> None:
    page = "She called them brave people, most of whom, by the way, were clergymen. Nobody laughed."
    assert [(match.quote_id, match.kind) for match in INDEX.find(page)] == [("2", "fragment")]


def test_a_quote_that_stands_twice_in_a_row_is_found_twice() -> None:
    first = "The incandescent light bulb becomes the enemy. It has no effect whatever on the planet."
    again = 'The incandescent light bulb "has no effect whatever on the planets.'
    page = f"{first} We wondered about this claim. {again}"
    spans = [match.spans for match in INDEX.find(page)]
    assert [page[slice(*pieces[0])][:27] for pieces in spans] == ["The incandescent light bulb"] * 2
