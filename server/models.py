"""The words of the domain: what a quote, a check, a verdict and a speaker are.

Every other module of the server speaks in these types: they validate what comes in, shape what goes out,
and the OpenAPI document is generated from them.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    UrlConstraints,
)
from pydantic_core import PydanticCustomError

MAX_QUOTE_CHARACTERS = 10_000
MAX_CHECKS = 50
MAX_WORDINGS = 50
MAX_ADDRESS_CHARACTERS = 2_000
MAX_ACTOR_CHARACTERS = 100
MAX_REASON_CHARACTERS = 500

# All but tab and the ends of lines, and the controls of direction.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Rating(StrEnum):
    """The normal form of a publisher's label: a scale from true to false, and ratings off the scale."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly_true"
    MIXED = "mixed"
    MOSTLY_FALSE = "mostly_false"
    FALSE = "false"
    UNSUBSTANTIATED = "unsubstantiated"
    MISLEADING = "misleading"
    MISATTRIBUTED = "misattributed"
    ALTERED = "altered"
    SATIRE = "satire"
    OUTDATED = "outdated"
    UNRATED = "unrated"


class Status(StrEnum):
    """Where a quote stands in curation. Only published quotes match."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Role(StrEnum):
    """What a token allows; each role may do all that the roles before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    def allows(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


def is_actor_name(name: str) -> bool:
    """Tell whether a user or a token can have this name: it stands in the history, and must be seen there."""
    return 0 < len(name) <= MAX_ACTOR_CHARACTERS and name.isprintable() and name == name.strip()


class WordingKind(StrEnum):
    ORIGINAL = "original"
    TRANSLATION = "translation"
    VARIANT = "variant"


class QuoteForm(StrEnum):
    """Whose words a quote's text is made of: the speaker's, or the checker's own for what was said."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"


class MatchKind(StrEnum):
    """How a page reproduces a quote."""

    EXACT = "exact"
    ALTERED = "altered"
    FRAGMENT = "fragment"
    ELIDED = "elided"


def _one_line(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


def _drop_controls(sent: object) -> object:
    """Drop what no reader sees, and what steers a terminal or turns a line around. PostgreSQL can't hold NUL.

    What is stored is read by these rules too, and must not fail: of a text of nothing else, a mark is left.
    """
    if not isinstance(sent, str) or sent.isprintable():
        return sent
    held = sent.replace("\x00", "")
    shown = _CONTROLS.sub("", held)
    return shown if shown.strip() or not held.strip() else "\ufffd"


def _require_day(sent: object) -> object:
    # Numbers, and strings of digits, would be taken as seconds since 1970.
    if isinstance(sent, dt.date) or (isinstance(sent, str) and _DAY.fullmatch(sent)):
        return sent
    raise ValueError("must be a date as YYYY-MM-DD")


def _require_short(address: AnyUrl) -> AnyUrl:
    # In its normal form, where much is percent-encoded, an address may be longer than it was as sent.
    if len(str(address)) > MAX_ADDRESS_CHARACTERS:
        raise ValueError(f"must have at most {MAX_ADDRESS_CHARACTERS} characters in its normal form")
    return address


def has_words(text: str) -> bool:
    """Tell whether a text holds a letter or a digit: what holds none is never matched."""
    return any(map(str.isalnum, text))


def _require_words(text: str) -> str:
    if not has_words(text):
        raise PydanticCustomError("no_words", "must hold words: marks and pictures alone are never matched")
    return text


NoControls = BeforeValidator(_drop_controls)
NotBlank = Field(json_schema_extra={"pattern": r"[^\s\u0000]"})  # says in the schema what `_one_line` does
Name = Annotated[str, _one_line(300), NoControls, NotBlank]
QuoteText = Annotated[str, _one_line(MAX_QUOTE_CHARACTERS), NoControls, NotBlank]
Reason = Annotated[str, _one_line(MAX_REASON_CHARACTERS), NoControls, NotBlank]  # why a quote is moved
Day = Annotated[dt.date, BeforeValidator(_require_day)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
WebAddress = Annotated[
    AnyUrl,
    UrlConstraints(allowed_schemes=["http", "https"], max_length=MAX_ADDRESS_CHARACTERS),
    AfterValidator(_require_short),
]


class Model(BaseModel):
    """Immutable, and strict about fields it does not know: a misspelt field is an error, not a loss."""

    # Inputs are hidden because errors end in logs, and what readers send must not.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Speaker(Model):
    name: Name
    role: Name | None = None


class Verdict(Model):
    """The publisher's own label, verbatim, and its rating; a label without one waits for review."""

    label: Name
    rating: Rating | None = None


class Check(Model):
    """A published fact-check of a quote."""

    verdict: Verdict
    publisher: Name
    title: Annotated[str, _one_line(1_000), NoControls, NotBlank] | None = None
    summary: Annotated[str, _one_line(2_000), NoControls, NotBlank] | None = None
    url: WebAddress | None = None
    published_on: Day | None = None


class Wording(Model):
    """A further text under which a quote is known; the quote's own text is always indexed too."""

    text: QuoteText
    language: LanguageTag | None = None
    kind: WordingKind = WordingKind.VARIANT


class Quote(Model):
    """Words that a check rates, with who said them and what checkers say of them."""

    text: Annotated[QuoteText, AfterValidator(_require_words)] = Field(
        description="Holds a letter or a digit: marks and pictures alone are never matched"
    )
    form: QuoteForm = Field(
        QuoteForm.QUOTE,
        description="A paraphrase is the checker's own wording of a claim, and matches only nearly word for word",
    )
    language: LanguageTag | None = None
    said_on: Day | None = None
    speaker: Speaker | None = None
    checks: list[Check] = Field(min_length=1, max_length=MAX_CHECKS)
    wordings: list[Wording] = Field(default_factory=list, max_length=MAX_WORDINGS)


_QUOTE_ID = re.compile(r"^q_[A-Za-z0-9_-]{22}$")
QuoteId = Annotated[str, StringConstraints(pattern=_QUOTE_ID.pattern)]


def is_quote_id(text: str) -> bool:
    return _QUOTE_ID.fullmatch(text) is not None


class StoredQuote(Quote):
    """A quote as the store keeps it: with its id, its status, and the revision of its last change."""

    text: QuoteText  # what was stored before words were asked for is read, too
    id: QuoteId
    status: Status
    revision: int


class ExportedQuote(Quote):
    """A quote as an export holds it. With an id it is that very quote, wherever it is imported."""

    id: QuoteId | None = None
    status: Status | None = None


class ReportState(StrEnum):
    """Where a reader's report stands."""

    OPEN = "open"
    UPHELD = "upheld"  # the match was wrong
    DISMISSED = "dismissed"


class Report(Model):
    """A reader's "this match is wrong"."""

    quote: QuoteId
    kind: MatchKind
    words: Annotated[str, StringConstraints(max_length=MAX_QUOTE_CHARACTERS), NoControls] | None = Field(
        None, description="The words that were marked. Only a digest is kept, to tell one passage from others"
    )
    passage: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="A SHA-256 of those words in hex, for clients that keep the words to themselves"
    )
    note: Annotated[str, _one_line(500), NoControls, NotBlank] | None = Field(
        None, description="What is wrong, in the reader's own words"
    )
