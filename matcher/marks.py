"""The marks that tell how a page treats a quote: quotation marks, ellipses, an editor's brackets."""

from __future__ import annotations

import re

from matcher.quoted_parts import DOUBLE_MARK
from matcher.word_lists import read_words

_ELLIPSIS = re.compile(r"…|⋯|\.[ \u00a0]?\.[ \u00a0]?\.|。。。")
_QUOTATION_MARK = re.compile(
    r"[\"“”„‟«»‹›「」『』〝〞〟＂]|''|``|,,|(?<![^\W\d_])['‘’‚‛]|['‘’‚‛](?![^\W\d_])"
)
_MARKS = "\"“”„‟«»‹›「」『』〝〞〟＂'‘’‚‛"
# ',” he said, “' and '», a-t-il dit, «': a mark closes on the word before it, another opens on the one after; between
# mark and word may stand an ellipsis or a dash of the quote's own.
_OWN_ELLIPSIS = r"[(\[]?(?:\. ?\. ?\.|…)[)\]]?"
_INTERRUPTED = re.compile(
    rf"(?:[,).\]!?]{{0,2}} ?(?:{_OWN_ELLIPSIS}|--|[—–/&]))?[%٪％]?[,.;:!?…)\]—–\-，。！？；：、،؛؟።۔፡-፦။၊]{{0,4}}"
    rf"(?:[{_MARKS}]|[ \u00a0\u202f][»«])"
    rf".*?\w.*(?:[{_MARKS}]|[«»][ \u00a0\u202f])(?:{_OWN_ELLIPSIS} ?)?[\[(…$€£¥—–/&\-]{{0,2}} ?$",
    re.DOTALL,
)
# ', — сказал он, — ', ' - ha detto Meloni - ': dashes set off what is not the quote.
_SET_OFF = re.compile(
    r"[,.!?…]*(?:\s[—–]\s?|\s-\s|(?<=[,.!?…])[—–]\s)[^\n—–]*\w[^\n—–]*(?:\s[—–]|[—–][,.]?|\s-)\s$"
)
# ', a déclaré le ministre, ': commas do, too, where a word says that somebody speaks; or the sentence ends there.
_SAYING, _SAID_LAST = (
    "|".join(re.escape(word).replace("_", r"\s") for word in sorted(read_words("saying")[section]))
    for section in ("saying", "said last")
)
_WHO = r"(?:[^,.;،؛\n]|\b\w{1,3}\.\s)"  # characters; also of "M. Macron" and "Mr. Biden"
_ANSWER = r"\s(?:no|yes|nein|ja|non|нет|да)\b"  # ", he said no. " is what he said
_SAID = re.compile(
    rf"[,،]\s(?:(?:{_WHO}{{0,80}}\s)?(?:{_SAYING})(?!{_ANSWER})(?:[\s-]{_WHO}{{0,80}})?"
    rf"|{_WHO}{{1,80}}\s(?:{_SAID_LAST}))[,،.;:]\s$"
)
# Characters: who said it takes no more. The patterns above backtrack, in quadratic time, and a page is hostile.
_LONGEST_GAP = 500
_SURELY_ELIDED_WORDS = 3
_MOST_ELIDED_WORDS = 2  # that may stand beside an ellipsis: "[the] … and", not a sentence that ends in one
# A mark touches its word: what stands a space away belongs to the quotation before or after. French apart ("« mot »"),
# and an ellipsis at the beginning.
_OPENED = re.compile(
    r"(?:[\"“”„‟«»‹›「『〝＂‘’'][\"“”„‟«»‹›‘'\[(….]{0,3}|[\"“„«‘'](?:…|\.\.\.)[ \u00a0]|«[ \u00a0\u202f])"
    r"[-−]?[$€£¥]?$"
)
_CLOSED = re.compile(
    r"(?:[ \u00a0\u202f]?[%٪％€])?"
    r"(?:[\])….,;:!?。，！？；：、،؛؟।۔፡-፦။၊។]{0,4}[\"“”»«›‹」』〞〟＂’']"
    r"|[ \u00a0\u202f]?[.,;:!?…]{0,3}[ \u00a0\u202f]»)"
)
_SENTENCE_END = re.compile("[.!?…。！？؟।።၊။]")
_SENTENCE_ENDS = re.compile(rf"[.!?…][{_MARKS}]?(?:\s|\Z)|[。！？؟।።၊\n]|\Z")
_SENTENCE_BEGINS = re.compile(rf"[.!?…:][{_MARKS}]?\s|[。！？؟।።၊\n]")
_ANY_SAYING = re.compile(rf"(?<!\w)(?:{_SAYING}|{_SAID_LAST})(?!\w)")
_ANNOUNCES = re.compile(rf"[,:]?\s*[{_MARKS}]")
_LONGEST_ANNOUNCED = 60  # characters
# What follows a mark that opens; behind one that closes stand spaces and punctuation.
_BEGUN = re.compile(r"\.\.\.|(?![\s,.;:!?)\]，。！？；：、）])|\Z")
_PUNCTUATION = " .,;:!?…。，！？；：、،؛؟।"
_MORE_WORDS = 2  # between quotation marks, than those that they stand for
_ASIDES = "|".join(map(re.escape, read_words("asides")["aside"]))
_ASIDE = re.compile(rf"\W*[\[(（]\s*(?:(?:{_ASIDES})[\s.,!…]*)+[\])）]\s*", re.IGNORECASE)
_LONGEST_ASIDE = 60
# What a transcript sets between the words: the time, "[00:12:31]", and who speaks, "TRUMP:", with what others say.
# Outside of brackets, "12:31" is a time of the recording only where a line begins.
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_NAME = r"[^\W\d_a-zß-öø-ÿа-яёα-ω][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NOTE = r"[ \u00a0]?[(\[][^()\[\]\n]{1,40}[\])]"
_TIMED = rf"[\[(]{_TIME}[\])]|\n\s{{0,4}}(?:\d{{1,5}}\s{{0,3}}\n\s{{0,3}})?{_TIME}(?: ?--> ?{_TIME})?\s"
_SPEAKER = rf"\n\s{{0,4}}{_NAME}(?:[ \u00a0]{_NAME}){{0,3}}(?:{_NOTE})?(?::\s|：)"
_TRANSCRIBED = re.compile(rf"\W*?(?:{_TIMED}|{_SPEAKER})(?:.*(?:{_TIMED}|{_SPEAKER}))?\W*", re.DOTALL)
_ANOTHER_SPEAKS = re.compile(_SPEAKER)
_LONGEST_MARK = 7  # characters, with what may stand between it and its word


def may_be_cut(page: str, added: int, missing: int) -> bool:
    """Whether `page`, between two words of a quote, looks like leaving the quote there: by an ellipsis, for who
    said it, or for what a transcript notes. `added`, `missing`: words that stand there and that should."""
    if added <= _MOST_ELIDED_WORDS and _ELLIPSIS.search(page):
        return True
    if not added or len(page) > _LONGEST_GAP:
        return False
    return bool(
        _TRANSCRIBED.fullmatch(page)
        or _is_interrupted(page)
        or (not missing and (_SET_OFF.match(page) or _SAID.match(page)))
    )


def another_speaks(between: str) -> bool:
    """Whether a transcript gives the word to somebody."""
    return "\n" in between and bool(_ANOTHER_SPEAKS.search(between[:_LONGEST_GAP]))


def excuses_cut(quote: str, page: str, missing: int) -> bool:
    """Whether `quote`, what stands there in the quote itself, has the ellipsis or interruption of `page` too."""
    if _ELLIPSIS.search(page) and not _is_interrupted(page):
        return bool(_ELLIPSIS.search(quote)) and missing < _SURELY_ELIDED_WORDS
    return missing > 0 and _is_interrupted(quote)


def _is_interrupted(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and bool(_INTERRUPTED.match(between))


def is_aside(between: str) -> bool:
    """Whether all that stands between two words is a note in brackets: "[sic]", "(Applause.)"."""
    return len(between) <= _LONGEST_ASIDE and bool(_ASIDE.fullmatch(between))


def has_ellipsis(text: str) -> bool:
    return bool(_ELLIPSIS.search(text))


def opens(text: str, start: int) -> bool:
    """Whether a quotation mark opens right before `start`."""
    return bool(_OPENED.search(text[max(0, start - _LONGEST_MARK) : start]))


def closes(text: str, end: int) -> bool:
    """Whether a quotation mark closes right after `end`."""
    return bool(_CLOSED.match(text[end : end + _LONGEST_MARK]))


def ends_quotation(between: str, following: str) -> bool:
    """Whether, between two words, a quotation ends with its sentence or paragraph, and no mark opens again.

    `following`: the next letter. A small letter begins no sentence: "the U.S." is an abbreviation.
    """
    closed = _CLOSED.match(between)
    if closed is None or has_marks(between[closed.end() :]):
        return False
    ends_sentence = _SENTENCE_END.search(between[: closed.end() + 1]) and not following.islower()
    return bool(ends_sentence) or "\n" in between[:_LONGEST_GAP]


def crosses_mark(between: str, *, inwards: bool) -> bool:
    """Whether a quotation begins (or, not `inwards`, ends) somewhere between two words of a text."""
    marks = list(DOUBLE_MARK.finditer(between))
    if not marks:
        return False
    if inwards:
        return _opens_here(marks[-1])
    return _closes_here(marks[0])


def _opens_here(mark: re.Match[str]) -> bool:
    """Whether a quotation begins at a mark, by what follows it."""
    return mark[0] == "«" or bool(_BEGUN.match(mark.string, mark.end()))


def _closes_here(mark: re.Match[str]) -> bool:
    """Whether a quotation ends at a mark, by what stands before it."""
    return mark[0] == "»" or not mark.string[: mark.start()][-1:].isspace()


def without_outside(text: str) -> str:
    """Return `text` with blanks for what stands outside of quotation marks: from one that closes to the next that
    opens."""
    closed = None
    for mark in DOUBLE_MARK.finditer(text):
        if closed is not None and mark.end() < len(text) and _opens_here(mark):
            text = text[:closed] + " " * (mark.start() - closed) + text[mark.start() :]
            closed = None
        elif mark.start() and _closes_here(mark):
            closed = mark.end()
    return text


def is_announced(text: str, after: str) -> bool:
    """Whether `text`, before `after`, ends with who says what a quotation mark opens there."""
    return bool(_ANNOUNCES.match(after)) and bool(_ANY_SAYING.search(text[-_LONGEST_ANNOUNCED:]))


def has_saying(text: str) -> bool:
    return bool(_ANY_SAYING.search(text[:_LONGEST_GAP]))


def in_brackets(before: str, after: str) -> bool:
    """Whether what stands between `before` and `after` is all that some brackets hold."""
    return before.rstrip().endswith(("(", "[")) and after.lstrip(" .").startswith((")", "]"))


def has_marks(text: str) -> bool:
    return bool(_QUOTATION_MARK.search(text))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins behind an opening quotation mark or ends before a closing one."""
    return opens(text, start) or closes(text, end)


def with_brackets(text: str, start: int, end: int) -> str:
    """Return `text[start:end]`, with the square brackets around it if an editor set it in brackets."""
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 3].lstrip(". ")
    if before.endswith("[") and after.startswith("]"):
        return text[text.rindex("[", 0, start) : text.index("]", end) + 1]
    return text[start:end]


def with_whole_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range with the square bracket right beside it whose other half it has: "[Trump] is the first"."""
    if text.startswith("[", max(0, start - 1)) and start:
        closing, opening = text.find("]", start, end), text.find("[", start, end)
        start -= closing >= 0 and not 0 <= opening < closing
    if text.startswith("]", end) and text.rfind("[", start, end) > text.rfind("]", start, end):
        end += 1
    return start, end


def replaced_before(text: str, start: int, missing: int, *, in_sentence: bool) -> str:
    """Return the words between an opening quotation mark and `start` that stand for `missing` words, or "".

    `in_sentence`: where no mark opens, the beginning of the sentence counts as one for as few words.
    """
    first = max(0, start - 30 * (missing + 2))
    # What stands in another paragraph replaces nothing.
    _, ended, before = text[first:start].rpartition("\n\n")
    mark = max(_QUOTATION_MARK.finditer(before), key=re.Match.end, default=None)
    if mark and _opens_here(mark):
        return _replacement(before[mark.end() :], missing + _MORE_WORDS)
    begun = max(
        (m.end() for m in _SENTENCE_BEGINS.finditer(before)), default=None if first and not ended else 0
    )
    said = _replacement(before[begun:], missing) if in_sentence and begun is not None else ""
    return "" if said[:1].islower() or _ANY_SAYING.search(said) else said


def replaced_after(text: str, end: int, missing: int, *, in_sentence: bool) -> str:
    """As `replaced_before`, for the words between `end` and a closing quotation mark, or the sentence's end."""
    last = end + 30 * (missing + 2)
    after, ended_paragraph, _ = text[end:last].partition("\n\n")
    mark = _QUOTATION_MARK.search(after)
    if mark and _closes_here(mark):
        return _replacement(after[: mark.start()].strip(_PUNCTUATION), missing + _MORE_WORDS)
    ended = _SENTENCE_ENDS.search(after)
    has_ended = in_sentence and ended and (ended[0] or ended_paragraph or last >= len(text))
    said = _replacement(after[: ended.start()].strip(_PUNCTUATION), missing) if has_ended and ended else ""
    return "" if _ANY_SAYING.search(said) else said


def _replacement(said: str, most: int) -> str:
    """`said`, if it has some words but no more than `most`, and does not only announce what follows: "NEWS:"."""
    said = said.strip()
    words = [word for word in said.split() if any(map(str.isalnum, word))]
    return said if 0 < len(words) <= most and not said.endswith(":") else ""
