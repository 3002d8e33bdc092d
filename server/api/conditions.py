"""ETags: which state of a quote a client has, and whether that is the present one (RFC 9110, section 13)."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.requests import Request

from server.api.problem import Problem
from server.models import StoredQuote
from server.store import StaleEdit

_TAG = re.compile(r'(W/)?"([^"]*)"')
# One ETag or several; JSON Schema reads it, too.
TAGS = r'^ *(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*) *$'


def write_etag(quote: StoredQuote) -> str:
    """Return the strong ETag of a quote: a quote of a revision is always the same, byte by byte."""
    return f'"{quote.revision}"'


def is_known(request: Request, quote: StoredQuote) -> bool:
    """Tell whether the client has this state already (If-None-Match)."""
    return knows_tag(request, write_etag(quote))


def knows_tag(request: Request, etag: str) -> bool:
    """Tell whether the client has what this strong ETag stands for already (If-None-Match)."""
    sent = request.headers.get("if-none-match")
    if sent is None:
        return False
    return sent.strip() == "*" or etag in [f'"{tag}"' for _, tag in _TAG.findall(sent)]


def require_match(request: Request, quote: StoredQuote, *, compulsory: bool = True) -> None:
    """Refuse a change of a state that the client has not seen: 428 without If-Match, StaleEdit if it is old."""
    sent = request.headers.get("if-match")
    if sent is None:
        if compulsory:
            raise Problem(
                HTTPStatus.PRECONDITION_REQUIRED,
                "if-match-needed",
                "Read the quote, and send its ETag along: If-Match: <ETag>.",
            )
        return
    if not re.fullmatch(TAGS, sent):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "faulty-if-match",
            'If-Match must hold ETags, in their quote marks, or "*".',
        )
    if sent.strip() == "*":
        return
    tags = _TAG.findall(sent)
    if all(weak for weak, _ in tags):
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED,
            "weak-if-match",
            "A weak ETag matches no state of a quote. A proxy that compresses answers made it so: send it without W/.",
        )
    if write_etag(quote) not in [f'"{tag}"' for weak, tag in tags if not weak]:
        raise StaleEdit(quote)
