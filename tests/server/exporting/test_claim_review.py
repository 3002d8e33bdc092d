"""ClaimReview: what schema.org has a word for is said by it, and the whole quote stands beside it."""

from __future__ import annotations

import orjson
import pytest

from server.exporting import Format, export_quotes
from server.exporting.claim_review import OWN_PROPERTY
from server.models import ExportedQuote, Status
from server.store import Store
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def export(store: Store) -> dict[str, object]:
    pieces = [piece async for piece in export_quotes(store.quotes.iterate_all(), Format.CLAIMREVIEW)]
    return dict(orjson.loads(b"".join(pieces)))


async def test_an_empty_feed_is_a_feed(store: Store) -> None:
    feed = await export(store)
    assert (feed["@type"], feed["dataFeedElement"]) == ("DataFeed", [])


async def test_each_check_is_an_item(store: Store) -> None:
    quote = make_quote(
        said_on="2022-01-07", speaker={"name": "Xi Jinping", "role": "President"}, language="en"
    )
    for _ in range(600):  # more than are read at once
        created = await store.quotes.create(quote, Status.PUBLISHED, "tests")
    items = (await export(store))["dataFeedElement"]
    assert isinstance(items, list)
    assert len(items) == 600
    own = items[-1].pop(OWN_PROPERTY)
    assert items[-1] == {
        "@type": "ClaimReview",
        "url": "https://www.polygraph.info/a/31644294.html",
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "Polygraph.info"},
        "claimReviewed": quote.text,
        "reviewRating": {"@type": "Rating", "alternateName": "Unsubstantiated"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Xi Jinping", "jobTitle": "President"},
            "datePublished": "2022-01-07",
        },
    }
    assert ExportedQuote.model_validate(own) == ExportedQuote.model_validate(
        created.model_dump(exclude={"revision"})
    )
