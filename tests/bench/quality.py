"""What readers are told of what is there, and how much of what they are told is right: at the level of spans.

    make bench ARGS="quality --quotes FILE --pages FOLDER [--documents FILE] [--wild FILE…] [--write FILE] [--judged FILE]"

The quotes are what `quotemark export` writes. Recall is measured twice: of quotes that are planted, changed, into pages;
and of documents in which somebody has marked where they hold a quote. Precision is measured where nothing was planted:
`--write` writes a sample of what was found there as lines of JSON, for people to set "right" to true or false; `--judged`
reads their judgement. Paraphrases are in the index, and held to their stricter bar; they are not planted, as nobody said them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from rapidfuzz import fuzz

from matcher import Match, QuoteIndex
from matcher.folding import folded_words
from server.paraphrases import as_told, without_parts_of_wholes
from tests.bench import corpus
from tests.bench.changes import CHANGES, Planted, plant
from tests.bench.passage_filter import read_lines, read_pages

# A data set holds statements more than once, in somewhat other words; each stands for the other.
SAME_STATEMENT = 75  # of 100
CONTEXT_CHARACTERS = 160  # around a match, for those who judge it
_KINDS = {
    "word for word": {"exact"},
    "typography": {"exact"},
    "10 words of it": {"fragment"},
    "elided": {"elided"},
    "interrupted": {"elided", "exact"},
}
_LINES_A_PAGE = 60
_BANDS = ((100, "100"), (95, "95–99"), (85, "85–94"))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; printed with the range in which the true share lies in 95 of 100 cases (Wilson)."""

    count: int
    whole: int

    def __str__(self) -> str:
        if not self.whole:
            return "–"
        low, high = self.limits()
        return f"{100 * self.count / self.whole:.1f} % ({100 * low:.1f}–{100 * high:.1f})"

    def limits(self) -> tuple[float, float]:
        z, n, p = 1.96, self.whole, self.count / self.whole
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Known:
    """What is published: texts, each of a quote or of a paraphrase, and the index of all their wordings."""

    texts: list[str]
    cards: list[bytes]  # as far as a paraphrase is told by them
    index: QuoteIndex

    @classmethod
    def read(cls, path: Path, most: int) -> Known:
        rows = list(islice(read_lines(path), most))
        wordings = [
            (str(number), text)
            for number, row in enumerate(rows)
            for text in (row["text"], *(wording["text"] for wording in row.get("wordings", ())))
        ]
        cards = [
            orjson.dumps({key: row.get(key) for key in ("text", "speaker", "form")})
            if row.get("form") == "paraphrase"
            else b""
            for row in rows
        ]
        return cls([row["text"] for row in rows], cards, QuoteIndex.build(wordings))

    def find(self, page: str) -> list[Match]:
        return without_parts_of_wholes(
            told
            for match in self.index.find(page)
            if (told := as_told(match, self.cards[int(match.quote_id)], page))
        )

    def text(self, match: Match) -> str:
        return self.texts[int(match.quote_id)]

    @property
    def quotes(self) -> list[str]:
        return [text for text, card in zip(self.texts, self.cards, strict=True) if not card]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quotes", type=Path, required=True, help='lines of JSON with "text", "form", "wordings"'
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="quotes that are read")
    parser.add_argument(
        "--pages", type=Path, required=True, help="folder of .txt, .html or .html.gz, to plant into"
    )
    parser.add_argument(
        "--documents",
        type=Path,
        help='lines of JSON with "document", "start", "end", "quote_text" and "similarity" (0 to 100)',
    )
    parser.add_argument(
        "--wild",
        type=Path,
        nargs="+",
        help='where nothing is planted: folders of pages, lines of JSON with "document", or of text; else the pages',
    )
    parser.add_argument("--each", type=int, default=300, help="quotes planted for each change and script")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="where what is found in the wild is written, to be judged")
    parser.add_argument("--judged", type=Path, help='such a file, with "right" in some lines')
    arguments = parser.parse_args()

    known = Known.read(arguments.quotes, arguments.most)
    pages = list(read_pages(arguments.pages))
    print(f"{len(known.quotes):,} quotes and {len(known.texts) - len(known.quotes):,} paraphrases, ", end="")
    print(
        f"{len(known.index):,} wordings; {len(pages):,} pages of {sum(map(len, pages)) / 1e6:.1f} M characters\n"
    )
    tell_planted(known, pages, arguments.each, arguments.seed)
    if arguments.documents:
        tell_documents(known, arguments.documents)
    judged = read_judged(arguments.judged) if arguments.judged else {}
    found: list[dict[str, Any]] = []
    for path in arguments.wild or [arguments.pages]:
        found += tell_wild(known, path, judged)
    if arguments.write:
        random.Random(1).shuffle(found)
        lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in found)
        arguments.write.write_text("".join(lines), "utf-8")


def tell_planted(known: Known, pages: list[str], each: int, seed: int) -> None:
    """Print a table for each script: what is found of planted quotes, and how exactly."""
    by_script: dict[str, list[str]] = defaultdict(list)
    for text in known.quotes:
        by_script[script_of(text)].append(text)
    for script, quotes in sorted(by_script.items(), key=lambda item: -len(item[1])):
        try:
            planted = plant(pages, quotes, each, seed)
        except ValueError:  # too few
            continue
        print(f"{script.capitalize()}, {len(quotes):,} quotes, {each} planted for each change:\n")
        print(
            "| change | found | of its characters | of the span, right | edges right | kind right | changes named |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for change in CHANGES:
            tally = Tally()
            for one in planted:
                if one.change == change:
                    tally.take(one, quotes[one.number], known)
            if tally.planted:
                print(f"| {change} | {tally.row()} |", flush=True)
        print()


class Tally:
    """How the planted quotes of one change were found."""

    def __init__(self) -> None:
        self.planted = self.found = self.edges = self.kinds = self.named = self.changed = 0
        self.truth = self.told = self.right = 0  # characters

    def take(self, one: Planted, quote: str, known: Known) -> None:
        self.planted += 1
        truth = characters(one.spans)
        same = [match for match in known.find(one.page) if is_same(known.text(match), quote)]
        best = max(same, key=lambda match: len(characters(match.spans) & truth), default=None)
        if best is None or not characters(best.spans) & truth:
            return
        told = characters(best.spans)
        self.found += 1
        self.truth += len(truth)
        self.told += len(told)
        self.right += len(truth & told)
        self.edges += list(best.spans) == one.spans
        self.kinds += best.kind in expected_kinds(one)
        for before, after in one.changed.words:
            self.changed += 1
            self.named += any(
                is_part(before, change.checked) and is_part(after, change.page) for change in best.changes
            )

    def row(self) -> str:
        shares = (
            Share(self.found, self.planted),
            f"{100 * self.right / max(1, self.truth):.2f} %",
            f"{100 * self.right / max(1, self.told):.2f} %",
            f"{100 * self.edges / max(1, self.found):.1f} %",
            f"{100 * self.kinds / max(1, self.found):.1f} %",
            f"{100 * self.named / self.changed:.1f} %" if self.changed else "",
        )
        return " | ".join(map(str, shares))


def expected_kinds(one: Planted) -> set[str]:
    return _KINDS.get(one.change, {"altered"})


def is_part(word: str, words: str) -> bool:
    part, whole = folded_words(word), folded_words(words)
    return not part or any(whole[at : at + len(part)] == part for at in range(len(whole)))


def is_same(some: str, other: str) -> bool:
    return some == other or fuzz.ratio(some.casefold(), other.casefold()) >= SAME_STATEMENT


def characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def script_of(text: str) -> str:
    """The script of most letters, as Unicode names it.

    >>> script_of("Они должны"), script_of("They"), script_of("他们必须")
    ('CYRILLIC', 'LATIN', 'CJK')
    """
    scripts = Counter(unicodedata.name(char, "NONE").split()[0] for char in text[:200] if char.isalpha())
    return scripts.most_common(1)[0][0] if scripts else "NONE"


def tell_documents(known: Known, path: Path) -> None:
    """Print, by similarity of the marked place to the quote, how many marked places are found."""
    quotes = set(known.quotes)
    found, whole = Counter[str](), Counter[str]()
    for pair in read_lines(path):
        band = next((name for least, name in _BANDS if pair["similarity"] >= least), None)
        if band is None or pair["quote_text"] not in quotes:
            continue
        whole[band] += 1
        truth = characters([(pair["start"], pair["end"])])
        found[band] += any(
            characters(match.spans) & truth and is_same(known.text(match), pair["quote_text"])
            for match in known.find(pair["document"])
        )
    print("| documents' own quotes, by similarity | found |\n| --- | ---: |")
    for _, band in _BANDS:
        print(f"| {band} | {Share(found[band], whole[band])} of {whole[band]:,} |")
    print(flush=True)


def tell_wild(known: Known, path: Path, judged: dict[tuple[str, str], bool]) -> list[dict[str, Any]]:
    """Print, and return, what is found where nothing was planted, and how much of it people judged right."""
    pages = list(read_wild(path))
    found = [
        {"from": path.name} | describe(page, match, known) for page in pages for match in known.find(page)
    ]
    # The same words on several pages are judged once.
    distinct = {(each["page"], each["quote"]): each for each in found}
    says = [judged[key] for key in distinct if key in judged]
    print(f"| {path.name} | |\n| --- | ---: |")
    print(f"| characters | {sum(map(len, pages)) / 1e6:.1f} M |")
    print(f"| matches | {len(found):,}, {len(distinct):,} of them distinct |")
    print(f"| … judged | {len(says):,} |")
    print(f"| … right | {Share(sum(says), len(says))} |\n", flush=True)
    return list(distinct.values())


def read_wild(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield from read_pages(path)
    elif ".json" in path.name or ".ndjson" in path.name:
        yield from dict.fromkeys(each["document"] for each in read_lines(path))
    else:
        lines = corpus.read_quotes([path], 10_000_000)
        yield from ("\n\n".join(lines[at : at + _LINES_A_PAGE]) for at in range(0, len(lines), _LINES_A_PAGE))


def read_judged(path: Path) -> dict[tuple[str, str], bool]:
    return {
        (each["page"], each["quote"]): each["right"] for each in read_lines(path) if each["right"] is not None
    }


def describe(page: str, match: Match, known: Known) -> dict[str, Any]:
    first, last = match.spans[0][0], match.spans[-1][1]
    return {
        "page": " … ".join(page[start:end] for start, end in match.spans),
        "quote": known.text(match),
        "kind": match.kind,
        "similarity": match.similarity,
        "coverage": match.coverage,
        "guards": sorted({change.guard for change in match.changes if change.guard}),
        "before": page[max(0, first - CONTEXT_CHARACTERS) : first],
        "after": page[last : last + CONTEXT_CHARACTERS],
        "right": None,
    }


if __name__ == "__main__":
    main()
