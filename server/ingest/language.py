"""Language tags as pages declare them, brought to the form that the domain takes."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"\A([A-Za-z]{2,3})(?:[-_](Latn|Cyrl|Arab|Hans|Hant))?(?:[-_]([A-Z]{2}|[a-z]{2}|\d{3}))?(?![A-Za-z])",
    re.IGNORECASE,
)


def read_language(declared: str | None) -> str | None:
    """Return the language tag of a `lang` attribute or an `inLanguage`, or None.

    Only language, script and region are kept: publishers add parts of their own (`en-Poly`).

    >>> read_language("en-Poly"), read_language("pt_BR")
    ('en', 'pt-BR')
    """
    match = _TAG.match((declared or "").strip())
    if not match:
        return None
    language, script, region = match.groups()
    return "-".join(
        part for part in (language.lower(), script and script.title(), region and region.upper()) if part
    )
