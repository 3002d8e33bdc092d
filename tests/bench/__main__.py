"""`make bench`: measurements, each against something in the same run. Nothing here decides whether a test passes.

make bench                      the matcher's speed, size and worst pages
make bench ARGS="peers"         against what a user would pick instead
make bench ARGS="quality …"     what it finds and what it wrongly finds: docs/quality.md
make bench ARGS="curation"      how long the curation pages take with 100,000 quotes
make bench ARGS="store_speed"   how long lists and searches of 100,000 quotes take, on both databases
make bench ARGS="server_speed"    the match route against a route that only parses the same JSON
make bench ARGS="loop_gaps"       how long a page holds the event loop up
make bench ARGS="server_overload" ten times the load that the server bears
make bench ARGS="passage_filter"  how much of pages leaves a browser that has the filter
make bench ARGS="… --help"      what can be chosen
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

_USUAL = "matcher_speed"


def main() -> None:
    """Run the module of this folder that the first word names."""
    known = {path.stem for path in Path(__file__).parent.glob("*.py") if "def main(" in path.read_text()}
    named = len(sys.argv) > 1 and sys.argv[1] in known
    name = sys.argv.pop(1) if named else _USUAL
    runpy.run_module(f"tests.bench.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
