"""Folding: text in, word tokens with their offsets out, in array operations only.

Two spellings that a reader would call the same words fold to the same tokens: case, diacritics, ligatures,
quotation marks, dashes, invisible characters, digits of any script and the grouping of their thousands make
no difference. A token is a word, or one character in the scripts that are written without spaces.

Costs (one core): about 10 ns a character; no Python loop runs over characters or words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# Raised whenever the same text may fold to other tokens than before: an index built before is then rebuilt.
FOLDING_VERSION = 1

_CHUNK = 1 << 15  # characters folded at a time: the arrays of a chunk stay in the processor's cache

# What a code point folds to, in 32 bits: a folded code point (or an expansion's number) and flags.
_SEPARATOR, _SKIPPED = 0, 1
_CODE_POINT = (1 << 21) - 1
_UNSPACED = 1 << 24  # a token of its own: Han, kana, Thai, Lao, Khmer, Myanmar …
_ATTACHED = 1 << 25  # … unless it is a mark or vowel sign, which belongs to the character before it
_SPECIAL = 1 << 27  # from here on: its meaning depends on what stands beside it, or it folds to several
_APOSTROPHE = _SPECIAL | 1 << 28
_POINT = _SPECIAL | 1 << 29
_EXPANDED = _SPECIAL | 1 << 30

_TABLE_SIZE = 0x20000  # planes 0 and 1; above them are only Han (planes 2, 3) and invisible tags (plane 14)

_APOSTROPHES = "'’‘‛`´ʼʻʹʽˈ′＇՚׳"
_POINTS = ".,٫٬．，"
# Letters whose stroke or joining is no combining mark in Unicode, though people drop it like one.
_PLAIN = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
}
# Letters that Arabic, Persian and Urdu keyboards exchange for each other.
_PLAIN |= {"ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ہ": "ه", "ۀ": "ه", "ة": "ه"}

_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x19E0, 0x19FF),
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x303C),
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x1AFF0, 0x1B16F),
)
# Marks that people leave out, or that normalisation takes apart; other scripts' marks are their vowels.
_DROPPED_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x093C, 0x093C),
    (0x09BC, 0x09BC),
    (0x0A3C, 0x0A3C),
    (0x0ABC, 0x0ABC),
    (0x0B3C, 0x0B3C),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
# Thai and Lao AM are letters to Unicode, but one grapheme cluster with the character before them.
_CLUSTERED = "\u0e33\u0eb3"
# Format characters that Unicode joins to the digit or letter after them: parts of the word, not invisible.
_PREPENDED = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}


_THOUSANDS = re.compile(r"(?<!\d)(?!0\.)\d{1,3}(?:\.\d{3})+(?!\d)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in order: three arrays of equal length.

    `hashes`: 64-bit, equal for words that fold alike. `starts`, `ends`: code points of the text as given;
    an end includes the marks and invisible characters that follow the word, so no grapheme cluster is cut.
    `unspaced`: the token is one character of a script without spaces.
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    unspaced: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.hashes)


def fold(text: str) -> Tokens:
    """Return the word tokens of `text`. Any string is accepted, lone surrogates included; time is linear."""
    code_points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    parts = [_fold_chunk(code_points[start:end], start) for start, end in _chunks(code_points)]
    if len(parts) == 1:
        return parts[0]
    return Tokens(
        np.concatenate([p.hashes for p in parts]) if parts else np.empty(0, np.uint64),
        np.concatenate([p.starts for p in parts]) if parts else np.empty(0, np.int64),
        np.concatenate([p.ends for p in parts]) if parts else np.empty(0, np.int64),
        np.concatenate([p.unspaced for p in parts]) if parts else np.empty(0, np.bool_),
    )


def folded_words(text: str, tokens: Tokens) -> list[str]:
    """Return the tokens of `text` as folded strings: for comparing words by their characters."""
    return [fold_word(text[s:e]) for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


def fold_word(word: str) -> str:
    """Fold one word, as `fold` found it, to the string that stands for it.

    >>> fold_word("Präsident’s")
    'prasidents'
    """
    if word.isascii() and word.isalpha():
        return word.lower()
    table, expansions = _table()
    out = []
    for char in _compose_jamo_text(word):
        entry = int(table[min(ord(char), _TABLE_SIZE)])
        if entry & _EXPANDED == _EXPANDED:
            out.append(expansions[entry & _CODE_POINT])
        elif entry & _POINT == _POINT:
            out.append(".")
        elif entry & _SPECIAL == 0 and entry > _SKIPPED:
            out.append(chr(entry & _CODE_POINT) if ord(char) < _TABLE_SIZE else char)
    folded = "".join(out)
    return _THOUSANDS.sub(lambda number: number[0].replace(".", ""), folded) if "." in folded else folded


def _chunks(code_points: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Cut at white space, so that no word and no number is cut; a word as long as a chunk is cut all the same."""
    start, length = 0, len(code_points)
    while length - start > _CHUNK + 256:
        end = start + _CHUNK
        breaks = np.flatnonzero(_is_break(code_points[end - 256 : end]))
        if len(breaks):
            end = end - 256 + int(breaks[-1]) + 1
        yield start, end
        start = end
    if length > start:
        yield start, length


def _is_break(code_points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """White space that does not group the thousands of a number: it is not between two digits."""
    white = (code_points == 0x20) | (code_points == 0x0A)
    digit = (code_points >= 0x30) & (code_points <= 0x39)
    white[1:] &= ~digit[:-1]
    white[:1] = False
    return white


def _fold_chunk(code_points: NDArray[np.uint32], offset: int) -> Tokens:
    table, expansions = _table()
    if len(code_points) and int(code_points.max()) >= _TABLE_SIZE:
        folded = table[np.minimum(code_points, _TABLE_SIZE)]
        high = code_points >= _TABLE_SIZE
        han = high & (code_points < 0x40000)
        folded[high] = np.where(code_points[high] >= 0xE0000, _SKIPPED, _SEPARATOR)
        folded[han] = code_points[han] | _UNSPACED
    else:
        folded = table[code_points]

    if ((folded >= 0x1100) & (folded <= 0x11FF)).any():
        folded = _compose_jamo(folded)
    kept = folded != _SKIPPED
    positions = np.flatnonzero(kept)
    if len(positions) != len(folded):
        folded = folded[positions]

    special = np.flatnonzero(folded >= _SPECIAL)
    folded, removed = _resolve_specials(folded, special, code_points, positions)
    if len(removed):
        folded = np.delete(folded, removed)
        positions = np.delete(positions, removed)
    # Where a word ends, in the text: where the next character that was not skipped begins.
    followers = np.append(positions[1:], len(code_points))
    expanded = np.flatnonzero(folded >= _SPECIAL)
    if len(expanded):
        folded, sources = _expand(folded, expanded, expansions)
        positions, followers = positions[sources], followers[sources]
    return _tokens(folded, positions + offset, followers + offset)


def _resolve_specials(
    folded: NDArray[np.uint32],
    special: NDArray[np.int64],
    code_points: NDArray[np.uint32],
    positions: NDArray[np.int64],
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give apostrophes and points the meaning that their neighbours decide; return what is to be taken out too.

    An apostrophe between letters joins them (don’t = dont). A point or comma between digits is a decimal
    point, or groups thousands and vanishes, as a space between digits does (1,000 = 1 000 = 1000).
    """
    padded = np.zeros(len(folded) + 8, np.uint32)  # four separators on each side: neighbours always exist
    padded[4:-4] = folded
    removed = []
    if len(special):
        kind = folded[special]
        place = special + 4
        before, after = padded[place - 1], padded[place + 1]
        is_expanded = (kind & _EXPANDED) == _EXPANDED
        is_apostrophe = (kind & _APOSTROPHE) == _APOSTROPHE
        joined = is_apostrophe & _is_word(before) & _is_word(after)
        is_point = (kind & _POINT) == _POINT
        between_digits = is_point & _is_digit(before) & _is_digit(after)
        thousands = between_digits.copy()
        thousands[between_digits] = _groups_thousands(padded, place[between_digits])
        folded[special[~is_expanded]] = _SEPARATOR
        folded[special[between_digits & ~thousands]] = ord(".")
        removed.append(special[joined | thousands])
    digits = np.flatnonzero(_is_digit(folded)) + 4
    if len(digits):
        spaces = digits[_is_digit(padded[digits + 2]) & (padded[digits + 1] == _SEPARATOR)] + 1
        spaces = spaces[_groups_thousands(padded, spaces)] - 4
        removed.append(spaces[_is_space(code_points[positions[spaces]])])
    return folded, np.sort(np.concatenate(removed)) if removed else np.empty(0, np.int64)


def _groups_thousands(padded: NDArray[np.uint32], place: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Exactly three digits follow, and one to three stand before that are not a lone zero."""
    after = _is_digit(padded[place + 2]) & _is_digit(padded[place + 3]) & ~_is_digit(padded[place + 4])
    too_long = _is_digit(padded[place - 4]) & _is_digit(padded[place - 3]) & _is_digit(padded[place - 2])
    lone_zero = (padded[place - 1] == ord("0")) & ~_is_digit(padded[place - 2])
    return after & ~too_long & ~lone_zero


def _is_digit(folded: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (folded >= 0x30) & (folded <= 0x39)


def _is_word(folded: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (folded > _SKIPPED) & ((folded < _SPECIAL) | ((folded & _EXPANDED) == _EXPANDED))


def _is_space(code_points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    narrow = (code_points == 0x2007) | (code_points == 0x2009) | (code_points == 0x202F)
    return narrow | (code_points == 0x20) | (code_points == 0x0A) | (code_points == 0xA0)


def _expand(
    folded: NDArray[np.uint32], expanded: NDArray[np.int64], expansions: list[str]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Put several code points where one folds to several (ﬁ = fi); return their sources' places as well."""
    texts = [expansions[int(entry) & _CODE_POINT] for entry in folded[expanded]]
    counts = np.ones(len(folded), np.int64)
    counts[expanded] = [len(text) for text in texts]
    sources = np.repeat(np.arange(len(folded)), counts)
    out = folded[sources]
    firsts = np.cumsum(counts) - counts
    for first, text in zip(firsts[expanded].tolist(), texts, strict=True):
        out[first : first + len(text)] = [ord(char) | _script_flags(ord(char), char) for char in text]
    return out, sources


def _tokens(folded: NDArray[np.uint32], positions: NDArray[np.int64], followers: NDArray[np.int64]) -> Tokens:
    word = folded > _SKIPPED
    length = len(folded)
    starting = word.copy()
    flags = folded & (_UNSPACED | _ATTACHED)
    any_unspaced = bool(flags.any())
    if any_unspaced:
        single = (flags & _UNSPACED) != 0
        attached = (flags & _ATTACHED) != 0
        starting[1:] &= ~word[:-1] | (~attached[1:] & (single[1:] | single[:-1]))
    else:
        starting[1:] &= ~word[:-1]
    starts = np.flatnonzero(starting)
    ending = word
    ending[:-1] &= ~word[1:] | starting[1:]
    ends = np.flatnonzero(ending) + 1

    powers, inverses = _powers(length)
    sums = np.zeros(length + 1, np.uint64)
    np.cumsum((folded & _CODE_POINT) * powers[:length], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return Tokens(
        mix(hashes),
        positions[starts],
        followers[ends - 1],
        single[starts] if any_unspaced else np.zeros(len(starts), np.bool_),
    )


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the entropy of each value over its 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_BASE = 0x9E3779B97F4A7C15 | 1
_power_tables: tuple[NDArray[np.uint64], NDArray[np.uint64]] = (
    np.empty(0, np.uint64),
    np.empty(0, np.uint64),
)


def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Powers of the base modulo 2^64 and their inverses: a word's hash is a difference of two prefix sums."""
    global _power_tables  # noqa: PLW0603 - grown on demand; a race computes the same table twice
    if len(_power_tables[0]) < length:
        size = max(length, 2 * _CHUNK)
        tables = []
        for base in (_BASE, pow(_BASE, -1, 1 << 64)):
            table = np.full(size, base, np.uint64)
            table[0] = 1
            tables.append(np.multiply.accumulate(table))
        _power_tables = (tables[0], tables[1])
    return _power_tables


# ---- the table of code points ---------------------------------------------------------------------


@cache
def _table() -> tuple[NDArray[np.uint32], list[str]]:
    """What each code point below 0x20000 folds to, and the texts of those that fold to several."""
    table = np.zeros(_TABLE_SIZE + 1, np.uint32)
    expansions: list[str] = []
    numbers: dict[str, int] = {}
    # Unassigned, private and surrogate code points stay separators; Hangul and Han fold to themselves.
    for code_point in _assigned():
        text = _fold_character(chr(code_point))
        if text is None:
            continue
        if len(text) == 1:
            table[code_point] = ord(text) | _script_flags(code_point, text)
        elif text == "":
            table[code_point] = _SKIPPED
        else:
            table[code_point] = _EXPANDED | numbers.setdefault(text, len(numbers))
            if len(numbers) > len(expansions):
                expansions.append(text)
    for first, last, flag in ((0xAC00, 0xD7A3, 0), (0x3400, 0x4DBF, _UNSPACED), (0x4E00, 0x9FFF, _UNSPACED)):
        table[first : last + 1] = np.arange(first, last + 1, dtype=np.uint32) | flag
    for char in _APOSTROPHES:
        table[ord(char)] = _APOSTROPHE
    for char in _POINTS:
        table[ord(char)] = _POINT
    return table, expansions


def _assigned() -> Iterator[int]:
    category: Callable[[str], str] = unicodedata.category
    for code_point in range(_TABLE_SIZE):
        if 0xAC00 <= code_point <= 0xD7A3 or 0x3400 <= code_point <= 0x4DBF or 0x4E00 <= code_point <= 0x9FFF:
            continue
        if category(chr(code_point))[0] in "LNMCS":
            yield code_point


def _fold_character(char: str) -> str | None:
    """The folded text of a character: "" if it is skipped, None if it separates words."""
    if ord(char) in _PREPENDED:
        return char
    category = unicodedata.category(char)
    if category == "Cf" or _is_dropped_mark(ord(char)):
        return ""
    if category[0] not in "LNM":
        # Symbols that stand for letters or digits (™, ℃, ㎏): what they stand for is a word.
        plain = unicodedata.normalize("NFKD", char) if category == "So" else ""
        if not any(unicodedata.category(c)[0] == "L" for c in plain) or any(c.isspace() for c in plain):
            return None
    if char in _CLUSTERED:
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    out = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        plain = _PLAIN.get(part, part)
        if part.isspace() or unicodedata.category(part)[0] in "PSZ":
            continue
        if not _is_dropped_mark(ord(part)):
            out.append(unicodedata.normalize("NFKD", plain))
    return "".join(out)


def _is_dropped_mark(code_point: int) -> bool:
    return any(first <= code_point <= last for first, last in _DROPPED_MARKS)


def _script_flags(code_point: int, text: str) -> int:
    if not any(first <= code_point <= last or first <= ord(text) <= last for first, last in _UNSPACED_RANGES):
        return 0
    attached = unicodedata.category(chr(code_point))[0] == "M" or chr(code_point) in _CLUSTERED
    return _UNSPACED | (_ATTACHED if attached else 0)


# ---- Hangul: decomposed syllables are put together --------------------------------------------------


def _compose_jamo(folded: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Compose conjoining jamo to syllables (Unicode 3.12): the syllable takes the first place, the rest skip."""
    padded = np.append(folded, np.zeros(2, np.uint32)).astype(np.int64)
    lead, vowel, trail = padded[:-2] - 0x1100, padded[1:-1] - 0x1161, padded[2:] - 0x11A7
    pair = (lead >= 0) & (lead < 19) & (vowel >= 0) & (vowel < 21)
    triple = pair & (trail > 0) & (trail < 28)
    out = folded.copy()
    syllables = 0xAC00 + (lead * 21 + vowel) * 28 + np.where(triple, trail, 0)
    out[pair] = syllables[pair].astype(np.uint32)
    out[np.flatnonzero(pair) + 1] = _SKIPPED
    out[np.flatnonzero(triple) + 2] = _SKIPPED
    return out


def _compose_jamo_text(word: str) -> str:
    return unicodedata.normalize("NFC", word) if any("\u1100" <= c <= "\u11ff" for c in word) else word
