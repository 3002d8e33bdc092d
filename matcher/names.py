"""Names that a page puts for other names.

A name is a word with a capital that is no ordinary word (`ordinary_words`) or, where the quote shows that no
sentence begins there, no small one. Both sides must have a name that the other has not, in no spelling: titles and
first names that come or go, endings, transliterations and acronyms are no other name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

from rapidfuzz.distance import DamerauLevenshtein

from matcher.beside import Beside
from matcher.languages import is_small_word, language_of
from matcher.marks import has_saying, is_announced
from matcher.number_words import NUMBER_WORDS
from matcher.ordinary_words import is_german_noun, is_ordinary
from matcher.uncased_names import uncased_names_differ
from matcher.word_lists import read_sections

_NOTHING = Beside()
_LONGEST = 2000  # characters of a side that are looked at
_MOST_NAMES = 20  # of a side that are compared
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"(?:[.!?:…]|[.!?]?[\"”»])\s*[\"“„«(\[‘']*$|\n\s*$|^[\"“„«(\[‘' ]*$")
_POSSESSIVE = re.compile(r"['’]\w{1,2}$")
_ARTICLE = re.compile(r"^[a-zà-ÿ]{1,5}['’](?=[^\W\d_a-zà-ÿ])")  # l'Espagne, dell'Italia
_WORD_OF_SOUND = re.compile(r"\W")
_MIXED = re.compile(r"[^\W\d_][a-zà-ÿа-яё]+[A-ZÀ-ÝА-ЯЁ]")  # AfD, PiS
_NAME_AFTER = re.compile(r"[ \u00a0][\"“„«]?([^\W\d_]{2,})")
_NAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{2,})[ \u00a0]$")
# Of members of parliaments, and a country that only goes with a title: "(R-Fla.)", "U.S. Rep."
_PARTY = re.compile(
    r"\b[RDI]-(?:[A-Z][A-Za-z]*\.?)+|\bU\.?S\.? (?=(?:Rep|Sen|House|Senate|[Pp]resident|PRESIDENT)\b)"
)
_LAST_CLAUSE = re.compile(r"[^,.;:]*$")
_LISTS = read_sections("names")
_TITLES = frozenset(_LISTS["title"][0][1])
_ACRONYMS = frozenset(_LISTS["acronym"][0][1])
_GERMAN_NAMES = frozenset(_LISTS["german name"][0][1])
_SAME = {word: name for name, words in _LISTS["same"] for word in words}
# Ways in which the same sound is written in Latin letters.
_SOUNDS = [
    pair.split(">")
    for pair in ("kh>h", "gh>g", "ph>f", "ou>u", "w>v", "q>g", "ck>k", "c>k", "z>s", "y>i", "j>i")
]
_VOWELS = re.compile("[aeiouаеиоуіыэюя]")
_LEAST_MISSPELT = 5  # letters
_DOUBLED = re.compile(r"(.)\1+")
_SEVERAL_WORDS = 4  # tell how a text is written
_HEADLINE_WORDS = 3  # with a capital, which the quote writes small
_REWORDED = 3  # words that are no names: other words stand there, and no other name
_ENDING = re.compile("[aeiounsmvhk]*")  # of a name that is inflected, as `_sound` writes it
_MOST_ENDING, _LEAST_STEM, _LEAST_ABBREVIATION = 3, 4, 3  # letters, where a language inflects its names


def names_differ(checked: str, page: str, quote: str = "", beside: Beside = _NOTHING) -> bool:
    """Whether `page` puts another name for a name of `checked`, which is a part of `quote`.

    >>> names_differ("Obama", "Trump"), names_differ("Biden", "Joe Biden"), names_differ("Families", "Parents")
    (True, False, False)
    """
    if uncased_names_differ(checked, page, beside):
        return True
    ours_in_brackets, theirs_in_brackets = beside.brackets
    # What an editor sets in brackets says who was meant.
    if ours_in_brackets != (theirs_in_brackets or page.startswith("[")):
        return False
    page = _spoken(checked, page, beside)
    checked, page = (_PARTY.sub(" ", _normal(text)) for text in (checked, page))
    if any(map(_is_reworded, (checked, page))):
        return False
    capitals = _shows_capitals(quote or checked) and not _begins_sentence(checked, quote)
    page_begins = bool(beside.page_before and _SENTENCE_ENDS.search(beside.page_before[-8:]))
    names = _names(checked, capitals)
    others = _names(page, capitals and _shows_capitals(page), begins=page_begins)
    if not (names and others) or _may_be_german_nouns(checked, page, quote):
        return False
    new = [name for name in others if not any(_is_same(name, other) for other in names)]
    old = [name for name in names if not any(_is_same(name, other) for other in others)]
    if not (new and old) or _is_short_for(new, checked) or _is_short_for(old, page):
        return False
    ours = _halves(checked, beside.before, beside.after)
    theirs = _halves(page, beside.page_before, beside.page_after)
    for mine, other in zip(ours, theirs, strict=True):
        # A first name that comes or goes before its last name, or the other way round.
        if mine and not other:
            old = [name for name in old if name not in mine]
        elif other and not mine:
            new = [name for name in new if name not in other]
    return bool(new and old)


def _is_reworded(text: str) -> bool:
    """Whether `text` is no name for another one: all small, over the end of a paragraph, or of several words that are
    neither names nor small ones nor titles."""
    words = [word.casefold() for word in _WORD.findall(text) if word.islower()]
    others = sum(not (is_small_word(word) or word in _TITLES) for word in words)
    return text.islower() or others >= _REWORDED or _runs_over(text)


def _may_be_german_nouns(checked: str, page: str, quote: str) -> bool:
    if language_of(quote or f"{checked} {page}") != "de":
        return False
    words = _WORD.findall(checked) + _WORD.findall(page)
    return any(word.islower() or _is_only_noun(word) for word in words)


def _spoken(checked: str, page: str, beside: Beside) -> str:
    """The page's side without who says it."""
    said = beside.said(checked, page)
    if is_announced(said, beside.page_after) and not has_saying(checked):
        said = _LAST_CLAUSE.sub("", said)
    return said


def _halves(text: str, before: str, after: str) -> tuple[list[str], list[str]]:
    """The words of `text` that may be the first half of a name that goes on after it, and the last half of one that
    begins before it: those with a capital right beside one."""
    words = _WORD.findall(text)
    first: list[str] = []
    last: list[str] = []
    following, leading = _NAME_AFTER.match(after), _NAME_BEFORE.search(before)
    if following and _has_capital(following[1]) and text[-1:].isalpha():
        first = _bare(takewhile(_has_capital, reversed(words)))
    if leading and _has_capital(leading[1]) and text[:1].isalpha():
        last = _bare(takewhile(_has_capital, words))
    return first, last


def _has_capital(word: str) -> bool:
    return word in _ACRONYMS or (word[0].isupper() and not is_small_word(word.casefold()))


def _bare(words: Iterable[str]) -> list[str]:
    return [_bare_name(word) for word in words if word.casefold() not in _TITLES]


def share_of_names(text: str, quote: str = "") -> float:
    """How much of `text` is names: of its words, but for small ones and German nouns, those with a capital.

    Text in capitals throughout, in the Capitals of a Headline, or in a script without any says nothing of names; so
    does one that gives capitals to some words that `quote` writes small.

    >>> share_of_names("the Department of Health and Human Services"), share_of_names("Why Do They Insist On It")
    (1.0, 0.0)
    """
    text = _normal(text)
    words = _WORD.findall(text)
    words = [word for word in words if word.lower() != word.upper()]
    particles = [word for word in words if is_small_word(word.casefold())]
    if text.isupper() or sum(len(word) > 1 and word.istitle() for word in particles) > 1:
        return 0.0
    words = [word for word in words if not is_small_word(word.casefold())]
    quote = _normal(quote)
    small = {lowered for word in words if not word.islower() and (lowered := word.casefold()) in quote}
    if len(small) >= _HEADLINE_WORDS and len(small.intersection(_WORD.findall(quote))) >= _HEADLINE_WORDS:
        return 0.0
    if language_of(text) == "de":
        words = [word for word in words if word.islower() or not _is_only_noun(word)]
    return sum(not word.islower() for word in words) / len(words) if words else 0.0


def _is_only_noun(word: str) -> bool:
    """Whether a capital makes no name of a German word."""
    return is_german_noun(word) and word.casefold() not in _GERMAN_NAMES


def _normal(text: str) -> str:
    text = text[:_LONGEST]
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _runs_over(page: str) -> bool:
    return "\n" in page.strip() and len(_WORD.findall(page)) >= _SEVERAL_WORDS


def _shows_capitals(text: str) -> bool:
    """Whether a capital means something: not in capitals throughout, nor in Headlines."""
    words = _WORD.findall(_normal(text))
    return len(words) < _SEVERAL_WORDS or sum(not word[0].islower() for word in words) <= 0.5 * len(words)


def _begins_sentence(checked: str, quote: str) -> bool:
    """Whether a sentence of `quote` begins with `checked`; without a quote it may."""
    quote = _normal(quote)
    place = quote.find(checked) if quote else 0
    return place < 0 or bool(_SENTENCE_ENDS.search(quote[max(0, place - 8) : place]))


def _names(text: str, capitals: bool, *, begins: bool = False) -> list[str]:
    """The names of `text`. `capitals`: a capital makes a name of a word, except where a sentence begins in `text`, or
    with it (`begins`)."""
    names: list[str] = []
    for match in _WORD.finditer(text):
        word = _bare_name(match[0])
        before = text[max(0, match.start() - 8) : match.start()]
        is_first = _SENTENCE_ENDS.search(before) if match.start() else begins
        if _is_name(word, capitals and not is_first):
            names.append(word)
    return names[:_MOST_NAMES]


def _bare_name(word: str) -> str:
    """A word without the article that it is drawn together with, its possessive and its points: l'Espagne's."""
    word = _POSSESSIVE.sub("", _ARTICLE.sub("", word).replace(".", ""))
    return word[:-1] if word.endswith("s") and word[:-1].isupper() else word  # IDs, CEOs


def _is_name(word: str, capital_tells: bool) -> bool:
    folded = word.casefold()
    if word in _ACRONYMS or _MIXED.search(word):
        return True
    if len(word) < 2 or not word[0].isupper() or folded in _TITLES or folded in NUMBER_WORDS:
        return False
    return not is_small_word(folded) and (capital_tells or not is_ordinary(folded))


def _is_same(name: str, other: str) -> bool:
    a, b = _sound(name), _sound(other)
    if a == b or _is_handle_of(a, other) or _is_handle_of(b, name):
        return True
    shorter, longer = sorted((a, b), key=len)
    if _is_misspelling(shorter, longer):
        return True
    stem = _common_start(shorter, longer)
    if stem == len(shorter) >= _LEAST_ABBREVIATION:  # Wisconsin and Wis., Russia and Russian
        return longer[stem:] not in ("na", "ia")  # India and Indiana, Niger and Nigeria
    if len(longer) - stem > _MOST_ENDING - a.isascii() or stem < _LEAST_STEM + a.isascii():
        return False
    endings = shorter[stem:], longer[stem:]
    return (
        not a.isascii() or len("".join(endings)) <= _MOST_ENDING - 1 or all(map(_ENDING.fullmatch, endings))
    )


def _is_handle_of(sound: str, name: str) -> bool:
    """Whether a name is a part of another one that is written as one word: Trump of realDonaldTrump, Warnock of
    ReverendWarnock."""
    return (
        len(sound) >= _LEAST_STEM
        and bool(_MIXED.search(name))
        and _WORD_OF_SOUND.sub("", sound) in _sound(name)
    )


def _is_misspelling(shorter: str, longer: str) -> bool:
    """One letter too many or two exchanged; one vowel for another. A consonant makes a name: Iceland, Ireland."""
    if len(longer) < _LEAST_MISSPELT or DamerauLevenshtein.distance(shorter, longer, score_cutoff=1) > 1:
        return False
    moved = len(shorter) < len(longer) or sorted(shorter) == sorted(longer)
    return moved or (len(shorter) > _LEAST_MISSPELT and _VOWELS.sub("", shorter) == _VOWELS.sub("", longer))


def _sound(name: str) -> str:
    """What a name sounds like, roughly: Zelensky, Zelenskyy and Selenskyj alike."""
    name = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    name = _SAME.get(name, name)
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    return _DOUBLED.sub(r"\1", name)


def _common_start(a: str, b: str) -> int:
    return next(
        (place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _is_short_for(names: list[str], text: str) -> bool:
    """Whether all of `names` are short for words of `text`: ICE for Immigration and Customs Enforcement.

    Spanish doubles the initials of what is many: EE.UU. are the Estados Unidos.
    """
    words = _WORD.findall(text)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    initials = "".join(word[0] for word in words).upper()
    shorts = [name if name.isupper() else _SAME.get(name.casefold(), "").upper() for name in names]
    return all(
        len(short) > 1
        and (short in capitals or short in initials or (len(set(short)) == 1 and short[0] in capitals))
        for short in shorts
    )
