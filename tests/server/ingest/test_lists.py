"""Tables, records and feeds: what they hold, and what is told of what can't be read."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.ingest import BrokenContent, Item, NotAFactCheck, QuoteReading, Source, Unread, feed, read_content
from server.ingest.columns import is_table
from server.ingest.decoding import guess_encoding

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "“Two moons rose.”",
    "author": "Some Checkers",
    "url": "https://checks.example/1",
    "reviewRating": {"alternateName": "False"},
}
HEADER = "quote,verdict,publisher"


def read(content: str | bytes, media_type: str, **source: Any) -> list[Item]:
    body = content.encode() if isinstance(content, str) else content
    return list(read_content(body, Source(media_type, **source)))


def read_csv(content: str | bytes, **source: Any) -> list[Item]:
    return read(content, "text/csv", **source)


def quotes_of(items: list[Item]) -> list[QuoteReading]:
    assert not [item for item in items if isinstance(item, Unread)]
    return [item for item in items if isinstance(item, QuoteReading)]


@pytest.mark.parametrize(
    "table",
    [
        f"{HEADER}\n“Two moons, rising”,False,Snopes\n".replace("“Two moons, rising”", '"Two moons, rising"'),
        "Quote;Verdict;Publisher\r\nTwo moons, rising;False;Snopes\r\n",
        "Statement\tRuling\tFact-Checker\nTwo moons, rising\tFalse\tsnopes.com",
        "claim_text|TextualRating|PUBLISHER\nTwo moons, rising|False|Snopes",
        "sep=;\nZitat;Urteil;Herausgeber\nTwo moons, rising;False;Snopes",
        "\n\nclaimReviewed;veracity;Organisation;notes\nTwo moons, rising;False;Snopes;x;y;z",
        '\ufeff"quote";"label";"publisher"\n"Two moons, rising";"False";"Snopes"',
        "verdict;quote;link\nFalse;Two moons, rising;https://www.snopes.com/fact-check/moons/",
    ],
)
def test_a_table_is_known_and_read_whatever_its_delimiter_and_the_names_of_its_columns(table: str) -> None:
    assert is_table(table.removeprefix("\ufeff"))
    (item,) = quotes_of(read_csv(table))
    check = item.quote.checks[0]
    assert (item.quote.text, check.verdict.rating, check.publisher) == (
        "Two moons, rising",
        "false",
        "Snopes",
    )
    assert item.evidence["text"].endswith("Two moons, rising")
    assert item.place.startswith("line ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1250"])
def test_a_table_is_read_in_its_encoding(encoding: str) -> None:
    table = "Wypowiedź;Ocena;Wydawca\nWzeszły dwa księżyce, że aż miło;Fałsz;Demagog\n"
    (item,) = quotes_of(read_csv(table.encode(encoding)))
    assert (item.quote.text, item.quote.checks[0].verdict.label) == (
        "Wzeszły dwa księżyce, że aż miło",
        "Fałsz",
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "windows-1250"),
        ("W Polsce bezrobocie jest najniższe, a inflacja spadła", "windows-1250"),
        ("Die Arbeitslosigkeit ist so niedrig wie nie, größer wäre schöner", "windows-1252"),
        ("Le chômage a baissé à un niveau historique", "windows-1252"),
        ("Россия никогда не нападала первой", "windows-1251"),
        ("Россия никогда не нападала первой", "koi8-r"),
        ("Η ανεργία μειώθηκε στο χαμηλότερο επίπεδο", "windows-1253"),
        ("größer, ąę", "utf-8"),
    ],
)
def test_an_encoding_is_told_by_its_letters(text: str, encoding: str) -> None:
    assert guess_encoding(text.encode(encoding)) == encoding


def test_each_fault_of_a_table_is_told_by_its_line() -> None:
    table = b"\n".join(
        [
            "quote,verdict,publisher,rating,größer,älter".encode(),
            b"Two moons rose,False,Snopes,",
            b",False,Snopes,",
            b"Three moons rose,,Snopes,",
            b'"Four moons',
            b'rose",False,Snopes,mostly_false',
            b"Five moons rose,False,Snopes,purple",
            b"Six \xff\xfe moons rose,False,Snopes,",
            b"Seven moons rose,False,Snopes,",
        ]
    )
    items = read_csv(table)
    told = [(item.place, item.reason if isinstance(item, Unread) else item.quote.text) for item in items]
    assert [place for place, _ in told] == [f"line {line}" for line in (2, 3, 4, 5, 7, 8, 9)]
    assert [item.place for item in items if isinstance(item, QuoteReading)] == ["line 2", "line 5", "line 9"]
    assert "No quote" in told[1][1]
    assert "No verdict" in told[2][1]
    assert "rating" in told[4][1]
    assert "bytes" in told[5][1]


WHOLE = "The words are whole,Ann,True,Snopes"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # Never closed, up to the next row's marks; up to the end; and over the size that a cell may have.
        (f'"Not closed,Bob,False,Snopes\n"{WHOLE.replace(",", chr(34) + ",", 1)}', {3: "opened in line 3 is not closed"}),
        (f'"Not closed,Bob,False,Snopes\n{WHOLE}', {3: "opened in line 3 is not closed"}),
        (f'"Not closed,Bob,False,Snopes\n{WHOLE}\n' + "\n" * 300_000, {3: "opened in line 3 is not closed"}),
        (f'"One,Bob,False,Snopes\n"Two,Bob,False,Snopes\n{WHOLE}', {3: "line 3", 4: "opened in line 4 is not"}),
        (f'Not closed,Bob,False,"Snopes\n{WHOLE}', {3: "opened in line 3 is not closed"}),
        # Closed by a mark of another row, which would put its verdict on these words.
        (f'"Not closed,Bob,False,Snopes\nNot opened",Ann,True,Snopes\n{WHOLE}', {3: "looks like another row"}),
        (
            f'"Not, not closed,Bob,False,Snopes\n{WHOLE}\nNo, not opened",Ann,True,"Snopes, too"\n{WHOLE}',
            {3: "looks like another row"},
        ),
        # Marks inside that are not doubled: what is left of the cell is no row.
        (
            f'"He said "no" to it\nand more",Bob,False,Snopes\n{WHOLE}',
            {3: "followed by text after it closes", 4: "a part of a row before"},
        ),
        (f'"Well, "no", he\nsaid, so, he, did\nso",Bob,False,Snopes\n{WHOLE}', {3: "text", 4: "part", 5: "part"}),
    ],
)  # fmt: skip
def test_a_quotation_mark_that_is_not_closed_puts_no_verdict_on_anothers_words(
    rows: str, told: dict[int, str]
) -> None:
    items = read_csv(f"quote,speaker,verdict,publisher\n{WHOLE.replace('whole', 'first')}\n{rows}")
    taken = [item for item in items if isinstance(item, QuoteReading)]
    assert [item.quote.text for item in taken] == ["The words are first", "The words are whole"]
    assert [item.quote.checks[0].verdict.label for item in taken] == ["True", "True"]
    unread = [item for item in items if isinstance(item, Unread)]
    assert [int(item.place.split()[1]) for item in unread] == list(told)
    for item, reason in zip(unread, told.values(), strict=True):
        assert reason in item.reason


@pytest.mark.parametrize(
    "header",
    [
        "quote,quote,verdict,publisher,id",
        "quote,text,verdict,publisher,id",
        "text,text,label,publisher,status,wordings,id",
    ],
)
def test_of_two_columns_of_one_field_the_first_is_taken(header: str) -> None:
    row = ",".join(
        {"verdict": "X", "label": "X", "publisher": "P"}.get(name, "") for name in header.split(",")[2:]
    )
    (item,) = quotes_of(read_csv(f"{header}\nOne,Two,{row}\n"))
    assert item.quote.text == "One"


def test_the_column_that_is_empty_is_named() -> None:
    rows = ",False,Snopes\nTwo moons rose,,Snopes\nTwo moons rose,False,"
    told = [
        item.reason for item in read_csv(f"Claim,Our rating,Checked by\n{rows}") if isinstance(item, Unread)
    ]
    assert told == [
        "No quote is told: “Claim” is empty.",
        "No verdict is told: “Our rating” is empty.",
        "No publisher is told: “Checked by” is empty.",
    ]
    (item,) = read_csv("Claim,notes\nTwo moons rose,x", defaults={"publisher": "Snopes"})
    assert isinstance(item, Unread)
    assert item.reason == "No verdict is told: no column is named as one that holds it: “verdict”."


def test_a_date_with_two_readings_is_read_as_the_others_of_its_table() -> None:
    table = f"{HEADER},said on,published on\nOne,False,Snopes,03/04/2021,05/04/2021\n"
    days = [item.quote.said_on for item in quotes_of(read_csv(table + "Two,False,Snopes,,31/03/2021\n"))]
    assert days == [dt.date(2021, 4, 3), None]
    (item,) = quotes_of(read_csv(table))
    assert item.quote.said_on is None
    assert "no complete and clear date" in item.evidence["said_on"]


def test_cells_of_several_lines_are_read() -> None:
    table = f'{HEADER}\n"Well, yes, but\nno",False,Snopes\n"One\n\n""two""\nthree","Fal\nse","Sno\npes"\n'
    assert [item.quote.text for item in quotes_of(read_csv(table))] == [
        "Well, yes, but no",
        'One "two" three',
    ]


def test_rows_that_never_end_are_not_read_over_and_over() -> None:
    rows = 'x","abc\n' * 300_000
    items = read_csv(f"{HEADER}\n{rows}Two moons,False,Snopes\n")
    assert len([item for item in items if isinstance(item, QuoteReading)]) <= 1


def test_a_cell_that_is_never_closed_costs_its_line_and_not_the_table() -> None:
    table = f'{HEADER}\n"x,False,Snopes\n' + "y,False,Snopes\n" * 20_000
    items = read_csv(table)
    assert [item.place for item in items if isinstance(item, Unread)] == ["line 2"]
    assert len(items) > 5_000


@pytest.mark.parametrize(
    "header", ["id,status,text,label,publisher,wordings", "status,text,label,publisher,wordings,id"]
)
@pytest.mark.parametrize("short", [False, True], ids=["whole", "short"])
def test_a_row_that_was_added_to_our_export_without_an_id_is_a_new_quote(header: str, short: bool) -> None:
    known = {"id": "q_Snp_znvqaI_tFmsuVM3FSg", "status": "draft", "label": "X", "publisher": "P"}
    rows = [
        {},
        known | {"text": "One"},
        known | {"text": "One"},
        {"text": "Two"},
        {"text": "Two"},
        known | {"text": "One"},
    ]
    written = [
        ",".join((known | {"id": ""} | row).get(name, "") for name in header.split(",")) for row in rows
    ]
    items = read_csv("\n".join([header, *(row.rstrip(",") if short else row for row in written)]))
    told = [
        (item.place, item.quote.text, len(item.quote.checks))
        for item in items
        if isinstance(item, QuoteReading)
    ]
    assert told == [("line 3", "One", 2), ("line 5", "Two", 1), ("line 6", "Two", 1), ("line 7", "One", 1)]
    (unread,) = (item for item in items if isinstance(item, Unread))
    assert unread.place == "line 2"
    assert "text" in unread.reason


def test_a_table_without_quotes_is_refused() -> None:
    with pytest.raises(NotAFactCheck, match="No column"):
        read_csv("name,age\nPat,3\n")
    with pytest.raises(NotAFactCheck, match="empty"):
        read_csv("\n \n")
    with pytest.raises(NotAFactCheck, match="no column to take"):
        read_csv(f"{HEADER}\n", columns={"said_on": "day"})


def test_columns_and_what_is_missing_can_be_told() -> None:
    (item,) = quotes_of(
        read_csv(
            "words,date,quote\nTwo moons rose,3 March 2021,no",
            columns={"text": "words", "said_on": "date"},
            defaults={"label": "False", "publisher": "Snopes"},
        )
    )
    assert (item.quote.text, str(item.quote.said_on)) == ("Two moons rose", "2021-03-03")
    assert item.evidence["label"] == "given for all: label: False"


RECORD = {"text": "Two moons rose", "verdict": "False", "publisher": "Snopes"}


def test_records_of_every_form_stand_side_by_side() -> None:
    own = {
        "text": "Three moons",
        "checks": [{"verdict": {"label": "X", "rating": "mixed"}, "publisher": "P"}],
    }
    lines = [RECORD, REVIEW, own, [RECORD], RECORD | {"speaker": {"name": "Ann Example", "role": "Mayor"}}]
    items = quotes_of(read("\n".join(map(json.dumps, lines)), "application/x-ndjson"))
    texts = [item.quote.text for item in items]
    assert texts == ["Two moons rose", "Two moons rose.", "Three moons", "Two moons rose", "Two moons rose"]
    speaker = items[-1].quote.speaker
    assert speaker is not None
    assert (speaker.name, speaker.role) == ("Ann Example", "Mayor")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_table_without_names_of_columns_is_read_from_its_first_row_on(
    delimiter: str, encoding: str
) -> None:
    rows = [
        ["Two moons, the café’s, and a sun,\nrose; so what", "False", "3 March 2021"],
        ["One moon, as ever", "True", ""],
    ]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    body = written.getvalue().encode(encoding)
    columns = {"text": "1", "label": "2", "said_on": "3"}
    items = quotes_of(read_csv(body, columns=columns, defaults={"publisher": "Snopes"}, header=False))
    assert [item.quote.text for item in items] == [" ".join(row[0].split()) for row in rows]
    assert [item.place for item in items] == ["line 1", "line 3"]
    assert items[0].quote.said_on == dt.date(2021, 3, 3)
    with pytest.raises(NotAFactCheck, match="No column is told to hold the quotes"):
        read_csv(body, header=False)
    with pytest.raises(NotAFactCheck, match="no column to take"):
        read_csv(body, columns={"text": "4"}, header=False)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("Two moons rose;False;https://www.snopes.com/1", True),
        ("Two moons rose;False;18.11.2019", True),
        (f"{'Two moons rose ' * 5};False", True),
        ("Worte;Wertung;2019", False),
    ],
)
def test_a_first_row_that_seems_to_be_a_quote_is_told(first: str, told: bool) -> None:
    with pytest.raises(NotAFactCheck) as refusal:
        read_csv(f"{first}\nOne moon rose;True;x\n")
    assert ("seems to be a quote" in refusal.value.reason) is told


def test_a_key_to_take_that_no_record_has_is_told_after_all_of_them() -> None:
    records = [RECORD, RECORD | {"date": "3 March 2021"}, REVIEW]
    content = "\n".join(map(json.dumps, records))
    items = quotes_of(read(content, "application/x-ndjson", columns={"said_on": "date"}))
    assert [item.quote.said_on for item in items] == [None, dt.date(2021, 3, 3), None]
    with pytest.raises(NotAFactCheck, match="No record has the key to take as said_on"):
        read(content, "application/x-ndjson", columns={"said_on": "Date"})
    quotes_of(read(json.dumps(REVIEW), "application/x-ndjson", columns={"said_on": "date"}))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("3", "no JSON object"),
        ('{"a": 1}', "No quote"),
        ('{"text": "x", "checks": [{}]}', "checks.0.verdict: Field required"),
        ('{"text": "x", "checks": [], "id": "nonsense"}', "id: "),
        ('{"text": "🙂 …", "checks": []}', "text: must hold words"),
        (json.dumps(RECORD | {"text": "“🙂 …”"}), "has no words"),
        (json.dumps(RECORD | {"verdict": None}), "No verdict"),
        ("[" * 100_000, "not JSON"),
        ('"' + "x" * 7_000_000 + '"', "longer than 6 MiB"),
    ],
)
def test_each_fault_of_records_is_told_by_its_line(line: str, reason: str) -> None:
    content = f"{json.dumps(RECORD)}\n\n{line}\n{json.dumps(RECORD)}"
    first, fault, last = read(content, "application/x-ndjson")
    assert isinstance(fault, Unread)
    assert fault.place == "line 3"
    assert reason in fault.reason
    assert (first.place, last.place) == ("line 1", "line 4")


FEEDS: list[Any] = [
    [REVIEW, REVIEW],
    {"@graph": [{"@type": "Organization"}, REVIEW, REVIEW]},
    {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}, {"item": REVIEW}]},
    {"a": 1, "items": {"b": [2], "items": [[REVIEW], REVIEW]}},
    [{"@type": "WebPage", "mainEntity": REVIEW}, REVIEW],
]


@pytest.mark.parametrize("document", FEEDS)
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_a_feed_is_read_alike_as_a_whole_and_in_pieces(
    document: Any, streamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "WHOLE_BYTES", 1 if streamed else 1_000_000)
    items = quotes_of(read(json.dumps(document), "application/ld+json"))
    assert [(item.place, item.quote.text) for item in items] == [
        ("item 1", "Two moons rose."),
        ("item 2", "Two moons rose."),
    ]


def test_what_objects_refer_to_stands_in_their_place() -> None:
    graph = [
        REVIEW | {"author": {"@id": "#us"}, "itemReviewed": {"@id": "#claim"}},
        {"@id": "#us", "name": "Snopes"},
        {"@id": "#claim", "author": {"@id": "#ann"}},
        {"@id": "#ann", "name": "Ann Example"},
    ]
    (item,) = quotes_of(read(json.dumps({"@graph": graph}), "application/ld+json"))
    assert item.quote.checks[0].publisher == "Snopes"
    assert item.quote.speaker is not None
    assert item.quote.speaker.name == "Ann Example"


def test_claims_in_the_shape_of_the_search_api_are_read() -> None:
    claim = {
        "text": "Two moons rose", "claimant": "Ann Example", "claimDate": "2021-03-03T00:00:00Z",
        "claimReview": [{"publisher": {"name": "Snopes", "site": "snopes.com"}, "url": "https://www.snopes.com/1",
                         "title": "Moons?", "reviewDate": "2021-03-05", "textualRating": "False", "languageCode": "en"}],
    }  # fmt: skip
    (item,) = quotes_of(read(json.dumps({"claims": [claim]}), "application/ld+json"))
    check = item.quote.checks[0]
    assert (check.publisher, check.verdict.rating, check.title) == ("Snopes", "false", "Moons?")
    assert (str(item.quote.said_on), str(check.published_on)) == ("2021-03-03", "2021-03-05")


def test_one_broken_review_of_a_feed_costs_only_itself() -> None:
    items = read(json.dumps([REVIEW, REVIEW | {"reviewRating": {}}, REVIEW]), "application/ld+json")
    assert [type(item).__name__ for item in items] == ["QuoteReading", "Unread", "QuoteReading"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "nonsense",
        '{"a": "not closed',
        '{"a": 1 "b": 2}',
        "[" * 200_000,
        '{"a":' * 200_000,
        "[1,]",
        "9" * 10_000,
    ],
)
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_what_is_no_json_is_refused_with_the_reason(
    content: str, streamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if streamed:
        monkeypatch.setattr(feed, "WHOLE_BYTES", 1)
    with pytest.raises((BrokenContent, NotAFactCheck)) as refused:
        read(content, "application/ld+json")
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"a": "not closed', "Unterminated string starting at line 1, column 7."),
        ('{"a":\n1 "b": 2}', "Expecting ',' delimiter at line 2, column 3."),
    ],
)
def test_the_place_where_json_ends_is_told(content: str, told: str) -> None:
    with pytest.raises(BrokenContent) as refused:
        read(content, "application/ld+json")
    assert refused.value.reason == f"The document is not JSON: {told}"


def test_a_feed_that_breaks_off_gives_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "WHOLE_BYTES", 1)
    content = json.dumps([REVIEW, REVIEW])[:-10].encode()
    items = read_content(content, Source("application/ld+json"))
    assert isinstance(next(items), QuoteReading)
    with pytest.raises(BrokenContent):
        list(items)


@pytest.mark.parametrize(
    "monster",
    [
        {"a": list(range(30_000))},
        {"a": [[[[[[[[[[1]]]]]]]]]] * 3_000},
        json.loads("[" * 100 + "]" * 100),
    ],
)
def test_an_object_without_measure_costs_only_itself(monster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "WHOLE_BYTES", 1)
    items = read(json.dumps([REVIEW, {"@type": "ClaimReview", "x": monster}, REVIEW]), "application/ld+json")
    assert len([item for item in items if isinstance(item, QuoteReading)]) == 2
    assert any(isinstance(item, Unread) and "more than" in item.reason for item in items)


def test_a_text_without_end_is_refused_before_it_is_held() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            chunk = b'["' if not self.given else b'\\"' * (len(buffer) // 2)
            buffer[: len(chunk)] = chunk
            self.given += len(chunk)
            return len(chunk)

    endless = Endless()
    with pytest.raises(BrokenContent, match="larger than 8 MiB"):
        list(read_content(io.BufferedReader(endless), Source("application/ld+json")))
    assert endless.given < 40 * 1024 * 1024


documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just(REVIEW),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "item", "text", "checks", "author", "reviewRating", "claimReview"]
            )
            | st.sampled_from(list(REVIEW)),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(documents, st.sampled_from(["application/ld+json", "application/x-ndjson"]))
@settings(deadline=None)
def test_any_document_is_read_or_refused(document: Any, media_type: str) -> None:
    try:
        items = read(json.dumps(document), media_type)
    except (NotAFactCheck, BrokenContent):
        return
    for item in items:
        assert item.place
        assert isinstance(item, QuoteReading) or item.reason.endswith(".")


@given(
    st.binary(max_size=300) | st.text(alphabet='ab,;"\n\r\t|quote=', max_size=200).map(str.encode),
    st.sampled_from(["text/csv", "application/ld+json", "application/x-ndjson"]),
    st.booleans(),
)
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, media_type: str, with_header: bool) -> None:
    body = f"{HEADER}\n".encode() + content if with_header else content
    with suppress(NotAFactCheck, BrokenContent):
        read(body, media_type)


def test_gzip_is_no_table() -> None:
    with pytest.raises(NotAFactCheck):
        read_csv(gzip.compress(f"{HEADER}\nTwo moons,False,Snopes".encode()))
