"""What a user would pick instead, each doing what it can: how fast it is, and which changes it finds.

Needs what `make bench` installs, and for pg_trgm a PostgreSQL (`--postgres`), in which it makes a table of its own.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import ahocorasick_rs
import psycopg
import tantivy
from fuzzysearch import find_near_matches
from rapidfuzz import fuzz

from matcher import QuoteIndex
from matcher.folding import folded_words
from tests.bench import corpus
from tests.bench.changes import CHANGES, plant

SIMILAR = 80  # of 100: what RapidFuzz takes for the quote
TIMED_PAGES = 12
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")


class Peer(Protocol):
    """Finds quotes, by number, in a page."""

    def find(self, page: str) -> set[int]: ...


def _fold(text: str) -> str:
    return " ".join(folded_words(text))


class Quotemark:
    def __init__(self, quotes: Sequence[str]) -> None:
        self._index = QuoteIndex.build((str(number), quote) for number, quote in enumerate(quotes))

    def find(self, page: str) -> set[int]:
        return {int(match.quote_id) for match in self._index.find(page)}


class AhoCorasick:
    """Exact only, over text that is folded as ours is."""

    def __init__(self, quotes: Sequence[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick([_fold(quote) for quote in quotes])

    def find(self, page: str) -> set[int]:
        return {number for number, _, _ in self._automaton.find_matches_as_indexes(_fold(page))}


class RapidFuzz:
    """The best place of every quote in the page."""

    def __init__(self, quotes: Sequence[str]) -> None:
        self._quotes = [_fold(quote) for quote in quotes]

    def find(self, page: str) -> set[int]:
        folded = _fold(page)
        return {
            number
            for number, quote in enumerate(self._quotes)
            if fuzz.partial_ratio(quote, folded, score_cutoff=SIMILAR) > 0
        }


class FuzzySearch:
    """Every quote, with one character in ten changed at the most."""

    def __init__(self, quotes: Sequence[str]) -> None:
        self._quotes = [_fold(quote) for quote in quotes]

    def find(self, page: str) -> set[int]:
        folded = _fold(page)
        return {
            number
            for number, quote in enumerate(self._quotes)
            if find_near_matches(quote, folded, max_l_dist=len(quote) // 10)
        }


class Tantivy:
    """A full-text index of runs of four words, asked for all runs of the page; the best are held against it."""

    _MOST = 50

    def __init__(self, quotes: Sequence[str]) -> None:
        self._quotes = [_fold(quote) for quote in quotes]
        schema = (
            tantivy.SchemaBuilder()
            .add_unsigned_field("number", stored=True)
            .add_text_field("runs", tokenizer_name="whitespace")
            .build()
        )
        self._index = tantivy.Index(schema)
        writer = self._index.writer(200_000_000, 1)
        for number, quote in enumerate(self._quotes):
            writer.add_document(tantivy.Document(number=number, runs=" ".join(_runs(quote))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._schema = schema

    def find(self, page: str) -> set[int]:
        folded = _fold(page)
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "runs", run))
            for run in dict.fromkeys(_runs(folded))
        ]
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(terms), self._MOST).hits
        numbers = [int(searcher.doc(address)["number"][0]) for _, address in hits]
        return {
            number
            for number in numbers
            if fuzz.partial_ratio(self._quotes[number], folded, score_cutoff=SIMILAR) > 0
        }


def _runs(folded: str) -> Iterator[str]:
    words = folded.split()
    return ("_".join(words[at : at + 4]) for at in range(len(words) - 3))


class Trigrams:
    """PostgreSQL with pg_trgm, asked for each sentence of the page."""

    def __init__(self, quotes: Sequence[str], connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE TEMPORARY TABLE bench_quotes (number int, text text)")
        with connection.cursor().copy("COPY bench_quotes FROM STDIN") as copy:
            for number, quote in enumerate(quotes):
                copy.write_row((number, quote.replace("\x00", " ")))
        connection.execute("CREATE INDEX ON bench_quotes USING gin (text gin_trgm_ops)")
        connection.execute("ANALYZE bench_quotes")
        connection.execute("SET pg_trgm.similarity_threshold = 0.45")

    def find(self, page: str) -> set[int]:
        found: set[int] = set()
        for sentence in _SENTENCE_END.split(page):
            rows = self._connection.execute("SELECT number FROM bench_quotes WHERE text %% %s", [sentence])
            found.update(number for (number,) in rows)
        return found


@contextmanager
def _connected(address: str | None) -> Iterator[psycopg.Connection[Any] | None]:
    if address is None:
        yield None
        return
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench peers", description=__doc__)
    corpus.add_arguments(parser)
    parser.add_argument("--size", type=int, default=10_000, help="quotes in the index")
    parser.add_argument(
        "--slow-size", type=int, default=1_000, help="the same for those that try every quote"
    )
    parser.add_argument("--each", type=int, default=25, help="quotes planted for each change")
    parser.add_argument(
        "--postgres", metavar="URL", help="a PostgreSQL with pg_trgm; without, it is left out"
    )
    arguments = parser.parse_args()
    quotes, pages = corpus.read(arguments, arguments.size)

    print(f"| method | quotes | ms a page | {' | '.join(CHANGES)} | wrong a page |")
    print("| --- | ---: | ---: |" + " ---: |" * (len(CHANGES) + 1))
    with _connected(arguments.postgres) as connection:
        peers: list[tuple[str, int, Callable[[Sequence[str]], Peer]]] = [
            ("Quotemark", arguments.size, Quotemark),
            ("ahocorasick_rs, folded text", arguments.size, AhoCorasick),
            ("tantivy + RapidFuzz", arguments.size, Tantivy),
            ("RapidFuzz, every quote", arguments.slow_size, RapidFuzz),
            ("fuzzysearch, every quote", arguments.slow_size, FuzzySearch),
        ]
        if connection is not None:
            peers.append(("PostgreSQL pg_trgm", arguments.size, lambda known: Trigrams(known, connection)))
        for name, size, make in peers:
            _measure(name, make(quotes[:size]), quotes[:size], pages, arguments.each)


def _measure(name: str, peer: Peer, quotes: list[str], pages: list[str], each: int) -> None:
    timed = random.Random(1).sample(pages, min(TIMED_PAGES, len(pages)))
    took, usual = [], {}
    for page in timed:
        start = time.perf_counter()
        usual[page] = peer.find(page)
        took.append(time.perf_counter() - start)
    found = dict.fromkeys(CHANGES, 0)
    planted = plant(timed, quotes, each, seed=2)
    for one in planted:
        found[one.change] += one.number in peer.find(one.page)
    shares = " | ".join(f"{100 * count / each:.0f} %" for count in found.values())
    wrong = statistics.mean(len(numbers) for numbers in usual.values())
    print(
        f"| {name} | {len(quotes):,} | {1e3 * statistics.median(took):,.2f} | {shares} | {wrong:.2f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
