"""What a new installation starts with: checked quotes of public figures, and a news page that prints some of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter

from server.models import Quote

_QUOTES = TypeAdapter(list[Quote])


@cache
def _read_quotes() -> tuple[Quote, ...]:
    return tuple(_QUOTES.validate_json(files(__name__).joinpath("quotes.json").read_bytes()))


def sample_quotes() -> list[Quote]:
    """Return the sample quotes: real ones, each with the verdict of its publisher and a link to the check."""
    return list(_read_quotes())


def sample_page_path() -> Path:
    """Return the sample news page, an HTML file that needs nothing else."""
    return Path(str(files(__name__).joinpath("news-page.html")))
