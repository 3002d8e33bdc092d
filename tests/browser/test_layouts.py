"""Words are read in whatever layout they stand, the way to their nodes and back is exact, and changes are followed."""

from __future__ import annotations

import re

import pytest

from tests.browser.bare_page import BarePage
from tests.browser.layouts import CHANGES, LAYOUTS


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_and_painted(bare: BarePage, name: str) -> None:
    html, lines, quote = LAYOUTS[name]
    bare.show(f"<!doctype html><meta charset=utf-8><title>UNSEEN</title><body>{html}")
    assert bare.lines() == [line.strip() for line in lines]
    assert bare.call("faultOfOffsets") is None
    if quote:
        span = bare.call("spanOf", quote)
        assert bare.call("paintSpans", [span]) == [quote]
        # Not more than that: all that is painted, whatever its mark.
        letters = bare.evaluate(_PAINTED_LETTERS)
        assert letters == re.sub(r"[\s“”]", "", quote)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_followed(bare: BarePage, name: str) -> None:
    html, before, script, after = CHANGES[name]
    bare.show(f"<!doctype html><meta charset=utf-8><body>{html}")
    assert tuple(bare.lines()) == before
    bare.page.evaluate(f"() => {{ {script} }}")
    bare.page.evaluate("new Promise(done => setTimeout(done, 30))")
    assert tuple(bare.lines()) == after
    assert bare.call("read") == bare.call("readAfresh")
    assert bare.call("faultOfOffsets") is None


_PAINTED_LETTERS = """[...CSS.highlights.values()].flatMap(highlight => [...highlight])
    .map(String).join('').replace(/[\\s“”]/g, '')"""
