"""GET /v1/claims:search: published quotes in the read shape of Google's Fact Check Tools API.

Clients written for that one work with this one's address: names, defaults and what is left out where it is empty
are its (https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search).
"""

from __future__ import annotations

import datetime as dt
import re
from http import HTTPStatus
from typing import Annotated

from pydantic import AfterValidator, AnyUrl, ConfigDict, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from server.api.answers import answer_json
from server.api.bodies import ListOptions, validate_query
from server.api.cursors import Cursor, read_cursor, write_cursor
from server.api.match import PageLanguage
from server.api.problem import Fault, Problem
from server.api.quotes import Words
from server.api.services import services
from server.models import Check, Model, NoControls, Status, StoredQuote
from server.store import Search, name_site

DEFAULT_PAGE_SIZE = 10
_LARGEST_PAGE = 500
# In a language tag (RFC 5646), with what narrows it down further.
_REGION = re.compile(r"-([A-Za-z]{2}|\d{3})(-.*)?\Z")


def _without_region(language: str) -> str:
    return _REGION.sub("", language)


def _name_site(sent: str) -> str:
    """Return the site that is meant: clients send addresses, too."""
    try:
        host = AnyUrl(sent if "://" in sent else f"https://{sent}").host
    except ValidationError:
        host = None
    if not host:
        raise ValueError("must be a site, such as snopes.com")
    return name_site(host)


class ClaimSearch(ListOptions):
    # The parameters that all of Google's interfaces take (`key`, `alt`, …) come along, and mean nothing here.
    model_config = ConfigDict(extra="ignore")

    query: Words | None = Field(None, description="Words, or beginnings of words, of the quote")
    languageCode: Annotated[PageLanguage, AfterValidator(_without_region)] | None = Field(
        None, description="The quote's language, whatever the region: `en-GB` finds `en` and `en-US`, too"
    )
    reviewPublisherSiteFilter: (
        Annotated[str, StringConstraints(max_length=300), NoControls, AfterValidator(_name_site)] | None
    ) = Field(
        None,
        description="The site of the check's address, such as `snopes.com`, or an address there; its subdomains count",
    )
    maxAgeDays: int | None = Field(
        None, ge=0, le=100_000, description="How old the words or the check may be, whichever is newer"
    )
    pageSize: int = Field(
        DEFAULT_PAGE_SIZE,
        ge=0,
        description=f"0 is {DEFAULT_PAGE_SIZE}; more than {_LARGEST_PAGE} is {_LARGEST_PAGE}",
    )
    pageToken: Cursor | None = Field(None, description="The `nextPageToken` of an earlier answer")
    offset: int = Field(0, ge=0, le=100_000, description="Where to begin, without a pageToken")


class ReviewPublisher(Model):
    name: str
    site: str | None = None


class ClaimReview(Model):
    publisher: ReviewPublisher
    url: str | None = None
    title: str | None = None
    reviewDate: dt.datetime | None = None
    textualRating: str = Field(description="The publisher's own label")
    languageCode: str | None = None


class Claim(Model):
    text: str
    claimant: str | None = None
    claimDate: dt.datetime | None = None
    claimReview: list[ClaimReview]


class ClaimPage(Model):
    """Both are left out where there is nothing to tell, as Google's interface does."""

    claims: list[Claim] | None = None
    nextPageToken: str | None = None


async def search_claims(request: Request) -> Response:
    asked = validate_query(ClaimSearch, request)
    if asked.query is None and asked.reviewPublisherSiteFilter is None:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid-fields",
            "Ask for words, or for a publisher's site.",
            faults=[Fault("query", "is missing, and so is reviewPublisherSiteFilter")],
        )
    site = asked.reviewPublisherSiteFilter
    page = await services(request).store.quotes.search(
        Search(
            words=asked.query,
            status=Status.PUBLISHED,
            language=asked.languageCode,
            site=site,
            not_before=_days_ago(asked.maxAgeDays),
            before=read_cursor(asked.pageToken, "pageToken", "nextPageToken"),
            skip=0 if asked.pageToken else asked.offset,
            limit=min(asked.pageSize or DEFAULT_PAGE_SIZE, _LARGEST_PAGE),
        )
    )
    claims = [write_claim(quote, site) for quote in page.quotes]
    answer = ClaimPage(claims=claims or None, nextPageToken=write_cursor(page.next_before))
    return answer_json(answer.model_dump(mode="json", exclude_none=True))


def write_claim(quote: StoredQuote, site: str | None) -> Claim:
    """Return the quote as a claim; with a `site`, only with that site's reviews."""
    reviews = [_write_review(quote, check) for check in quote.checks]
    return Claim(
        text=quote.text,
        claimant=quote.speaker.name if quote.speaker else None,
        claimDate=_midnight(quote.said_on),
        claimReview=[review for review in reviews if site is None or _is_of(site, review.publisher.site)],
    )


def _write_review(quote: StoredQuote, check: Check) -> ClaimReview:
    return ClaimReview(
        publisher=ReviewPublisher(
            name=check.publisher, site=name_site(str(check.url.host)) if check.url else None
        ),
        url=str(check.url) if check.url else None,
        title=check.title,
        reviewDate=_midnight(check.published_on),
        textualRating=check.verdict.label,
        languageCode=quote.language,
    )


def _is_of(site: str, found: str | None) -> bool:
    return found is not None and f".{found}".endswith(f".{site}")


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(), dt.UTC)


def _days_ago(days: int | None) -> dt.date | None:
    return None if days is None else dt.datetime.now(dt.UTC).date() - dt.timedelta(days)
