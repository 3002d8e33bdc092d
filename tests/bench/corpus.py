"""Text to measure with: given files, or made up with the statistics that matter (Zipf's law, common words)."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

_VOCABULARY = 60_000
_COMMON = (
    "the of and to in a is that for it was on are as with his they at be this from have or by one had not but what "
    "all were when we there can an your which their said if do will each about how up out them then she many some so "
    "these would other into has more her two like him see time could no make than first been its who now people my "
    "made over did down only way find use may water long little very after words called just where most know get "
    "through back much before go good new write our used me man too any day same right look think also around another"
).split()
_LETTERS = np.array(list("etaoinshrdlucmfwypvbgk"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--length", type=int, default=30_000, help="characters of a page")
    parser.add_argument(
        "--quotes", type=Path, nargs="*", default=[], help="files of quotes; else they are made up"
    )
    parser.add_argument("--pages", type=Path, help="a folder of .txt pages; else they are made up")


def read(arguments: argparse.Namespace, count: int, pages: int = 40) -> tuple[list[str], list[str]]:
    """Return so many quotes and pages as `add_arguments` let choose."""
    quotes = read_quotes(arguments.quotes, count)
    quotes += make_sentences(count - len(quotes), seed=1)
    if arguments.pages:
        return quotes, read_pages(arguments.pages, arguments.length)[:pages]
    return quotes, make_pages(pages, arguments.length, seed=2)


def read_quotes(paths: list[Path], most: int) -> list[str]:
    """Return up to `most` texts from files: JSON lines with a `text`, or a text a line; .gz or not."""
    out: list[str] = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as file:
            for line in file:
                if len(out) == most:
                    return out
                out.append(json.loads(line)["text"] if ".jsonl" in path.name else line.rstrip("\n"))
    return out


def read_pages(folder: Path, length: int) -> list[str]:
    """Return stretches of `length` characters of the joined `*.txt` files of a folder."""
    joined = "\n\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    pages = [joined[start : start + length] for start in range(0, len(joined) - length, length)]
    if not pages:
        raise SystemExit(f"{folder}: its *.txt files hold less than {length} characters; none is a page")
    return pages


def make_sentences(count: int, seed: int) -> list[str]:
    """Return `count` made-up sentences of 8 to 32 words: English where it is commonest, invented words else."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(8, 33, count)
    words = _words()[_zipf(rng, int(lengths.sum()))]
    ends = np.cumsum(lengths)
    return [
        " ".join(words[end - length : end]).capitalize() + "."
        for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)
    ]


def make_pages(count: int, length: int, seed: int) -> list[str]:
    joined = " ".join(make_sentences(count * length // 60, seed))
    return [joined[start : start + length] for start in range(0, count * length, length)]


def _words() -> np.ndarray:
    rng = np.random.default_rng(0)
    lengths = (4 + rng.poisson(3, _VOCABULARY - len(_COMMON))).tolist()
    made = ["".join(_LETTERS[rng.integers(0, len(_LETTERS), length)]) for length in lengths]
    return np.array(_COMMON + made)


def _zipf(rng: np.random.Generator, count: int) -> np.ndarray:
    weights = 1 / np.arange(1, _VOCABULARY + 1)
    return np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count)).clip(0, _VOCABULARY - 1)
