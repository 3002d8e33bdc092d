"""The lines above a rated quote in a copied page: which is the title, which the speaker, which the role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from server.ingest.dates import read_date
from server.ingest.reading import Findings
from server.ingest.speakers import add_speaker

Group = tuple[str, int]
"""A line, and how often it stands there in a row."""

_FEWEST_TITLE_WORDS = 3
_LONGEST_NAME_WORDS = 14
_BYLINE = re.compile(r"\A(by|von|par|por|przez|автор)\b", re.IGNORECASE)
_LONGEST_DATE = 45
# Words that a role has and a name has not.
_ROLE = re.compile(
    r"\b(president|minister|ministry|spokes\w+|senator|governor|chancellor|secretary|ambassador|director|chair\w*|head|leader"
    r"|general|king|queen|prince|journalist|host|editor|channel|agency|newspaper|website|politician|deputy|member|mayor|premier"
    r"|representative|congress\w+|official|commissioner|judge|envoy|analyst|blogger|expert|state|of|for|at)\b",
    re.IGNORECASE,
)


def read_head(lines: Sequence[str]) -> Findings:
    """Return title, speaker, role and date from the lines above the quote, those nearest to it last.

    A page repeats its title, and copying a portrait repeats the speaker's name: what stands twice in a row is
    no accident. Where nothing repeats, the shape of the last two lines tells name from role.
    """
    found = Findings()
    groups = _take_date_and_byline(found, [(line, len(list(run))) for line, run in groupby(lines)])
    title_at = _find_title(groups)
    if title_at is not None:
        title = groups[title_at][0]
        found.add("title", title, title)
        groups = groups[title_at + 1 :]
    speaker_at = _find_speaker(groups)
    if speaker_at is None:
        return found
    speaker = groups[speaker_at][0]
    if len(speaker.split()) <= _LONGEST_NAME_WORDS:
        add_speaker(found, speaker, speaker)
        for role, _ in groups[speaker_at + 1 :]:
            found.add("role", role, role)
    for line, _ in reversed(groups[:speaker_at]):
        if len(line.split()) >= _FEWEST_TITLE_WORDS:
            found.add("title", line, line)
    return found


def _take_date_and_byline(found: Findings, groups: list[Group]) -> list[Group]:
    kept = []
    for line, count in groups:
        date = read_date(line) if len(line) <= _LONGEST_DATE else None
        if date:
            found.add("published_on", date, line)
        elif not _BYLINE.match(line):
            kept.append((line, count))
    return kept


def _find_title(groups: Sequence[Group]) -> int | None:
    """Return the last place of the line that the page repeats first: a title is copied two or three times."""
    seen: dict[str, int] = {}
    for line, count in groups:
        seen[line] = seen.get(line, 0) + count
    repeated = [line for line, _ in groups if seen[line] > 1 and len(line.split()) >= _FEWEST_TITLE_WORDS]
    # The speaker stands twice as well, but last: what comes right before the quote is no title.
    for place in range(len(groups) - 2, -1, -1):
        if repeated and groups[place][0] == repeated[0]:
            return place
    return None


def _find_speaker(groups: Sequence[Group]) -> int | None:
    for place in range(len(groups) - 1, max(-1, len(groups) - 3), -1):
        if groups[place][1] > 1:
            return place
    if len(groups) > 1 and _is_role(groups[-1][0]):
        return len(groups) - 2
    return len(groups) - 1 if groups else None


def _is_role(line: str) -> bool:
    return bool(_ROLE.search(line)) or any(word.islower() and len(word) > 3 for word in line.split())
