"""What happens to a quote on its way into a page, and where in the page it then stands."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matcher.folding import is_unspaced

_LETTER = re.compile(r"[$€£]?\w\s?%|[$€£]?\w")  # with the signs that belong to a number
_CORE = re.compile(r"\w(?:\S*\w)?")  # of a word, without the punctuation around it


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote's words; in scripts without spaces its characters, of which `stride` weigh as much as a word."""

    words: list[str]
    joint: str
    stride: float

    @classmethod
    def of(cls, text: str) -> Quote:
        letters = [char for char in text if char.isalpha()]
        if letters and 2 * sum(map(is_unspaced, letters)) > len(letters):
            return cls(list(text), "", 2.5)
        return cls(text.split(), " ", 1)

    def scaled(self, words: int) -> int:
        return round(words * self.stride)

    def join(self, first: int = 0, end: int | None = None) -> str:
        return self.joint.join(self.words[first:end])

    @property
    def fits(self) -> bool:
        """Whether every change can be made to it."""
        return self.scaled(_FEWEST_WORDS) <= len(self.words) <= self.scaled(_MOST_WORDS)


@dataclass(frozen=True, slots=True)
class Changed:
    """A quote as a page has it. At odd places of `pieces` stands what is not the quote's."""

    pieces: list[str]
    words: list[tuple[str, str]] = field(default_factory=list)  # that were changed: before, after


@dataclass(frozen=True, slots=True)
class Planted:
    """A page with a changed quote in it; `spans` are what of `page` is the quote's, from word to word."""

    change: str
    number: int  # of the quote
    page: str
    spans: list[tuple[int, int]]
    changed: Changed


def _exact(quote: Quote, _others: Sequence[str], _rng: random.Random) -> Changed:
    return Changed([quote.join()])


def _typography(quote: Quote, _others: Sequence[str], rng: random.Random) -> Changed:
    text = quote.join().replace("'", "’").replace(" ", "\u00a0", 2).replace("-", "–")
    middle = len(text) // 2
    text = f"{text[:middle]}\u00ad{text[middle:]}"
    return Changed([text.upper() if rng.random() < 0.5 else text])


def _typos(quote: Quote, _others: Sequence[str], rng: random.Random) -> Changed:
    words = list(quote.words)
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for place in rng.sample(long, min(2, len(long))):
        at = rng.randrange(1, len(words[place]) - 1)
        words[place] = words[place][:at] + words[place][at + 1 :]
    return Changed([quote.joint.join(words)])


def _changed_words(share: float) -> Callable[[Quote, Sequence[str], random.Random], Changed]:
    def change(quote: Quote, others: Sequence[str], rng: random.Random) -> Changed:
        words, changed = list(quote.words), []
        inner = [place for place in range(1, len(words) - 1) if _LETTER.search(words[place])]
        for place in sorted(rng.sample(inner, min(len(inner), max(1, round(share * len(words)))))):
            core, other = _core_of(words[place]), rng.choice(others)
            words[place] = words[place].replace(core, other)
            changed.append((core, other))
        return Changed([quote.joint.join(words)], changed)

    return change


def _core_of(word: str) -> str:
    found = _CORE.search(word)
    return found[0] if found else ""


def _fragment(quote: Quote, _others: Sequence[str], rng: random.Random) -> Changed:
    length = quote.scaled(10)
    start = rng.randrange(1, len(quote.words) - length)
    return Changed([quote.join(start, start + length)])


def _elided(quote: Quote, _others: Sequence[str], _rng: random.Random) -> Changed:
    length = quote.scaled(7)
    return Changed([quote.join(0, length), " … ", quote.join(len(quote.words) - length)])


def _interrupted(quote: Quote, _others: Sequence[str], _rng: random.Random) -> Changed:
    middle = len(quote.words) // 2
    return Changed([quote.join(0, middle), ",” the minister said on Tuesday, “", quote.join(middle)])


CHANGES: dict[str, Callable[[Quote, Sequence[str], random.Random], Changed]] = {
    "word for word": _exact,
    "typography": _typography,
    "two typos": _typos,
    "1 word in 10": _changed_words(0.1),
    "1 word in 5": _changed_words(0.2),
    "10 words of it": _fragment,
    "elided": _elided,
    "interrupted": _interrupted,
}
_FEWEST_WORDS = 18  # of a quote, so that every change fits
_MOST_WORDS = 40


def plant(pages: list[str], quotes: Sequence[str], each: int, seed: int) -> list[Planted]:
    """Plant each change `each` times, in a page of its own: of a quote that fits, at the end of a sentence."""
    rng = random.Random(seed)
    known = [Quote.of(text) for text in quotes]
    fit = [number for number, quote in enumerate(known) if quote.fits]
    if len(fit) < each:
        raise ValueError(f"only {len(fit)} quotes are long enough for every change; {each} are needed")
    others = [core for number in fit for word in known[number].words if (core := _core_of(word))]
    planted = []
    for name, change in CHANGES.items():
        for number in rng.sample(fit, each):
            changed = change(known[number], others, rng)
            if name != "word for word" and changed.pieces == [known[number].join()]:
                continue  # nothing in it can be changed so: characters have no typos
            page = rng.choice(pages)
            at = page.find(". ", len(page) // 3) + 2
            before = f"{page[:at]}“"
            spans = _spans_of(changed.pieces, len(before))
            whole = f"{before}{''.join(changed.pieces)}”. {page[at:]}"
            planted.append(Planted(name, number, whole, spans, changed))
    return planted


def _spans_of(pieces: list[str], start: int) -> list[tuple[int, int]]:
    spans = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            words = [letter.span() for letter in _LETTER.finditer(piece)]
            first, last = words[0][0], words[-1][1]
            # A bracket at an edge belongs to what it sets off: "[Mitt] Romney".
            first -= piece.endswith("[", 0, first) and "]" in piece[first:last]
            last += piece.startswith("]", last) and "[" in piece[first:last]
            spans.append((start + first, start + last))
        start += len(piece)
    return spans
