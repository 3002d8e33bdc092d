"""Where a second person publishes, the import page publishes nothing that its user wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.models import Role, Status
from server.store import Search
from tests.server.admin.conftest import open_house
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

ARTICLE = (Path(__file__).parents[1] / "ingest" / "fixtures" / "polygraph-copied.txt").read_text(
    encoding="utf-8"
)
FIELDS = {
    "text": "The seven bridges of the town were sold to a circus",
    "form": "quote",
    "checks.0.label": "False",
    "checks.0.rating": "false",
    "checks.0.publisher": "Snopes",
}


async def test_what_is_published_on_the_import_page_waits_in_review(database: str) -> None:
    async with open_house(database, second_person=True) as house:
        publisher = await house.sign_in(Role.PUBLISHER)
        page = await publisher.post("/import", content=ARTICLE, do="read")
        assert "What you publish waits in review" in page.text
        page = await publisher.post("/import/accept", **FIELDS, place="1", do="publish")
        assert "it waits in review for a second person" in page.text
        [waiting] = (await house.store.quotes.search(Search())).quotes
        assert waiting.status is Status.IN_REVIEW
        admin = await house.sign_in(Role.ADMIN)
        await admin.post("/import/accept", **FIELDS, place="1", do="publish")
        assert (await house.store.quotes.find(waiting.id)).status is Status.PUBLISHED


async def test_a_published_quote_that_is_merged_into_waits_in_review(database: str) -> None:
    async with open_house(database, second_person=True) as house:
        quote = await house.store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
        await house.store.quotes.move(quote.id, Status.PUBLISHED, "Bo")
        publisher = await house.sign_in(Role.PUBLISHER)
        assert (
            "when a second person has published the change"
            in (await publisher.get(f"/quotes/{quote.id}")).text
        )
        page = await publisher.post("/import/accept", **FIELDS, place="1", do=f"merge {quote.id}")
        assert "Merged" in page.text
        assert "it waits in review for a second person" in page.text
        assert (await house.store.quotes.find(quote.id)).status is Status.IN_REVIEW
