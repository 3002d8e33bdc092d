"""CSV of any kind: whatever its delimiter, encoding and header; each fault told by its line."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

import orjson

from server.exporting.table import COLUMNS, undo_defuse
from server.ingest.columns import assign_columns, find_field, has_no_names, names_delimiter
from server.ingest.dates import tell_day_first
from server.ingest.decoding import guess_encoding
from server.ingest.own_form import read_own_form
from server.ingest.reading import Item, NotAFactCheck, Unread, make_quote_reading
from server.ingest.rows import read_row

_SAMPLE_BYTES = 256 * 1024
_LONGEST_CELL = 200_000  # characters: the end of a cell that is never closed is looked for no further
_MOST_READ_AGAIN = 3  # times for one line, after rows before it that are not closed
# The wordings of the largest quote have 500,000 characters, and stand in one cell as JSON, which may make six of each;
# the line has what else is the quote's and the first check's, too.
_LONGEST_OWN_CELL = 3_100_000
_LONGEST_LINE = 4_000_000
_TOO_LONG = "The line is longer than four million characters."
_MOST_COLUMNS = 500
_ROWS_COMPARED = 20
_MOST_ROWS_OF_A_QUOTE = 50
_DELIMITERS = ",;\t|"
_BROKEN_BYTES = "".join(map(chr, range(0xDC80, 0xDD00)))

Row = tuple[int, list[str]]
"""The line that a row begins in, and its cells."""


def read_table(
    stream: BinaryIO,
    charset: str | None,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    *,
    has_header: bool = True,
) -> Iterator[Item]:
    """Yield a reading, or the reason why there is none, for each row (of our own exports: for each quote).

    Raises NotAFactCheck where the header names no text, and no column is told to hold it.
    """
    sample = stream.read(_SAMPLE_BYTES)
    encoding = charset or guess_encoding(sample)
    lines = _Lines(
        io.TextIOWrapper(
            io.BufferedReader(_Rejoined(sample, stream)), encoding, "surrogateescape", newline=""
        )
    )
    header_line, delimiter, header = (
        _read_header(lines) if has_header else _name_by_place(lines, sample, encoding)
    )
    if _is_own(header) and not columns:
        yield from _read_own_rows(header, _Rows(lines, header_line, delimiter, _LONGEST_OWN_CELL).read())
        return
    assigned = assign_columns(header, columns)
    if "text" not in assigned and "text" not in defaults:
        told = ", ".join(f"“{name[:40]}”" for name in header[:20])
        reason = "No column is named as one that holds the quotes is: text, quote, claim"
        seems = (
            " The first row seems to be a quote: say so, if the table has no header."
            if has_no_names(header)
            else ""
        )
        raise NotAFactCheck(
            f"{reason if has_header else 'No column is told to hold the quotes'} (there are {told}).{seems}"
        )
    day_first = tell_day_first(sample.decode(encoding, "replace"))
    for row in _Rows(lines, header_line, delimiter, _LONGEST_CELL).read():
        if isinstance(row, Unread):
            yield row
            continue
        line, cells = row
        place = f"line {line}"
        named = _name_cells(header, cells)
        try:
            yield make_quote_reading(read_row(named, assigned, defaults, day_first=day_first), place)
        except NotAFactCheck as refusal:
            yield Unread(place, refusal.reason)


def read_first_rows(
    content: bytes, most: int, *, has_header: bool | None = None
) -> tuple[list[str], list[dict[str, str]], bool]:
    """Return the names of a table's columns, some of its rows, and whether its first row is a header, or seems to be.

    Of our own exports, which need none, no names and no rows. Raises NotAFactCheck where there is nothing.
    """
    sample, encoding = content[:_SAMPLE_BYTES], guess_encoding(content[:_SAMPLE_BYTES])

    def open_lines() -> _Lines:
        return _Lines(io.TextIOWrapper(io.BytesIO(sample), encoding, "surrogateescape", newline=""))

    lines = open_lines()
    header_line, delimiter, header = _read_header(lines)
    if _is_own(header):
        return [], [], True
    if has_header is None:
        has_header = not has_no_names(header)
    if not has_header:
        lines = open_lines()
        header_line, delimiter, header = _name_by_place(lines, sample, encoding)
    rows = islice(_Rows(lines, header_line, delimiter, _LONGEST_CELL).read(), most)
    return header, [_name_cells(header, row[1]) for row in rows if not isinstance(row, Unread)], has_header


def _read_header(lines: _Lines) -> tuple[str, str, list[str]]:
    """Return the header's line, its delimiter, and its names."""
    line = lines.read_header()
    delimiter = _find_delimiter(line)
    names = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    return line, delimiter, names[:_MOST_COLUMNS]


def _name_by_place(lines: _Lines, sample: bytes, encoding: str) -> tuple[str, str, list[str]]:
    """Return what `_read_header` does of a table that has none: the delimiter that most of the first rows agree on."""
    lines.read_header(keep=True)
    first = (
        sample.decode(encoding, "replace").removeprefix("\ufeff").splitlines(keepends=True)[:_ROWS_COMPARED]
    )

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            counts = Counter(map(len, csv.reader(first, delimiter=delimiter)))
        except csv.Error:
            return 0, 0
        return max(((times, count) for count, times in counts.items() if count > 1), default=(0, 0))

    delimiter = max(_DELIMITERS, key=worth)
    names = [str(number) for number in range(1, min(worth(delimiter)[1] or 1, _MOST_COLUMNS) + 1)]
    return delimiter.join(names), delimiter, names


def _is_own(header: list[str]) -> bool:
    return {"id", "status", "label", "wordings"} <= set(header) <= set(COLUMNS)


def _name_cells(header: list[str], cells: list[str]) -> dict[str, str]:
    """Return the cells by the names of their columns; of two columns of one name, the first."""
    named: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=False):
        named.setdefault(name, undo_defuse(cell))
    return named


def _read_own_rows(header: list[str], rows: Iterator[Row | Unread]) -> Iterator[Item]:
    """Yield the quotes of an export of ours, where a quote with several checks has as many rows."""
    quote: dict[str, object] = {}
    place = ""
    for row in rows:
        if isinstance(row, Unread):
            yield row
            continue
        line, cells = row
        named = {name: cell or None for name, cell in _name_cells(header, cells).items()}
        checks = quote.get("checks")
        # A row that somebody added has no id, and is a quote of its own.
        if named.get("id") and quote.get("id") == named["id"] and isinstance(checks, list):
            if len(checks) < _MOST_ROWS_OF_A_QUOTE:
                checks.append(_own_check(named))
            # Exports write them into the first row; a spreadsheet may have put another one there.
            quote["wordings"] = quote["wordings"] or _own_wordings(named.get("wordings"))
            continue
        if quote:
            yield _read_own(quote, place)
        quote, place = _own_quote(named), f"line {line}"
    if quote:
        yield _read_own(quote, place)


def _read_own(quote: dict[str, object], place: str) -> Item:
    try:
        return read_own_form(quote, place)
    except NotAFactCheck as refusal:
        return Unread(place, refusal.reason)


def _own_quote(cells: Mapping[str, str | None]) -> dict[str, object]:
    name, role = cells.get("speaker_name"), cells.get("speaker_role")
    told = {field: cells.get(field) for field in ("id", "status", "text", "form", "language", "said_on")}
    return {
        **{field: value for field, value in told.items() if value is not None},
        "speaker": {"name": name, "role": role} if name or role else None,
        "checks": [_own_check(cells)],
        "wordings": _own_wordings(cells.get("wordings")),
    }


def _own_check(cells: Mapping[str, str | None]) -> dict[str, object]:
    told = {field: cells.get(field) for field in ("publisher", "title", "summary", "url", "published_on")}
    return told | {"verdict": {"label": cells.get("label"), "rating": cells.get("rating")}}


def _own_wordings(cell: str | None) -> object:
    try:
        return orjson.loads(cell) if cell else []
    except orjson.JSONDecodeError:
        return cell  # which is refused with the field's name


class _Rejoined(io.RawIOBase):
    """A stream with what was read of it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _NeverEnds(Exception):
    """A row goes on over more lines than any real one."""


class _Lines:
    """The lines of a text, none of them held that is longer than any real one; `number` counts them.

    `row` are those that were read since `begin_row`, each with how often it was put back.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._again: deque[tuple[str, int]] = deque()
        self._characters = 0
        self.row: list[tuple[str, int]] = []
        self.number = 0
        self.too_long = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._characters > _LONGEST_LINE:
            raise _NeverEnds
        line, times = self._again.popleft() if self._again else (self._read(), 0)
        if not line:
            raise StopIteration
        self.number += 1
        self.row.append((line, times))
        self._characters += len(line)
        return line

    def begin_row(self) -> None:
        self.row.clear()
        self._characters = 0
        self.too_long = False

    def put_back(self) -> bool:
        """Let the lines of the row be read again, but for its first; tell whether they may be."""
        if self.too_long or any(times == _MOST_READ_AGAIN for _, times in self.row[1:]):
            return False
        self._again.extendleft((line, times + 1) for line, times in reversed(self.row[1:]))
        self.number -= len(self.row) - 1
        return True

    def _read(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE and not line.endswith("\n"):
            self.too_long = True
            while (rest := self._text.readline(_LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            return "\n"
        return line.replace("\x00", "")

    def read_header(self, *, keep: bool = False) -> str:
        """Return the first line that holds anything, after the line "sep=…" that some spreadsheets write.

        With `keep`, it is read again as the first row.
        """
        for line in self:
            header = line.lstrip("\ufeff").rstrip("\r\n")
            if header.strip() and not names_delimiter(header):
                if keep:
                    self._again.append((header + "\n", 0))
                    self.number -= 1
                return header
        raise NotAFactCheck("The table is empty.")


class _Rows:
    """The rows of a table. None is taken whose words may be another's, because a quotation mark is not closed."""

    def __init__(self, lines: _Lines, header_line: str, delimiter: str, longest_cell: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._longest_cell = longest_cell
        self._columns = len(next(csv.reader([header_line], delimiter=delimiter), []))
        self._cells_before = self._columns  # rows may leave out what is empty at their end
        self._is_spaced = f"{delimiter} " in header_line
        self._is_doubtful = False  # what comes may still belong to a row before, which could not be read

    def read(self) -> Iterator[Row | Unread]:
        csv.field_size_limit(self._longest_cell)
        lines, reader = self._lines, self._make_reader()
        while True:
            lines.begin_row()
            line = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _NeverEnds) as error:
                last = lines.number
                reason = self._tell_why(error, line, last)
                reader = self._make_reader()
                self._is_doubtful = True
                yield Unread(f"line {line}" if lines.put_back() else _tell_lines(line, last), reason)
                continue
            yield from self._judge(line, cells)

    def _make_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)

    def _judge(self, line: int, cells: list[str]) -> Iterator[Row | Unread]:
        lines = self._lines
        place = _tell_lines(line, lines.number)
        if lines.too_long:
            yield Unread(place, _TOO_LONG)
        elif any(not set(cell).isdisjoint(_BROKEN_BYTES) for cell in cells):
            yield Unread(f"line {line}", "The line has bytes that are no text in the table's encoding.")
        elif not any(cells):
            return
        elif len(lines.row) > 1 and self._is_a_row(lines.row[0][0]) and self._is_a_row(lines.row[-1][0]):
            yield Unread(
                place,
                f"A quotation mark opened in line {line} is closed only in line {lines.number}, which looks like "
                "another row.",
            )
        elif self._is_doubtful and not self._is_whole(cells):
            yield Unread(place, "It may be a part of a row before, in which a quotation mark is not closed.")
        else:
            self._is_doubtful = False
            self._cells_before = len(cells)
            yield line, cells

    def _is_a_row(self, line: str) -> bool:
        """Tell whether a line has all columns by itself, its quotation marks not being looked at."""
        _, *cells = line.strip("\r\n").split(self._delimiter)
        # Those with a space before are words with commas between them, unless the header has it, too.
        cells = [cell for cell in cells if self._is_spaced or not cell.startswith(" ")]
        return len(cells) >= self._columns - 1 > 0

    def _is_whole(self, cells: list[str]) -> bool:
        """Tell whether a row has all columns, and no mark that closes what it does not open."""
        marks = sum(line.count('"') for line, _ in self._lines.row)
        has_all = len(cells) in (self._columns, self._cells_before)
        is_prose = not self._is_spaced and any(cell.startswith(" ") for cell in cells[1:])
        return has_all and marks % 2 == 0 and not is_prose

    def _tell_why(self, error: Exception, line: int, last: int) -> str:
        if self._lines.too_long:
            return _TOO_LONG
        if "field larger" in str(error) and line == last:
            return f"A cell is longer than {self._longest_cell} characters."
        if "expected after" not in str(error):
            return f"A quotation mark opened in line {line} is not closed."
        if line == last:
            return f"A quotation mark in line {line} is followed by text after it closes."
        return (
            f"A quotation mark opened in line {line} is not closed, or is followed by text after it closes."
        )


def _tell_lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _find_delimiter(header: str) -> str:
    """Return the delimiter that makes the most known names of a header; of equals, the most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=delimiter), [])
        return sum(find_field(name) is not None for name in names), len(names)

    try:
        return max(_DELIMITERS, key=worth)
    except csv.Error:
        raise NotAFactCheck("The first line is no header of a table.") from None
