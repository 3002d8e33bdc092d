"""`quotemark demo`: sample quotes, a sample news page, and how to see them together."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from server.app import create_app
from server.cli.options import Host, Port
from server.cli.serving import require_free_address, run_server
from server.cli.storing import open_store
from server.log_lines import write_log_lines
from server.models import Role
from server.passwords import hash_password, make_password
from server.samples import sample_page_path, sample_quotes
from server.settings import Settings, hide_password, read_settings
from server.store import NameTaken
from server.visible_text import read_visible_text

DATABASE = "sqlite+aiosqlite:///demo.db"
ACTOR = USER = "demo"
_SOURCES = Path(__file__).parents[2] / "extension"  # absent where only the server was installed
_BUILT = _SOURCES / "dist"


def demo(
    context: typer.Context,
    host: Host = None,
    port: Port = None,
    database: Annotated[
        str | None,
        typer.Option(
            help="The database, as a SQLAlchemy URL. QUOTEMARK_DATABASE is passed by: samples are put in.",
            show_default=DATABASE,
        ),
    ] = None,
) -> None:
    before_the_command = context.parent.params["database"] if context.parent else None
    _serve_demo(read_settings(host=host, port=port, database=database or before_the_command or DATABASE))


def _serve_demo(settings: Settings) -> None:
    """Import the samples (again changes nothing), say what to do, and serve until stopped."""
    write_log_lines(settings.log_level, settings.log_format)
    require_free_address(settings)  # a demo that runs there already keeps its password
    count, password = asyncio.run(_prepare(settings))
    _explain(settings, count, password)
    pages = [Route("/", _lead_to_page), Route("/demo", _lead_to_page), Route("/demo/", _show_page)]
    # Workers would have to be told these pages by a name to import.
    run_server(create_app(settings, pages), settings.model_copy(update={"workers": 1}))


async def _prepare(settings: Settings) -> tuple[int, str]:
    """Return the number of the samples, and a password for this run: a demo leaves no open door behind."""
    password = make_password()
    hashed = await hash_password(password)
    # Nobody is there to be the second person.
    alone = settings.model_copy(update={"second_person": False})
    async with open_store(alone, may_be_new=True) as store:
        samples = await store.quotes.import_all(sample_quotes(), publish=True, may_publish=True, actor=ACTOR)
        try:
            await store.users.add(USER, hashed, Role.ADMIN, ACTOR)
        except NameTaken:
            await store.users.set_password(USER, hashed, ACTOR)
        if not await store.corpus.list_all():
            page = read_visible_text(sample_page_path().read_bytes())
            await store.corpus.add("The sample news page", page, ACTOR)
    return len(samples), password


def _explain(settings: Settings, count: int, password: str) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    print(
        f"""
Quotemark serves {count} sample quotes from {hide_password(settings.database)}

1. Load the extension{_tell_of_extension()}
2. Open {address}/demo/ and click the extension's button to scan the page.
3. Curate at {address}/admin
   Sign in as {USER} with the password {password} (new at each start).
4. To write by HTTP, create a token:
   {_name_command()} --database {shlex.quote(settings.database)} token create me --role publisher

Stop with Ctrl-C.
""",
        flush=True,
    )


def _tell_of_extension() -> str:
    if not _SOURCES.is_dir():
        return ": it is built in a checkout of Quotemark, whose README tells how."
    built = "" if _BUILT.is_dir() else " (it is not built yet: run `make extension` first)"
    return f"""{built}:
   Chrome:  chrome://extensions → Developer mode → Load unpacked → {_BUILT / "chrome"}
   Firefox: about:debugging#/runtime/this-firefox → Load Temporary Add-on → {_BUILT / "firefox" / "manifest.json"}"""


def _name_command() -> str:
    """Return the command as it can be typed here: it is seldom on the PATH."""
    command = Path(sys.executable).with_name("quotemark")
    return shlex.quote(
        str(command.relative_to(Path.cwd()) if command.is_relative_to(Path.cwd()) else command)
    )


async def _lead_to_page(request: Request) -> Response:
    return RedirectResponse("/demo/")


async def _show_page(request: Request) -> Response:
    return HTMLResponse(sample_page_path().read_bytes())
