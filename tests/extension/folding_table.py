"""The table by which the extension folds text, made from the matcher's own, whatever Unicode the browser knows.

python -m tests.extension.folding_table
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from matcher import folding

KEPT = Path(__file__).parents[2] / "extension" / "src" / "filter" / "folding-table.json"


def write_table() -> str:
    """Return the file's content. Of each run of entries that stay the same, or grow by one: how many code points

    after the run before, how many entries, the first of them, and by how much they grow; in base 36.
    """
    table, expansions = folding.code_point_table()
    runs = ";".join(
        ",".join(np.base_repr(number, 36).lower() for number in run) for run in _runs(table.tolist())
    )
    content = {
        "foldingVersion": folding.FOLDING_VERSION,
        "unicodeVersion": unicodedata.unidata_version,
        "runs": runs,
        "expansions": expansions,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _runs(entries: list[int]) -> Iterator[tuple[int, int, int, int]]:
    begin = after = 0
    while begin < len(entries):
        if entries[begin] == 0:  # a separator, as are all that no run holds
            begin += 1
            continue
        end, step = begin + 1, 0
        if end < len(entries) and entries[end] == entries[begin] + 1:
            step = 1
        while end < len(entries) and entries[end] == entries[begin] + step * (end - begin):
            end += 1
        yield begin - after, end - begin, entries[begin], step
        begin = after = end


if __name__ == "__main__":
    KEPT.write_text(write_table(), encoding="utf-8")
