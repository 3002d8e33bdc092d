"""What `quotemark import` can be told, and what of it is refused before anything is read."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from server.cli.importing import ImportPlan, import_files
from server.cli.options import DatabaseUrl
from server.cli.terminal import make_harmless
from server.ingest import CSV_TYPE, MEDIA_TYPES
from server.ingest.columns import ROW_FIELDS
from server.ingest.reading import is_web_address
from server.settings import read_settings


def _known_files(files: list[Path]) -> list[Path]:
    """Refuse what can't be opened before anything is imported. The check of paths that typer has knows no "-"."""
    for file in files:
        if str(file) == "-":
            continue
        name = make_harmless(str(file))
        if not file.exists():
            raise typer.BadParameter(f"file '{name}' does not exist.")
        if file.is_dir():
            raise typer.BadParameter(f"'{name}' is a directory.")
        if not os.access(file, os.R_OK):
            raise typer.BadParameter(f"file '{name}' is not readable.")
    return files


def import_(  # noqa: PLR0917 - options, each named on the command line
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files; - reads standard input.", callback=_known_files),
    ],
    publish: Annotated[bool, typer.Option("--publish", help="Publish what is imported.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Of tables and records, take in the good though others fail.")
    ] = False,
    columns: Annotated[
        list[str],
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="Which column, or key, holds a field.", show_default=False
        ),
    ] = [],  # noqa: B006 - typer makes a list of its own
    defaults: Annotated[
        list[str],
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="What a field is where it is empty.", show_default=False
        ),
    ] = [],  # noqa: B006
    no_header: Annotated[
        bool,
        typer.Option(
            "--no-header", help="Of a table that names no columns: they are 1, 2, 3 and so on for --map."
        ),
    ] = False,
    media_type: Annotated[
        str | None,
        typer.Option("--type", help="The files' media type, where it is not found out.", show_default=False),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(help="An article's address, where it does not tell it itself.", show_default=False),
    ] = None,
    database: DatabaseUrl = None,
) -> None:
    settings = read_settings(database=database)
    plan = ImportPlan(
        publish=publish,
        dry_run=dry_run,
        partial=partial,
        media_type=_known_type(media_type) or (CSV_TYPE if no_header else None),
        header=not no_header,
        url=_known_url(url, files),
        columns=_pairs(columns),
        defaults=_pairs(defaults),
    )
    sys.exit(asyncio.run(import_files(settings, files, plan)))


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        field, _, value = text.partition("=")
        if field not in (*ROW_FIELDS, "rating") or not value:
            raise typer.BadParameter(f"{text}: give FIELD=…, and as the field one of {', '.join(ROW_FIELDS)}")
        pairs[field] = value
    return pairs


def _known_type(media_type: str | None) -> str | None:
    if media_type not in (None, *MEDIA_TYPES):
        raise typer.BadParameter(f"--type: one of {', '.join(MEDIA_TYPES)}")
    return media_type


def _known_url(url: str | None, files: list[Path]) -> str | None:
    if url is not None and (len(files) > 1 or not is_web_address(url)):
        raise typer.BadParameter("--url: give the complete http or https address of one article")
    return url
