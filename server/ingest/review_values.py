"""Values of JSON-LD: what should be a text or an object, and comes as a list, a number, an object with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from server.ingest.clean_text import clean_markup

Node = Mapping[str, object]


def type_names(value: object) -> list[str]:
    """Return the type names in `@type`: one text or a list of them, without the prefix that some have."""
    values = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", item)[-1] for item in values if isinstance(item, str)]


def first_text(value: object) -> str:
    """Return the first text in a value: a text, a number, a list, or an object with @value, name, url or @id."""
    for _ in range(5):
        if isinstance(value, list):
            value = next((item for item in value[:20] if item), None)
        elif isinstance(value, Mapping):
            value = next((value[key] for key in ("@value", "name", "url", "@id") if value.get(key)), None)
        else:
            break
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return clean_markup(value) if isinstance(value, str) else ""


def nodes_of(value: object) -> list[Node]:
    """Return the objects in a value: itself, or those of a list."""
    items: Sequence[object] = value if isinstance(value, list) else [value]
    return [item for item in items[:50] if isinstance(item, Mapping)]


def first_node(value: object) -> Node:
    return next(iter(nodes_of(value)), {})


def name_of(value: object) -> str:
    """Return the name of a person or organisation given as an object, a text, or a list of either."""
    items = value if isinstance(value, list) else [value]
    for item in items[:20]:
        name = first_text(item.get("name")) if isinstance(item, Mapping) else first_text(item)
        if name:
            return name
    return ""
