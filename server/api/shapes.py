"""The shapes of answers that are written straight as JSON, for the OpenAPI document; tests hold answers to them."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from server.models import Check, MatchKind, QuoteForm, Speaker, Status, StoredQuote
from server.offsets import Unit
from server.store import Outcome


def _without_defaults(schema: JsonDict) -> None:
    # What is left out of an answer is not there: programs that write clients take a default for its being there.
    for field in cast(dict[str, JsonDict], schema["properties"]).values():
        field.pop("default", None)


class Shape(BaseModel):
    """A later version may tell more: clients pass by what they do not know."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_without_defaults)


Offset = Annotated[int, Field(ge=0)]
Span = Annotated[list[Offset], Field(min_length=2, max_length=2, description="[start, end)")]
Share = Annotated[float, Field(ge=0, le=1)]


class WordChange(Shape):
    """What the page says otherwise than the checked quote."""

    checked: str
    page: str
    guard: Literal["negation", "number", "name"] | None = Field(
        description="Set where the change can turn the meaning"
    )


class PageMatch(Shape):
    """A place of the text that reproduces a checked quote. It marks the quote, and says nothing of the text."""

    quote: str = Field(description="The quote's id: a key of `quotes`")
    kind: MatchKind
    spans: list[Span] = Field(description="The quote's words only, in the unit of `offsets`")
    similarity: Share = Field(description="Of the aligned words")
    coverage: Share = Field(description="How much of the quote the text reproduces")
    changes: list[WordChange]
    speaker_named: bool = Field(description="The text names the speaker")
    self: bool = Field(
        description="The text is the check itself, by the `url` that was sent, trackers in it aside"
    )


class ReaderQuote(Shape):
    """What a reader is told of a quote."""

    text: str
    language: str | None
    said_on: Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    speaker: Speaker | None
    checks: list[Check]
    form: QuoteForm = Field(QuoteForm.QUOTE, description="Left out of quotes; told of paraphrases")


class MatchAnswer(Shape):
    """The checked quotes that were found in a text."""

    revision: int = Field(description="The state of the quotes that the answer is based on")
    offsets: Unit
    matches: list[PageMatch]
    quotes: dict[str, ReaderQuote] = Field(description="By id, each quote that was matched")
    complete: bool = Field(True, description="False where a budget cut the search short; else left out")
    text: str | None = Field(None, description="Of HTML: the visible text, which the spans count in")


class ImportItem(Shape):
    """What became of one quote, or of what could not be read as one."""

    outcome: Outcome
    quote: str | None = Field(description="Its id; null where it has none")
    status: Status | None = None
    reason: str | None = Field(description="Why the outcome is not what was asked for")
    evidence: dict[str, str] = Field(description="By field, the snippet of the source that it was read from")
    place: str | None = Field(None, description="Where in the content it stands: `line 3`, `item 4`")
    missing: list[str] = Field(default_factory=list, description="The fields that the source does not tell")


class ImportAnswer(Shape):
    """What an import made, knew already, and could not read."""

    items: list[ImportItem]
    created: int
    updated: int
    unchanged: int
    failed: int


class Alive(Shape):
    status: Literal["alive"]


class Readiness(Shape):
    status: Literal["ready", "starting", "stopping"]
    revision: int = Field(description="The last change that is matched")
    lag: int | None = Field(description="How many changes are not matched yet; null where the store is away")
    wordings: int


class FieldFault(Shape):
    field: str
    reason: str


class ProblemAnswer(Shape):
    """What went wrong (RFC 9457). Tell problems by `type`, which is stable."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(pattern=r"^urn:quotemark:problem:[a-z0-9-]+$")
    title: str
    status: int
    detail: str = Field(description="What was wrong, and what to do")
    errors: list[FieldFault] = Field([], description="Each field at fault, and why; left out where none is")
    request_id: str = Field("", description="As in X-Request-ID and in the server's log")
    current: StoredQuote | None = Field(None, description="Only of `stale-edit`: what the quote is now")
