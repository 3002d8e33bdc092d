"""Snapshots: the index and the cards of one moment, in a folder that is never changed once it has its name.

A snapshot's name holds the digest of its manifest, and the manifest those of its files, so that none that
was damaged, cut short or mixed up is ever searched. All processes of a machine map the same files.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import mmap
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import matcher
from server.live_index.cards import Cards, write_cards
from server.live_index.generation import Generation
from server.store import Mark

# Of the files, the cards' form, and what is indexed of a quote.
_FORM = 2
_KEPT = 2
_REVISION_DIGITS = 12
_DIGEST_DIGITS = 16
_NAME = re.compile(rf"\d{{{_REVISION_DIGITS}}}-[0-9a-f]{{{_DIGEST_DIGITS}}}")


class BadSnapshot(Exception):
    """The snapshot is damaged, or of another version or database; another one serves, or is built."""


class OldSnapshot(BadSnapshot):
    """So much has changed since that an index is built anew instead."""


class Snapshots:
    """The snapshots of one database on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the names of all snapshots, damaged ones included, the newest first."""
        try:
            found = [entry.name for entry in os.scandir(self.folder) if not entry.name.startswith(".")]
        except OSError:
            return []
        return sorted((name for name in found if _NAME.fullmatch(name)), reverse=True)

    def open(self, name: str) -> Generation:
        """Map a snapshot after reading it whole; raise BadSnapshot, saying why, where it can't be used."""
        folder = self.folder / name
        try:
            raw = (folder / "manifest.json").read_bytes()
            if _digest(raw)[:_DIGEST_DIGITS] != name.partition("-")[2]:
                raise BadSnapshot(f"{folder}: the manifest is damaged")
            manifest = json.loads(raw)
            if manifest["form"] != _FORM:
                raise BadSnapshot(f"{folder}: of another version")
            for file, digest in manifest["digests"].items():
                if _digest_file(folder / file) != digest:
                    raise BadSnapshot(f"{folder}: the file {file!r} is damaged")
            index = matcher.QuoteIndex.open(folder / "index")
            cards = Cards(_map(folder / "cards"))
            at = manifest["at"] and dt.datetime.fromisoformat(manifest["at"])
        except (OSError, ValueError, KeyError, matcher.BadIndexFile) as error:
            raise BadSnapshot(f"{folder}: {error}") from error
        return Generation(index, cards, Mark(manifest["revision"], manifest["quote"], at), name)

    def write(self, index: matcher.QuoteIndex, cards: Mapping[str, bytes], mark: Mark) -> str:
        """Write a snapshot and return its name. Hold the lock: older ones, and left-overs, are deleted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left_over in self.folder.glob(".new-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        new = Path(tempfile.mkdtemp(dir=self.folder, prefix=".new-"))
        try:
            index.save(new / "index")
            write_cards(cards, new / "cards")
            digests = {file: _digest_file(new / file) for file in ("index", "cards")}
            manifest = {
                "form": _FORM,
                "revision": mark.revision,
                "quote": mark.quote_id,
                "at": mark.at and mark.at.isoformat(),
                "digests": digests,
            }
            raw = json.dumps(manifest).encode()
            (new / "manifest.json").write_bytes(raw)
            for path in (new / "cards", new / "manifest.json", new):
                _sync(path)
            name = f"{mark.revision:0{_REVISION_DIGITS}d}-{_digest(raw)[:_DIGEST_DIGITS]}"
            if (self.folder / name).exists():  # of the same content, by its name; damaged perhaps
                shutil.rmtree(self.folder / name)
            new.chmod(0o755)
            new.replace(self.folder / name)
            _sync(self.folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        self._prune(name)
        return name

    @contextmanager
    def lock(self) -> Iterator[int | None]:
        """Yield the descriptor of the lock that whoever builds a snapshot holds, or None where another does.

        A process that inherits the descriptor holds the lock, too, until it ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield descriptor
        finally:
            os.close(descriptor)

    def _prune(self, newest: str) -> None:
        # Those with a higher revision than the newest are of a history that the database has left.
        kept = [name for name in self.names() if name <= newest][:_KEPT]
        for name in self.names():
            if name not in kept and name != newest:
                shutil.rmtree(self.folder / name, ignore_errors=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _map(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
