"""How often a text negates, to tell a change that adds or loses a "not".

Words count, not grammar: each negation counts one; where a language says one negation in several words
(ne … pas, nie … nigdy, no … nada) only the leading one counts. Words that may stand for a negation
("failed to", "neither") widen the count to a range, and two ranges that meet are no difference.
"""

from __future__ import annotations

import re
import unicodedata

from matcher.languages import LETTER, language_of
from matcher.word_lists import read_words

_LONGEST = 5000  # characters of a side that are looked at
_MOST_PAIRED = 60  # words of a side whose prefixes are compared
_WORD = re.compile(rf"{LETTER}+(?:['’ʼ]{LETTER}+)*['’]?")

_WORDS = read_words("negations")
_NEGATIONS, _COMPANIONS, _POSSIBLE = _WORDS["negation"], _WORDS["companion"], _WORDS["possible"]
# These count in some languages only: "no" is "in the" in Portuguese, "ne" is "of it" in Italian.
_ONLY_IN: dict[str, frozenset[str]] = {
    "nu": frozenset(["ro"]),
    "mai": frozenset(["it"]),
    "né": frozenset(["it"]),
    "ni": frozenset(["es", "fr"]),
}
_NOT_IN: dict[str, frozenset[str]] = {
    "no": frozenset(["pt", "pl", "fr", "de", "cs"]),
    "ne": frozenset(["it", "ro", "tr", "en", "es", "pt", "de", "nl", "pl"]),
    "sin": frozenset(["en"]),
    "pas": frozenset(["en", "nl", "pl"]),
}
# Words that only look like a negation.
_NO_NEGATION = re.compile(
    r"""\b(?i:
        (?:not|non)\s(?:only|just|merely|simply|solo|soltanto|seulement)
      | no\s(?:s[oó]lo|solamente|únicamente|doubt|matter) | none\sother | nothing\sbut | without\s(?:a\s)?doubt
      | n[ãa]o\s(?:s[óo]|apenas|somente) | nicht\s(?:nur|zuletzt) | niet\salleen | nie\stylko | nu\s(?:doar|numai)
      | не\s(?:только|тільки|лише)
      | more\soften\sthan\snot | goes\swithout\ssaying | if\snot\s(?:the|more|all|most|worse|better)
      | sans\s(?:aucun\s)?doute | sin\s(?:ninguna\s)?duda | sem\sdúvida | senza\sdubbio | ohne\sZweifel
      | без\s(?:сомнения|сумніву) | bez\swątpienia
      | or\snot | oder\snicht | ou\s(?:pas|non|n[ãa]o) | o\sno | czy\snie | или\sне
      | لا\s(?:يزال|تزال|يزالون|زال|زالت) | ما\s(?:زال|زالت|يزال) | ليس\sفقط | न\sकेवल
    )\b
    | \bNo\.?\s?(?=\d) | \bno\.\s?(?=\d) | \b[Nn][o°º]\.?\s?(?=\d)   # number 1
    | (?<!\w)R[ou]ck\s'n'""",
    re.VERBOSE,
)
_NON = re.compile(rf"\b[Nn]on[-‐‑]({LETTER}+)")
_CHINESE_NO_NEGATION = re.compile(
    "不过|不過|不仅|不僅|不但|不只|不光|不断|不斷|不同(?!意)|不久|不少|不管|不论|不論|无论|無論|不得不|不如|不禁|不由|不料|不惜|不停|不错|不錯|了不起|差不多|对不起|對不起"
    "|非常|非洲|是非|除非|未来|未來|别人|別人|别的|別的|特别|特別|分别|分別|区别|區別|个别|個別|级别|級別|性别|性別|差别|差別|告别|告別|类别|類別|别墅|识别|識別|辨别|鉴别"
    "|没收|沒收|沉没|沉沒|淹没|淹沒|埋没|无数|無數|无线|無線|无人机|無人機|无锡|(.)(?:不|没|沒)\\1|有没有|有沒有"
    "|かもしれない|かもしれません|違いない|少ない|危ない|なければならない|なければなりません|なくてはならない|無料|無事"
)
_CHINESE_NEGATION = re.compile("[不没沒无無非未别別勿毋]|ない|なかった|なく(?!な)|ません|ずに")
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")
_THAI_NEGATION = re.compile("ไม่(?!เพียง|ใช่แค่)|มิได้")
_KOREAN_NEGATION = re.compile(r"않|없|못|아니|아닌|(?<!\S)안(?!\S)|말아|말라")
_KOREAN_NO_NEGATION = re.compile(r"뿐만\s?아니|끊임없|틀림없|수없이|어쩔 수 없|잘못")

_PREFIXES = (
    "un", "in", "im", "il", "ir", "dis", "non", "des", "dés", "i", "nie", "ne", "не",
)  # fmt: skip
_ENDING = re.compile(
    r"(?:ness|ment|ing|ed|es|er|en|em|s|d|e|ly|a|o|as|os|i|y|ый|ий|ая|ое|ые|ого|ной|ным|ных|ную|о|а|и|ы|ej|ego|ych|ą|ie)$"
)


def negation_differs(checked: str, page: str, quote: str = "") -> bool:
    """Whether one text negates what the other does not.

    `quote`: the text around, to know the language of words that negate in one and mean nothing in another.

    >>> negation_differs("strongly rejects", "does not reject"), negation_differs("isn't", "is not")
    (True, False)
    >>> negation_differs("is legal", "is illegal"), negation_differs("not legal", "illegal")
    (True, False)
    """
    checked, page = _normal(checked), _normal(page)
    words, others = _WORD.findall(checked), _WORD.findall(page)
    if _is_or_for_no(words, others) or _is_or_for_no(others, words):
        return False
    checked, page = _without_descriptions(checked, others), _without_descriptions(page, words)
    words, others = _WORD.findall(checked), _WORD.findall(page)
    language = _Language(f"{quote} {checked} {page}")
    sure_a, possible_a = _count(checked, words, language)
    sure_b, possible_b = _count(page, others, language)
    shared = possible_a & possible_b
    sure_a += _opposites(words, others)
    sure_b += _opposites(others, words)
    return sure_a + len(possible_a - shared) < sure_b or sure_b + len(possible_b - shared) < sure_a


def _without_descriptions(text: str, others: list[str]) -> str:
    """The text without a "non-" that negates a word which the other one has not: "the non-partisan office"."""
    if "non" not in text and "Non" not in text:
        return text
    plain = {_stem(word.casefold().removeprefix("non")) for word in others}
    return _NON.sub(lambda match: match[0] if _stem(match[1].casefold()) in plain else match[1], text)


class _Language:
    """The language of a text, looked for only where a word makes it matter."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, word: str) -> bool:
        """Whether `word` can be a negation in this language."""
        if word in _ONLY_IN:
            return language_of(self._text) in _ONLY_IN[word]
        return word not in _NOT_IN or language_of(self._text) not in _NOT_IN[word]


def _normal(text: str) -> str:
    text = text[:_LONGEST]
    if text.isascii():
        return text
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text))
    return text.replace("’", "'").replace("ʼ", "'")


def _count(text: str, words: list[str], language: _Language) -> tuple[int, set[str]]:
    """How many negations there are, and which words may stand for more."""
    excused = _NO_NEGATION.sub(" ", text)
    if excused != text:
        words = _WORD.findall(excused)
    count = companions = 0
    possible = set()
    for raw in words:
        word = raw.casefold()
        if word in _NEGATIONS or _is_contracted(word):
            count += language.has(word)
        elif word in _COMPANIONS:
            companions |= language.has(word)
        elif word in _POSSIBLE:
            possible.add(word)
    count = max(count, companions)
    if _HAN_OR_KANA.search(text):
        count += len(_CHINESE_NEGATION.findall(_CHINESE_NO_NEGATION.sub(" ", text)))
    if not text.isascii():
        count += len(_KOREAN_NEGATION.findall(_KOREAN_NO_NEGATION.sub(" ", text)))
        count += len(_THAI_NEGATION.findall(text))
    return count, possible


def _is_contracted(word: str) -> bool:
    """isn't, n'est"""
    return word.endswith("n't") or (word.startswith("n'") and len(word) > 2)


def _is_or_for_no(words: list[str], others: list[str]) -> bool:
    """ "no cash, no committee money" is "no cash or committee money"; "No" alone may be short for "number"."""
    if [word.casefold() for word in words] not in (["no"], ["nor"]):
        return False
    said = [word.casefold() for word in others]
    return said in (["or"], ["or", "any"]) or (len(said) == 1 and said[0] in _NUMBER)


_NUMBER = frozenset(["number", "nr", "num", "número", "numéro", "numero", "nummer"])


def _opposites(words: list[str], others: list[str]) -> int:
    """How many of `words` are one of `others` with a prefix that negates it: illegal, disagree, unmöglich."""
    if not (words and others) or max(len(words), len(others)) > _MOST_PAIRED:
        return 0
    plain = {_stem(word.casefold()) for word in others} | {word.casefold() for word in others}
    return sum(_negates_one_of(word.casefold(), plain) for word in set(words) - set(others))


def _negates_one_of(word: str, plain: set[str]) -> bool:
    if word in plain:
        return False
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < 3 or (prefix == "i" and rest[0] not in "lr"):
            continue
        stem = _stem(rest)
        if (rest in plain or stem in plain) and not {rest, stem} & _WORDS["no opposite"]:
            return True
    return False


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= 3 else word
