"""The columns of a table, and the keys of records: which field each of them stands for.

People name the same thing in many ways and languages. A name that may mean two things ("date", "author") is
no field's: whoever imports the table says what it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.ingest.reading import NotAFactCheck, is_web_address
from server.store.folded import fold_words

ROW_FIELDS = (
    "text", "form", "language", "said_on", "speaker", "role", "label", "rating",
    "publisher", "title", "summary", "url", "published_on", "wordings",
)  # fmt: skip

_NAMES = {
    "text": """text | quote | claim | statement | quotation | claim text | quote text | statement text | claim reviewed
        | claimreviewed | zitat | aussage | behauptung | cita | afirmación | declaración | frase | citation
        | affirmation
        | déclaration | citação | alegação | afirmação | declaração | citazione | dichiarazione | affermazione
        | wypowiedź
        | cytat | twierdzenie | výrok | citát | citat | declarație | afirmație | citaat | bewering | цитата
        | утверждение
        | заявление | твердження""",
    "speaker": """speaker | speaker name | claimant | claim author | claimed by | said by | stated by | who
        | who said it
        | person | politician | sprecher | sprecherin | redner | orador | quién | político | locuteur | orateur | mówca
        | autor wypowiedzi | řečník | vorbitor | spreker | спикер | автор цитаты | хто""",
    "role": """role | speaker role | speaker job | speaker job title | job title | position | function | office | rolle
        | funktion | amt | cargo | fonction | rôle | funkcja | funkce | funcție | functie | должность | посада""",
    "label": """label | verdict | ruling | textual rating | textualrating | truth rating | fact check rating
        | our rating
        | veracity | conclusion | urteil | bewertung | veredicto | calificación | veredito | classificação | verdetto
        | werdykt | ocena | hodnocení | evaluare | oordeel | вердикт | оценка | оцінка""",
    "rating": "rating | normal rating",
    "publisher": """publisher | publisher name | fact checker | factchecker | checker | checked by | organization
        | organisation | site | website | herausgeber | faktenchecker | medio | verificador | éditeur | vérificateur
        | editor | editore | wydawca | vydavatel | издатель | видавець""",
    "title": """title | headline | check title | article title | review title | titel | überschrift | título | titre
        | titolo | tytuł | titulek | titlu | заголовок""",
    "summary": """summary | description | explanation | zusammenfassung | erklärung | resumen | résumé | resumo
        | riassunto
        | podsumowanie | shrnutí | rezumat | samenvatting | вывод | висновок""",
    "url": """url | link | address | web address | check url | article url | review url | claim review url
        | fact check url
        | href | adresse | enlace | lien | odkaz | ссылка | посилання""",
    "published_on": """published on | published | date published | datepublished | publication date | published at
        | check date | review date | reviewdate | date of check | veröffentlicht | veröffentlicht am
        | fecha de publicación | date de publication | data de publicação | data publikacji | datum zveřejnění""",
    "said_on": """said on | said at | date said | claim date | claimdate | statement date | quote date
        | date of statement
        | date of claim | gesagt am | fecha de la declaración | data wypowiedzi | datum výroku | дата цитаты""",
    "language": """language | lang | language code | languagecode | in language | inlanguage | sprache | idioma
        | langue
        | língua | lingua | język | jazyk | limba | taal | язык | мова""",
    "form": "form | quote or paraphrase",
    "wordings": "wordings | variants | other wordings | translations",
}
LONGEST_NAME = 60  # of what may be a column's, where nothing else tells
# A year alone may be the name of a column.
_DAY_OR_NUMBER = re.compile(r"[\d./: -]{6,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _fold_name(name: str) -> str:
    return fold_words(_CAMEL.sub(" ", name).replace("_", " "))


_FIELD_OF = {_fold_name(name): field for field, names in _NAMES.items() for name in names.split("|")}


def assign_columns(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the name of the column for each field that has one; of two for one field, the first.

    `chosen` is what whoever imports says, by field; where that is nothing, no column holds the field. Raises
    NotAFactCheck for a chosen column that is not there.
    """
    names = list(names)
    for field, name in chosen.items():
        if name and name not in names:
            raise NotAFactCheck(f"There is no column to take as {field} (“{name}”).")
    assigned = {field: name for field, name in chosen.items() if name}
    for name in names:
        found = find_field(name)
        if found and found not in chosen and name not in chosen.values():
            assigned.setdefault(found, name)
    if "rating" in assigned and "label" not in {*assigned, *chosen} and "rating" not in chosen:
        # Alone, it is the publisher's own word; beside one, it is our normal form.
        assigned["label"] = assigned.pop("rating")
    return assigned


def find_field(name: str) -> str | None:
    """Return the field that a column of this name holds, or None.

    >>> find_field("Claim_Reviewed"), find_field("datePublished"), find_field("Date")
    ('text', 'published_on', None)
    """
    return _FIELD_OF.get(_fold_name(name))


@dataclass(frozen=True, slots=True)
class Column:
    """A column as whoever imports a table sees it: its name, the field that it is read as, if any, and an example.

    `at` is its place in the table, from 0.
    """

    at: int
    name: str
    field: str | None
    example: str


def describe_columns(names: Iterable[str], rows: Iterable[Mapping[str, object]]) -> list[Column]:
    """Return the columns of these names, once each, with the first value of each in `rows`."""
    places: dict[str, int] = {}
    for at, name in enumerate(names):
        places.setdefault(name, at)
    field_of = {name: field for field, name in assign_columns(list(places), {}).items()}
    examples: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            if value not in (None, "", [], {}):
                examples.setdefault(name, str(value))
    return [Column(at, name, field_of.get(name), examples.get(name, "")) for name, at in places.items()]


def has_no_names(cells: Iterable[str]) -> bool:
    """Tell whether the first row of a table seems to be one of its quotes, and not the names of its columns.

    >>> has_no_names(["Two moons rose", "False", "https://checks.example/1"]), has_no_names(["Worte", "Wertung"])
    (True, False)
    """
    cells = list(cells)
    return not any(map(find_field, cells)) and any(
        len(cell) > LONGEST_NAME or _is_value(cell) for cell in cells
    )


def may_be_table(text: str) -> bool:
    """Tell whether the first lines have the same cells, of which those of the first are names, or what none is."""
    lines = _first_lines(text)[:3]
    for delimiter, fewest in (("\t", 2), (";", 2), ("|", 2), (",", 3)):
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        counts = {len(row) for row in rows}
        if len(rows) > 1 and len(counts) == 1 and counts.pop() >= fewest:
            are_names = all(0 < len(name) <= LONGEST_NAME for name in rows[0])
            if are_names or any(map(_is_value, rows[0])):
                return True
    return False


def _is_value(cell: str) -> bool:
    return _DAY_OR_NUMBER.fullmatch(cell.strip()) is not None or is_web_address(cell.strip())


def is_table(text: str) -> bool:
    """Tell a table by its header: names with delimiters between them, of which one is that of the quotes."""
    header = next(iter(_first_lines(text)), "")
    names = [name.strip(' "') for name in re.split(r"[,;\t|]", header)]
    return len(names) > 1 and len(header) < 5_000 and any(find_field(name) == "text" for name in names)


def _first_lines(text: str) -> list[str]:
    return [line for line in text.splitlines()[:50] if line.strip() and not names_delimiter(line)]


def names_delimiter(line: str) -> bool:
    """Tell the line "sep=…" that some spreadsheets write before the header."""
    return line.lower().startswith("sep=")
