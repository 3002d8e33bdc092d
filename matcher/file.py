"""The file of an index: one immutable file whose arrays are mapped into memory, not read.

    8 bytes   magic and format version
    8 bytes   length of the header
    header    JSON: versions, and for each array its type, length, place and checksum
    arrays    each at a multiple of 64 bytes

`open_part` checks the header's own checksum and the file's length, in a time that does not depend on the
size; `verify` reads everything and holds each array against its checksum.
"""

from __future__ import annotations

import json
import mmap
import os
import secrets
import zlib
from dataclasses import fields
from pathlib import Path

import numpy as np

from matcher.folding import FOLDING_VERSION
from matcher.index import StaticPart

_MAGIC = b"QMINDEX1"
_ALIGNMENT = 64
_INDEX_VERSION = 4  # of keys, tokens and table


class BadIndexFile(Exception):
    """The file is no index, or of another version, or damaged; build it anew."""


def save_part(part: StaticPart, path: Path) -> None:
    """Write `part` to `path` atomically: a reader sees the file that was there, or the whole new one."""
    arrays = {field.name: np.ascontiguousarray(getattr(part, field.name)) for field in fields(part)}
    entries, place = {}, 0
    for name, array in arrays.items():
        entries[name] = {
            "dtype": array.dtype.str,
            "length": len(array),
            "place": place,
            "crc32": zlib.crc32(array.view(np.uint8).data),
        }
        place += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps(
        {"folding": FOLDING_VERSION, "index": _INDEX_VERSION, "bytes": place, "arrays": entries}
    ).encode()
    header += b" " * (-(24 + len(header)) % _ALIGNMENT)
    # Not by mkstemp, whose files no other user may read.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(_MAGIC)
            file.write(len(header).to_bytes(8, "little"))
            file.write(zlib.crc32(header).to_bytes(8, "little"))
            file.write(header)
            for array in arrays.values():
                file.write(array.data)
                file.write(b"\0" * (-array.nbytes % _ALIGNMENT))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def open_part(path: Path) -> StaticPart:
    """Map the file at `path`; raise BadIndexFile, saying why, where it can't be used."""
    header, data = _read_header(path)
    return StaticPart(
        **{
            field.name: np.frombuffer(
                data,
                np.dtype(header["arrays"][field.name]["dtype"]),
                header["arrays"][field.name]["length"],
                header["first"] + header["arrays"][field.name]["place"],
            )
            for field in fields(StaticPart)
        }
    )


def verify(path: Path) -> None:
    """Read the whole file; raise BadIndexFile where an array is not what was written."""
    header, _ = _read_header(path)
    part = open_part(path)
    for name, entry in header["arrays"].items():
        if zlib.crc32(getattr(part, name).view(np.uint8).data) != entry["crc32"]:
            raise BadIndexFile(f"{path}: the array {name!r} is damaged; build the index anew")


def _read_header(path: Path) -> tuple[dict, memoryview]:  # type: ignore[type-arg]
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise BadIndexFile(f"{path}: can't be read ({error})") from error
    if bytes(data[:8]) != _MAGIC:
        raise BadIndexFile(f"{path}: not an index of quotes, or of a later version; build it anew")
    length, checksum = int.from_bytes(data[8:16], "little"), int.from_bytes(data[16:24], "little")
    raw = bytes(data[24 : 24 + length])
    if not raw or len(raw) != length or zlib.crc32(raw) != checksum:
        raise BadIndexFile(f"{path}: the header is damaged; build the index anew")
    header = json.loads(raw)
    if (header["folding"], header["index"]) != (FOLDING_VERSION, _INDEX_VERSION):
        raise BadIndexFile(f"{path}: written by another version of the matcher; build the index anew")
    header["first"] = 24 + length
    if len(data) != header["first"] + header["bytes"]:
        raise BadIndexFile(f"{path}: cut short; build the index anew")
    return header, data
