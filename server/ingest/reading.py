"""What a reader of articles hands over: quotes, each field beside the words of the source it came from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from server.ingest.clean_text import clean_line
from server.ingest.labels import find_publisher, rate_label
from server.ingest.words import Words, read_words
from server.models import Check, Quote, QuoteForm, Rating, Speaker, Verdict, WebAddress, Wording, has_words

FIELDS = (
    "text", "form", "language", "said_on", "speaker", "role", "label", "rating",
    "publisher", "title", "summary", "url", "published_on",
)  # fmt: skip
REQUIRED = {"text": "quote", "label": "verdict", "publisher": "publisher"}  # and what messages call them
NOTHING_RATED = "The content names no quote with a verdict on it, in no form that is known here."
DROPPED = "dropped, "  # begins the evidence for a field that something stood for, which was not taken
_LONGEST = {"text": 10_000, "title": 1_000, "summary": 2_000, "url": 2_000, "description": 5_000}
_LONGEST_NAME = 300
_LONGEST_SNIPPET = 500
_MOST_WORDINGS = 50
_WEB_ADDRESS: TypeAdapter[WebAddress] = TypeAdapter(WebAddress)


class BrokenContent(Exception):
    """The content is not what its media type says. `reason` is a sentence that tells where."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAFactCheck(Exception):
    """The content is no fact-check that we can read. `reason` is a sentence for the curator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class QuoteReading:
    """A quote as read, with its one check.

    `evidence` gives, for a field of FIELDS, the snippet of the source that it came from, or why what stood
    there was dropped. `missing` names the fields that are empty because the source does not tell them.
    `place` tells where in the content it stands ("line 3"). `rating_given`: the source gives the rating in our
    normal form, and none was looked up for the label.
    """

    quote: Quote
    evidence: dict[str, str]
    missing: list[str]
    place: str = ""
    rating_given: bool = False


@dataclass(frozen=True)
class Unread:
    """A place of the content that holds no quote which can be used, and the reason."""

    place: str
    reason: str


Item = QuoteReading | Unread


@dataclass(frozen=True)
class ArticleReading:
    """The checked quotes of one article, in its order, never none; and what could not be read beside them."""

    quotes: list[QuoteReading]
    unread: list[Unread] = field(default_factory=list)


@dataclass
class Findings:
    """Fields found so far for one quote. The first finding stands: sources are asked in order of trust.

    The text is kept as the source has it, marks and all. `unmarked`: what a text without quotation marks is in
    such a source, where its publisher has no way of their own. See `server.ingest.words`.
    """

    values: dict[str, str | dt.date] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    wordings: list[str] = field(default_factory=list)
    unmarked: QuoteForm = QuoteForm.PARAPHRASE

    def add(self, name: str, value: str | dt.date | None, snippet: str) -> None:
        """Keep `value` for the field `name` unless one is there; None and empty text are no finding."""
        if not value or name in self.values:
            return
        if isinstance(value, str) and len(value) > _LONGEST.get(name, _LONGEST_NAME):
            self.reject(name, "too long", value)
            return
        self.values[name] = value
        self.evidence[name] = _shorten(snippet)

    def add_clear(self, name: str, value: str | dt.date | None, snippet: str, otherwise: str) -> None:
        """Keep `value`, read of the snippet, for the field `name`; where it is None, say why: `otherwise`."""
        if value:
            self.add(name, value, snippet)
        else:
            self.reject(name, otherwise, snippet)

    def add_address(self, address: str | None, snippet: str) -> None:
        """Keep a web address; relative ones, `javascript:` and the like are dropped, and that is said."""
        if not address or "url" in self.values:
            return
        address = clean_line(address)
        if is_web_address(address):
            self.add("url", address, snippet)
        else:
            self.reject("url", "not a complete http or https address", address)

    def reject(self, name: str, reason: str, value: str) -> None:
        """Say why what stood for the field `name` was not taken."""
        self.evidence.setdefault(name, _shorten(f"{DROPPED}{reason}: {value}"))

    def fill_from(self, other: Findings) -> None:
        """Take from `other` the fields that are not known here."""
        for name, value in other.values.items():
            if name not in self.values:
                self.values[name] = value
                self.evidence[name] = other.evidence[name]
        for name, snippet in other.evidence.items():
            self.evidence.setdefault(name, snippet)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def date(self, name: str) -> dt.date | None:
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None


def is_web_address(address: str) -> bool:
    """Tell whether `address` is a complete http or https address."""
    try:
        _WEB_ADDRESS.validate_python(address)
    except ValidationError:
        return False
    return True


def make_article_reading(quotes: Sequence[Findings]) -> ArticleReading:
    """Turn the findings of a page into its reading.

    Where none has what a quote needs, NotAFactCheck tells what the first lacks.
    """
    readings, unread = [], []
    for number, findings in enumerate(quotes, 1):
        place = f"quote {number}" if len(quotes) > 1 else ""
        try:
            readings.append(make_quote_reading(findings, place))
        except NotAFactCheck as error:
            unread.append(Unread(place, error.reason))
    if not readings:
        raise NotAFactCheck(unread[0].reason if unread else NOTHING_RATED)
    return ArticleReading(readings, unread)


def make_quote_reading(findings: Findings, place: str = "") -> QuoteReading:
    """Turn findings into a quote. Raises NotAFactCheck where quote, verdict or publisher is not known."""
    for name, what in REQUIRED.items():
        if not findings.text(name):
            raise NotAFactCheck(_missing_reason(name, what, findings))
    _shorten_label(findings)
    words = _read_words(findings)
    if not has_words(words.text):
        raise NotAFactCheck("The quote has no words.")
    evidence = {"form": words.reason, **findings.evidence}
    if words.speaker:
        findings.add("speaker", words.speaker, findings.evidence["text"])
        evidence.setdefault("speaker", findings.evidence["text"])
    rating = _find_rating(findings, evidence)
    quote = _make_quote(findings, words, Verdict(label=findings.text("label") or "", rating=rating))
    found: Mapping[str, object] = {**findings.values, "rating": rating, "form": quote.form}
    return QuoteReading(
        quote=quote,
        evidence={name: evidence[name] for name in FIELDS if name in evidence},
        missing=[name for name in FIELDS if not found.get(name)],
        place=place,
        rating_given=findings.text("rating") is not None,
    )


def _read_words(findings: Findings) -> Words:
    table = find_publisher(name=findings.text("publisher"))
    return read_words(
        findings.text("text") or "",
        speaker=findings.text("speaker"),
        convention=table.unmarked if table else None,
        unmarked=findings.unmarked,
    )


def _shorten_label(findings: Findings) -> None:
    """Keep the verdict of a label that goes on to explain it: “FALSO: a foto é de 2015”."""
    label, publisher = findings.text("label") or "", findings.text("publisher")
    head = re.split(r":|\s[-–—]\s|\.\s", label, maxsplit=1)[0].strip()
    if head != label and rate_label(label, publisher) is None and rate_label(head, publisher):
        findings.values["label"] = head


def _find_rating(findings: Findings, evidence: dict[str, str]) -> Rating | None:
    given = findings.text("rating")
    if given:
        return Rating(given)
    rating = rate_label(findings.text("label") or "", findings.text("publisher"))
    if rating:
        evidence["rating"] = evidence["label"]
    else:
        evidence["rating"] = f"no rating is known for the label “{findings.text('label')}”: it needs a review"
    return rating


def _make_quote(findings: Findings, words: Words, verdict: Verdict) -> Quote:
    speaker = findings.text("speaker")
    url = findings.text("url")
    form = findings.text("form")
    wordings = dict.fromkeys(text for text in (*findings.wordings, *words.parts) if text != words.text)
    return Quote(
        text=words.text,
        form=QuoteForm(form) if form else words.form,
        language=findings.text("language"),
        said_on=findings.date("said_on"),
        speaker=Speaker(name=speaker, role=findings.text("role")) if speaker else None,
        checks=[
            Check(
                verdict=verdict,
                publisher=findings.text("publisher") or "",
                title=findings.text("title"),
                summary=findings.text("summary"),
                url=_WEB_ADDRESS.validate_python(url) if url else None,
                published_on=findings.date("published_on"),
            )
        ],
        wordings=[Wording(text=text) for text in list(wordings)[:_MOST_WORDINGS]],
    )


def _missing_reason(name: str, what: str, findings: Findings) -> str:
    if name in findings.evidence:
        return f"The page's {what} could not be used ({findings.evidence[name]})."
    if name == "publisher":
        if findings.text("url"):
            return "The page does not tell who published it, and its address is of no publisher that is known here."
        return "The page does not tell who published it: give the article’s address (url), too."
    return f"No {what} was found that the page rates."


def _shorten(snippet: str) -> str:
    snippet = clean_line(snippet)
    return snippet if len(snippet) <= _LONGEST_SNIPPET else snippet[: _LONGEST_SNIPPET - 1] + "…"
