"""The table of commands. Each is imported when it is run: to import all of them takes most of a second."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from server.cli.options import DatabaseUrl
from server.cli.terminal import make_harmless

# Where each stands, with its options, and what it does.
COMMANDS = {
    "serve": ("server.cli.serving:serve", "Serve the HTTP interface."),
    "demo": ("server.cli.demo:demo", "Serve sample quotes and a sample news page."),
    "import": (
        "server.cli.import_options:import_",
        "Import fact-checks: pages, text copied from the browser, ClaimReview, CSV, NDJSON, our own exports.",
    ),
    "match": (
        "server.cli.matching:match",
        "Show a page's text with its checked quotes coloured by rating.",
    ),
    "export": (
        "server.cli.exporting:export",
        "Write all quotes in a form that can be imported again, and then gives the same quotes.",
    ),
    "snapshot": (
        "server.cli.snapshotting:snapshot",
        "Write a snapshot of the index, which servers on this machine go over to when they start.",
    ),
    "settings": (
        "server.cli.settings:list_settings",
        "List all settings, their values, and the environment variables that set them.",
    ),
    "user add": (
        "server.cli.users:add",
        "Add a user; the password is asked for, or read from standard input.",
    ),
    "user password": (
        "server.cli.users:password",
        "Give a user another password; it is asked for, or read from standard input.",
    ),
    "db upgrade": ("server.cli.databases:upgrade", "Make the database's tables, or bring them up to date."),
    "db copy": (
        "server.cli.databases:copy",
        "Copy the whole database, history and users included, to another: from SQLite to PostgreSQL, say.",
    ),
    "token create": (
        "server.cli.tokens:create",
        "Create a token, and print it alone: it is shown this once.",
    ),
    "token list": (
        "server.cli.tokens:list_",
        "List the tokens: their numbers, whom they are for, when each was last used. Their secrets are not kept.",
    ),
    "token revoke": ("server.cli.tokens:revoke", "Let a token count for nothing from now on."),
}
GROUPS = {
    "user": "Look after the users of the curation pages.",
    "db": "Look after the database.",
    "token": "Look after tokens.",
}


class _Named(TyperCommand):
    """A command that is known by name and by what it does, until it is run or asked for its options."""

    def __init__(self, name: str, place: str, told: str) -> None:
        super().__init__(name, help=told)
        self._place = place

    def make_context(self, *given: Any, **named: Any) -> Any:
        return self.load().make_context(*given, **named)

    def load(self) -> Any:
        """Return the command with its options."""
        module, _, function = self._place.partition(":")
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(self.name, help=self.help)(getattr(import_module(module), function))
        return get_command(alone)


class _AllCommands(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        groups = {
            name: TyperGroup(name=name, help=told, no_args_is_help=True, commands={})
            for name, told in GROUPS.items()
        }
        for words, (place, told) in COMMANDS.items():
            group, _, name = words.rpartition(" ")
            (groups[group] if group else self).commands[name] = _Named(name, place, told)
        self.commands.update(groups)


app = typer.Typer(
    cls=_AllCommands,
    help="Puts fact-checkers' verdicts on quotes where people read them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; what the user can mend is told in plain words, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # and not None, as one that is closed
            # A page may hold what the terminal's encoding has not.
            stream.reconfigure(errors="replace")
    try:
        app()
    except Exception as error:  # noqa: BLE001 - of those it does not know, it raises again
        from server.cli.failures import explain  # noqa: PLC0415 - it knows the errors of all that can fail

        faults, code = explain(error)
        for fault in faults:
            print(make_harmless(fault), file=sys.stderr)
        sys.exit(code)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"quotemark {version('quotemark')}")
        raise typer.Exit


@app.callback()
def set_database(
    database: DatabaseUrl = None,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Tell the version, and exit.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    if database is not None:
        # Given before the command, it stands for the environment's; given after it, it wins.
        os.environ["QUOTEMARK_DATABASE"] = database
