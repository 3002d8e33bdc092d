"""The files that a person imports: what they hold, and how far they are read."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from server.cli.files import standard_input
from server.ingest import CLAIM_REVIEW_TYPE, CSV_TYPE, NDJSON_TYPE, BrokenContent
from server.ingest.columns import is_table
from server.ingest.decoding import SAMPLE_BYTES, decode_undeclared, name_other_form

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class ImportFile:
    """A file that is open. `position()` counts in the bytes of `size`, compressed where the file is."""

    stream: BinaryIO
    size: int | None
    position: Callable[[], int]


@contextmanager
def open_import(file: Path) -> Iterator[ImportFile]:
    """Open a file, a gzipped one as what it holds; "-" is standard input."""
    with _open(file) as raw:
        size = os.fstat(raw.fileno()).st_size
        if raw.peek(2)[:2] == _GZIP:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield ImportFile(io.BufferedReader(_Unpacked(unpacked)), size, raw.tell)
        else:
            yield ImportFile(raw, size, raw.tell)


@contextmanager
def _open(file: Path) -> Iterator[io.BufferedReader]:
    if str(file) == "-":
        with _keep(standard_input()) as kept:
            yield kept
        return
    with file.open("rb") as opened:
        if opened.seekable():
            yield opened
            return
        with _keep(opened) as kept:
            yield kept


@contextmanager
def _keep(pipe: BinaryIO) -> Iterator[io.BufferedReader]:
    """Write what comes to a file: it is read twice, and may not fit into memory."""
    with TemporaryFile() as kept:
        shutil.copyfileobj(pipe, kept)
        kept.flush()
        kept.seek(0)
        with os.fdopen(os.dup(kept.fileno()), "rb") as opened:
            yield opened


class _Unpacked(io.RawIOBase):
    """What a gzipped file holds; one that is cut off, or broken, is BrokenContent."""

    def __init__(self, unpacked: gzip.GzipFile) -> None:
        self._unpacked = unpacked

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._unpacked.seek(offset, whence)

    def tell(self) -> int:
        return self._unpacked.tell()

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            return self._unpacked.readinto(buffer)
        except EOFError:
            raise BrokenContent("The file is compressed, and cut off before its end.") from None
        except (gzip.BadGzipFile, zlib.error):
            raise BrokenContent("The file is compressed, and damaged.") from None


def detect_media_type(stream: BinaryIO) -> str:
    """Tell by its beginning what a file holds: names of files can't be relied on, and "-" has none.

    What begins with a bracket is JSON: records, where its first line is one by itself and there are more.
    Raises BrokenContent for what is no text.
    """
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(0)
    text = decode_undeclared(sample).lstrip()
    if text[:1] == "<":
        return "text/html"
    first, _, rest = text.partition("\n")
    if text[:1] == "{" and first.rstrip().endswith("}"):
        is_review = re.search(r'"@(type|graph|context)"', first) and not rest.strip()
        return CLAIM_REVIEW_TYPE if is_review else NDJSON_TYPE
    if text[:1] in ("{", "["):
        return CLAIM_REVIEW_TYPE
    if is_table(text):
        return CSV_TYPE
    if other := name_other_form(sample, text):
        raise BrokenContent(other)
    return "text/plain"
