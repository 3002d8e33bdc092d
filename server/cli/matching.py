"""`quotemark match`."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.text import Text

import matcher
from server.blocked_passages import BlockedPassages
from server.cli.files import read_page_text
from server.cli.options import DatabaseUrl
from server.cli.storing import open_to_read
from server.cli.terminal import make_harmless
from server.live_index import Found, LiveIndex
from server.match_answer import write_answer
from server.models import Rating
from server.offsets import Unit
from server.settings import Settings, hide_password, read_settings
from server.why_not import explain_absence, say_status

STYLES = {
    Rating.TRUE: "black on green",
    Rating.MOSTLY_TRUE: "black on bright_green",
    Rating.MIXED: "black on yellow",
    Rating.MOSTLY_FALSE: "black on bright_red",
    Rating.FALSE: "white on red",
}
OFF_THE_SCALE = "white on blue"


def match(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A page, as HTML or as text; - reads it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what the HTTP interface answers.")] = False,
    why: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Tell why this quote is not found, published or not.", show_default=False
        ),
    ] = None,
    offsets: Annotated[Unit, typer.Option(help="What the spans of --json count.")] = Unit.CODEPOINT,
    database: DatabaseUrl = None,
) -> None:
    settings = read_settings(database=database)
    if why is not None:
        sys.exit(asyncio.run(_explain_absence(settings, file, why)))
    sys.exit(asyncio.run(_match_file(settings, file, as_json=as_json, unit=offsets)))


async def _explain_absence(settings: Settings, file: str, quote_id: str) -> int:
    """Print why the page shows nothing of the quote, if that is so, and return the exit code."""
    text = read_page_text(file)
    async with open_to_read(settings) as store:
        found = await store.quotes.find_several([quote_id])
        if not found:
            raise typer.BadParameter(f"--why: there is no quote {make_harmless(quote_id)}")
        [quote] = found
        live_index = LiveIndex(store, settings)
        await live_index.open()
        blocked = BlockedPassages(store)
        await blocked.catch_up(live_index.stamp)
        with_it = live_index.with_quote(quote)
        is_found = any(match.quote_id == quote.id for match in blocked.find(with_it, text).matches)
    why = None if is_found else explain_absence(quote, text, with_it, len(live_index))
    console = Console(highlight=False, soft_wrap=True)
    if why is None:
        console.print("It is found in this text.")
    else:
        nearest = [(make_harmless(piece), "reverse" if is_place else "") for piece, is_place in why.nearest]
        console.print(*([Text.assemble(*nearest), Text()] if nearest else []), sep="\n", end="")
        console.print(Text("\n".join([*why.reasons, *why.rivals])))
        if why.wording:
            console.print(Text(make_harmless(f"It comes nearest to the wording “{why.wording}”")))
    if status := say_status(quote):
        console.print(status)
    return 0


async def _match_file(settings: Settings, file: str, *, as_json: bool, unit: Unit) -> int:
    """Print the page with its checked quotes, and return the exit code."""
    text = read_page_text(file)
    async with open_to_read(settings) as store:
        live_index = LiveIndex(store, settings)
        await live_index.open()
        if not len(live_index):
            print(f"nothing is published in {hide_password(settings.database)}", file=sys.stderr)
        blocked = BlockedPassages(store)
        await blocked.catch_up(live_index.stamp)
        found = blocked.find(live_index, text)
    if as_json:
        # JSON is UTF-8, whatever encoding the terminal is said to have.
        sys.stdout.buffer.write(write_answer(found, text, unit, with_text=True) + b"\n")
    else:
        show_page(Console(highlight=False, soft_wrap=True), text, found)
    return 0


def show_page(console: Console, text: str, found: Found) -> None:
    """Print the text, its quotes coloured and numbered, and what each number stands for.

    The numbers carry the meaning where colours are not seen.
    """
    cards = {quote_id: _read_card(card) for quote_id, card in found.cards.items()}
    numbers = {quote_id: at for at, quote_id in enumerate(cards, 1)}
    page = Text(make_harmless(text))
    for match in found.matches:
        for start, end in match.spans:
            page.stylize(_style(cards[match.quote_id]), start, end)
    ends = sorted((match.spans[-1][1], numbers[match.quote_id]) for match in found.matches)
    console.print(_insert_numbers(page, ends))
    console.print()
    if not found.matches:
        console.print("No checked quote was found, which does not mean that the page is true.")
    for quote_id, number in numbers.items():
        kinds = [match for match in found.matches if match.quote_id == quote_id]
        _print_legend(console, number, cards[quote_id], kinds)


def _read_card(card: bytes) -> dict[str, Any]:
    told: dict[str, Any] = _make_all_harmless(orjson.loads(card))
    return told


def _make_all_harmless(told: Any) -> Any:
    if isinstance(told, str):
        return make_harmless(told)
    if isinstance(told, list):
        return [_make_all_harmless(item) for item in told]
    if isinstance(told, dict):
        return {key: _make_all_harmless(item) for key, item in told.items()}
    return told


def _insert_numbers(page: Text, ends: list[tuple[int, int]]) -> Text:
    parts = page.divide([end for end, _ in ends])
    numbered = Text()
    for at, part in enumerate(parts):
        numbered.append_text(part)
        if at < len(ends):
            numbered.append(f"[{ends[at][1]}]", style="bold")
    return numbered


def _print_legend(console: Console, number: int, card: dict[str, Any], matches: list[matcher.Match]) -> None:
    check = card["checks"][0]
    line = Text(f"[{number}] ", style="bold")
    line.append(f" {check['verdict']['label']} ", style=_style(card))
    line.append(f" {check['publisher']}")
    if card["speaker"]:
        line.append(f", on {card['speaker']['name']}")
    line.append(f" ({', '.join(dict.fromkeys(match.kind for match in matches))})", style="dim")
    console.print(line)
    for change in (change for match in matches for change in match.changes):
        guard = f" (the {change.guard} is not the same)" if change.guard else ""
        told = f"    checked: “{change.checked}”, page: “{change.page}”{guard}"
        console.print(Text(make_harmless(told)))
    if check["summary"]:
        console.print(Text(f"    {check['summary']}"))
    if check["url"]:
        console.print(Text(f"    {check['url']}"))


def _style(card: dict[str, Any]) -> str:
    rating = card["checks"][0]["verdict"]["rating"]
    return STYLES.get(Rating(rating), OFF_THE_SCALE) if rating else OFF_THE_SCALE
