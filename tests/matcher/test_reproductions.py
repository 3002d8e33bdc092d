"""How newspapers, posts and transcripts reproduce quotes, one case an entry, by what they do to them."""

from __future__ import annotations

import pytest

from matcher import QuoteIndex
from tests.matcher.test_kinds import OTHERS, Case, found

WALL = "Mexico is paying for the wall through the new trade deal, and everybody knows it"
JOBS = (
    "We will build the biggest hospital in the whole of Africa by 2030, and it will be free for all Nigerians"
)
FRACKING = "Joe Biden and Kamala Harris want to ban fracking in Pennsylvania on day one"

EDGES_REPLACED = [
    Case(
        "another name at the beginning of the quotation",
        WALL,
        f"“⟦{WALL.replace('Mexico', 'Canada')}⟧,” he said.",
        "altered",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name at the end of the quotation",
        JOBS,
        f"“⟦{JOBS.replace('Nigerians', 'Kenyans')}⟧,” he said.",
        "altered",
        [("Nigerians", "Kenyans", "name")],
    ),
    Case(
        "two words for one, in German",
        "Niemand hat die Absicht, eine Mauer zu errichten oder die Stadt zu teilen",
        "„⟦Kein Mensch hat die Absicht, eine Mauer zu errichten oder die Stadt zu teilen⟧“, sagte er.",
        "altered",
        [("Niemand", "Kein Mensch", None)],
    ),
    Case(
        "an editor's name for a pronoun",
        "He is the first president since Herbert Hoover to leave office with fewer jobs than when he entered it",
        "“⟦[Trump] is the first president since Herbert Hoover to leave office with fewer jobs than when he "
        "entered it⟧,” Biden said.",
        "altered",
        [("He", "[Trump]", None)],
    ),
    Case(
        "another name at the beginning of a sentence without marks",
        WALL,
        f"He wrote this. ⟦{WALL.replace('Mexico', 'Canada')}⟧. And so on.",
        "altered",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name at the end of a line without marks",
        JOBS,
        f"⟦{JOBS.replace('Nigerians', 'Kenyans')}⟧\nBy our correspondent",
        "altered",
        [("Nigerians", "Kenyans", "name")],
    ),
    Case(
        "who says it replaces nothing",
        WALL,
        f"Everybody laughed. Trump said ⟦{WALL.removeprefix('Mexico ')}⟧.",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "what announces it replaces nothing",
        WALL,
        f"“NEWS: ⟦{WALL.removeprefix('Mexico ')}⟧.”",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "what stands behind a quotation that ended replaces nothing",
        WALL,
        f"He said “yes” while it ⟦{WALL.removeprefix('Mexico ')}⟧.",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "another name, and the quote is interrupted",
        WALL,
        "“⟦Canada is paying for the wall⟧,” Trump said, “⟦through the new trade deal, and everybody knows it⟧.”",
        "elided",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name, and the quote is cut",
        FRACKING + ", and in Ohio and Texas on the day after",
        "“⟦Bernie Sanders and Kamala Harris want to ban fracking in Pennsylvania on day one⟧.”",
        "altered",
        [("Joe Biden", "Bernie Sanders", "name")],
    ),
]

ALL = EDGES_REPLACED


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_page_reproduces_a_quote(case: Case) -> None:
    page = case.plain
    matches = QuoteIndex.build([*case.entries, *OTHERS]).find(page)
    assert found(matches, page) == case.expected
    assert [match.kind for match in matches] == [case.kind] * len(matches)
    assert [tuple(change) for match in matches for change in match.changes] == [*case.changes]
