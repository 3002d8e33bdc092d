"""A page that changes at random: what is read and painted after each change is what a first reading would give."""

from __future__ import annotations

import random

import pytest

from tests.browser.bare_page import BarePage

QUOTES = ["the sea has not risen", "ships wait for the tide", "nobody asked the gulls"]
WORDS = [*" ".join(QUOTES).split(), "harbour", "wind", "on", "Friday"]

# Acts on a page of nested blocks, each drawn by lot: `pick` gives an element, `text` some words.
ACTS = [
    "pick('p, li, div').append(text())",
    "pick('p, li, div').prepend(text())",
    "pick('p, li').textContent = text()",
    "pick('p, li, b').firstChild?.replaceWith(text())",
    "pick('p, li, div').remove()",
    "pick('div').insertBefore(pick('p, ul'), pick('div').firstChild)",
    "pick('div').append(element('p'), element('div'))",
    "pick('ul').append(element('li'))",
    "pick('p, div').hidden = true",
    "pick('[hidden]').hidden = false",
    "pick('p, div, ul, li').classList.toggle('no')",
    "pick('p, div').style.opacity = lot(2)",
    "pick('div, ul').classList.toggle('all')",
    "pick('p, li').append(element('b'))",
    "pick('p, li, div').after(pick('p, ul'))",
    "{ const e = pick('p, li'); e.replaceWith(e.cloneNode(true)) }",
    "{ const e = pick('p, b'); const s = e.firstChild; if (s?.splitText) s.splitText(lot(s.length)) }",
    "pick('p, li').normalize()",
    "{ const e = pick('p, li, div'); e.slot = 'x'; e.title = text() }",
    "{ const e = pick('div'); e.remove(); e.append(element('p')); document.body.append(e) }",
]
PAGE = """<!doctype html><meta charset=utf-8><style>.no {{ display: none }} .all .no {{ display: block }}</style>
<body><div><p>{0}</p><ul><li>{1}<li>{2}</ul></div><div><div><p>{3}</p></div><p>{4}</p></div></body>"""
TOOLS = """([seed, words]) => {
    let state = seed;
    window.lot = most => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 65536) % most; };
    window.text = () => ' ' + Array.from({length: 1 + lot(3)}, () => words[lot(words.length)]).join(' ') + ' ';
    window.element = name => { const e = document.createElement(name); e.append(text()); return e; };
    window.pick = selector => {
        const all = [...document.body.querySelectorAll(selector)];
        return all.length ? all[lot(all.length)] : document.createElement('p');
    };
}"""


@pytest.mark.parametrize("seed", range(12))
def test_a_page_that_changes_at_random(bare: BarePage, seed: int) -> None:
    rng = random.Random(seed)
    pieces = [*WORDS, *QUOTES, *QUOTES]
    bare.show(PAGE.format(*(" ".join(rng.choices(pieces, k=9)) for _ in range(5))))
    bare.page.evaluate(TOOLS, [seed + 1, pieces])
    bare.call("follow", QUOTES)
    for _ in range(25):
        acts = rng.choices(ACTS, k=rng.randint(1, 6))
        bare.page.evaluate(
            "acts => acts.forEach(act => { try { (0, eval)(act) } catch (e) { if (!(e instanceof DOMException)) throw e } })",
            acts,
        )
        painted = bare.call("follow", QUOTES)
        assert bare.call("read") == bare.call("readAfresh"), acts
        assert bare.call("faultOfOffsets") is None, acts
        assert painted == bare.call("followAfresh", QUOTES), acts


def test_a_change_costs_a_small_part_of_a_first_reading(bare: BarePage) -> None:
    """So a page of five thousand messages that gets ten more each second costs next to nothing."""
    message = "<li><b>Name</b> said <i>something</i> about <a href='#x'>the tide</a> this morning."
    bare.show(f"<!doctype html><meta charset=utf-8><ul>{message * 5_000}</ul>")
    bare.call("follow", QUOTES)
    first = bare.call("work")
    works = []
    for _ in range(9):
        bare.page.evaluate(
            """message => {
                const list = document.querySelector('ul');
                list.insertAdjacentHTML('beforeend', message);
                list.firstChild.remove();
            }""",
            message,
        )
        bare.call("follow", QUOTES)
        works.append(bare.call("work"))
    assert bare.call("read") == bare.call("readAfresh")
    assert sorted(works)[4] < first / 4
