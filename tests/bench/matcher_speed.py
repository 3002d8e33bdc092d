"""How fast the matcher is, against an exact-only search of the same page in the same run."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ahocorasick_rs

from matcher import LiveIndex, QuoteIndex
from matcher.folding import fold, folded_words


def measure(quotes: Sequence[str], pages: Sequence[str]) -> None:
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
        f"{'':17} put {1e3 * statistics.median(puts):.3f} ms   drop {1e3 * statistics.median(drops):.4f} ms   "
        f"find then {_median_ms(live.find, pages):.2f} ms"
    )


def measure_exact_only(quotes: Sequence[str], pages: Sequence[str]) -> None:
    """Aho-Corasick over text that is folded already: finds nothing but whole quotes, word for word."""
    folded = [" ".join(folded_words(quote)) for quote in quotes]
    start = time.perf_counter()
    automaton = ahocorasick_rs.AhoCorasick(folded)
    built = time.perf_counter() - start
    texts = [" ".join(folded_words(page)) for page in pages]
    scan_ms = _median_ms(automaton.find_matches_as_indexes, texts)
    print(f"{'':17} Aho-Corasick, exact only: the scan alone {scan_ms:.2f} ms   build {built:.1f} s")


def _median_ms(call: Callable[[str], object], pages: Sequence[str], rounds: int = 5) -> float:
    return 1e3 * statistics.median(min(_seconds(call, page) for _ in range(rounds)) for page in pages)


def _seconds(call: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start
