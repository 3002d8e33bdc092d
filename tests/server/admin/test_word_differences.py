"""What differs between two texts, word by word."""

from __future__ import annotations

import time

import pytest

from server.admin.word_differences import Piece, compare_words

# The words of long texts are compared in another way than those of short ones.
BEFORE = "It strongly rejects them, and always did."
AFTER = "It firmly rejects them, and always did so."


@pytest.mark.parametrize("more", ["", " The same words again." * 400], ids=["short", "long"])
def test_both_texts_are_told_and_what_they_share(more: str) -> None:
    pieces = compare_words(BEFORE + more, AFTER + more)
    assert "".join(text for where, text in pieces if where != "after") == BEFORE + more
    assert "".join(text for where, text in pieces if where != "before") == AFTER + more
    told = {
        Piece("before", "strongly"),
        Piece("after", "firmly"),
        Piece("both", " rejects them, and always did"),
    }
    assert told <= set(pieces)


def test_texts_that_are_made_to_be_compared_for_long() -> None:
    signs = [chr(0x2200 + number) for number in range(101)]
    before, after = ("".join(signs[at * step % 101] for at in range(9_000)) for step in (1, 2))
    began = time.process_time()
    compare_words(before, after)
    assert time.process_time() - began < 1
