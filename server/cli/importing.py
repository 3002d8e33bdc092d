"""`quotemark import`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.text import Text

from server.cli.files import looks_like_html, read_bytes
from server.cli.storing import open_store
from server.ingest import NotAFactCheck, read_article
from server.settings import Settings
from server.store import Outcome, Store

ACTOR = "command line"

_STYLES = {
    Outcome.CREATED: "green",
    Outcome.UPDATED: "yellow",
    Outcome.UNCHANGED: "dim",
    Outcome.FAILED: "bold red",
}


async def import_files(settings: Settings, files: Sequence[Path], *, publish: bool, dry_run: bool) -> int:
    """Import the articles, tell what became of each quote, and return the exit code: 1 where any failed."""
    console = Console(highlight=False, soft_wrap=True)
    counts: Counter[Outcome] = Counter()
    async with open_store(settings) as store:
        progress = Console(stderr=True)
        for file in track(files, "Importing", console=progress, transient=True, disable=len(files) < 2):
            for outcome, told, evidence in await _import_file(store, file, publish=publish, dry_run=dry_run):
                counts[outcome] += 1
                console.print(Text.assemble((f"{outcome:<10}", _STYLES[outcome]), f"{file}: {told}"))
                for field, snippet in evidence.items():
                    console.print(Text(f"    {field + ':':<13} {_shorten(snippet, 100)}", style="dim"))
    total = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)
    console.print(total + (" (dry run: nothing was written)" if dry_run else ""))
    return 1 if counts[Outcome.FAILED] else 0


async def _import_file(
    store: Store, file: Path, *, publish: bool, dry_run: bool
) -> list[tuple[Outcome, str, dict[str, str]]]:
    """Return what became of each quote of the file, a line that tells of it, and where each field stood."""
    content = read_bytes(file)
    try:
        reading = read_article(content, "text/html" if looks_like_html(content) else "text/plain")
    except NotAFactCheck as refusal:
        return [(Outcome.FAILED, refusal.reason, {})]
    imported = await store.quotes.import_all(
        [item.quote for item in reading.quotes], publish=publish, actor=ACTOR, dry_run=dry_run
    )
    return [
        (
            item.outcome,
            f"“{_shorten(item.quote.text, 60)}” ({item.quote.status}) {item.reason or ''}".rstrip(),
            read.evidence,
        )
        for read, item in zip(reading.quotes, imported, strict=True)
    ]


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
