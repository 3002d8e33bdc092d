"""`make bench`: measurements, each against something in the same run. Nothing here decides whether a test passes."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench import corpus, matcher_speed


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the matcher.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], help="quotes in the index")
    parser.add_argument("--length", type=int, default=30_000, help="characters of a page")
    parser.add_argument(
        "--quotes", type=Path, nargs="*", default=[], help="files of quotes; else they are made up"
    )
    parser.add_argument("--pages", type=Path, help="a folder of .txt pages; else they are made up")
    arguments = parser.parse_args()

    most = max(arguments.sizes)
    quotes = corpus.read_quotes(arguments.quotes, most)
    quotes += corpus.make_sentences(most - len(quotes), seed=1)
    if arguments.pages:
        pages = corpus.read_pages(arguments.pages, arguments.length)[:40]
    else:
        pages = corpus.make_pages(40, arguments.length, seed=2)
    print(f"{len(pages)} pages of {arguments.length:,} characters")
    for size in arguments.sizes:
        matcher_speed.measure(quotes[:size], pages)
        matcher_speed.measure_exact_only(quotes[:size], pages)


if __name__ == "__main__":
    main()
