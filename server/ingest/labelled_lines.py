"""The general reading: a page that names its parts itself ("Claim: …", "Verdict: …"), whoever published it.

Only what a page labels as claim and as verdict is taken. Prose is never searched for a verdict: a wrong one on
somebody's words is worse than a page that a curator enters by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.ingest.labels import fold_label
from server.ingest.reading import Findings
from server.ingest.speakers import add_speaker

_NAMES = {
    "text": (
        "claim|the claim|claimed|claim reviewed|what was claimed|quote|the quote|statement|the statement"
        "|behauptung|die behauptung|aussage|zitat|afirmación|la afirmación|declaración|frase|qué se dijo"
        "|affirmation|déclaration|citation|alegação|afirmação|afirmação analisada"
        "|wypowiedź|cytat|výrok|утверждение|цитата"
    ),
    "label": (
        "verdict|the verdict|our verdict|rating|our rating|fact check rating|ruling|our ruling"
        "|bewertung|unsere bewertung|urteil|veredicto|calificación|nuestra calificación|evaluación"
        "|verdict final|notre verdict|évaluation|veredito|classificação"
        "|werdykt|ocena|nasza ocena|hodnocení|вердикт|оценка"
    ),
    "speaker": (
        "speaker|said by|claimed by|claimant|who said it|stated by|sprecher|quién lo dijo|kto powiedział"
    ),
}
_FIELD_OF = {fold_label(name): field for field, names in _NAMES.items() for name in names.split("|")}
_LONGEST_LABEL_WORDS = 8


def read_labelled_lines(lines: Sequence[str]) -> list[Findings]:
    """Return the one quote that the lines name with its verdict, or an empty list.

    A part is named at the start of its line (`Claim: …`) or by the line above it. Where one of them is named
    more than once with different content, the page lists several checks and none is taken.
    """
    found = Findings()
    told: dict[str, set[str]] = {}
    for number, line in enumerate(lines):
        field, value = _read_line(line, lines[number + 1] if number + 1 < len(lines) else "")
        if field == "label" and len(value.split()) > _LONGEST_LABEL_WORDS:
            value = _first_sentence(value)  # “False. The picture is from 2015, and shows …”
        if not field or not value or (field == "label" and len(value.split()) > _LONGEST_LABEL_WORDS):
            continue
        told.setdefault(field, set()).add(value)
        _add_part(found, field, value, f"{line} {value}" if value not in line else line)
    clear = len(told.get("text", ())) == len(told.get("label", ())) == 1
    return [found] if clear else []


def _add_part(found: Findings, field: str, value: str, snippet: str) -> None:
    if field == "speaker":
        add_speaker(found, value, snippet)
    else:
        found.add(field, value if field == "text" else value.strip(" .!"), snippet)


def _read_line(line: str, following: str) -> tuple[str | None, str]:
    name, _, rest = line.partition(":")
    field = _FIELD_OF.get(fold_label(name)) if len(name) < 40 else None
    if field and rest.strip():
        return field, rest.strip()
    is_name_too = bool(following) and fold_label(following.partition(":")[0]) in _FIELD_OF
    return (field, following) if field and not is_name_too else (None, "")


def _first_sentence(value: str) -> str:
    sentence, stop, _ = value.partition(". ")
    return sentence if stop else value
