"""`quotemark export`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn

from server.cli.options import DatabaseUrl
from server.cli.storing import open_to_read
from server.exporting import Format, export_quotes
from server.models import Status, StoredQuote
from server.settings import Settings, read_settings
from server.store import Search


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, standard output.")] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="The form; else csv for FILE.csv, or ndjson.")
    ] = None,
    status: Annotated[Status | None, typer.Option(help="Only quotes of this status.")] = None,
    database: DatabaseUrl = None,
) -> None:
    if format_ is None:
        format_ = Format.CSV if file and file.suffix.lower() == ".csv" else Format.NDJSON
    asyncio.run(_export_to(read_settings(database=database), file, format_, status))


async def _export_to(settings: Settings, file: Path | None, format_: Format, status: Status | None) -> None:
    """Write all quotes to a file, which stands there whole or not at all; without one, to standard output."""
    if file is None:
        if sys.stdout is None:
            raise OSError("standard output is closed; name a file")
        await _export(settings, sys.stdout.buffer, format_, status)
        return
    if _is_pipe_or_device(file):
        with file.open("wb") as out:
            await _export(settings, out, format_, status)
        return
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with unfinished.open("wb") as out:
            await _export(settings, out, format_, status)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _is_pipe_or_device(file: Path) -> bool:
    """Tell of /dev/stdout and its like: they are written to, and no file takes their place."""
    return file.exists() and not file.is_file()


async def _export(settings: Settings, out: BinaryIO, format_: Format, status: Status | None) -> None:
    columns = (TextColumn("Exporting"), MofNCompleteColumn(), TextColumn("quotes"))
    console = Console(stderr=True)
    async with open_to_read(settings) as store:
        total = (await store.quotes.search(Search(status=status, limit=1))).total
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=total)

            async def batches() -> AsyncIterator[list[StoredQuote]]:
                async for quotes in store.quotes.iterate_all(status):
                    yield quotes
                    progress.advance(task, len(quotes))

            async for piece in export_quotes(batches(), format_):
                out.write(piece)
