"""The tooltip: what it says, by pointer, touch and keyboard, and where it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, HOSTILE, JOBS, XI
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.scripts import PAINTED_FOR
from tests.browser.wire import Wire

WIDTH, HEIGHT = 1180, 800
CLOSES_AFTER_MILLISECONDS = 400
RENUMBERED = str(JOBS["text"]).replace("370,000", "730,000")


def open_scanned(reader: Reader, site: NewsSite, *paragraphs: str) -> ReadPage:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = reader.open(site.publish_article("/tooltip.html", body))
    assert page.scan() == "found"
    return page


def quoted(quote: dict[str, Any], words: str | None = None) -> str:
    return f"“{words or quote['text']},” Ada Marlowe said."


def test_it_says_all_that_is_known_of_the_quote(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR))
    page.point_at("The sea at our")
    tooltip = page.tooltip()
    assert tooltip["label"] == "Pants on Fire"
    assert "false" in tooltip["text"]
    assert tooltip["ratedBy"] == "Rated by Tide Check, May 19, 2024"
    assert tooltip["summary"] == HARBOUR["checks"][0]["summary"]
    assert tooltip["attribution"] == "Ada Marlowe, Minister of Harbours, May 17, 2024"
    assert tooltip["others"] == ["Mostly False – Coast Facts", "Misleading – Harbour Watch"]
    assert tooltip["link"] == "https://tidecheck.example/sea"
    assert tooltip["caution"] == "This marks the quote, not this article."
    assert tooltip["doubt"] is None
    page.screenshot("tooltip-several-verdicts")


def test_it_doubts_a_speaker_whom_the_page_does_not_name(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, f"“{HARBOUR['text']}” said one of the guests.")
    page.point_at("The sea at our")
    assert page.tooltip()["doubt"] == "This page does not name Ada Marlowe."


def test_words_that_differ_stand_out_and_another_number_is_a_warning(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(JOBS, JOBS["text"].replace("370,000", "730,000")))
    page.point_at("We have brought")
    tooltip = page.tooltip()
    assert [words.strip() for words in tooltip["dropped"]] == ["370,000"]
    assert [words.strip() for words in tooltip["added"]] == ["730,000"]
    [warning] = tooltip["warnings"]
    assert warning.startswith("Another number.")
    assert "730,000" in warning
    page.screenshot("tooltip-another-number")


def test_it_closes_when_the_pointer_leaves_and_stays_while_the_pointer_is_in_it(
    reader: Reader, site: NewsSite
) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR))
    page.point_at("The sea at our")
    left, top, right, bottom = page.tooltip()["box"]
    page.page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=8)
    assert page.tooltip()["label"] == "Pants on Fire"
    page.page.mouse.move(WIDTH - 5, HEIGHT - 5, steps=4)
    page.await_no_tooltip()


def test_who_selects_text_across_a_quote_is_left_alone(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, "Meanwhile it rained.", quoted(HARBOUR), "Nothing else.")
    x, y = page.place_of("The sea at our")
    mouse = page.page.mouse
    is_open = "root.querySelector('[role=dialog]:popover-open') !== null"

    def rests(to_x: float, to_y: float) -> bool:
        mouse.move(to_x, to_y, steps=5)
        page.page.wait_for_timeout(CLOSES_AFTER_MILLISECONDS)
        return not page.in_tooltip(is_open)

    mouse.move(x - 100, y - 50)
    mouse.down()
    assert rests(x, y)
    mouse.up()
    assert rests(x + 3, y)
    assert "The sea at our" in page.evaluate("() => String(getSelection())")
    # Pointed at first, and selected from there: it makes way.
    mouse.click(x - 100, y - 50)
    page.point_at("The sea at our")
    page.tooltip()
    mouse.down()
    mouse.move(x + 40, y, steps=5)
    page.await_no_tooltip()
    mouse.up()
    # With nothing selected it is as ever.
    mouse.click(x - 100, y - 50)
    page.point_at("The sea at our")
    page.tooltip()


def test_escape_closes_it_under_the_pointer(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR))
    page.point_at("The sea at our")
    page.tooltip()
    page.page.keyboard.press("Escape")
    page.await_no_tooltip()


def test_what_escape_closes_is_not_opened_by_a_move_before_it(reader: Reader, site: NewsSite) -> None:
    """The browser may draw no frame between the two."""
    page = open_scanned(reader, site, quoted(HARBOUR))
    page.in_own_world(
        """{
            const frames = new Map();
            let last = 0;
            globalThis.requestAnimationFrame = act => (frames.set(++last, act), last);
            globalThis.cancelAnimationFrame = number => void frames.delete(number);
            globalThis.drawFrame = () => { for (const act of frames.values()) act(performance.now()); };
        }"""
    )
    page.point_at("The sea at our")
    reader.press_keys("next-match")
    page.await_in_tooltip("root?.querySelector('[role=dialog]').matches(':focus-within')")
    page.press("Escape")
    page.await_no_tooltip()
    page.in_own_world("drawFrame()")
    page.page.wait_for_timeout(CLOSES_AFTER_MILLISECONDS)
    page.await_no_tooltip()


def test_keys_walk_from_match_to_match_and_escape_gives_the_focus_back(
    reader: Reader, site: NewsSite
) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR), *["Meanwhile."] * 40, quoted(JOBS))
    page.page.locator("nav a").first.focus()

    reader.press_keys("next-match")
    first = page.tooltip("1 of 2")
    assert (first["label"], first["name"], first["hasFocus"]) == (
        "Pants on Fire",
        "Verdict on a quote, 1 of 2",
        True,
    )
    reader.press_keys("next-match")
    second = page.tooltip("2 of 2")
    assert second["label"] == "Correct"
    assert 0 <= second["box"][1] < second["box"][3] <= HEIGHT
    reader.press_keys("next-match")
    assert page.tooltip("1 of 2")["label"] == "Pants on Fire"
    reader.press_keys("previous-match")
    assert page.tooltip("2 of 2")["label"] == "Correct"

    page.page.keyboard.press("Tab")
    assert page.tooltip()["hasFocus"]
    page.page.keyboard.press("Escape")
    page.await_no_tooltip()
    assert page.page.evaluate("document.activeElement.textContent") == "World"


def test_a_tap_opens_it_and_a_tap_elsewhere_closes_it(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR))
    x, y = page.place_of("The sea at our")
    touch = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    page.cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.cdp.send("Input.dispatchTouchEvent", touch)
    page.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.tooltip()["label"] == "Pants on Fire"
    page.cdp.send("Input.dispatchTouchEvent", touch | {"touchPoints": [{"x": WIDTH - 9, "y": HEIGHT - 9}]})
    page.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.await_no_tooltip()


def test_on_a_link_a_tap_follows_it_and_a_finger_held_opens_the_tooltip(
    reader: Reader, site: NewsSite
) -> None:
    page = open_scanned(reader, site, f"<a href='#followed'>{quoted(HARBOUR)}</a>")
    page.cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    x, y = page.place_of("The sea at our")
    down = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    up = {"type": "touchEnd", "touchPoints": []}
    page.cdp.send(
        "Input.synthesizeTapGesture", {"x": x, "y": y, "duration": 1500, "gestureSourceType": "touch"}
    )
    assert page.tooltip()["label"] == "Pants on Fire"
    assert "#followed" not in page.page.url
    page.cdp.send("Input.dispatchTouchEvent", down)
    page.cdp.send("Input.dispatchTouchEvent", up)
    page.page.wait_for_url("**/*#followed")


def test_a_finger_can_scroll_it(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(JOBS, RENUMBERED), *["Meanwhile."] * 30)
    page.page.set_viewport_size({"width": 360, "height": 300})
    page.cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    x, y = page.place_of("We have brought")
    tap = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    page.cdp.send("Input.dispatchTouchEvent", tap)
    page.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    left, top, _right, bottom = page.tooltip()["box"]
    finger = {"x": left + 60, "y": (top + bottom) / 2}
    page.cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    for _ in range(8):
        finger["y"] -= 10
        page.cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [finger]})
    page.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.await_in_tooltip("root.querySelector('.card').scrollTop > 0")
    # A pointer that leaves closes it after a moment.
    page.page.wait_for_timeout(CLOSES_AFTER_MILLISECONDS)
    assert page.tooltip()["label"] == "Correct"


def test_text_under_a_dialog_of_the_page_is_not_pointed_at(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR), quoted(JOBS))
    x, y = page.place_of("The sea at our")
    page.page.evaluate(
        """([y]) => {
            const dialog = document.createElement('div');
            dialog.style.cssText = `position:fixed;left:0;right:0;top:${y - 30}px;height:60px;background:#fff`;
            document.body.append(dialog);
        }""",
        [y],
    )
    page.page.mouse.move(x, y, steps=3)
    page.point_at("We have brought")
    assert page.tooltip()["label"] == "Correct"


def test_in_a_modal_dialog_it_can_be_used(any_reader: AnyReader, site: NewsSite) -> None:
    dialog = f"<dialog style='width:600px'><p>{quoted(HARBOUR)}</p><button>Close</button></dialog>"
    page = any_reader.open(site.publish_article("/modal.html", dialog))
    page.evaluate("() => document.querySelector('dialog').showModal()")
    assert page.scan() == "found"
    page.point_at("The sea at our")
    left, top, right, bottom = page.tooltip()["box"]
    page.move_pointer((left + right) / 2, (top + bottom) / 2)
    page.await_in_tooltip("root.querySelector('[role=dialog]').matches(':hover')")
    any_reader.press_keys("next-match")
    page.await_in_tooltip("root.querySelector('[role=dialog]').matches(':focus-within')")
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => document.querySelector('dialog').lastElementChild.localName") == "button"


@pytest.mark.parametrize(
    ("element", "open_it", "state"),
    [
        ("div popover", "showPopover", ":popover-open"),
        ("dialog closedby=any", "show", "[open]"),
        ("div", "requestFullscreen", ":fullscreen"),
    ],
)
def test_it_can_be_clicked_and_does_not_close_what_its_words_stand_in(
    reader: Reader, site: NewsSite, element: str, open_it: str, state: str
) -> None:
    """Popovers, and dialogs that say so, close at a click outside of them; what fills the screen takes it."""
    end = element.partition(" ")[0]
    page = reader.open(
        site.publish_article("/over.html", f"<{element} id=over><p>{quoted(HARBOUR)}</p></{end}>")
    )
    page.page.evaluate(f"over.{open_it}()")
    assert page.scan() == "found"
    page.point_at("The sea at our")
    page.tooltip()
    page.page.mouse.click(*page.place_in_tooltip(".wrong"))
    page.await_in_tooltip("root.querySelector('.wrong').textContent.startsWith('Thank you')")
    page.press("Escape")
    page.await_no_tooltip()
    assert page.page.evaluate("state => over.matches(state)", state)


@pytest.mark.parametrize(
    "place", ["top:4px;left:4px", "top:4px;right:4px", "bottom:4px;left:4px", "bottom:4px;right:4px"]
)
def test_it_stays_inside_the_window_at_every_edge(reader: Reader, site: NewsSite, place: str) -> None:
    page = open_scanned(
        reader, site, f'<span style="position:fixed;width:240px;{place}">{quoted(HARBOUR)}</span>'
    )
    page.point_at("The sea at our")
    left, top, right, bottom = page.tooltip()["box"]
    assert left >= 0
    assert top >= 0
    assert right <= WIDTH
    assert bottom <= HEIGHT


@pytest.mark.parametrize(("width", "height"), [(360, 640), (640, 320), (590, 400), (320, 256)])
def test_it_can_be_read_in_small_windows(reader: Reader, site: NewsSite, width: int, height: int) -> None:
    """Phones, upright and on their side, and what zooming to 200 % and 400 % leaves of a window."""
    page = open_scanned(reader, site, *["Meanwhile."] * 5, quoted(JOBS, RENUMBERED), *["Meanwhile."] * 30)
    page.page.set_viewport_size({"width": width, "height": height})
    page.point_at("We have brought")
    left, top, right, bottom = page.tooltip()["box"]
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert bottom - top >= min(240, height - 20)
    # All of it can be scrolled to.
    assert page.in_tooltip(
        """[...root.querySelectorAll('.card, .card .body')].every(part => part.scrollHeight <= part.clientHeight + 2
            || getComputedStyle(part).overflowY === 'auto')"""
    )
    page.screenshot(f"tooltip-{width}x{height}")


@pytest.mark.usefixtures("no_filter")
def test_it_can_be_read_whatever_the_length_of_a_label(reader: Reader, site: NewsSite, wire: Wire) -> None:
    check = {
        "verdict": {"label": "Wrong " * 500, "rating": "false"},
        "publisher": "Tide Check",
        "summary": "It rose.",
    }
    answer = {
        "offsets": "utf16",
        "matches": [{"quote": "q", "kind": "exact", "spans": [[0, 12]]}],
        "quotes": {"q": {"text": "Meanwhile", "checks": [check]}},
    }
    wire.say(200, json.dumps(answer).encode(), content_type="application/json")
    page = open_scanned(reader, site, "Meanwhile.")
    page.point_at(page.painted()[0][:5])
    left, top, _right, _bottom = page.tooltip()["box"]
    page.move_pointer(left + 30, top + 30)
    page.page.mouse.wheel(0, 100_000)
    page.await_in_tooltip(
        """(({x, y, width, height}) => root.elementFromPoint(x + width / 2, y + height / 2)?.className === 'summary')(
            root.querySelector('.summary').getBoundingClientRect())"""
    )


def test_keys_walk_from_where_the_reader_is_and_on_from_where_they_were(
    any_reader: AnyReader, site: NewsSite
) -> None:
    body = f"<p>{quoted(HARBOUR)}</p>{'<p>Meanwhile.</p>' * 60}" * 3
    page = any_reader.open(site.publish_article("/walk.html", body))
    assert page.scan() == "found"
    page.evaluate("() => scrollTo({top: 1000, behavior: 'instant'})")
    any_reader.press_keys("next-match")
    page.tooltip("2 of 3")
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => scrollY") == 1000
    any_reader.press_keys("next-match")
    page.tooltip("3 of 3")
    any_reader.press_keys("previous-match")
    page.tooltip("2 of 3")
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => scrollY") == 1000


@pytest.mark.parametrize(
    ("content_type", "before", "between"),
    [
        ("text/plain; charset=utf-8", "", "Meanwhile.\n"),
        ("text/html; charset=utf-8", "<!doctype html><title>Lines</title>", "Meanwhile.<br>"),
        (
            "text/html; charset=utf-8",
            "<!doctype html><title>Box</title><p style='height:9000px'></p><div style='height:300px;overflow:auto'>",
            "Meanwhile.<br>",
        ),
    ],
)
def test_keys_lead_to_words_in_a_text_without_paragraphs(
    any_reader: AnyReader, site: NewsSite, content_type: str, before: str, between: str
) -> None:
    text = before + between.join([between * 60, quoted(HARBOUR), between * 200, quoted(JOBS), between * 60])
    page = any_reader.open(site.publish("/lines", text, content_type=content_type))
    assert page.scan() == "found"
    for number in (1, 2):
        any_reader.press_keys("next-match")
        assert page.tooltip(f"{number} of 2")["hasFocus"]
        top, height = page.evaluate(
            """() => {
                const [words] = [...CSS.highlights.values()].find(({priority}) => priority === 2);
                return [words.getBoundingClientRect().top, innerHeight];
            }"""
        )
        assert 0 <= top < height
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => scrollY") == 0


def test_escape_leaves_a_reader_who_has_scrolled_since_where_they_are(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, *["Meanwhile."] * 60, quoted(HARBOUR), *["Meanwhile."] * 60)
    reader.press_keys("next-match")
    page.tooltip("1 of 1")
    page.evaluate("() => scrollBy({top: 90, behavior: 'instant'})")
    here = page.evaluate("() => scrollY")
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => scrollY") == here > 1000


def test_escape_scrolls_back_on_a_page_that_scrolls_smoothly(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, *["Meanwhile."] * 60, quoted(HARBOUR), *["Meanwhile."] * 60)
    page.page.emulate_media(reduced_motion="no-preference")
    page.evaluate("() => { document.documentElement.style.scrollBehavior = 'smooth' }")
    page.evaluate("() => scrollTo({top: 100, behavior: 'instant'})")
    for _time in range(2):
        reader.press_keys("next-match")
        page.tooltip("1 of 1")
        assert page.evaluate("() => scrollY") > 1000
        page.press("Escape")
        page.await_no_tooltip()
        assert page.evaluate("() => scrollY") == 100


@pytest.mark.parametrize(("key", "reached"), [("Tab", "after"), ("Shift+Tab", "before")])
def test_tab_leads_out_of_it_to_what_is_beside_the_words(
    reader: Reader, site: NewsSite, key: str, reached: str
) -> None:
    page = open_scanned(
        reader, site, "<a id=before href=#>Before</a>", quoted(HARBOUR), "<a id=after href=#>After</a>"
    )
    reader.press_keys("next-match")
    assert page.tooltip("1 of 1")["hasFocus"]
    for _control in range(6):
        page.press(key)
        if not page.in_tooltip("root.activeElement !== null"):
            break
    assert page.evaluate("() => document.activeElement.id") == reached
    page.await_no_tooltip()


def test_it_closes_where_the_page_takes_the_focus(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR), "<a id=other href=#>Other</a>")
    reader.press_keys("next-match")
    page.tooltip("1 of 1")
    page.evaluate("() => document.getElementById('other').focus()")
    page.await_no_tooltip()
    assert page.evaluate("() => document.activeElement.id") == "other"


OVERLAPPED = "Nobody in this harbour has ever measured the sea twice, as we all know too well"


def open_overlapping(reader: AnyReader, site: NewsSite, wire: Wire) -> Any:
    """A page on which an inner quote stands within an outer one."""

    def match(quote: str, words: str) -> dict[str, Any]:
        start = OVERLAPPED.index(words)
        return {"quote": quote, "kind": "exact", "spans": [[start, start + len(words)]]}

    def quote(text: str, label: str, rating: str) -> dict[str, Any]:
        verdict = {"label": label, "rating": rating}
        return {
            "text": text,
            "checks": [{"verdict": verdict, "publisher": "Tide Check", "summary": "It did."}],
        }

    inner = "measured the sea twice"
    answer = {
        "offsets": "utf16",
        "matches": [match("outer", OVERLAPPED), match("inner", inner)],
        "quotes": {
            "outer": quote(OVERLAPPED, "Wrong", "false"),
            "inner": quote(inner, "Right", "true"),
        },
    }
    wire.say(200, json.dumps(answer).encode(), content_type="application/json")
    page = reader.open(site.publish("/overlap.html", f"<!doctype html><title>O</title><p>{OVERLAPPED}.</p>"))
    assert page.scan() == "found"
    return page


@pytest.mark.usefixtures("no_filter")
def test_of_matches_that_overlap_the_innermost_is_seen_and_opened(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    page = open_overlapping(any_reader, site, wire)
    lines = page.evaluate(
        """() => [...CSS.highlights.values()].filter(({priority}) => priority === 0)
            .map(highlight => [...highlight].map(String))"""
    )
    assert sorted(lines) == [
        ["Nobody in this harbour has ever ", ", as we all know too well"],
        ["measured the sea twice"],
    ]
    page.point_at("measured")
    assert page.tooltip()["label"] == "Right"
    page.press("Escape")
    page.await_no_tooltip()
    page.point_at("Nobody")
    assert page.tooltip()["label"] == "Wrong"
    any_reader.press_keys("next-match")
    assert page.tooltip("2 of 2")["label"] == "Right"


@pytest.mark.usefixtures("no_filter")
def test_of_matches_that_overlap_the_others_are_reached_from_the_tooltip(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    page = open_overlapping(reader, site, wire)
    page.point_at("measured")
    page.tooltip("2 of 2")
    page.await_in_tooltip("root.querySelector('.listed .label')?.innerText === 'Wrong'")
    page.screenshot("tooltip-overlapping")
    x, y = page.in_tooltip(
        "(({x, y}) => [x + 20, y + 10])(root.querySelector('.listed button').getBoundingClientRect())"
    )
    page.page.mouse.click(x, y)
    assert page.tooltip("1 of 2")["label"] == "Wrong"
    # It stays though the pointer reaches the other first.
    page.point_at("measured")
    page.page.wait_for_timeout(CLOSES_AFTER_MILLISECONDS)
    assert page.tooltip()["label"] == "Wrong"


def test_it_follows_its_words_when_the_page_scrolls(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, *["Meanwhile."] * 30, quoted(HARBOUR), *["Meanwhile."] * 60)
    page.point_at("The sea at our")
    before = page.tooltip()["box"]
    page.evaluate("() => scrollBy({top: 60, behavior: 'instant'})")
    page.await_in_tooltip(
        f"Math.abs(root.querySelector('[role=dialog]').getBoundingClientRect().top - {before[1] - 60}) < 3"
    )


def test_the_wheel_over_it_scrolls_the_page(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR), *["Meanwhile."] * 60)
    page.point_at("The sea at our")
    page.tooltip()
    for part in ("header", ".body", "footer"):
        before = page.evaluate("() => scrollY")
        x, y = page.in_tooltip(
            f"(({{x, y}}) => [x + 30, y + 5])(root.querySelector('.card {part}').getBoundingClientRect())"
        )
        page.move_pointer(x, y)
        page.page.mouse.wheel(0, 20)
        page.await_change("() => scrollY", before)


@pytest.mark.parametrize(
    "style",
    [
        "html { zoom: 0.7 }",
        "html { zoom: 1.5 }",
        "html { max-width: 600px; margin: auto }",
        "html { scrollbar-gutter: stable both-edges }",
        "html { writing-mode: vertical-rl }",
    ],
)
def test_it_stands_beside_its_words_whatever_the_page_does_with_its_root(
    any_reader: AnyReader, site: NewsSite, style: str
) -> None:
    page = any_reader.open(
        site.publish(
            "/root.html",
            f"<!doctype html><title>Root</title><style>{style}</style><p>Before.</p><p>{quoted(HARBOUR)}</p>"
            + "<p>Meanwhile.</p>" * 60,
        )
    )
    assert page.scan() == "found"
    page.point_at("The sea at our")
    left, top, right, bottom = page.tooltip()["box"]
    width, height, words = page.evaluate(
        """() => {
            const [range] = [...CSS.highlights.values()].find(highlight => highlight.priority === 0);
            return [innerWidth, innerHeight, range.getBoundingClientRect().toJSON()];
        }"""
    )
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    # Below them, or beside them.
    below, beside = top - words["bottom"], words["left"] - right
    assert 0 <= max(below, beside) < 10
    if below > 0:
        assert abs(left - words["left"]) < 10


def test_it_stands_below_words_that_begin_at_the_right(reader: Reader, site: NewsSite) -> None:
    style = "position:absolute;right:0;font-size:7px"
    page = open_scanned(reader, site, f"<span style='{style}'>{quoted(HARBOUR)}</span>")
    page.point_at("The sea at our")
    left, top, right, _bottom = page.tooltip()["box"]
    x, y = page.place_of("The sea at our")
    assert left < x < right <= WIDTH
    assert y < top < y + 30


def test_it_stands_below_the_lines_that_are_shown(any_reader: AnyReader, site: NewsSite) -> None:
    clamp = "width:300px;display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden"
    page = any_reader.open(
        site.publish(
            "/teaser.html",
            f"<!doctype html><title>Teaser</title><p id=p style='{clamp}'>{quoted(HARBOUR)}</p>",
        )
    )
    assert page.scan() == "found"
    page.point_at("The sea at our")
    assert 0 <= page.tooltip()["box"][1] - page.evaluate("() => p.getBoundingClientRect().bottom") < 10


LONG = f"<p>{quoted(HARBOUR)}</p>" + "<p>Meanwhile.</p>" * 90


def test_it_closes_when_its_words_have_scrolled_away(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/scrolled.html", LONG))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    page.tooltip()
    page.evaluate("() => scrollTo({top: 1500, behavior: 'instant'})")
    page.await_no_tooltip()


def test_with_the_focus_in_it_it_comes_back_with_its_words(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/scrolled.html", LONG))
    assert page.scan() == "found"
    any_reader.press_keys("next-match")
    page.tooltip()
    opacity = "getComputedStyle(root.querySelector('[role=dialog]')).opacity"
    page.evaluate("() => scrollTo({top: 1500, behavior: 'instant'})")
    page.await_in_tooltip(f"{opacity} === '0'")
    assert page.tooltip()["hasFocus"]
    page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    page.await_in_tooltip(f"{opacity} === '1'")
    assert page.tooltip()["hasFocus"]


def test_what_a_checker_wrote_stays_text(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site, f"“{HOSTILE['text']}”")
    page.point_at("Whoever reads")
    tooltip = page.tooltip()
    assert "<img src=x" in tooltip["label"]
    assert "<img" not in tooltip["html"]
    assert "<script" not in tooltip["html"]
    assert page.page.evaluate("document.body.dataset.broken") is None


def test_a_quote_of_the_seed_in_light_and_dark(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(
        reader,
        site,
        "“"
        + XI["text"].replace("’color revolutions‘ in Kazakhstan…", "‘color revolutions’ in Kazakhstan")
        + ", as well as "
        "any attempt to harm the friendship between China and Kazakhstan,” Xinhua reported.",
        "Later reports had it that China firmly opposes any attempt by external forces to provoke unrest and instigate "
        "color revolutions in Kazakhstan, as Xi Jinping put it.",
        quoted(HARBOUR),
        quoted(JOBS),
    )
    for scheme, surface in (("light", "light"), ("dark", "dark")):
        page.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.page.wait_for_function(PAINTED_FOR, arg=surface)
        page.point_at("In a verbal message")
        tooltip = page.tooltip()
        assert surface in tooltip["classes"].split()
        page.screenshot(f"tooltip-{scheme}")


def test_in_a_small_window_the_card_is_scrolled_and_shows_that_there_is_more(
    reader: Reader, site: NewsSite
) -> None:
    page = open_scanned(reader, site, quoted(HARBOUR))
    page.page.set_viewport_size({"width": 300, "height": 180})
    page.point_at("The sea at our")
    page.tooltip()
    card = "root.querySelector('.card:popover-open')"
    assert page.in_tooltip(f"{card}.getBoundingClientRect().bottom") <= 180
    end = f"{card}.querySelector('.caution').getBoundingClientRect().bottom"
    assert page.in_tooltip(end) > 180
    # The shadow at the end stays, and its cover comes with the end of what is scrolled.
    assert page.in_tooltip(f"getComputedStyle({card}).backgroundAttachment") == "local, scroll"
    page.screenshot("tooltip-small")
    page.in_tooltip(f"{card}.scrollTo(0, {card}.scrollHeight)")
    assert page.in_tooltip(end) <= 180
    page.screenshot("tooltip-small-end")
