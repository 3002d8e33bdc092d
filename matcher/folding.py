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
FOLDING_VERSION = 2

_CHUNK = 1 << 15  # characters folded at a time: the arrays of a chunk stay in the processor's cache
_LOOK_BACK = 256  # characters in which a place to cut is looked for

# What a code point folds to, in 32 bits: a folded code point (or an expansion's number) and flags.
_SEPARATOR, _SKIPPED, _SPACE, _MUTE = 0, 1, 2, 3  # mute: of a word, but not of its hash
_CODE_POINT = (1 << 21) - 1
_UNSPACED = 1 << 24  # a token of its own: Han, kana, Thai, Lao, Khmer, Myanmar …
_ATTACHED = 1 << 25  # … unless it is a mark or vowel sign, which belongs to the character before it
_SPECIAL = 1 << 27  # from here on: its meaning depends on what stands beside it, or it folds to several
_APOSTROPHE = _SPECIAL | 1 << 28
_POINT = _SPECIAL | 1 << 29
_EXPANDED = _SPECIAL | 1 << 30
_JAMO = _SPECIAL | 1 << 26  # a part of a Hangul syllable
_PAD = 4  # separators on both sides of a chunk

_TABLE_SIZE = 0x20000  # planes 0 and 1
_LAST_HAN = 0x40000  # planes 2 and 3
_TAGS = 0xE0000, 0xE1000  # invisible; all else above is private

# White space that may group the thousands of a number.
_SPACES = " \n\u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'’‘‛`´ʼʻʹʽˈ′＇՚׳"
_POINTS = ".,٫٬．，"
# Letters whose stroke or joining is no combining mark in Unicode, though people drop it like one.
PLAIN_LETTERS = {
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
PLAIN_LETTERS |= {"ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ہ": "ه", "ۀ": "ه", "ة": "ه"}


def _code_points(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(code_point for first, last in ranges for code_point in range(first, last + 1))


_UNSPACED_CODE_POINTS = _code_points(
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
_DROPPED_MARKS = _code_points(
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x0640, 0x0640),  # tatweel, a letter to Unicode, only stretches the line
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
    (0x1F3FB, 0x1F3FF),  # skin tones
)
# Thai and Lao AM are letters to Unicode, but one grapheme cluster with the character before them.
_CLUSTERED = "\u0e33\u0eb3"
# Format characters that Unicode joins to the digit or letter after them: parts of the word, not invisible.
_PREPENDED = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}


# Text in which a word is what a regular expression finds: most of what is short and in Latin or Cyrillic letters.
_SIMPLE = "A-Za-z0-9À-ÖØ-öø-ɏЀ-ҁҊ-ԯ"
_SIMPLE_TEXT = re.compile(rf"[\t\n\r -~\u00a0¡«»¿‘’“”„‚‹›–—…€{_SIMPLE}]*")
_SIMPLE_WORD = re.compile(rf"[{_SIMPLE}]+(?:(?:['’‘`]|(?<=[0-9])[.,](?=[0-9]))[{_SIMPLE}]+)*")
_NUMBER_WITH_SPACES = re.compile(r"[0-9]\s[0-9]")
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


def offsets(text: str) -> list[tuple[int, int]]:
    """Return where the tokens of `text` start and end: as `fold`, but faster for most short texts."""
    if _SIMPLE_TEXT.fullmatch(text) and not _NUMBER_WITH_SPACES.search(text):
        return [match.span() for match in _SIMPLE_WORD.finditer(text)]
    tokens = fold(text)
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def folded_words(text: str) -> list[str]:
    """Return the tokens of `text` as folded strings."""
    return [fold_word(text[start:end]) for start, end in offsets(text)]


def fold_word(word: str) -> str:
    """Fold one word, as `fold` found it, to the string that stands for it.

    >>> fold_word("Präsident’s")
    'prasidents'
    """
    if word.isascii() and word.isalpha():
        return word.lower()
    table, expansions = code_point_table()
    out = []
    for char in _compose_jamo_text(word):
        entry = int(table[min(ord(char), _TABLE_SIZE)])
        if _TABLE_SIZE <= ord(char) < _LAST_HAN or entry & _JAMO == _JAMO:
            out.append(char)
        elif entry & _EXPANDED == _EXPANDED:
            out.append(expansions[entry & _CODE_POINT])
        elif entry & _POINT == _POINT:
            out.append(".")
        elif entry & _SPECIAL == 0 and entry > _SPACE:
            out.append(chr(entry & _CODE_POINT))
    folded = "".join(out)
    return _THOUSANDS.sub(lambda number: number[0].replace(".", ""), folded) if "." in folded else folded


def is_unspaced(char: str) -> bool:
    """Whether a character is a token of its own: of a script that is written without spaces."""
    return ord(char) >= _TABLE_SIZE or bool(int(code_point_table()[0][ord(char)]) & _UNSPACED)


def _chunks(code_points: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Cut where no word and no number is cut; a word as long as a chunk is cut all the same, but no cluster."""
    start, length = 0, len(code_points)
    while length - start > _CHUNK + _LOOK_BACK:
        end = start + _CHUNK
        window = code_points[end - _LOOK_BACK : end + 1]
        for breaks in (_after_words(window), _after_clusters(window)):
            places = np.flatnonzero(breaks)
            if len(places):
                end += int(places[-1]) + 1 - _LOOK_BACK
                break
        yield start, end
        start = end
    if length > start:
        yield start, length


def _after_words(window: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """After which characters a word ends: white space that groups no thousands, and Han or kana before another."""
    white = (window == 0x20) | (window == 0x0A)
    white[1:] &= ~((window[:-1] >= 0x30) & (window[:-1] <= 0x39))
    white[:1] = False
    han = ((window >= 0x3041) & (window <= 0x3096)) | ((window >= 0x3400) & (window <= 0x9FFF))
    return white[:-1] | (han[:-1] & han[1:])


def _after_clusters(window: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """After which characters a grapheme cluster ends, or at least no mark follows."""
    following = code_point_table()[0].take(window[1:], mode="clip")
    return (following != _SKIPPED) & ((following & _ATTACHED) == 0) & ((following & _JAMO) != _JAMO)


def _fold_chunk(code_points: NDArray[np.uint32], offset: int) -> Tokens:
    """Fold a chunk whose first character is number `offset` of the text.

    Separators are put on both sides, so that every character has neighbours.
    """
    table, expansions = code_point_table()
    folded = np.zeros(len(code_points) + 2 * _PAD, np.uint32)
    inner = folded[_PAD:-_PAD]
    np.take(table, code_points, out=inner, mode="clip")
    if int(code_points.max()) >= _TABLE_SIZE:
        _fold_high_planes(code_points, inner)
    special = np.flatnonzero(folded >= _SPECIAL)
    kinds = folded[special]
    if ((kinds & _JAMO) == _JAMO).any():
        _compose_jamo(folded)
        special = np.flatnonzero(folded >= _SPECIAL)

    positions = None  # of the characters, where some were taken out or put in
    skipped = np.flatnonzero(folded == _SKIPPED)
    if len(skipped) and not _stay(folded, skipped):
        positions = np.flatnonzero(folded != _SKIPPED)
        folded = folded[positions]
        special = np.flatnonzero(folded >= _SPECIAL)
        skipped = skipped[:0]
    mute = np.concatenate([skipped[folded[skipped] == _MUTE], _resolve_specials(folded, special)])
    folded[mute] = _MUTE
    if len(special) and int(folded.max()) >= _SPECIAL:
        folded, sources = _expand(folded, np.flatnonzero(folded >= _SPECIAL), expansions)
        positions = sources if positions is None else positions[sources]
        mute = np.flatnonzero(folded == _MUTE)

    starts, ends, unspaced = _find_tokens(folded)
    hashes = _hash_tokens(folded, starts, ends, np.sort(mute))
    if positions is not None:
        # A word ends where the next character begins that was not taken out: marks stay with their letter. An
        # expansion is never cut, but where it ends the next position is another character's.
        following = np.append(positions[1:], positions[-1] + 1)
        starts, ends = positions[starts], np.maximum(following[ends - 1], positions[ends - 1] + 1)
    if unspaced is None:
        unspaced = np.zeros(len(starts), np.bool_)
    return Tokens(hashes, starts + (offset - _PAD), ends + (offset - _PAD), unspaced)


def _stay(folded: NDArray[np.uint32], skipped: NDArray[np.int64]) -> bool:
    """Make skipped characters, in place, a mute part of the word that they follow, or a separator after another.

    That is all that most texts need, and spares to move all characters. False, and nothing done, where several
    stand in a row, or beside a digit, an apostrophe or a character of a script without spaces.
    """
    before, after = folded[skipped - 1], folded[skipped + 1]
    unsure = (before == _SKIPPED) | (((before | after) & ~np.uint32(_CODE_POINT)) != 0)
    if (unsure | _is_digit(before) | _is_digit(after)).any():
        return False
    folded[skipped] = np.where(_is_word(before), _MUTE, _SEPARATOR)
    return True


def _fold_high_planes(code_points: NDArray[np.uint32], folded: NDArray[np.uint32]) -> None:
    high = np.flatnonzero(code_points >= _TABLE_SIZE)
    values = code_points[high]
    tags = (values >= _TAGS[0]) & (values < _TAGS[1])
    folded[high] = np.where(values < _LAST_HAN, values | _UNSPACED, np.where(tags, _SKIPPED, _SEPARATOR))


def _resolve_specials(folded: NDArray[np.uint32], special: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give apostrophes and points, in place, the meaning that their neighbours decide; return what is to go.

    An apostrophe between letters joins them (don’t = dont). A point or comma between digits is a decimal
    point, or groups thousands and vanishes, as a space between digits does (1,000 = 1 000 = 1000).
    """
    removed = []
    if len(special):
        kinds = folded[special]
        apostrophes = special[kinds == _APOSTROPHE]
        points = special[kinds == _POINT]
        before, after = folded[apostrophes - 1], folded[apostrophes + 1]
        joining = _is_word(before) & _is_word(after) & (((before | after) & (_UNSPACED | _ATTACHED)) == 0)
        removed.append(apostrophes[joining])
        decimal = points[_is_digit(folded[points - 1]) & _is_digit(folded[points + 1])]
        thousands = _groups_thousands(folded, decimal)
        removed.append(decimal[thousands])
        folded[apostrophes] = _SEPARATOR
        folded[points] = _SEPARATOR
        folded[decimal] = ord(".")
    digits = np.flatnonzero(_is_digit(folded))
    if len(digits):
        spaces = digits[(folded[digits + 1] == _SPACE) & _is_digit(folded[digits + 2])] + 1
        if len(spaces):
            removed.append(spaces[_groups_thousands(folded, spaces)])
    return np.concatenate(removed) if removed else special


def _groups_thousands(folded: NDArray[np.uint32], place: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Exactly three digits follow, and one to three stand before that are not a lone zero."""
    after = _is_digit(folded[place + 2]) & _is_digit(folded[place + 3]) & ~_is_digit(folded[place + 4])
    too_long = _is_digit(folded[place - 4]) & _is_digit(folded[place - 3]) & _is_digit(folded[place - 2])
    lone_zero = (folded[place - 1] == ord("0")) & ~_is_digit(folded[place - 2])
    return after & ~too_long & ~lone_zero


def _is_digit(folded: NDArray[np.uint32]) -> NDArray[np.bool_]:
    # One comparison: what is below "0" wraps around to a large number.
    return (folded - np.uint32(0x30)) <= 9


def _is_word(folded: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (folded > _SPACE) & ((folded < _SPECIAL) | ((folded & _EXPANDED) == _EXPANDED))


def _expand(
    folded: NDArray[np.uint32], expanded: NDArray[np.int64], expansions: list[str]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Put several code points where one folds to several (ﬁ = fi); return their sources' places as well."""
    texts = [expansions[int(entry) & _CODE_POINT] for entry in folded[expanded]]
    counts = np.ones(len(folded), np.int64)
    counts[expanded] = [len(text) for text in texts]
    sources = np.repeat(np.arange(len(folded)), counts)
    out = folded.take(sources)
    added = counts.take(expanded) - 1
    firsts = expanded + np.cumsum(added) - added
    for first, text in zip(firsts.tolist(), texts, strict=True):
        out[first : first + len(text)] = [ord(char) | _script_flags(ord(char), char) for char in text]
    return out, sources


def _find_tokens(
    folded: NDArray[np.uint32],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_] | None]:
    """Return where tokens start and end, and which are single characters (None: none is)."""
    word = folded > _SPACE
    if int(folded.max()) < _UNSPACED:
        edges = np.flatnonzero(word[1:] != word[:-1]) + 1
        return edges[::2], edges[1::2], None
    single = (folded & _UNSPACED) != 0
    attached = (folded & _ATTACHED) != 0
    # A mark on something that is no word is none either.
    bases = np.maximum.accumulate(np.where(attached, 0, np.arange(len(folded))))
    word &= word[bases]
    starting = word.copy()
    starting[1:] &= ~word[:-1] | (~attached[1:] & (single[1:] | single[bases[:-1]]))
    ending = word
    ending[:-1] &= ~word[1:] | starting[1:]
    starts = np.flatnonzero(starting)
    return starts, np.flatnonzero(ending) + 1, single[starts]


def _hash_tokens(
    folded: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], mute: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A polynomial of each token's characters, from the difference of two prefix sums; mute ones do not count.

    With s the sums, a token from i to j has (s[j] - s[i]) / base^i. Behind a mute character all exponents are
    one too high, behind a second one two: the tail is taken off and put on again with the right one.
    """
    characters = folded & _CODE_POINT
    characters[mute] = 0
    sums = power_sums(characters)
    hashes = hash_between(sums, starts, ends)
    if len(mute):
        _, inverses = _powers(len(folded) + len(mute))
        token = np.searchsorted(starts, mute, side="right") - 1
        rank = np.arange(len(mute)) - np.searchsorted(token, token)
        tails = sums[ends[token]] - sums[mute + 1]
        place = starts[token] + rank
        np.add.at(hashes, token, tails * (inverses[place + 1] - inverses[place]))
    return mix(hashes)


def power_sums(values: NDArray[np.integer]) -> NDArray[np.uint64]:
    """The sum of the values before each place, and of all, each times its power of the base: one more than values."""
    sums = np.empty(len(values) + 1, np.uint64)
    sums[0] = 0
    np.cumsum(values * _powers(len(values))[0][: len(values)], out=sums[1:])
    return sums


def hash_between(
    sums: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """What the values from each start to its end hash to, wherever they stand, of their `power_sums`."""
    return (sums.take(ends) - sums.take(starts)) * _powers(len(sums))[1].take(starts)


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
def code_point_table() -> tuple[NDArray[np.uint32], list[str]]:
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
    for char in _SPACES:
        table[ord(char)] = _SPACE
    table[0x1100:0x1200] = np.arange(0x1100, 0x1200, dtype=np.uint32) | _JAMO
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
        kind = category(chr(code_point))
        # What is unassigned to this Python may be a newer Unicode's mark: it stands among marks.
        if kind[0] in "LNMS" or kind == "Cf" or (kind == "Cn" and code_point in _DROPPED_MARKS):
            yield code_point


def _fold_character(char: str) -> str | None:
    """The folded text of a character: "" if it is skipped, None if it separates words."""
    if ord(char) in _PREPENDED:
        return char
    category = unicodedata.category(char)
    if category == "Cf" or ord(char) in _DROPPED_MARKS:
        return ""
    if category[0] not in "LNM" and not _stands_for_letters(char, category):
        return None
    if char in _CLUSTERED:
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    out = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        plain = PLAIN_LETTERS.get(part, part)
        if part.isspace() or unicodedata.category(part)[0] in "PSZ":
            continue
        if ord(part) not in _DROPPED_MARKS:
            out.append(unicodedata.normalize("NFKD", plain))
    folded = "".join(out)
    # One character that stands for several of a script without spaces would be several tokens in one place.
    return char if len(folded) > 1 and any(ord(part) in _UNSPACED_CODE_POINTS for part in folded) else folded


def _stands_for_letters(char: str, category: str) -> bool:
    """Whether a symbol stands for one word (™, ℃, ㎏)."""
    plain = unicodedata.normalize("NFKD", char) if category == "So" else ""
    several = len(plain) > 1 and any(ord(part) in _UNSPACED_CODE_POINTS for part in plain)
    letters = any(unicodedata.category(part)[0] == "L" for part in plain)
    return letters and not several and not any(part.isspace() for part in plain)


def _script_flags(code_point: int, text: str) -> int:
    # A kept mark or vowel sign is one grapheme cluster with the character before it, of whatever script.
    attached = unicodedata.category(chr(code_point))[0] == "M" or chr(code_point) in _CLUSTERED
    flags = _ATTACHED if attached else 0
    return flags | (_UNSPACED if ord(text) in _UNSPACED_CODE_POINTS else 0)


# ---- Hangul: decomposed syllables are put together --------------------------------------------------


def _compose_jamo(folded: NDArray[np.uint32]) -> None:
    """Compose conjoining jamo to syllables (Unicode 3.12), in place: the first place has it, the rest are skipped.

    Jamo that make no syllable become letters of their own.
    """
    is_jamo = (folded & _JAMO) == _JAMO
    plain = np.where(is_jamo, folded & _CODE_POINT, folded)
    # What only folds to jamo (ㅋㅋ) is composed with nothing.
    padded = np.append(np.where(is_jamo, plain, 0), np.zeros(2, np.uint32)).astype(np.int64)
    lead, vowel, trail = padded[:-2] - 0x1100, padded[1:-1] - 0x1161, padded[2:] - 0x11A7
    pair = (lead >= 0) & (lead < 19) & (vowel >= 0) & (vowel < 21)
    triple = pair & (trail > 0) & (trail < 28)
    syllables = 0xAC00 + (lead * 21 + vowel) * 28 + np.where(triple, trail, 0)
    folded[:] = plain
    folded[pair] = syllables[pair].astype(np.uint32)
    folded[np.flatnonzero(pair) + 1] = _SKIPPED
    folded[np.flatnonzero(triple) + 2] = _SKIPPED


def _compose_jamo_text(word: str) -> str:
    return unicodedata.normalize("NFC", word) if any("\u1100" <= c <= "\u11ff" for c in word) else word
