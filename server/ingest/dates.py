"""Dates as publishers write them. Only complete and clear ones are read: none is better than a wrong one."""

from __future__ import annotations

import datetime as dt
import re

NO_DATE = "no complete and clear date"  # why what stands for one is dropped
_EARLIEST_YEAR = 1000  # systems write "0001-01-01" for "none"
_MONTHS = (
    (
        "january ledna leden ianuarie ian січня januari jan enero ene januar jänner janvier janv"
        " janeiro stycznia styczeń gennaio января"
    ),
    (
        "february února únor februarie лютого februari feb febrero februar février févr fev fevereiro"
        " lutego luty febbraio февраля"
    ),
    "march března březen martie березня maart mar marzo märz mars março marca marzec марта",
    "april dubna duben aprilie квітня apr abril abr avril avr kwietnia kwiecień aprile апреля",
    "may května květen травня mei mayo mai maio maja maj maggio мая",
    "june června červen iunie червня jun junio juni juin junho czerwca czerwiec giugno июня",
    "july července červenec iulie липня jul julio juli juillet juil julho lipca lipiec luglio июля",
    "august srpna srpen серпня augustus aug agosto ago août sierpnia sierpień августа",
    "september září septembrie вересня sept sep septiembre septembre setembro września wrzesień settembre сентября",
    (
        "october října říjen octombrie жовтня oct octubre oktober okt octobre outubro października"
        " październik ottobre октября"
    ),
    "november listopadu noiembrie листопада nov noviembre novembre novembro listopada listopad ноября",
    (
        "december prosince prosinec decembrie грудня dec diciembre dic dezember dez décembre déc"
        " dezembro grudnia grudzień dicembre декабря"
    ),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?,? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?,? (?:de )?([^\W\d_]{3,12})\.?,? (?:de )?(\d{4})\b"
)
_IN_PATH = re.compile(r"/(\d{4})/(\d{1,2}|[a-z]{3})/(\d{1,2})/")
_YEAR_FIRST = re.compile(
    r"\b(\d{4})(?:[/.] ?|年)(\d{1,2})(?:[/.] ?|月)(\d{1,2})(?!\d)|\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
)
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_SLASHED_CELL = re.compile(r"(?:^|[;,\t|\"]) ?(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])", re.MULTILINE)
_DOTTED = re.compile(r"\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b")


def read_date(text: str, *, day_first: bool | None = None) -> dt.date | None:
    """Return the one complete date that `text` holds, or None: none, several, or one with two readings.

    ISO 8601 dates with or without a time, `November 18, 2019`, `18 November 2019`, `18. November 2019`,
    `18 de noviembre de 2019`, `18.11.2019`, `2019/11/18` and `2019年11月18日` are read; `18/11/2019` is too, but
    `11/12/2019` is not, unless `day_first` tells: it may be in November or in December.

    >>> read_date("Source: Russian Defense Ministry, October 25, 2019")
    datetime.date(2019, 10, 25)
    """
    text = text[:1_000]
    dates = {_make_date(*match.groups()) for match in _ISO.finditer(text)}
    for match in _MONTH_FIRST.finditer(text):
        dates.add(_make_date(match[3], _MONTH_NUMBER.get(match[1].lower(), 0), match[2]))
    for match in _DAY_FIRST.finditer(text):
        dates.add(_make_date(match[3], _MONTH_NUMBER.get(match[2].lower(), 0), match[1]))
    for match in _YEAR_FIRST.finditer(text):
        dates.add(_make_date(*(part for part in match.groups() if part)))
    for match in _SLASHED.finditer(text):
        dates.add(_read_slashed(int(match[1]), int(match[2]), match[3], day_first=day_first))
    for match in _DOTTED.finditer(text):
        dates.add(_make_date(match[3], match[2], match[1]))
    dates.discard(None)
    return dates.pop() if len(dates) == 1 else None


def tell_day_first(table: str) -> bool | None:
    """Tell whether a table's dates begin with the day, by those of its cells that have one reading.

    None where there are none, or where they differ.

    >>> tell_day_first("quote;said on\\nOne;18/11/2019\\nTwo;11/12/2019"), tell_day_first("One;11/12/2019")
    (True, None)
    """
    cells = [(int(match[1]) > 12, int(match[2]) > 12) for match in _SLASHED_CELL.finditer(table)]
    told = {first for first, second in cells if first != second}
    return told.pop() if len(told) == 1 else None


def read_date_in_address(address: str) -> dt.date | None:
    """Return the date that a web address has in its path (`/2019/nov/18/`, `/2019/11/18/`), or None."""
    match = _IN_PATH.search(address)
    if not match:
        return None
    year, month, day = match.groups()
    return _make_date(year, month if month.isdigit() else _MONTH_NUMBER.get(month, 0), day)


def _read_slashed(first: int, second: int, year: str, *, day_first: bool | None) -> dt.date | None:
    if first > 12 or second > 12 or first == second:
        day_first = first > 12
    if day_first is None:
        return None
    return _make_date(year, second, first) if day_first else _make_date(year, first, second)


def _make_date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    if int(year) < _EARLIEST_YEAR:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
