"""What the user can mend, in plain words."""

from __future__ import annotations

from server.cli.terminal import make_harmless
from server.cli.users import PasswordUnfit
from server.settings import FaultySettings
from server.store import StoreError
from server.visible_text import PageTooComplex


def explain(error: Exception) -> tuple[list[str], int]:
    """Return a line for each fault, and the exit code; raise the error again where it is a fault of ours."""
    if isinstance(error, FaultySettings):
        return error.faults, 2
    if isinstance(error, OSError) and error.filename and error.strerror:
        return [f"{make_harmless(str(error.filename))}: {error.strerror}"], 1
    if isinstance(error, StoreError | PageTooComplex | PasswordUnfit | OSError):
        return [str(error)], 1
    raise error
