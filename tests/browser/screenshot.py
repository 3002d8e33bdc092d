"""Take docs/screenshot.png anew: `python -m tests.browser.screenshot`, once the extension is built.

It is the sample news page of `quotemark demo`, scanned in Chromium, with the pointer on the seed's quote.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.reader import Reader
from tests.server_process import ServerProcess

SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshot.png"
POINTED_AT = "In a verbal message"
ABOVE = 330  # pixels of the page above these words: other quotes, and room for the tooltip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = ServerProcess(Path(folder))
        demo.start("demo", "--port", str(demo.port), "--database", f"sqlite+aiosqlite:///{folder}/demo.db")
        reader = Reader(playwright, Path(folder) / "profile", viewport={"width": 1200, "height": 760})
        try:
            reader.set(server=demo.url)
            page = reader.open(f"{demo.url}/demo/")
            assert page.scan() == "found"
            page.evaluate("top => window.scrollTo(0, top)", page.place_of(POINTED_AT)[1] - ABOVE)
            page.point_at(POINTED_AT)
            page.tooltip()
            page.page.screenshot(path=SCREENSHOT)
        finally:
            reader.close()
            demo.stop()


if __name__ == "__main__":
    main()
