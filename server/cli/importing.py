"""`quotemark import`."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from server.cli.import_files import ImportFile, detect_media_type, open_import
from server.cli.names import ACTOR
from server.cli.storing import open_store
from server.cli.terminal import make_harmless
from server.ingest import (
    ARTICLE_TYPES,
    CLAIM_REVIEW_TYPE,
    BrokenContent,
    Item,
    NotAFactCheck,
    QuoteReading,
    ReadingPool,
    Source,
    Unread,
    read_content,
)
from server.ingest.columns import may_be_table
from server.ingest.decoding import SAMPLE_BYTES, decode_undeclared
from server.ingest.label_map import LabelMap, load_label_map
from server.ingest.reading import DROPPED
from server.settings import Settings
from server.store import Outcome, Store, StoreError

QUOTES_AT_ONCE = 1_000
_MOST_TOLD = 100  # items of a list: a table of thousands is told by its counts, and by all that failed

_STYLES = {
    Outcome.CREATED: "green",
    Outcome.UPDATED: "yellow",
    Outcome.UNCHANGED: "dim",
    Outcome.FAILED: "bold red",
}


@dataclass(frozen=True)
class ImportPlan:
    """What to do with the files. `partial`: take in what can be read of tables and records whatever fails.

    `url`: where an article was found.
    """

    publish: bool = False
    dry_run: bool = False
    partial: bool = False
    media_type: str | None = None
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    header: bool = True


async def import_files(settings: Settings, files: Sequence[Path], plan: ImportPlan) -> int:
    """Import the files, tell what became of each quote, and return the exit code: 1 where any failed."""
    console = Console(highlight=False, soft_wrap=True)
    async with open_store(settings) as store:
        importing = _Importing(store, await load_label_map(store), plan, console)
        progress_console = Console(stderr=True)
        with Progress(
            TextColumn("Importing"),
            BarColumn(),
            TextColumn("{task.fields[done]} quotes"),
            TimeRemainingColumn(),
            console=progress_console,
            transient=True,
            disable=not progress_console.is_terminal,
        ) as progress:
            importing.progress = progress
            for file in files:
                await importing.take(file)
        await importing.pool.close()
    total = ", ".join(f"{importing.counts[outcome]} {outcome}" for outcome in Outcome)
    if importing.dropped:
        fields = ", ".join(f"{number} {name}" for name, number in importing.dropped.most_common())
        console.print(f"Not clear, and left empty: {fields}")
    console.print(total + (" (dry run: nothing was written)" if plan.dry_run else ""))
    return 1 if importing.counts[Outcome.FAILED] else 0


class _Importing:
    """Takes in one file after another. Lists are streamed, some hundreds of quotes at a time."""

    def __init__(self, store: Store, label_map: LabelMap, plan: ImportPlan, console: Console) -> None:
        self._store = store
        self._label_map = label_map
        self._plan = plan
        self._console = console
        self._told = 0
        self.pool = ReadingPool()
        self.counts: Counter[Outcome] = Counter()
        self.dropped: Counter[str] = Counter()
        self._told_of_dropped = 0
        self.progress = Progress(disable=True)

    async def take(self, file: Path) -> None:
        try:
            with open_import(file) as content:
                media_type = self._plan.media_type or detect_media_type(content.stream)
                source = Source(
                    media_type,
                    url=self._plan.url,
                    columns=self._plan.columns,
                    defaults=self._plan.defaults,
                    header=self._plan.header,
                )
                if media_type in ARTICLE_TYPES:
                    await self._take_article(file, content.stream.read(), source)
                elif (
                    media_type == CLAIM_REVIEW_TYPE
                    or self._plan.partial
                    or self._is_all_readable(file, content, source)
                ):
                    await self._take_list(file, content, source)
        except (NotAFactCheck, BrokenContent) as refusal:
            self._tell(file, Outcome.FAILED, refusal.reason)

    async def _take_article(self, file: Path, body: bytes, source: Source) -> None:
        try:
            items = await self.pool.read(body, source)
        except NotAFactCheck as refusal:
            if may_be_table(decode_undeclared(body[:SAMPLE_BYTES])):
                raise NotAFactCheck(
                    f"{refusal.reason} If it is a table, tell that: --type text/csv, and --map where its names do "
                    "not tell what is in its columns."
                ) from None
            raise
        await self._take_items(file, items)

    async def _take_list(self, file: Path, content: ImportFile, source: Source) -> None:
        """Take in a list, each part of it for good: one act for all would keep other writers out for minutes."""
        task = self.progress.add_task("", total=content.size, done=0)
        items = read_content(content.stream, source)
        done = 0
        try:
            while some := list(islice(items, QUOTES_AT_ONCE)):
                await self._take_items(file, some)
                done += len(some)
                self.progress.update(task, completed=content.position(), done=done)
        except (StoreError, asyncio.CancelledError):
            if not self._plan.dry_run:
                # What was being written when the stop came may be in the database or not.
                kept = f"what its first {done} items changed is kept, and perhaps more"
                self._print(
                    f"{file}: stopped; {kept if done else 'perhaps some of it is kept'}. "
                    "Import it again to go on: what is known already changes nothing."
                )
            raise

    def _is_all_readable(self, file: Path, content: ImportFile, source: Source) -> bool:
        """Tell what can't be read of a table or of records; the stream stands at its beginning again."""
        readable = True
        for item in read_content(content.stream, source):
            if isinstance(item, Unread):
                readable = False
                self._tell(file, Outcome.FAILED, item.reason, item.place)
        if not readable:
            self._print(f"{file}: nothing was taken in; mend these, or take in the others with --partial.")
        content.stream.seek(0)
        return readable

    async def _take_items(self, file: Path, items: Sequence[Item]) -> None:
        readings = []
        for item in items:
            if isinstance(item, Unread):
                self._tell(file, Outcome.FAILED, item.reason, item.place)
            else:
                readings.append(self._label_map.apply(item))
        imported = await self._store.quotes.import_all(
            [reading.quote for reading in readings],
            publish=self._plan.publish,
            may_publish=True,
            actor=ACTOR,
            dry_run=self._plan.dry_run,
        )
        for reading, became in zip(readings, imported, strict=True):
            told = f"“{_shorten(became.quote.text, 60)}” ({became.quote.status}) {became.reason or ''}"
            self._tell(
                file,
                became.outcome,
                told.rstrip(),
                reading.place,
                evidence=reading.evidence,
                missing=reading.missing,
            )
            if reading.place:
                self._tell_dropped(file, reading)

    def _tell(
        self,
        file: Path,
        outcome: Outcome,
        told: str,
        place: str = "",
        *,
        evidence: Mapping[str, str] | None = None,
        missing: Sequence[str] = (),
    ) -> None:
        """Print a line for an item, and its evidence; of a long list, for what failed and for some of the others."""
        self.counts[outcome] += 1
        if outcome is not Outcome.FAILED:
            self._told += 1
            if self._told > _MOST_TOLD:
                if self._told == _MOST_TOLD + 1:
                    self._print("… and more, told by their number at the end, but for those that fail")
                return
        where = f"{file}, {place}" if place else str(file)
        line = make_harmless(f"{where}: {told}")
        self._console.print(Text.assemble((f"{outcome:<10}", _STYLES[outcome]), line))
        for field_name, snippet in (evidence or {}).items() if not place else ():
            self._print(f"    {field_name + ':':<13} {_shorten(snippet, 100)}", "dim")
        if missing and not place:
            self._print(f"    {'missing:':<13} {', '.join(missing)}", "dim")

    def _tell_dropped(self, file: Path, reading: QuoteReading) -> None:
        """Tell of the fields that are empty though something stood there, for some of the quotes; count all."""
        for name in reading.missing:
            snippet = reading.evidence.get(name, "")
            if not snippet.startswith(DROPPED):
                continue
            self.dropped[name] += 1
            self._told_of_dropped += 1
            if self._told_of_dropped <= _MOST_TOLD:
                self._print(f"    {file}, {reading.place}: {name} was {_shorten(snippet, 100)}", "dim")

    def _print(self, told: str, style: str = "") -> None:
        """Print a line. Names of files may be strangers' as well: of what they packed, or of what was fetched."""
        self._console.print(Text(make_harmless(told), style=style))


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
