"""Dates: complete and clear ones only."""

from __future__ import annotations

import datetime as dt

import pytest

from server.ingest.dates import read_date, read_date_in_address, tell_day_first

DAY = dt.date(2019, 11, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2019-11-18", "2019-11-18T20:28:55+00:00", "2019-11-18 10:00", "November 18, 2019", "Nov. 18, 2019",
        "18 November 2019", "Monday, November 18th, 2019", "on 18 Nov 2019 in a speech", "18. November 2019",
        "18.11.2019",
        "18 de noviembre de 2019", "18 novembre 2019", "18 listopada 2019", "18 ноября 2019",
        "Source: A Ministry, November 18, 2019",
    ],
)  # fmt: skip
def test_a_complete_date_is_read(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "", "November 18", "On January 7", "11/12/2019", "2019", "2019-11", "2019-13-18", "November 31, 2019",
        "0001-01-01",
        "November 18, 2019 and November 19, 2019", "18 Foo 2019", "12019-11-181", "99999-11-18",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://www.politifact.com/factchecks/2019/nov/18/a/b/", DAY),
        ("https://a.example/2019/11/18/b", DAY),
        ("https://a.example/2019/11/b", None),
        ("https://a.example/2019/foo/18/", None),
        ("https://a.example/2019/13/18/", None),
    ],
)
def test_a_date_in_an_address_is_read(address: str, date: dt.date | None) -> None:
    assert read_date_in_address(address) == date


@pytest.mark.parametrize(
    ("table", "day_first"),
    [
        ("quote;said on\nOne;18/11/2019\nTwo;11/12/2019", True),
        ('quote,said on\r\n"One, two","11/18/2019 10:30"\r\nTwo,11/12/2019\r\n', False),
        ("18/11/2019;One\n11/18/2019;Two", None),
        ("quote;said on\nOne;11/12/2019", None),
        ("quote;said on\nIt was on 18/11/2019;11/12/2019\n1/18/11/2019;11/12/20191", None),
    ],
)
def test_a_table_tells_by_its_clear_dates_whether_the_day_comes_first(
    table: str, day_first: bool | None
) -> None:
    assert tell_day_first(table) is day_first


@pytest.mark.parametrize(
    ("text", "day_first", "date"),
    [
        ("11/12/2019", True, dt.date(2019, 12, 11)),
        ("11/12/2019", False, dt.date(2019, 11, 12)),
        ("11/18/2019", True, DAY),
        ("18/11/2019", False, DAY),
        ("11/11/2019", None, dt.date(2019, 11, 11)),
        ("31/11/2019", True, None),
    ],
)
def test_what_comes_first_is_told_for_dates_with_two_readings(
    text: str, day_first: bool | None, date: dt.date | None
) -> None:
    assert read_date(text, day_first=day_first) == date
