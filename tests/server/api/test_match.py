"""The main route: a text goes in, the checked quotes of it come out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess

LUKASHENKO = "They need to drown Russia in blood, and we shall not let them"


@pytest.fixture(scope="module")
def published(server: ServerProcess) -> dict[str, str]:
    """The ids of two published quotes."""
    xi = make_quote(
        XI,
        language="en",
        speaker={"name": "Xi Jinping", "role": "President"},
        summary="There is no evidence.",
    )
    lukashenko = make_quote(
        LUKASHENKO, speaker={"name": "Alexander Lukashenko"}, label="False", rating="false"
    )
    return {
        "xi": server.publish(xi.model_dump(mode="json")),
        "lukashenko": server.publish(lukashenko.model_dump(mode="json")),
    }


def cut(text: str, spans: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def cut_utf16(text: str, spans: list[list[int]]) -> list[str]:
    units = text.encode("utf-16-le", "surrogatepass")
    return [units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass") for start, end in spans]


def test_the_answer_is_that_of_the_contract(server: ServerProcess, published: dict[str, str]) -> None:
    text = f"“{LUKASHENKO},” Mr. Lukashenko said."
    answer = server.match(text)
    lukashenko = published["lukashenko"]
    assert answer == {
        "revision": 2,
        "offsets": "codepoint",
        "matches": [
            {
                "quote": lukashenko,
                "kind": "exact",
                "spans": [[1, 1 + len(LUKASHENKO)]],
                "similarity": 1.0,
                "coverage": 1.0,
                "changes": [],
                "speaker_named": True,
                "self": False,
            }
        ],
        "quotes": {
            lukashenko: {
                "text": LUKASHENKO,
                "language": None,
                "said_on": None,
                "speaker": {"name": "Alexander Lukashenko", "role": None},
                "checks": [
                    {
                        "verdict": {"label": "False", "rating": "false"},
                        "publisher": "Polygraph.info",
                        "title": None,
                        "summary": None,
                        "url": "https://www.polygraph.info/a/31644294.html",
                        "published_on": None,
                    }
                ],
            }
        },
    }


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "before",
    [
        "",
        "😀😀 ",
        "e\u0301\u0323 ",
        "\x00\x01 ",
        "\u202eright to left\u202c ",
        "👩‍👩‍👧‍👦🏳️‍🌈 ",
        "\ufeff",
        "Ǆﬁ ",
    ],
    ids=ascii,
)
def test_spans_cut_the_quote_in_both_units(server: ServerProcess, before: str) -> None:
    text = f"{before}“{LUKASHENKO},” 😀 he said."
    for offsets, cut_out in (("codepoint", cut), ("utf16", cut_utf16)):
        answer = server.match(text, offsets=offsets)
        assert answer["offsets"] == offsets
        assert [cut_out(text, match["spans"]) for match in answer["matches"]] == [[LUKASHENKO]]


@dataclass(frozen=True)
class Printed:
    """The seed's quote as a news page prints it: what of it is marked, as which kind, with which change."""

    name: str
    text: str
    marked: str
    kind: str
    change: dict[str, Any] | None = None


XI_CUT = XI.rstrip("…")
AS_XINHUA = XI_CUT[XI.index("Xi said") :].replace("’color revolutions‘", "‘color revolutions’")
STRAIGHT = XI_CUT.replace("’", "'").replace("‘", "'")
OPPOSES = XI_CUT.replace("strongly rejects", "firmly opposes")
NEGATED = XI_CUT.replace("strongly rejects", "does not reject")
REJECTS = "strongly rejects any attempt by external forces to provoke unrest"
PRINTED = [
    Printed(
        "as Xinhua went on",
        f"{AS_XINHUA}, as well as any attempt to harm the friendship between China and Kazakhstan",
        AS_XINHUA,
        "fragment",
    ),
    Printed("curly marks", f"“{XI_CUT}”", XI_CUT, "exact"),
    Printed("straight marks", f'"{STRAIGHT}"', STRAIGHT, "exact"),
    Printed("upper case", XI.upper(), XI_CUT.upper(), "exact"),
    Printed("cut at both ends", f"Beijing “{REJECTS}”, it said.", REJECTS, "fragment"),
    Printed(
        "other words",
        OPPOSES,
        OPPOSES,
        "altered",
        {"checked": "strongly rejects", "page": "firmly opposes", "guard": None},
    ),
    Printed(
        "negated",
        NEGATED,
        NEGATED,
        "altered",
        {"checked": "strongly rejects", "page": "does not reject", "guard": "negation"},
    ),
]


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: printed.name)
def test_the_seeds_quote_is_found_as_pages_print_it(
    server: ServerProcess, published: dict[str, str], printed: Printed
) -> None:
    page = f"😀 News of the day.\n\n{printed.text}\n\nMore news."
    answer = server.match(page, offsets="utf16")
    (match,) = answer["matches"]
    assert (match["quote"], match["kind"]) == (published["xi"], printed.kind)
    assert cut_utf16(page, match["spans"]) == [printed.marked]
    assert match["changes"] == ([printed.change] if printed.change else [])


def test_an_interrupted_quote_is_marked_without_the_interruption(
    server: ServerProcess, published: dict[str, str]
) -> None:
    page = (
        "“China strongly rejects any attempt by external forces to provoke unrest,” Xi said, “and instigate color "
        "revolutions in Kazakhstan.”"
    )
    (match,) = server.match(page)["matches"]
    assert (match["quote"], match["kind"]) == (published["xi"], "elided")
    assert cut(page, match["spans"]) == [
        "China strongly rejects any attempt by external forces to provoke unrest",
        "and instigate color revolutions in Kazakhstan",
    ]


def test_an_insertion_in_brackets_is_no_part_of_the_words(
    server: ServerProcess, published: dict[str, str]
) -> None:
    page = XI.replace("Xi said China", "[the president] said China")
    (match,) = server.match(page)["matches"]
    assert match["quote"] == published["xi"]
    assert match["kind"] in ("exact", "altered", "elided")


def test_html_is_reduced_to_its_visible_text(server: ServerProcess, published: dict[str, str]) -> None:
    html = (
        f"<html><head><title>{LUKASHENKO}</title></head><body><script>'{LUKASHENKO}'</script>"
        "<p>😀 “They need to <a href='/russia'>drown Russia</a> in <em>blood</em>,\n and we shall not let them,”"
        f" he said.</p><p hidden>{LUKASHENKO}</p></body></html>"
    )
    answer = server.client.post(
        "/v1/match?offsets=utf16", content=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"}
    ).json()
    assert answer["text"] == f"😀 “{LUKASHENKO},” he said."
    (match,) = answer["matches"]
    assert match["quote"] == published["lukashenko"]
    assert cut_utf16(answer["text"], match["spans"]) == [LUKASHENKO]


@pytest.mark.usefixtures("published")
def test_json_may_begin_with_a_byte_order_mark(server: ServerProcess) -> None:
    body = json.dumps({"text": LUKASHENKO}).encode("utf-8-sig")
    answer = server.client.post("/v1/match", content=body, headers={"Content-Type": "application/json"})
    assert len(answer.json()["matches"]) == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("charset", ["us-ascii", "big5"])
def test_html_in_utf_8_is_matched_whatever_charset_is_told(server: ServerProcess, charset: str) -> None:
    answer = server.client.post(
        "/v1/match",
        content=f"<p>“{LUKASHENKO}”</p>".encode(),
        headers={"Content-Type": f"text/html; charset={charset}"},
    ).json()
    assert [match["spans"] for match in answer["matches"]] == [[[1, 1 + len(LUKASHENKO)]]]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252"])
def test_plain_text_is_matched_in_its_charset(server: ServerProcess, charset: str) -> None:
    answer = server.client.post(
        "/v1/match",
        content=f"“{LUKASHENKO}”".encode(charset),
        headers={"Content-Type": f"text/plain; charset={charset}"},
    ).json()
    assert [match["spans"] for match in answer["matches"]] == [[[1, 1 + len(LUKASHENKO)]]]
    assert "text" not in answer


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("url", "is_check"),
    [
        ("https://www.polygraph.info/a/31644294.html", True),
        ("http://polygraph.info/a/31644294.html?utm_source=x#top", True),
        ("https://www.polygraph.info/a/31644294.html?fbclid=x&utm_medium=y", True),
        ("https://www.polygraph.info/a/31644294.html?page=2", False),
        ("https://www.polygraph.info/a/1.html", False),
        ("not an address", False),
        ("https://[bad", False),
    ],
)
def test_the_check_itself_is_told_from_a_page_that_repeats_the_quote(
    server: ServerProcess, url: str, is_check: bool
) -> None:
    assert [match["self"] for match in server.match(LUKASHENKO, url=url)["matches"]] == [is_check]


@pytest.mark.usefixtures("published")
def test_a_million_characters_are_matched(server: ServerProcess) -> None:
    text = ("word " * 200_000)[: 999_999 - len(LUKASHENKO)] + "\n" + LUKASHENKO
    assert len(text) == 1_000_000
    (match,) = server.match(text)["matches"]
    assert cut(text, match["spans"]) == [LUKASHENKO]


def test_a_retired_quote_is_not_found_any_more(server: ServerProcess) -> None:
    text = "The moon landing was filmed in a studio in Nevada by Stanley Kubrick"
    quote = server.publish(make_quote(text).model_dump(mode="json"))
    assert [match["quote"] for match in server.match(text)["matches"]] == [quote]
    moved = server.client.post(
        f"/v1/quotes/{quote}/status", json={"status": "retired"}, headers=server.headers()
    )
    assert moved.json()["status"] == "retired"
    answer = server.match(text)
    assert answer["matches"] == []
    assert answer["revision"] == moved.json()["revision"]


def test_what_the_body_tells_goes_before_what_the_query_tells(server: ServerProcess) -> None:
    asked = {"text": "A page", "offsets": "utf16"}
    answer = server.client.post("/v1/match?offsets=codepoint", json=asked)
    assert answer.json()["offsets"] == "utf16"


@pytest.mark.parametrize(
    ("language", "status"), [("en_US", 200), ("zh-Hans_CN", 200), ("", 200), ("en US", 422), ("_", 422)]
)
def test_the_language_is_taken_as_programs_have_it_at_hand(
    server: ServerProcess, language: str, status: int
) -> None:
    by_body = server.client.post("/v1/match", json={"text": "A page", "language": language})
    by_query = server.client.post(
        "/v1/match", params={"language": language}, content="A page", headers={"Content-Type": "text/plain"}
    )
    assert (by_body.status_code, by_query.status_code) == (status, status)
