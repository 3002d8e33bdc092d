"""Slow, obvious ways to do what the matcher does fast: folding character by character, matching quote by quote.

Written from the same rules, not from the same code: where the two differ, one of them is wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# ---- folding --------------------------------------------------------------------------------------

APOSTROPHES = "'’‘‛`´ʼʻʹʽˈ′＇՚׳"
POINTS = ".,٫٬．，"
GROUPING_SPACES = " \n\u00a0\u2007\u2009\u202f"
# Letters that people write for each other, though Unicode does not take them apart.
PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ہ": "ه", "ۀ": "ه", "ة": "ه",
    }
)  # fmt: skip
# Scripts whose words no space sets apart, by what their characters' names begin with.
UNSPACED = (
    "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "CJK RADICAL", "KANGXI RADICAL", "HIRAGANA", "KATAKANA",
    "HALFWIDTH KATAKANA", "HENTAIGANA", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC ITERATION",
    "IDEOGRAPHIC NUMBER", "HANGZHOU", "VERTICAL KANA",
)  # fmt: skip
# Scripts whose marks are left out in ordinary writing, or are taken apart by normalisation.
MARKS_DROPPED = ("LATIN", "COMBINING", "HEBREW", "ARABIC", "VARIATION SELECTOR")
NUKTAS = "\u093c\u09bc\u0a3c\u0abc\u0b3c"
VOICING_MARKS = "\u3099\u309a"
TATWEEL = "\u0640"
AM = "\u0e33\u0eb3"  # Thai and Lao: a vowel with a consonant, which no reader parts from the letter before it


class Token(NamedTuple):
    """A folded word and where it stands; `single` if it is one character of a script without spaces."""

    word: str
    start: int
    end: int
    single: bool


class _Piece(NamedTuple):
    """What one character, or one composed syllable, is for the words of a text."""

    text: str
    what: str  # "word", "single", "attached", "nothing", "apostrophe", "point", "space", "separator"
    start: int
    end: int


def fold(text: str) -> list[Token]:
    """Return the tokens of `text`, looking at one character at a time."""
    pieces = _with_numbers_joined(_with_apostrophes_joined(_pieces(text)))
    tokens: list[Token] = []
    before = "separator"  # what stands before, of that which is anything
    for piece in pieces:
        if (piece.what in {"nothing", "attached"} and before in {"word", "single"}) or (
            piece.what == "word" and before == "word"
        ):
            last = tokens[-1]
            tokens[-1] = last._replace(word=last.word + piece.text, end=piece.end)
        elif piece.what in {"word", "single"}:
            tokens.append(Token(piece.text, piece.start, piece.end, single=piece.what != "word"))
        if piece.what not in {"nothing", "attached"}:
            before = piece.what
    return tokens


def words(text: str) -> list[str]:
    return [token.word for token in fold(text)]


def _pieces(text: str) -> list[_Piece]:
    pieces, place = [], 0
    while place < len(text):
        length = next((n for n in (3, 2) if _is_syllable(text[place : place + n], n)), 1)
        char = text[place : place + length]
        char = unicodedata.normalize("NFC", char) if length > 1 else char
        pieces += [_Piece(*part, place, place + length) for part in _fold_character(char)]
        place += length
    return pieces


def _is_syllable(text: str, length: int) -> bool:
    """Whether these are conjoining jamo that make one Hangul syllable."""
    jamo = len(text) == length and all("\u1100" <= char <= "\u11ff" for char in text)
    return jamo and len(unicodedata.normalize("NFC", text)) == 1


def _fold_character(char: str) -> list[tuple[str, str]]:
    """What a character folds to, and what that is."""
    category = unicodedata.category(char)
    if char in APOSTROPHES:
        return [("", "apostrophe")]
    if char in POINTS:
        return [(".", "point")]
    if char in GROUPING_SPACES:
        return [("", "space")]
    if _is_left_out(char):
        return [("", "nothing")]
    if unicodedata.decimal(char, None) is not None:
        return [(str(unicodedata.decimal(char)), "word")]
    if category[0] not in "LNM" and not (category == "So" and _stands_for_letters(char)):
        return [("", "nothing" if category == "Cf" else "separator")]
    if char in AM:
        return [(char, "attached")]
    folded = char
    if not _is_hangul(char):
        parts = unicodedata.normalize("NFKD", char).casefold()
        kept = [c for c in parts if not _is_left_out(c) and unicodedata.category(c)[0] not in "PSZ"]
        folded = unicodedata.normalize("NFKD", "".join(kept).translate(PLAIN))
    if category[0] == "M":
        return [(folded, "attached")]
    singly = [(c, "single" if _is_unspaced(char) or _is_unspaced(c) else "word") for c in folded]
    if len(singly) > 1 and any(what == "single" for _, what in singly):
        return [("", "separator")] if category == "So" else [(char, "single")]
    return singly or [("", "nothing")]


def _is_unspaced(char: str) -> bool:
    return unicodedata.name(char, "").startswith(UNSPACED)


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff"


def _stands_for_letters(char: str) -> bool:
    plain = unicodedata.normalize("NFKD", char)
    return any(unicodedata.category(c)[0] == "L" for c in plain) and " " not in plain


def _is_left_out(char: str) -> bool:
    """Marks that people leave out, and the variation selectors."""
    if "\U0001f3fb" <= char <= "\U0001f3ff":  # skin tones
        return True
    if char in NUKTAS + VOICING_MARKS + TATWEEL:
        return True
    name = unicodedata.name(char, "")
    return unicodedata.category(char) in {"Mn", "Me"} and name.startswith(MARKS_DROPPED)


def _neighbours(pieces: Sequence[_Piece]) -> tuple[list[_Piece], list[int]]:
    """The pieces that are anything at all, and where they stand among all."""
    places = [place for place, piece in enumerate(pieces) if piece.what != "nothing"]
    return [pieces[place] for place in places], places


def _with_apostrophes_joined(pieces: list[_Piece]) -> list[_Piece]:
    """An apostrophe between two letters or digits is nothing; any other separates."""
    out = list(pieces)
    seen, places = _neighbours(pieces)
    for number, piece in enumerate(seen):
        if piece.what != "apostrophe":
            continue
        beside = seen[max(0, number - 1) : number] + seen[number + 1 : number + 2]
        joins = len(beside) == 2 and all(other.what == "word" for other in beside)
        out[places[number]] = piece._replace(what="nothing" if joins else "separator")
    return out


def _with_numbers_joined(pieces: list[_Piece]) -> list[_Piece]:
    """1,000 = 1.000 = 1 000 = 1000; any other point or comma between two digits is a decimal point."""
    out = list(pieces)
    seen, places = _neighbours(pieces)
    line = "".join(_sign(piece) for piece in seen)
    for number, piece in enumerate(seen):
        if piece.what not in {"point", "space"}:
            continue
        before, after = line[:number], line[number + 1 :]
        leading = len(before) - len(before.rstrip("0123456789"))
        following = len(after) - len(after.lstrip("0123456789"))
        lone_zero = leading == 1 and before.endswith("0")
        if 1 <= leading <= 3 and following == 3 and not lone_zero:
            out[places[number]] = piece._replace(text="", what="nothing")
        elif piece.what == "point" and leading and following:
            out[places[number]] = piece._replace(what="word")
    return out


def _sign(piece: _Piece) -> str:
    is_digit = piece.what == "word" and len(piece.text) == 1 and piece.text in "0123456789"
    return piece.text if is_digit else "\N{BULLET}"


# ---- matching -------------------------------------------------------------------------------------


class Alignment(NamedTuple):
    """The words of a page, from `first` to `last`, that reproduce a quote; `same` of them are the quote's."""

    first: int
    last: int
    same: int


def exact_places(quote: Sequence[str], page: Sequence[str]) -> list[int]:
    """Every token of the page at which all the quote's words stand in a row."""
    quote, page = list(quote), list(page)
    return [place for place in range(len(page) - len(quote) + 1) if page[place : place + len(quote)] == quote]


def shares_a_run(quote: Sequence[str], page: Sequence[str], length: int = 3) -> bool:
    """Whether some `length` words in a row of the quote stand in a row on the page."""
    runs = {tuple(page[place : place + length]) for place in range(len(page) - length + 1)}
    return any(tuple(quote[place : place + length]) in runs for place in range(len(quote) - length + 1))


def align(quote: Sequence[str], page: Sequence[str]) -> Alignment:
    """The stretch of the page that is nearest to the whole quote, by the table of dynamic programming.

    A word that is the same counts one; a word changed, added or missing costs one. Nothing is charged for what
    stands before and after; among equals the shortest stretch wins.
    """
    # For each place of the page: score, and where the stretch begins, of the best that ends there.
    row = [(0, place) for place in range(len(page) + 1)]
    for number, word in enumerate(quote, 1):
        above, row = row, [(-number, 0)]
        for place, other in enumerate(page, 1):
            same = word == other
            row.append(
                max(
                    (above[place - 1][0] + (1 if same else -1), above[place - 1][1]),
                    (above[place][0] - 1, above[place][1]),
                    (row[place - 1][0] - 1, row[place - 1][1]),
                )
            )
    last = max(range(len(page) + 1), key=lambda place: (row[place][0], row[place][1] - place))
    score, first = row[last]
    changed = (len(quote) - score) // 2
    return Alignment(first, last, len(quote) - changed)
