"""The summary: the sentence in which the article itself states the verdict."""

from __future__ import annotations

import pytest

from server.ingest.reading import Findings
from server.ingest.summary import add_summary, split_sentences, states_verdict


@pytest.mark.parametrize(
    ("sentence", "label", "states"),
    [
        (
            "Claims of foreign involvement in the Kazakh protests are unsubstantiated.",
            "Unsubstantiated",
            True,
        ),
        ("The claim that a second moon exists is mostly false.", "Mostly False", True),
        ("The allegation remains unproven.", "Unproven", True),
        ("“The claim is false,” he said.", "False", False),
        ("He called the claim “false.”", "False", False),
        ("A false claim was made.", "False", False),
        ("The claim is falsehood.", "False", False),
        ("Is the claim false?", "False", False),
        ("The claim is unproven.", "False", False),
        ("Gas prices are false friends.", "False", False),
        ("The claim is …", "…", False),
    ],
)
def test_a_sentence_states_the_verdict_in_its_own_words(sentence: str, label: str, states: bool) -> None:
    assert states_verdict(sentence, label) is states


@pytest.mark.parametrize(
    ("paragraphs", "description", "summary"),
    [
        (["Moons rose. The claim is false and old."], "Described.", "The claim is false and old."),
        (["Moons rose over the harbor."], "Described.", "Described."),
        (["Moons rose over the harbor. Then they set."], None, "Moons rose over the harbor."),
        (
            ["“Two moons.”", "Two moons.", "“I saw them,” he said.", "Moons rose over the harbor."],
            None,
            "Moons rose over the harbor.",
        ),
        ([], "Two moons.", None),
        ([], None, None),
    ],
)
def test_the_best_that_there_is_becomes_the_summary(
    paragraphs: list[str], description: str | None, summary: str | None
) -> None:
    quote = Findings()
    quote.add("text", "Two moons.", "“Two moons.”")
    quote.add("label", "False", "False")
    quote.add("description", description, description or "")
    add_summary(quote, paragraphs)
    assert quote.text("summary") == summary


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Mr. Example of the U.S. Senate spoke. He left.",
            ["Mr. Example of the U.S. Senate spoke.", "He left."],
        ),
        ("“Two moons.” “One,” she said.", ["“Two moons.”", "“One,” she said."]),
        ("About 3.5 percent rose.", ["About 3.5 percent rose."]),
        ("", []),
    ],
)
def test_paragraphs_are_split_into_sentences(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences
