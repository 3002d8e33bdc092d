"""Fold text to compare and to search it: case, accents, typography and punctuation count for nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from matcher.folding import PLAIN_LETTERS

_WORD = re.compile(r"\w+")
_PLAIN = str.maketrans(PLAIN_LETTERS)
# What sites add to the links that they hand on, to follow who comes by them: it leads to no other page.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid)(=|\Z)",
    re.IGNORECASE,
)


def fold_words(text: str) -> str:
    """Return the words of `text`, folded and separated by single spaces.

    >>> fold_words("“Élections” — TRUQUÉES!")
    'elections truquees'
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.casefold()))


def fold_letters(text: str) -> str:
    """As `fold_words`, with the letters plain that people type without their stroke, as the matcher has them.

    For what can be made anew: digests of texts are kept, and are of `fold_words`.

    >>> fold_letters("Lech WAŁĘSA, Đorđe, Søren, Weiß")
    'lech walesa dorde soren weiss'
    """
    folded = fold_words(text)
    return folded if folded.isascii() else folded.translate(_PLAIN)


@lru_cache(maxsize=1_024)  # an import asks for the same texts again and again
def digest_folded(text: str) -> str:
    """Return a digest that is the same for texts which differ only in typography."""
    return hashlib.sha256((fold_words(text) or text).encode(errors="surrogatepass")).hexdigest()


def strip_address(address: object) -> str:
    """Return what all web addresses of one page share: "www.", the scheme, the fragment and trackers count for nothing.

    >>> strip_address("http://www.example.org/a/?utm_source=x&id=812#top")
    'example.org/a?id=812'
    """
    bare = re.sub(r"\Ahttps?://(www\.)?", "", str(address), flags=re.IGNORECASE).partition("#")[0]
    path, _, query = bare.partition("?")
    host, slash, path = path.rstrip("/").partition("/")
    kept = "&".join(each for each in query.split("&") if each and not _TRACKING.match(each))
    return host.lower() + slash + path + ("?" + kept if kept else "")


@lru_cache(maxsize=1_024)
def digest_address(address: object) -> str:
    """Return a digest that is the same for all addresses of one page (see `strip_address`)."""
    return hashlib.sha256(strip_address(address).encode(errors="surrogatepass")).hexdigest()


def list_passage_digests(words: str) -> tuple[str, str]:
    """Return the digests under which readers may have reported this passage.

    The first is that of `digest_folded`, made here of words that a client sent; the second is made by the
    extension, which keeps the words to itself (`extension/src/background/report-match.ts`).
    """
    letters = "".join(
        c for c in unicodedata.normalize("NFKC", words).lower() if unicodedata.category(c)[0] in "LN"
    )
    return digest_folded(words), hashlib.sha256(letters.encode(errors="surrogatepass")).hexdigest()
