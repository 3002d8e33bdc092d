"""Names of who acts: those that are given on the command line, and that of the command line itself."""

from __future__ import annotations

import typer

from server.models import MAX_ACTOR_CHARACTERS, is_actor_name

ACTOR = "command line"


def fit_name(name: str) -> str:
    """Return a name of who acts, as it will stand in the history; raise BadParameter for one that nobody sees."""
    name = name.strip()
    if not is_actor_name(name):
        raise typer.BadParameter(f"a name has 1 to {MAX_ACTOR_CHARACTERS} visible characters.")
    return name
