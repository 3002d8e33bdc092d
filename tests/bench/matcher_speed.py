"""How fast the matcher is and how large its index, against an exact-only search of the same pages in the same run."""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ahocorasick_rs

from matcher import LiveIndex, QuoteIndex
from matcher.folding import fold, folded_words
from tests.bench import corpus

LENGTHS = (3_000, 30_000, 300_000, 3_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    corpus.add_arguments(parser)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], help="quotes in the index")
    parser.add_argument(
        "--no-peer", action="store_true", help="leave Aho-Corasick out, which is slow to build"
    )
    arguments = parser.parse_args()
    quotes, pages = corpus.read(arguments, max(arguments.sizes))
    print(f"{len(pages)} pages of {arguments.length:,} characters")
    for size in arguments.sizes:
        index = measure(quotes[:size], pages)
        if not arguments.no_peer:
            measure_exact_only(quotes[:size], pages, index)
    measure_lengths(index, pages)
    measure_worst(index, quotes, pages)


def measure(quotes: Sequence[str], pages: Sequence[str]) -> QuoteIndex:
    entries = [(f"q{number}", text) for number, text in enumerate(quotes)]
    start = time.perf_counter()
    index = QuoteIndex.build(entries)
    built = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        index.save(path)
        start = time.perf_counter()
        opened = QuoteIndex.open(path)
        open_ms = 1e3 * (time.perf_counter() - start)
        size = path.stat().st_size - len("".join(quotes).encode())
        find_ms = _median_ms(opened.find, pages)
    fold_ms = _median_ms(fold, pages)
    print(
        f"{len(quotes):>9,} quotes   find {find_ms:6.2f} ms   of it folding {fold_ms:5.2f} ms   "
        f"build {built:5.1f} s, peak {peak:4.1f} GB   open {open_ms:5.1f} ms   {size / len(quotes):4.0f} bytes a quote"
    )
    live = LiveIndex(index)
    changed = quotes[:200]
    puts = [_seconds(live.put, f"n{number}", [f"{text} indeed"]) for number, text in enumerate(changed)]
    drops = [_seconds(live.drop, f"q{number}") for number in range(len(changed))]
    print(
        f"{'':18}put {1e3 * statistics.median(puts):.3f} ms   drop {1e3 * statistics.median(drops):.4f} ms   "
        f"find then {_median_ms(live.find, pages):.2f} ms"
    )
    return index


def measure_exact_only(quotes: Sequence[str], pages: Sequence[str], index: QuoteIndex) -> None:
    """Aho-Corasick over text that is folded already: finds nothing but whole quotes, word for word.

    Both search each page in turn, so that neither has the processor's caches for itself.
    """
    folded = [" ".join(folded_words(quote)) for quote in quotes]
    start = time.perf_counter()
    automaton = ahocorasick_rs.AhoCorasick(folded)
    built = time.perf_counter() - start
    texts = [" ".join(folded_words(page)) for page in pages]
    scans, finds = [], []
    for page, text in zip(pages, texts, strict=True):
        turns = [
            (_seconds(automaton.find_matches_as_indexes, text), _seconds(index.find, page)) for _ in range(7)
        ]
        scans.append(min(scan for scan, _ in turns))
        finds.append(min(find for _, find in turns))
    scan_ms, find_ms = 1e3 * statistics.median(scans), 1e3 * statistics.median(finds)
    print(
        f"{'':18}Aho-Corasick, exact only: the scan alone {scan_ms:.2f} ms, find in turn {find_ms:.2f} ms "
        f"({find_ms / scan_ms:.2f} times)   build {built:.1f} s"
    )


def measure_lengths(index: QuoteIndex, pages: Sequence[str]) -> None:
    """Time a character of pages of all lengths."""
    joined = "\n\n".join(pages)
    joined *= 1 + max(LENGTHS) // len(joined)
    costs = [_median_ms(index.find, [joined[:length]]) * 1e6 / length for length in LENGTHS]
    told = "   ".join(f"{length:,}: {cost:.0f} ns" for length, cost in zip(LENGTHS, costs, strict=True))
    print(f"a character of a page of   {told}")


def measure_worst(index: QuoteIndex, quotes: Sequence[str], pages: Sequence[str]) -> None:
    """Pages made to be slow, against an ordinary page of the same length."""
    length = 300_000
    ordinary = "\n\n".join(pages)[:length]
    chosen = quotes[:: max(1, len(quotes) // 3_000)]
    worst = {
        "one word repeated": "the " * (length // 4),
        "a common phrase repeated": "at the end of the day it was one of the " * (length // 40),
        "the index's own quotes": " ".join(chosen)[:length],
        "the first words of its quotes": " ".join(" ".join(quote.split()[:5]) for quote in chosen)[:length],
        "one word of 10 MB": "a" * 10_000_000,
        "combining marks": "\u0301" * length,
        "Han characters": "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(length)),
    }
    usual = _median_ms(index.find, [ordinary]) / len(ordinary)
    for name, page in worst.items():
        cost = _median_ms(index.find, [page], rounds=2)
        print(
            f"{name:30} {cost:9.1f} ms   {cost / len(page) / usual:6.2f} times an ordinary page of its length"
        )


def _median_ms(call: Callable[[str], object], pages: Sequence[str], rounds: int = 5) -> float:
    return 1e3 * statistics.median(min(_seconds(call, page) for _ in range(rounds)) for page in pages)


def _seconds(call: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
