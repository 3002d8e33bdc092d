"""ClaimReview (schema.org): a check an item of a DataFeed.

What ClaimReview has no word for (a rating in our normal form, wordings, status, id) stands beside it, as the
whole quote in our own form: other readers pass it by, and an import of ours loses nothing.
"""

from __future__ import annotations

import orjson

from server.exporting.lines import own_form
from server.models import Check, StoredQuote

OWN_PROPERTY = "quotemark:quote"

_CONTEXT = ["https://schema.org", {OWN_PROPERTY: {"@id": "urn:quotemark:quote", "@type": "@json"}}]
OPENING = (
    orjson.dumps({"@context": _CONTEXT, "@type": "DataFeed", "name": "Checked quotes"})[:-1]
    + b',"dataFeedElement":[\n'
)
BETWEEN = b",\n"
CLOSING = b"\n]}\n"


def write_items(quote: StoredQuote) -> list[bytes]:
    own = own_form(quote)
    return [orjson.dumps(write_claim_review(quote, check) | {OWN_PROPERTY: own}) for check in quote.checks]


def write_claim_review(quote: StoredQuote, check: Check) -> dict[str, object]:
    """Return what ClaimReview can say of one check of the quote; what is not known is left out."""
    speaker = quote.speaker
    claim: dict[str, object] = {
        "@type": "Claim",
        "author": speaker and _tell({"@type": "Person", "name": speaker.name, "jobTitle": speaker.role}),
        "datePublished": quote.said_on,
    }
    return _tell(
        {
            "@type": "ClaimReview",
            "url": check.url and str(check.url),
            "headline": check.title,
            "description": check.summary,
            "datePublished": check.published_on,
            "inLanguage": quote.language,
            "author": {"@type": "Organization", "name": check.publisher},
            "claimReviewed": quote.text,
            "reviewRating": {"@type": "Rating", "alternateName": check.verdict.label},
            "itemReviewed": _tell(claim),
        }
    )


def _tell(node: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in node.items() if value is not None}
