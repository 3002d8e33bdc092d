"""`quotemark demo`: sample quotes, a sample news page, and how to see them together."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from server.app import create_app
from server.cli.serving import run_server
from server.cli.storing import open_store
from server.log_lines import write_log_lines
from server.samples import sample_page_path, sample_quotes
from server.settings import Settings

ACTOR = "demo"
EXTENSION = Path(__file__).parents[2] / "extension" / "dist"


def serve_demo(settings: Settings) -> None:
    """Import the samples (again changes nothing), say what to do, and serve until stopped."""
    write_log_lines(settings.log_level)
    count = asyncio.run(_import_samples(settings))
    _explain(Console(highlight=False, soft_wrap=True), settings, count)
    pages = [Route("/", _lead_to_page), Route("/demo/", _show_page)]
    run_server(create_app(settings, pages), settings)


async def _import_samples(settings: Settings) -> int:
    async with open_store(settings) as store:
        return len(await store.quotes.import_all(sample_quotes(), publish=True, actor=ACTOR))


def _explain(console: Console, settings: Settings, count: int) -> None:
    page = f"http://{settings.host}:{settings.port}/demo/"
    console.print(f"\n[bold]Quotemark[/bold] serves {count} sample quotes from {settings.database}\n")
    if not EXTENSION.is_dir():
        console.print("The extension is not built yet: run `make extension` first.\n")
    console.print("1. Load the extension:")
    console.print(
        f"   Chrome:  chrome://extensions → Developer mode → Load unpacked → {EXTENSION / 'chrome'}"
    )
    console.print(
        "   Firefox: about:debugging#/runtime/this-firefox → Load Temporary Add-on → "
        f"{EXTENSION / 'firefox' / 'manifest.json'}"
    )
    console.print(f"2. Open {page} and click the extension's button to scan the page.")
    console.print("\nStop with Ctrl-C.\n")


async def _lead_to_page(request: Request) -> Response:
    return RedirectResponse("/demo/")


async def _show_page(request: Request) -> Response:
    return HTMLResponse(sample_page_path().read_bytes())
