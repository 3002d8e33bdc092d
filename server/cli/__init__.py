"""The command line: `quotemark`."""

from server.cli.commands import main

__all__ = ["main"]
