"""The quote of the seed in the wordings in which news pages print it: found, painted exactly, and explained."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.browser.news_site import NewsSite
from tests.browser.reader import Reader
from tests.browser.wire import Wire

OPENING = "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China "
CLOSING = " any attempt by external forces to provoke unrest and instigate ‘color revolutions’ in Kazakhstan"
WHOLE = OPENING + "strongly rejects" + CLOSING

KINDS = {
    "exact": "This page repeats the checked quote word for word.",
    "altered": "This page's words differ from the checked quote:",
    "fragment": "This page repeats part of the checked quote:",
    "elided": "This page repeats the checked quote in pieces:",
}


@dataclass(frozen=True)
class Wording:
    """A paragraph as HTML, with what is to be painted of it, span by span, and the kind of the match."""

    html: str
    painted: list[str]
    kind: str
    added: list[str]
    warns: bool = False


def plain(
    text: str, kind: str, *, painted: str | None = None, added: str | None = None, warns: bool = False
) -> Wording:
    return Wording(f"“{text},” Xinhua reported.", [painted or text], kind, [added] if added else [], warns)


WORDINGS = {
    "as Xinhua continued it": Wording(
        f"“{WHOLE}, as well as any attempt to harm the friendship between China and Kazakhstan,” Xinhua reported.",
        [WHOLE],
        "exact",
        [],
    ),
    "with straight marks": plain(WHOLE.replace("‘", "'").replace("’", "'"), "exact"),
    "with double marks inside": plain(WHOLE.replace("‘", "“").replace("’", "”"), "exact"),
    "in upper case": plain(WHOLE.upper(), "exact"),
    "with words in brackets": plain(
        WHOLE.replace("Kazakh President Kassym-Jomart Tokayev", "[the president]"),
        "altered",
        added="[the",  # word by word, “president” stands in both
    ),
    "interrupted by who said it": Wording(
        f"“{OPENING}strongly rejects any attempt by external forces,” Xi said, “to provoke unrest and instigate "
        "‘color revolutions’ in Kazakhstan.”",
        [
            f"{OPENING}strongly rejects any attempt by external forces",
            "to provoke unrest and instigate ‘color revolutions’ in Kazakhstan",
        ],
        "elided",
        [],
    ),
    "cut to a part": plain("strongly rejects any attempt by external forces to provoke unrest", "fragment"),
    "with another verb": plain(f"{OPENING}firmly opposes{CLOSING}", "altered", added="firmly opposes"),
    "negated": plain(f"{OPENING}does not reject{CLOSING}", "altered", added="does not reject", warns=True),
    "split over a link and emphasis": Wording(
        f"“{OPENING}<a href='#xi'>strongly <em>rejects</em></a> any attempt by external forces to provoke unrest and "
        "instigate <em>‘color revolutions’</em> in Kazakhstan,” Xinhua reported.",
        [WHOLE],
        "exact",
        [],
    ),
    "after emoji and other astral characters": Wording(f"😀 𝔸𝔹ℂ 👩‍👩‍👧 “{WHOLE}.” 🇰🇿", [WHOLE], "exact", []),
    "with no-break spaces and soft hyphens": Wording(
        f"“{WHOLE.replace('verbal message', 'verbal&nbsp;mes&shy;sage')}.”",
        [WHOLE.replace("verbal message", "verbal\u00a0mes\u00adsage")],
        "exact",
        [],
    ),
}


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS.keys())
def test_a_wording_is_painted_to_the_letter_and_explained(
    reader: Reader, site: NewsSite, wire: Wire, wording: Wording
) -> None:
    page = reader.open(site.publish_article("/world.html", f"<p>{wording.html}</p>"))

    assert page.scan() == "found"

    assert page.painted() == wording.painted
    page.point_at(wording.painted[0][:20])
    tooltip = page.tooltip()
    assert tooltip["label"] == "Unsubstantiated"
    assert tooltip["kind"] == KINDS[wording.kind]
    assert [words.strip() for words in tooltip["added"]] == wording.added
    assert bool(tooltip["warnings"]) == wording.warns

    # What the server said of the text that was really sent: its spans, in UTF-16, are the painted words.
    [text] = wire.texts
    answer = reader.background.evaluate(
        """async ([server, text]) => (await fetch(server + '/v1/match', {method: 'POST',
            headers: {'content-type': 'application/json'}, body: JSON.stringify({text, offsets: 'utf16'})})).json()""",
        [wire.url, text],
    )
    [match] = answer["matches"]
    units = text.encode("utf-16-le")
    assert match["kind"] == wording.kind
    assert [
        units[2 * start : 2 * end].decode("utf-16-le") for start, end in match["spans"]
    ] == wording.painted
