"""A fact-check article as plain text, copied from a browser: of its form only the order of lines is left.

In Polygraph.info's form these follow each other: the title (several times), the speaker (twice: the
portrait's text and the name), the role, the rated words in quotation marks, their source, the verdict on a
line of its own, and the article. The quotes further down are other people's and are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from server.ingest.clean_text import clean_lines
from server.ingest.copied_head import read_head
from server.ingest.dates import read_date
from server.ingest.labelled_lines import read_labelled_lines
from server.ingest.labels import LabelTable, find_publisher, fold_label, is_known_label
from server.ingest.publisher_forms import FORMS, CopiedForm, PublisherForm
from server.ingest.quotation_marks import closes_with_mark, opens_with_mark
from server.ingest.reading import ArticleReading, Findings, make_article_reading
from server.ingest.summary import add_summary

_MOST_HEAD_LINES = 300
_MOST_QUOTE_LINES = 12
_MOST_PARAGRAPHS = 300
_LONGEST_LABEL = 60
_PLAYER_TIMES = re.compile(r"[\d:\s]+\Z")
_SOURCE = re.compile(r"\Asources?\s*:", re.IGNORECASE)


def read_copied_text(text: str, url: str | None) -> ArticleReading:
    """Return the checked quote of a copied article. Raises NotAFactCheck where it rates none."""
    lines = clean_lines(text)
    table = find_publisher(address=url)
    quotes: list[Findings] = []
    for form in FORMS:
        proof = _prove_form(lines, form, table)
        if proof and not quotes:
            quotes = _read_statement(lines, form)
            for quote in quotes:
                quote.add("publisher", table.publisher if table else form.publishers[0], proof)
                quote.add("language", form.language, f"{form.publishers[0]} publishes in this language")
    quotes = quotes or read_labelled_lines(lines[:_MOST_HEAD_LINES])
    for quote in quotes:
        quote.add_address(url, f"given address: {url}")
        quote.add("publisher", table.publisher if table else None, f"given address: {url}")
    return make_article_reading(quotes)


def _prove_form(lines: Sequence[str], form: PublisherForm, table: LabelTable | None) -> str | None:
    """Return what shows that the text is the publisher's: address, page furniture or name; else None."""
    if not form.copied:
        return None
    if table:
        return (
            f"the given address is one of {table.publisher}" if table.publisher in form.publishers else None
        )
    furniture = [line for line in lines if fold_label(line) in form.copied.proof]
    if len(set(furniture)) > 1:
        found = " · ".join(dict.fromkeys(furniture))
        return f"the lines of {form.publishers[0]}'s page around the article: {found}"
    return next((line for line in lines if form.publishers[0] in line), None)


def _read_statement(lines: Sequence[str], form: PublisherForm) -> list[Findings]:
    """Return the statement at the head of the page: rated words in marks, and a known verdict right below."""
    lines = [line for line in lines if form.copied and not _is_furniture(line, form.copied)]
    for place, line in enumerate(lines[:_MOST_HEAD_LINES]):
        if len(line) > _LONGEST_LABEL or not is_known_label(line, form.publishers[0]):
            continue
        quote_end = place - 1 if place and _SOURCE.match(lines[place - 1]) else place
        quote_start = _find_quote_start(lines, quote_end)
        if quote_start is None:
            continue
        found = read_head(lines[:quote_start])
        words = " ".join(lines[quote_start:quote_end])
        found.add("text", words, words)
        found.add("label", line, line)
        for source in lines[quote_end:place]:
            found.add("said_on", read_date(source), source)
        add_summary(found, lines[place + 1 :][:_MOST_PARAGRAPHS])
        return [found]
    return []


def _is_furniture(line: str, copied: CopiedForm) -> bool:
    folded = fold_label(line)
    return folded in copied.proof or folded in copied.furniture or bool(_PLAYER_TIMES.match(line))


def _find_quote_start(lines: Sequence[str], end: int) -> int | None:
    """Return where the quote begins that ends before line `end`: at the nearest line that opens with a mark.

    A quote whose opening mark was lost is its last line alone.
    """
    if end < 1 or not (closes_with_mark(lines[end - 1]) or opens_with_mark(lines[end - 1])):
        return None
    for start in range(end - 1, max(-1, end - 1 - _MOST_QUOTE_LINES), -1):
        if opens_with_mark(lines[start]):
            return start
    return end - 1
