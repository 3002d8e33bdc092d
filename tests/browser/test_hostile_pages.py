"""Pages that work against the extension: they may harm themselves, but not it, its reader, or what it says."""

from __future__ import annotations

from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.task_times import TaskTimes
from tests.browser.test_speed import LONGEST_TASK_MILLISECONDS
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"]).removesuffix(".")
QUOTE = f"<p id=quote>“{SEA},” Ada Marlowe said.</p>"

# Every built-in that a content script could use is made to throw, and every name of the document is taken.
TAMPERING = """<script>
    const box = document.getElementById('quote').getBoundingClientRect();
    document.getElementById('quote').dataset.at = [box.left + 60, box.top + 14];
    const kinds = [Node, Element, HTMLElement, Text, CharacterData, Range, Document, ShadowRoot, EventTarget, Event,
        MutationObserver, Highlight, HighlightRegistry, CSSStyleSheet, DOMRect, Set, Map, WeakMap, Promise];
    for (const {prototype} of kinds) for (const name of Object.getOwnPropertyNames(prototype)) {
        if (name === 'constructor') continue;
        try { Object.defineProperty(prototype, name, {get() { throw new Error('tampered'); }}); } catch {}
    }
    String.prototype.slice = Array.prototype.map = Array.prototype.push = RegExp.prototype.exec = () => 'tampered';
    window.getComputedStyle = window.requestIdleCallback = window.setTimeout = () => { throw new Error('tampered'); };
    performance.now = () => 0;
</script>"""
TAKEN = "".join(
    f"<img name={name} alt=''>"
    for name in "body documentElement hidden designMode activeElement fullscreenElement scrollingElement".split()
) + "".join(
    f"<form name={name}></form>"
    for name in "createElement createRange createTreeWalker querySelectorAll addEventListener elementsFromPoint "
    "adoptedStyleSheets getRootNode append".split()
)

# What is painted now, and the place of it, as only the extension's own world can tell on such pages.
OWN_PAINTED = "[...CSS.highlights.values()].flatMap(highlight => [...highlight]).map(String)"


def test_a_page_that_takes_all_names_and_breaks_all_built_ins(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/taken.html", TAKEN + QUOTE + TAMPERING))
    popup = page.press_button()
    popup.click("#act")
    popup.await_text("h1", "1 checked quote on this page")
    popup.close()
    assert page.in_own_world(OWN_PAINTED) == [SEA]
    at = page.in_own_world(
        "Document.prototype.getElementById.call(document, 'quote').getAttribute('data-at')"
    ).split(",")
    page.page.mouse.move(float(at[0]), float(at[1]), steps=3)
    assert page.tooltip()["label"] == "Pants on Fire"
    page.screenshot("hostile-names")


def test_a_form_that_hides_what_stands_before_it(reader: Reader, site: NewsSite) -> None:
    # What stands before the field is the form, and before the form, as that says, the field.
    ring = "<form id=ring></form><input form=ring name=previousElementSibling hidden>"
    page = reader.open(site.publish_article("/ring.html", f"<section>{ring}{QUOTE}</section>"))
    assert page.scan() == "found"
    assert page.painted() == [SEA]


def test_a_page_that_throws_out_what_is_added_to_it(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/out.html", QUOTE + "<p>Meanwhile.</p>" * 100))
    assert page.scan() == "found"
    page.point_at(SEA)
    page.tooltip()
    page.page.evaluate(
        "document.documentElement.lastElementChild.remove(); document.adoptedStyleSheets = []; CSS.highlights.clear()"
    )
    # The tooltip has gone, not stuck: pointing at the words opens it again. Lines come back with the next scroll.
    page.evaluate("() => scrollBy({top: 60, behavior: 'instant'})")
    page.await_painted(1)
    assert page.page.evaluate("document.adoptedStyleSheets.length") == 1
    page.point_at(SEA)
    assert page.tooltip()["label"] == "Pants on Fire"


def test_a_page_that_lays_something_over_the_words(reader: Reader, site: NewsSite) -> None:
    cover = "position:absolute; z-index:9; background:#fff; padding:0 9px"
    page = reader.open(site.publish_article("/cover.html", QUOTE))
    assert page.scan() == "found"
    x, y = page.place_of(SEA)
    page.page.evaluate(
        """([style, x, y]) => {
            const cover = Object.assign(document.createElement('div'), {textContent: 'The sea has risen, he admits.'});
            cover.style = `${style}; left:${x - 60}px; top:${y - 20 + scrollY}px; width:400px; height:60px`;
            document.body.append(cover);
        }""",
        [cover, x, y],
    )
    page.page.mouse.move(2, 2)
    page.page.mouse.move(x, y, steps=3)
    page.page.evaluate("new Promise(done => setTimeout(done, 400))")
    page.await_no_tooltip()
    # Glass is no cover: what is read through it can be pointed at.
    page.page.evaluate(
        "document.body.lastElementChild.style.background = 'none'; document.body.lastElementChild.textContent = ''"
    )
    page.page.mouse.move(2, 2)
    page.page.mouse.move(x, y, steps=3)
    assert page.tooltip()["label"] == "Pants on Fire"


def test_words_that_change_while_they_are_read_and_after(reader: Reader, site: NewsSite) -> None:
    """A line under words that were not found would be a verdict on them: not for one frame."""
    page = reader.open(site.publish_article("/shifting.html", QUOTE))
    page.page.evaluate(
        """sea => {
            const text = document.getElementById('quote').firstChild;
            const other = 'Every child knows that two and two are four, and that the sun goes up each morning on us.';
            window.seen = new Set();
            window.timer = setInterval(() => { text.data = text.data.includes(other) ? `“${sea},” she said.` : `“${other},” she said.`; }, 7);
            window.timer2 = setInterval(() => { text.insertData(20, ' never'); text.deleteData(20, 6); text.appendData('!'); }, 11);
            const look = () => {
                for (const h of CSS.highlights.values()) for (const range of h) if (!range.collapsed) seen.add(String(range));
                requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }""",
        SEA,
    )
    popup = page.press_button()
    popup.click("#act")
    popup.await_end()
    popup.close()
    page.page.evaluate("new Promise(done => setTimeout(done, 4000))")
    assert set(page.page.evaluate("[...seen]")) <= {SEA}
    # Once the page rests, what is there is found.
    page.page.evaluate(
        "sea => { clearInterval(timer); clearInterval(timer2); document.getElementById('quote').textContent = `“${sea},” she said.`; }",
        SEA,
    )
    page.await_painted(1)
    assert page.painted() == [SEA]


def test_a_page_of_a_million_nodes(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/million.html", QUOTE + "<div id=fill></div>"))
    page.page.evaluate(
        """() => {
            const row = document.createElement('p');
            for (let i = 0; i < 10; i++) row.append(Object.assign(document.createElement('i'), {textContent: i}), 'w ');
            const many = document.createDocumentFragment();
            for (let i = 0; i < 32_000; i++) many.append(row.cloneNode(true));
            document.getElementById('fill').append(many);
        }"""
    )
    page.page.evaluate("document.body.append(Object.assign(document.createElement('p'), {id: 'end'}))")
    with TaskTimes(page.cdp) as tasks:
        assert _scan_slowly(page) == "scanned"
    assert page.painted() == [SEA]
    assert len(page.page.evaluate("document.body.textContent")) > 900_000
    # The browser's own work on such a page is a part of these tasks.
    assert 0 < tasks.longest()[0] <= 3 * LONGEST_TASK_MILLISECONDS


def _scan_slowly(page: ReadPage) -> str:
    popup = page.press_button()
    popup.click("#act")
    popup.close()
    page.in_own_world(
        # The popup has looked into the page before the script comes.
        "(async () => { while (!['scanned', 'failed'].includes(globalThis.quotemark?.report.state))"
        " await new Promise(done => setTimeout(done, 100)); })()"
    )
    return page.state()
