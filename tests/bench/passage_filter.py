"""How much of pages leaves a browser that has the filter, and how much of what the matcher finds it lets pass.

make bench ARGS="passage_filter --quotes quotes.jsonl.gz --pages FOLDER --documents pairs.jsonl.gz"

Pages hold nothing special (.html, .html.gz or .txt): most should send nothing. Documents are full of checked quotes,
in all states of change: what the matcher finds in them should pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from matcher import PassageFilter, QuoteIndex
from server.visible_text import PageTooComplex, read_visible_text

_SHORTEST_PAGE = 800  # characters


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=Path, required=True, help='lines of JSON with "id" and "text"')
    parser.add_argument("--pages", type=Path, required=True, help="folder of stored pages")
    parser.add_argument(
        "--documents", type=Path, help='lines of JSON with "document", a text with checked quotes'
    )
    parser.add_argument("--most", type=int, default=3_000, help="documents that are looked at")
    arguments = parser.parse_args()

    index = QuoteIndex.build([(quote["id"], quote["text"]) for quote in read_lines(arguments.quotes)])
    began = time.perf_counter()
    data = index.passage_filter().whole
    took = time.perf_counter() - began
    kept = PassageFilter(data)
    print(f"| quotes | {len(index):,} |\n| --- | ---: |")
    print(f"| size | {len(data) / 1e6:.1f} MB, {len(data) / max(1, len(index)):.0f} bytes a quote |")
    print(f"| written in | {took:.2f} s |")
    tell_pages(kept, list(read_pages(arguments.pages)))
    if arguments.documents:
        documents = dict.fromkeys(each["document"] for each in read_lines(arguments.documents))
        tell_documents(index, kept, list(documents)[: arguments.most])


def tell_pages(kept: PassageFilter, pages: list[str]) -> None:
    sent, milliseconds = [], []
    for page in pages:
        began = time.perf_counter()
        sent.append(sum(end - start for start, end in kept.passages(page)))
        milliseconds.append(1e3 * (time.perf_counter() - began))
    silent = sum(each == 0 for each in sent)
    print(f"| pages that send nothing, of {len(pages):,} | {silent / len(pages):.1%} |")
    print(f"| of all their text, what is sent | {sum(sent) / sum(map(len, pages)):.1%} |")
    print(f"| time a page, in Python | {median(milliseconds):.1f} ms |")


def tell_documents(index: QuoteIndex, kept: PassageFilter, documents: list[str]) -> None:
    found = passed = told = sent = 0
    for document in documents:
        matches = index.find(document)
        passages = kept.passages(document)
        asked = {
            (match.quote_id, match.kind, tuple((start + a, start + b) for a, b in match.spans))
            for start, end in passages
            for match in index.find(document[start:end])
        }
        found += len(matches)
        passed += sum(
            any(start <= match.spans[0][0] and match.spans[-1][1] <= end for start, end in passages)
            for match in matches
        )
        told += sum((match.quote_id, match.kind, match.spans) in asked for match in matches)
        sent += sum(end - start for start, end in passages)
    print(f"| of {found:,} matches in {len(documents):,} documents, pass | {passed / found:.2%} |")
    print(f"| … and are found in what passed, the same | {told / found:.2%} |")
    print(f"| of these documents' text, what is sent | {sent / sum(map(len, documents)):.1%} |")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        yield from map(json.loads, file)


def read_pages(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            text = data.decode("utf-8", "replace") if path.suffix == ".txt" else read_visible_text(data, None)
        except PageTooComplex:
            continue
        if len(text) >= _SHORTEST_PAGE:
            yield text


if __name__ == "__main__":
    main()
