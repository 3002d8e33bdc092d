"""The pages have a word for everything that can stand in them."""

from __future__ import annotations

from enum import StrEnum

import pytest

from server.admin.looks import look_of
from server.admin.words import WORDS
from server.models import MatchKind, QuoteForm, Rating, Role, Status, WordingKind
from server.store import Action


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("status", Status),
        ("move", Status),
        ("rating", Rating),
        ("action", Action),
        ("kind", MatchKind),
        ("wording", WordingKind),
        ("role", Role),
        ("form", QuoteForm),
    ],
)
def test_each_has_its_word(name: str, kinds: type[StrEnum]) -> None:
    assert set(WORDS[name]) == {kind.value for kind in kinds}


def test_each_rating_has_a_look() -> None:
    assert {look_of(rating) for rating in Rating} <= {
        "holds", "mixed", "fails", "distorts", "unproven", "satire", "unrated",
    }  # fmt: skip
