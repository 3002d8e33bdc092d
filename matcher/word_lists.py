"""The word lists beside the code (words/*.txt): words of many languages, which are data and no code.

A list is text: `[section]`, then `key: words`, a line that begins with a space goes on with the one before it,
and `#` begins a comment.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


def read_sections(name: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Return the sections of a list: the keys of each with their words, in order."""
    sections: dict[str, list[tuple[str, list[str]]]] = {}
    lines: list[tuple[str, list[str]]] = []
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            lines = sections.setdefault(line.strip("[]"), [])
        elif line[0] == " ":
            lines[-1][1].extend(line.split())
        else:
            key, _, words = line.partition(": ")
            lines.append((key, words.split()))
    return sections


def read_words(name: str) -> dict[str, frozenset[str]]:
    """Return the words of each section of a list, whatever their keys."""
    return {
        section: frozenset(word for _, words in lines for word in words)
        for section, lines in read_sections(name).items()
    }
