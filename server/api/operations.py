"""What each route takes and answers, in the types that validate: the source of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from pydantic import BaseModel

from server.api.answers import QuoteList
from server.api.claims import ClaimPage, ClaimSearch
from server.api.export import ExportOptions
from server.api.history import HistoryOptions, QuoteHistory, Restoration
from server.api.imports import ImportOptions
from server.api.match import MatchQuery, MatchRequest
from server.api.passage_filter import MEDIA_TYPE as FILTER
from server.api.passage_filter import FilterOptions
from server.api.quotes import ChangedQuote, NewQuote, NewStatus, SearchOptions
from server.api.reports import ReportTaken
from server.api.shapes import Alive, ImportAnswer, MatchAnswer, Readiness
from server.exporting import FORMATS
from server.ingest import MEDIA_TYPES
from server.models import Report, Role, StoredQuote

JSON = "application/json"
# A body or an answer by media type; None is text that no JSON schema describes.
Content = Mapping[str, type[BaseModel] | None]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    summary: str
    about: str = ""
    query: type[BaseModel] | None = None
    body: Content = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.OK
    answer: Content = field(default_factory=dict)
    answer_headers: tuple[str, ...] = ()
    role: Role | None = None  # the least that a token must allow
    if_match: str | None = None  # "needed" or "heeded"
    if_none_match: bool = False
    problems: tuple[int, ...] = ()
    also: Mapping[int, Content] = field(
        default_factory=dict
    )  # what other statuses answer that are no problems


_READ = (400, 401, 422)
_CREATE = (400, 401, 403, 413, 415, 422, 507)
_CHANGE = (*_CREATE, 404)
_PUBLISHED = "What touches a published quote, before or after, needs role publisher."

_CLAIMS = Operation(
    summary="Search published quotes, in the form of Google's Fact Check Tools",
    about="Takes `query` or `reviewPublisherSiteFilter`, or both; parameters that it does not know are passed by.",
    query=ClaimSearch,
    answer={JSON: ClaimPage},
    problems=(422,),
)

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("POST", "/v1/match"): Operation(
        summary="Find the checked quotes of a text",
        about="The text is matched and forgotten: it is neither stored nor logged. Options may stand in the query; "
        "what a JSON body tells goes before it. Needs no token, unless the operator asks for one of any role.",
        query=MatchQuery,
        body={JSON: MatchRequest, "text/plain": None, "text/html": None},
        answer={JSON: MatchAnswer},
        problems=(400, 401, 413, 415, 422),
    ),
    ("GET", "/v1/quotes"): Operation(
        summary="Search the quotes",
        about="The newest first. Without a token, the published ones; with one, those of any status.",
        query=SearchOptions,
        answer={JSON: QuoteList},
        problems=_READ,
    ),
    ("POST", "/v1/quotes"): Operation(
        summary="Create a quote",
        about="To create it as published needs role publisher, and a rating for each label.",
        body={JSON: NewQuote},
        status=HTTPStatus.CREATED,
        answer={JSON: StoredQuote},
        answer_headers=("ETag", "Location"),
        role=Role.EDITOR,
        problems=(*_CREATE, 409),
    ),
    ("GET", "/v1/quotes/{quote_id}"): Operation(
        summary="Read a quote",
        about="Without a token, a published one.",
        answer={JSON: StoredQuote},
        answer_headers=("ETag",),
        if_none_match=True,
        problems=(401, 404),
    ),
    ("PUT", "/v1/quotes/{quote_id}"): Operation(
        summary="Replace a quote",
        about=f"With the whole quote, in the form in which it was read. {_PUBLISHED}",
        body={JSON: ChangedQuote},
        answer={JSON: StoredQuote},
        answer_headers=("ETag",),
        role=Role.EDITOR,
        if_match="needed",
        problems=(*_CHANGE, 409, 412, 428),
    ),
    ("DELETE", "/v1/quotes/{quote_id}"): Operation(
        summary="Delete a quote",
        about=f"Its history stays, and can bring it back. {_PUBLISHED}",
        status=HTTPStatus.NO_CONTENT,
        role=Role.EDITOR,
        if_match="needed",
        problems=(400, 401, 403, 404, 412, 428, 507),
    ),
    ("POST", "/v1/quotes/{quote_id}/status"): Operation(
        summary="Move a quote to another status",
        about="draft ↔ in_review ↔ published ↔ retired; from draft and retired also straight to published and "
        f"back. Only published quotes match. A reason may be given, and stands in the history. {_PUBLISHED}",
        body={JSON: NewStatus},
        answer={JSON: StoredQuote},
        answer_headers=("ETag",),
        role=Role.EDITOR,
        if_match="heeded",
        problems=(*_CHANGE, 409, 412),
    ),
    ("GET", "/v1/quotes/{quote_id}/history"): Operation(
        summary="Tell who changed what of a quote",
        about="The last change first, field by field; also of a quote that was deleted.",
        query=HistoryOptions,
        answer={JSON: QuoteHistory},
        role=Role.VIEWER,
        problems=(401, 404, 422),
    ),
    ("POST", "/v1/quotes/{quote_id}/restore"): Operation(
        summary="Bring a quote back to what it was",
        about="To the content of one of its revisions; its status stays. A deleted quote comes back as a draft, "
        f"and needs no If-Match. {_PUBLISHED}",
        body={JSON: Restoration},
        answer={JSON: StoredQuote},
        answer_headers=("ETag",),
        role=Role.EDITOR,
        if_match="needed",
        problems=(*_CHANGE, 412, 428),
    ),
    ("POST", "/v1/imports"): Operation(
        summary="Import fact-checks",
        about="An article, ClaimReview, a table or records. The same content twice changes nothing. A label that "
        "has no rating yet sends its quote to review. `publish` needs role publisher; where the operator asks for a "
        "second person, what the token's own wrote or changes goes to review instead, and the item's reason says so.",
        query=ImportOptions,
        body=dict.fromkeys(MEDIA_TYPES),
        answer={JSON: ImportAnswer},
        role=Role.EDITOR,
        problems=_CREATE,
    ),
    ("GET", "/v1/export"): Operation(
        summary="Export all quotes",
        about="Streamed, the oldest first. What is exported can be imported, and is then the same.",
        query=ExportOptions,
        answer={media_type: None for media_type, _ in FORMATS.values()},
        answer_headers=("Content-Disposition",),
        role=Role.VIEWER,
        problems=(401, 422),
    ),
    ("GET", "/v1/claims:search"): _CLAIMS,
    ("GET", "/v1alpha1/claims:search"): replace(
        _CLAIMS,
        summary="Search published quotes, at the path that Google's own libraries ask for",
        about="As `/v1/claims:search`.",
    ),
    ("GET", "/v1/filter"): Operation(
        summary="Get the filter of passages worth asking about",
        about="With it a client tells by itself which passages of a page may hold a published quote, and keeps all "
        "else to itself. It holds no words; docs/filter.md tells its form. A client that has one asks with its base, "
        "and gets what came later, or 404 where the base is another now. Needs a token where matching does.",
        query=FilterOptions,
        answer={FILTER: None},
        answer_headers=("ETag",),
        if_none_match=True,
        problems=(401, 404, 422),
    ),
    ("POST", "/v1/reports"): Operation(
        summary="Report a wrong match",
        about="Open to readers. Neither the page's text nor its address is kept.",
        body={JSON: Report},
        status=HTTPStatus.ACCEPTED,
        answer={JSON: ReportTaken},
        problems=(400, 404, 413, 415, 422, 507),
    ),
    ("GET", "/healthz"): Operation(summary="Is the process alive?", answer={JSON: Alive}),
    ("GET", "/readyz"): Operation(
        summary="Does it match?",
        about="503 until it does.",
        answer={JSON: Readiness},
        also={503: {JSON: Readiness}},
    ),
    ("GET", "/metrics"): Operation(
        summary="Numbers for Prometheus",
        about="Asks for the token of the setting metrics_token, where that is set.",
        answer={"text/plain": None},
        problems=(401,),
    ),
    ("GET", "/openapi.json"): Operation(summary="This document", answer={JSON: None}),
    ("GET", "/docs"): Operation(summary="This document, for people", answer={"text/html": None}),
}
