"""Whether a change, where it stands, says another number: one that is said twice or in another place, the number of a
list's item, a time of the recording, and what an editor adds in brackets are none."""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.beside import Beside
from matcher.number_words import Amount
from matcher.quantities import numbers_differ, numbers_in

_ITEM = re.compile(r"(?:(?<=\n)|(?<=[.:!?;…\"”»] )|(?<=^)|(?<=[\"“„«]))\(?\d{1,2}(?=[.)] )")
_TIME = re.compile(r"[(\[]\s*\d{1,2}:\d\d(?::\d\d)?(?=\s*[)\]])")
_APOSTROPHE = re.compile(r"(?<![\w\"”])['’‘]$")
_LABEL = re.compile(r"(?<![\w])[A-ZА-Я][^\W\d_]*[-‐‑]$")
_IDIOM = re.compile(r"\bdoubl(?:e|ed|es|ing) down\b", re.IGNORECASE)
_MARK = 2  # characters beside a change that make its number an item's


def number_differs_in(checked: str, page: str, quote: str, beside: Beside) -> bool:
    """Whether a change from `checked` to `page` says another number, or loses or brings one."""
    if not numbers_differ(checked, page):
        return False
    if any(beside.brackets) and not (checked and page):
        return False
    ours, theirs = _completed(checked, beside.before), _without_notes(checked, page, beside)
    theirs = _completed(theirs, beside.page_before)
    if not theirs.strip():
        ours = _labelled(ours, beside.before)
    if not numbers_differ(ours, theirs):
        return False
    lost, added = _amounts(ours), _amounts(theirs)
    if lost and added:
        return True
    if not lost:
        return not added <= _amounts(quote)
    near = _amounts(beside.near)
    return not lost <= near | {(amount, False) for amount, _ in near}  # "Ninety-seven | percent"


def _completed(text: str, before: str) -> str:
    """The text with the apostrophe before it that makes a year of two digits: '92."""
    apostrophe = _APOSTROPHE.search(before)
    return apostrophe[0] + text if apostrophe and text[:1].isdigit() else text


def _labelled(text: str, before: str) -> str:
    """The text with the letters that make a name of its digits: COVID-19."""
    label = _LABEL.search(before)
    return label[0] + text if label and text[:1].isdigit() else text


def _without_notes(checked: str, page: str, beside: Beside) -> str:
    said = beside.said(checked, page)
    before, after = beside.page_before[-_MARK:], beside.page_after[:_MARK]
    text = before + said + after
    for pattern in (_ITEM, _TIME, _IDIOM):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text[len(before) : len(before) + len(said)]


@lru_cache(maxsize=16)  # a quote is asked for with each of its changes
def _amounts(text: str) -> frozenset[tuple[Amount, bool]]:
    """The numbers of a text, but for what may be an article."""
    return frozenset(
        (number.amount, number.percent)
        for number in numbers_in(text)
        if number.sure or number.amount not in (0, 1)
    )
