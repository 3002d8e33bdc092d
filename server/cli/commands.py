"""The commands and their options; what each does stands in the module of its name."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from server.api.offsets import Unit
from server.cli.demo import serve_demo
from server.cli.exporting import export_to
from server.cli.importing import ImportPlan, import_files
from server.cli.matching import match_file
from server.cli.serving import serve_settings
from server.cli.snapshotting import write_snapshot_file
from server.cli.storing import copy, upgrade
from server.cli.terminal import make_harmless
from server.cli.tokens import create_token, list_tokens, revoke_token
from server.cli.users import PasswordUnfit, add_user, ask_password, set_password
from server.exporting import Format
from server.ingest import MEDIA_TYPES
from server.ingest.columns import ROW_FIELDS
from server.ingest.reading import is_web_address
from server.models import MAX_ACTOR_CHARACTERS, Role, Status, is_actor_name
from server.settings import (
    FaultySettings,
    Settings,
    environment_name,
    find_misspelt,
    hide_password,
    read_settings,
)
from server.store import StoreError
from server.visible_text import PageTooComplex

app = typer.Typer(
    help="Puts fact-checkers' verdicts on quotes where people read them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db_app = typer.Typer(help="Look after the database.", no_args_is_help=True)
token_app = typer.Typer(help="Look after tokens.", no_args_is_help=True)
user_app = typer.Typer(help="Look after the users of the curation pages.", no_args_is_help=True)
app.add_typer(user_app, name="user")
app.add_typer(db_app, name="db")
app.add_typer(token_app, name="token")

Database = Annotated[
    str | None,
    typer.Option(help="The database, as a SQLAlchemy URL; or set QUOTEMARK_DATABASE.", show_default=False),
]
Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")]


def main() -> None:
    """Run the command line; what the user can mend is told in plain words, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # and not None, as one that is closed
            # A page may hold what the terminal's encoding has not.
            stream.reconfigure(errors="replace")
    try:
        app()
    except FaultySettings as faulty:
        for fault in faulty.faults:
            print(make_harmless(fault), file=sys.stderr)
        sys.exit(2)
    except (StoreError, PageTooComplex, PasswordUnfit, OSError) as error:
        print(make_harmless(str(error)), file=sys.stderr)
        sys.exit(1)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"quotemark {version('quotemark')}")
        raise typer.Exit


@app.callback()
def set_database(
    database: Database = None,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Tell the version, and exit.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    if database is not None:
        # Given before the command, it stands for the environment's; given after it, it wins.
        os.environ[environment_name("database")] = database


@app.command()
def serve(
    host: Host = None,
    port: Port = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve.", show_default="1")] = None,
    database: Database = None,
) -> None:
    """Serve the HTTP interface."""
    serve_settings(read_settings(host=host, port=port, workers=workers, database=database))


@app.command()
def demo(host: Host = None, port: Port = None, database: Database = "sqlite+aiosqlite:///demo.db") -> None:
    """Serve sample quotes and a sample news page."""
    serve_demo(read_settings(host=host, port=port, database=database))


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


@app.command("import")
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
    media_type: Annotated[
        str | None,
        typer.Option("--type", help="The files' media type, where it is not found out.", show_default=False),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(help="An article's address, where it does not tell it itself.", show_default=False),
    ] = None,
    database: Database = None,
) -> None:
    """Import fact-checks: pages, text copied from the browser, ClaimReview, CSV, NDJSON, our own exports."""
    settings = read_settings(database=database)
    plan = ImportPlan(
        publish=publish,
        dry_run=dry_run,
        partial=partial,
        media_type=_known_type(media_type),
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


@app.command("match")
def match_(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A page, as HTML or as text; - reads it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what the HTTP interface answers.")] = False,
    offsets: Annotated[Unit, typer.Option(help="What the spans of --json count.")] = Unit.CODEPOINT,
    database: Database = None,
) -> None:
    """Show a page's text with its checked quotes coloured by rating."""
    settings = read_settings(database=database)
    sys.exit(asyncio.run(match_file(settings, file, as_json=as_json, unit=offsets)))


@app.command("export")
def export_(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, standard output.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="The form.")] = Format.NDJSON,
    status: Annotated[Status | None, typer.Option(help="Only quotes of this status.")] = None,
    database: Database = None,
) -> None:
    """Write all quotes in a form that can be imported again, and then gives the same quotes."""
    asyncio.run(export_to(read_settings(database=database), file, format_, status))


def _fit_name(name: str) -> str:
    name = name.strip()
    if not is_actor_name(name):
        raise typer.BadParameter(f"a name has 1 to {MAX_ACTOR_CHARACTERS} visible characters.")
    return name


@token_app.command("create")
def token_create(
    name: Annotated[
        str, typer.Argument(help="Whom the token is for; stands in the history.", callback=_fit_name)
    ],
    role: Annotated[Role, typer.Option(help="What the token allows.")],
    database: Database = None,
) -> None:
    """Create a token, and print it alone: it is shown this once."""
    asyncio.run(create_token(read_settings(database=database), name, role))


@token_app.command("list")
def token_list(database: Database = None) -> None:
    """List the tokens: their numbers, whom they are for, and when each was last used. None shows its secret."""
    asyncio.run(list_tokens(read_settings(database=database)))


@token_app.command("revoke")
def token_revoke(
    number: Annotated[int, typer.Argument(help="The token's number, as `token list` shows it.")],
    database: Database = None,
) -> None:
    """Let a token count for nothing from now on."""
    asyncio.run(revoke_token(read_settings(database=database), number))


@user_app.command("add")
def user_add(
    name: Annotated[
        str, typer.Argument(help="The name to sign in with; stands in the history.", callback=_fit_name)
    ],
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.ADMIN,
    database: Database = None,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    asyncio.run(add_user(read_settings(database=database), name, role, ask_password()))


@user_app.command("password")
def user_password(
    name: Annotated[str, typer.Argument(help="Whose password it is.")],
    database: Database = None,
) -> None:
    """Give a user another password; it is asked for, or read from standard input."""
    asyncio.run(set_password(read_settings(database=database), name, ask_password()))


@db_app.command("upgrade")
def db_upgrade(database: Database = None) -> None:
    """Make the database's tables, or bring them up to date."""
    asyncio.run(upgrade(read_settings(database=database)))


@db_app.command("copy")
def db_copy(
    to: Annotated[str, typer.Option(help="The database to fill, as a SQLAlchemy URL; it must be empty.")],
    database: Database = None,
) -> None:
    """Copy the whole database to another: quotes, history, users, tokens, reports. From SQLite to PostgreSQL, say."""
    settings = read_settings(database=database)
    try:
        target = read_settings(database=to)
    except FaultySettings as faulty:
        raise FaultySettings(
            [fault.replace(environment_name("database"), "--to", 1) for fault in faulty.faults]
        ) from None
    asyncio.run(copy(settings, target))


@app.command()
def snapshot(database: Database = None) -> None:
    """Write a snapshot of the index, which servers on this machine go over to when they start."""
    asyncio.run(write_snapshot_file(read_settings(database=database)))


@app.command("settings")
def list_settings(database: Database = None) -> None:
    """List all settings, their values, and the environment variables that set them."""
    settings = read_settings(database=database)
    for name, field in Settings.model_fields.items():
        print(f"# {field.description}.")
        print(f"{environment_name(name)}={hide_password(str(getattr(settings, name)))}")
    for misspelt in find_misspelt():
        print(misspelt, file=sys.stderr)
