from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.speaker import Page

# The extension, which sees of a page what the server does not, tells by the same cases.
CASES = json.loads((Path(__file__).parents[1] / "data" / "named-speakers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['speaker']} in {case['page']}" for case in CASES])
def test_whether_a_page_names_the_speaker(case: dict[str, str | bool]) -> None:
    assert Page(str(case["page"])).names(str(case["speaker"])) is case["named"]
