"""What the matcher finds of what is there, and how much of what it finds is right: at the level of spans.

    make bench ARGS="quality --quotes FILE… --pages FOLDER [--documents FILE] [--write FILE] [--judged FILE]"

Recall is measured twice: of quotes that are planted, changed, into pages; and of documents in which somebody has marked
where they hold a quote. Precision is measured where nothing was planted: `--write` writes what was found in the
pages as lines of JSON, for people to set "right" to true or false; `--judged` reads their judgement.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from matcher import Match, QuoteIndex
from matcher.folding import folded_words
from tests.bench.changes import CHANGES, Planted, plant
from tests.bench.passage_filter import read_lines, read_pages

# A data set holds statements more than once, in somewhat other words; each stands for the other.
SAME_STATEMENT = 75  # of 100
CONTEXT_CHARACTERS = 160  # around a match, for those who judge it
_KINDS = {"10 words of it": {"fragment"}, "elided": {"elided"}, "interrupted": {"elided", "exact"}}
_WITHOUT_CHANGES = {"word for word": {"exact"}, "typography": {"exact"}}
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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quotes",
        type=Path,
        nargs="+",
        required=True,
        help='lines of JSON with "text", or a text a line; .gz or not',
    )
    parser.add_argument("--most", type=int, default=100_000, help="quotes that are read of each file")
    parser.add_argument("--pages", type=Path, required=True, help="folder of .txt, .html or .html.gz")
    parser.add_argument(
        "--documents",
        type=Path,
        help='lines of JSON with "document", "start", "end", "quote_text" and "similarity" (0 to 100)',
    )
    parser.add_argument("--each", type=int, default=300, help="quotes planted for each change and script")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="where what is found in the pages is written to be judged")
    parser.add_argument("--judged", type=Path, help='such a file, with "right" in each line')
    arguments = parser.parse_args()

    quotes = [text for path in arguments.quotes for text in read_texts(path, arguments.most)]
    pages = list(read_pages(arguments.pages))
    index = QuoteIndex.build((str(number), text) for number, text in enumerate(quotes))
    print(f"{len(quotes):,} quotes, {len(pages):,} pages of {sum(map(len, pages)) / 1e6:.1f} M characters\n")
    tell_planted(index, quotes, pages, arguments.each, arguments.seed)
    if arguments.documents:
        tell_documents(index, quotes, arguments.documents)
    tell_wild(index, quotes, pages, arguments.write, arguments.judged)


def read_texts(path: Path, most: int) -> Iterator[str]:
    is_json = ".json" in path.name or ".ndjson" in path.name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open("rt") as file:
        for number, line in enumerate(file):
            if number == most:
                return
            text = json.loads(line)["text"] if is_json else line.rstrip("\n")
            if text:
                yield text


def tell_planted(index: QuoteIndex, quotes: list[str], pages: list[str], each: int, seed: int) -> None:
    """Print a table for each script: what is found of planted quotes, and how exactly."""
    by_script: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(quotes):
        by_script[script_of(text)].append(number)
    for script, numbers in sorted(by_script.items(), key=lambda item: -len(item[1])):
        try:
            planted = plant(pages, [quotes[number] for number in numbers], each, seed)
        except ValueError:
            continue
        print(f"**{script}**, {len(numbers):,} quotes, {each} planted for each change\n")
        print(
            "| change | found | of its characters | of the span, right | edges right | kind right | changes named |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for change in CHANGES:
            tally = Tally()
            for one in planted:
                if one.change == change:
                    tally.take(one, quotes, numbers, index.find(one.page))
            print(f"| {change} | {tally.row()} |", flush=True)
        print()


class Tally:
    """How the planted quotes of one change were found."""

    def __init__(self) -> None:
        self.planted = self.found = self.edges = self.kinds = self.named = self.changed = 0
        self.truth = self.told = self.right = 0  # characters

    def take(self, one: Planted, quotes: list[str], numbers: list[int], matches: Iterable[Match]) -> None:
        text = quotes[numbers[one.number]]
        self.planted += 1
        truth = characters(one.spans)
        same = [match for match in matches if is_same(quotes[int(match.quote_id)], text)]
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
    return (_KINDS | _WITHOUT_CHANGES).get(one.change, {"altered"})


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


def tell_documents(index: QuoteIndex, quotes: list[str], path: Path) -> None:
    """Print, by similarity of the marked place to the quote, how many marked places are found."""
    known = set(quotes)
    found, whole = Counter[str](), Counter[str]()
    for pair in read_pairs(path):
        band = next((name for least, name in _BANDS if pair["similarity"] >= least), None)
        if band is None or pair["quote_text"] not in known:
            continue
        whole[band] += 1
        truth = characters([(pair["start"], pair["end"])])
        found[band] += any(
            characters(match.spans) & truth and is_same(quotes[int(match.quote_id)], pair["quote_text"])
            for match in index.find(pair["document"])
        )
    print("| documents' own quotes, by similarity | found |\n| --- | ---: |")
    for _, band in _BANDS:
        print(f"| {band} | {Share(found[band], whole[band])} of {whole[band]:,} |")
    print(flush=True)


def read_pairs(path: Path) -> Iterator[dict[str, Any]]:
    yield from read_lines(path)


def tell_wild(
    index: QuoteIndex, quotes: list[str], pages: list[str], write: Path | None, judged: Path | None
) -> None:
    """Print how much is found in pages as they are, and how much of it people judged right."""
    found = [describe(page, match, quotes) for page in pages for match in index.find(page)]
    # The same words on several pages, or of several quotes, are judged once.
    distinct = list({(each["page"], each["quote"]): each for each in found}.values())
    print("| in pages as they are | |\n| --- | ---: |")
    print(f"| matches | {len(found):,}, {len(distinct):,} of them distinct |")
    print(f"| pages without any | {Share(sum(not index.find(page) for page in pages), len(pages))} |")
    if judged:
        says = {(each["page"], each["quote"]): each.get("right") for each in read_pairs(judged)}
        known = [says.get((each["page"], each["quote"])) for each in distinct]
        print(f"| judged | {sum(one is not None for one in known):,} |")
        print(f"| right | {Share(known.count(True), known.count(True) + known.count(False))} |")
    if write:
        random.Random(1).shuffle(distinct)
        write.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in distinct), "utf-8")


def describe(page: str, match: Match, quotes: list[str]) -> dict[str, Any]:
    first, last = match.spans[0][0], match.spans[-1][1]
    return {
        "page": " … ".join(page[start:end] for start, end in match.spans),
        "quote": quotes[int(match.quote_id)],
        "kind": match.kind,
        "similarity": match.similarity,
        "guards": sorted({change.guard for change in match.changes if change.guard}),
        "before": page[max(0, first - CONTEXT_CHARACTERS) : first],
        "after": page[last : last + CONTEXT_CHARACTERS],
        "right": None,
    }


if __name__ == "__main__":
    main()
