"""The command line: `quotemark`."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback, also while its modules are still being loaded."""
    try:
        from server.cli.commands import main as run  # noqa: PLC0415 - this takes most of a second

        run()
    except KeyboardInterrupt:
        sys.exit(130)
