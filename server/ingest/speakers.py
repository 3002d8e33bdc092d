"""Speakers: who is named as the one who said the words, and who is not."""

from __future__ import annotations

from server.ingest.labels import fold_label
from server.ingest.reading import Findings

# What stands for "nobody in particular": as a speaker it would be named to readers, and matched in pages.
_NOBODY = """
    multiple sources | multiple people | various | various sources | various users | unknown | anonymous
    social media | social media users | social media posts | social media user | viral image | viral post
    viral posts | viral video | facebook posts | facebook post | facebook users | instagram posts | threads posts
    tiktok posts | x posts | tweets | whatsapp | bloggers | blog posting | chain email | internet | online users
    users | none | na | n a
    redes sociales | usuarios de redes sociales | publicaciones en redes sociales | varias fuentes
    redes sociais | várias fontes | soziale medien | mehrere quellen | diverse quellen
    réseaux sociaux | sources multiples | plusieurs sources | internautes | internauci
"""
_NOBODY_FOLDED = frozenset(fold_label(name) for name in _NOBODY.replace("\n", "|").split("|"))


def add_speaker(found: Findings, name: str, snippet: str) -> None:
    """Keep `name` as the speaker, unless it names nobody (“Multiple Sources”, “Viral image”): then that is said."""
    if not name:
        return
    if fold_label(name) in _NOBODY_FOLDED:
        found.reject("speaker", "it names nobody", name)
    else:
        found.add("speaker", name, snippet)
