"""Fuzz what reads imported content, led by what the code does with it (atheris; not part of the tests).

    .venv/bin/pip install atheris
    .venv/bin/python -m tests.fuzz.ingest [-max_total_time=600] [-rss_limit_mb=1024] [more options of libFuzzer]

The first byte chooses the media type, the rest is the content. Anything but a reading, or a refusal with its reason,
is a crash; -timeout and -rss_limit_mb make hangs and growth of memory ones, too.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["server.ingest", "bs4"]):
    from server.ingest import (
        MEDIA_TYPES,
        BrokenContent,
        NotAFactCheck,
        QuoteReading,
        Source,
        feed,
        read_content,
    )

FIXTURES = Path(__file__).parents[1] / "server" / "ingest" / "fixtures"
MOST_ITEMS = 100_000


def read(data: bytes) -> None:
    if not data:
        return
    media_type = MEDIA_TYPES[data[0] % len(MEDIA_TYPES)]
    feed.WHOLE_BYTES = 0 if data[0] & 0x80 else 4 * 1024 * 1024  # both ways through a feed
    with suppress(NotAFactCheck, BrokenContent):
        for number, item in enumerate(
            read_content(data[1:], Source(media_type, url="https://www.snopes.com/1"))
        ):
            assert number < MOST_ITEMS
            if isinstance(item, QuoteReading):
                assert type(item.quote).model_validate_json(item.quote.model_dump_json()) == item.quote
            else:
                assert item.reason.endswith(".")


def write_corpus(folder: Path) -> None:
    """Write the fixtures as where to begin, each in all media types that may come to read it."""
    kinds = {".html": (0,), ".txt": (1,), ".json": (2, 0x82, 4)}
    for file in sorted(FIXTURES.rglob("*.*")):
        for kind in kinds.get(file.suffix, (3,)):
            (folder / f"{file.stem}-{kind}").write_bytes(bytes([kind]) + file.read_bytes())
    table = b'quote;verdict;publisher;date\n"Two; moons";False;Snopes;3 March 2021\n'
    (folder / "table").write_bytes(b"\x03" + table)
    record = b'{"text": "Two moons", "label": "False", "publisher": "Snopes"}\n{"@type": "ClaimReview"}\n'
    (folder / "records").write_bytes(b"\x04" + record)
    review = b'{"@graph": [{"@type": "ClaimReview", "claimReviewed": "x y", "author": "A",'
    (folder / "feed").write_bytes(b"\x82" + review + b' "reviewRating": {"alternateName": "False"}}]}')


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        write_corpus(Path(corpus))
        atheris.Setup([sys.argv[0], "-timeout=20", "-max_len=200000", *sys.argv[1:], corpus], read)
        atheris.Fuzz()
