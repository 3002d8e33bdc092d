"""Where things are."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
FIREFOX = Path("/usr/bin/firefox-esr")
EXTENSION = TESTS.parent / "extension" / "dist" / "chrome"
FIREFOX_EXTENSION = TESTS.parent / "extension" / "dist" / "firefox"
AXE = TESTS.parent / "extension" / "node_modules" / "axe-core" / "axe.min.js"
# Pictures of what a reader saw, to be looked at; not kept.
OUTPUT = TESTS / "output"
