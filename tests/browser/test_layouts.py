"""Words are read in whatever layout they stand, the way to their nodes and back is exact, and changes are followed."""

from __future__ import annotations

import re

import pytest

from tests.browser.bare_page import BarePage
from tests.browser.faces import AnyReader
from tests.browser.layouts import CHANGES, LAYOUTS
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"]).removesuffix(".")


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


@pytest.mark.usefixtures("no_filter")
def test_all_layouts_in_one_page_are_read_alike_in_all_browsers(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    # The one that takes the document's own names would break the test itself, which runs as a part of the page.
    layouts = [layout for name, layout in LAYOUTS.items() if "document's own" not in name]
    html = "".join(f"<section>{layout.html}</section>" for layout in layouts)
    page = any_reader.open(
        site.publish("/layouts.html", f"<!doctype html><meta charset=utf-8><title>UNSEEN</title><body>{html}")
    )
    page.scan()
    lines = [" ".join(line.split(" ")).strip() for line in wire.texts[0].split("\n")]
    assert [line for line in lines if line] == [line.strip() for layout in layouts for line in layout.lines]


def test_all_layouts_are_painted_alike_in_all_browsers(any_reader: AnyReader, site: NewsSite) -> None:
    """A checked quote in each form that a line of words can take."""
    first, middle, last = SEA[:30], SEA[30:60], SEA[60:]
    forms = [
        f"<p>{first}<a href='#x'>{middle}</a>{last}</p>",
        f"<p>{first}<br><em>{middle}</em><b>{last}</b></p>",
        f"<p dir=rtl>{first}<bdi>{middle}</bdi>{last}</p>",
        f"<p style='writing-mode:vertical-rl'>{first}<i>{middle}</i>{last}</p>",
        f"<x-a><template shadowrootmode=open><p>{first}<slot></slot>{last}</p></template>{middle}</x-a>",
        f"<p><span style='float:left;font-size:3em'>{first[0]}</span>{first[1:]}{middle}{last}</p>",
        f"<div style='columns:2'>{first}<!-- x --><u>{middle}</u>{last}</div>",
    ]
    page = any_reader.open(
        site.publish(
            "/forms.html", "<!doctype html><meta charset=utf-8><title>Forms</title>" + "<hr>".join(forms)
        )
    )
    assert page.scan() == "found"
    page.await_badge(str(len(forms)))
    # Ranges, not spans: a range of a shadow root can't be put in order with others.
    letters = page.evaluate(
        "() => [...CSS.highlights.values()].flatMap(highlight => [...highlight]).map(String).join('').replace(/\\s/g, '').length"
    )
    assert letters == len(forms) * len(re.sub(r"\s", "", SEA))
