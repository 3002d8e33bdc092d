from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from server.speaker import _FEW_NAMES, Page

# The extension, which sees of a page what the server does not, tells by the same cases.
CASES = json.loads((Path(__file__).parents[1] / "data" / "named-speakers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['speaker']} in {case['page']}" for case in CASES])
def test_whether_a_page_names_the_speaker(case: dict[str, str | bool]) -> None:
    page = Page(str(case["page"]))
    assert page.names(str(case["speaker"])) is case["named"]
    # Where many names are looked for, the page is parted into its words.
    assert not any(page.names(f"Nobody{number}") for number in range(_FEW_NAMES))
    assert page.names(str(case["speaker"])) is case["named"]


def test_a_long_page_of_thousands_of_quotes_is_not_looked_through_for_each() -> None:
    page = Page("Every word of the page was said by somebody else. " * 20_000)
    began = time.process_time()
    assert not any(page.names(f"Ada Marlowe{number}") for number in range(6_000))
    assert time.process_time() - began < 1
