"""Fold text to compare and to search it: case, accents, typography and punctuation count for nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")


def fold_words(text: str) -> str:
    """Return the words of `text`, folded and separated by single spaces.

    >>> fold_words("“Élections” — TRUQUÉES!")
    'elections truquees'
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.casefold()))


@lru_cache(maxsize=1_024)  # an import asks for the same texts again and again
def digest_folded(text: str) -> str:
    """Return a digest that is the same for texts which differ only in typography."""
    return hashlib.sha256((fold_words(text) or text).encode(errors="surrogatepass")).hexdigest()


@lru_cache(maxsize=1_024)
def digest_address(address: object) -> str:
    """Return a digest of a web address, the same with and without "www.", "https" and a slash at the end.

    >>> digest_address("http://www.example.org/a/") == digest_address("https://example.org/a")
    True
    """
    bare = re.sub(r"\Ahttps?://(www\.)?", "", str(address), flags=re.IGNORECASE).partition("#")[0].rstrip("/")
    return hashlib.sha256(bare.encode(errors="surrogatepass")).hexdigest()


def list_passage_digests(words: str) -> tuple[str, str]:
    """Return the digests under which readers may have reported this passage.

    The first is that of `digest_folded`, made here of words that a client sent; the second is made by the
    extension, which keeps the words to itself (`extension/src/background/report-match.ts`).
    """
    letters = "".join(
        c for c in unicodedata.normalize("NFKC", words).lower() if unicodedata.category(c)[0] in "LN"
    )
    return digest_folded(words), hashlib.sha256(letters.encode(errors="surrogatepass")).hexdigest()
