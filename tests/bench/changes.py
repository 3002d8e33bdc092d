"""What happens to a quote on its way into a page."""

from __future__ import annotations

import random
from collections.abc import Callable

_OTHER_WORDS = "harbour lantern orchard velvet thunder meadow copper violin".split()


def _exact(quote: str, _rng: random.Random) -> str:
    return f"“{quote}”"


def _typography(quote: str, rng: random.Random) -> str:
    text = quote.replace("'", "’").replace(" ", "\u00a0", 2).replace("-", "–")
    middle = len(text) // 2
    return f"„{text[:middle]}\u00ad{text[middle:]}“".upper() if rng.random() < 0.5 else f"„{text}“"


def _typos(quote: str, rng: random.Random) -> str:
    words = quote.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for place in rng.sample(long, min(2, len(long))):
        at = rng.randrange(1, len(words[place]) - 1)
        words[place] = words[place][:at] + words[place][at + 1 :]
    return f"“{' '.join(words)}”"


def _changed_words(share: float) -> Callable[[str, random.Random], str]:
    def change(quote: str, rng: random.Random) -> str:
        words = quote.split()
        for place in rng.sample(range(1, len(words) - 1), max(1, round(share * len(words)))):
            words[place] = rng.choice(_OTHER_WORDS)
        return f"“{' '.join(words)}”"

    return change


def _fragment(quote: str, rng: random.Random) -> str:
    words = quote.split()
    start = rng.randrange(1, len(words) - 10)
    return f"said to be “{' '.join(words[start : start + 10])}” by some"


def _elided(quote: str, _rng: random.Random) -> str:
    words = quote.split()
    return f"“{' '.join(words[:7])} … {' '.join(words[-7:])}”"


def _interrupted(quote: str, _rng: random.Random) -> str:
    words = quote.split()
    middle = len(words) // 2
    return f"“{' '.join(words[:middle])},” the minister said on Tuesday, “{' '.join(words[middle:])}”"


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "word for word": _exact,
    "typography": _typography,
    "two typos": _typos,
    "1 word in 10": _changed_words(0.1),
    "1 word in 5": _changed_words(0.2),
    "10 words of it": _fragment,
    "elided": _elided,
    "interrupted": _interrupted,
}
FEWEST_WORDS = 18  # of a quote, so that every change fits
MOST_WORDS = 40


def plant(pages: list[str], quotes: list[str], each: int, seed: int) -> list[tuple[str, int, str]]:
    """Return (change, number of the quote, page with it): each change made to `each` quotes, a page for every one."""
    rng = random.Random(seed)
    fit = [at for at, quote in enumerate(quotes) if FEWEST_WORDS <= len(quote.split()) <= MOST_WORDS]
    planted = []
    for name, change in CHANGES.items():
        for number in rng.sample(fit, each):
            page = rng.choice(pages)
            at = page.find(". ", len(page) // 3) + 2
            planted.append((name, number, page[:at] + change(quotes[number], rng) + ". " + page[at:]))
    return planted
