"""Texts that would be code somewhere else are shown as the texts that they are, in every field and on every page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from server.models import MatchKind, Quote, Report, Role, Status
from server.store import Store
from tests.browser.admin.conftest import Open
from tests.databases import run_apart
from tests.server_process import ServerProcess

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

PAYLOADS = [
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "\"><svg onload=document.title='run'>",
    "'-(document.title='run')-'",
    "</textarea><script>document.title='run'</script>",
    "{{ 7 * 7 }}${7*7}<%= 7*7 %>",
    "<div hx-get='/admin/users' hx-trigger='load' hx-target='body'>",
    "&lt;b&gt; ‮ reversed \u202e",
]


async def furnish(database: str) -> list[str]:
    store = await Store.open(database)
    ids = []
    try:
        for payload in PAYLOADS:
            check = {
                "verdict": {"label": payload, "rating": None},
                "publisher": payload,
                "title": payload,
                "summary": payload,
                "url": "https://example.org/?" + payload.replace(" ", "%20"),
            }
            content = {
                "text": payload,
                "speaker": {"name": payload, "role": payload},
                "checks": [check, {**check, "verdict": {"label": payload, "rating": "false"}}],
                "wordings": [{"text": payload}],
            }
            kept = await store.quotes.create(Quote.model_validate(content), Status.IN_REVIEW, payload)
            await store.quotes.replace(
                kept.id, kept.model_copy(update={"said_on": None, "language": "en"}), payload
            )
            await store.reports.add(Report(quote=kept.id, kind=MatchKind.EXACT, words=payload, note=payload))
            await store.corpus.add(payload, payload, payload)
            await store.labels.edit(payload, payload, None, payload)
            await store.users.add(payload, "no hash", Role.VIEWER, payload)
            await store.tokens.create(payload, Role.VIEWER, "Ann")
            ids.append(kept.id)
    finally:
        await store.close()
    return ids


def test_no_payload_runs_and_each_is_shown_as_it_is(sign_in: Open, house: ServerProcess) -> None:
    ids = run_apart(furnish(house.database))
    page = sign_in(Role.ADMIN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lists = ["/admin", "/admin/quotes", "/admin/review", "/admin/reports", "/admin/pages", "/admin/labels"]
    lists += ["/admin/users", "/admin/audit"]
    for path in [*lists, *(f"/admin/quotes/{each}{end}" for each in ids for end in ("", "/history"))]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.title() != "run", path
        # The page's own scripts are files of ours; nothing that was stored became an element.
        assert (
            page.locator("script:not([src]), img, svg[onload], [onerror], main [hx-target=body]").count() == 0
        ), path
    for payload in PAYLOADS:
        page.goto("/admin/labels")
        expect(page.get_by_text(payload, exact=True).first).to_be_visible()
    assert all(url.startswith(house.url) for url in asked), "no other host is asked"


def test_addresses_that_are_code_become_no_links(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    for address in ("javascript:alert(1)", "data:text/html,<script>1</script>", " jAvAsCrIpT:alert(1)"):
        page.goto("/admin/quotes/new")
        page.get_by_label("Quote", exact=True).fill("Words")
        page.get_by_label("Publisher", exact=True).fill("P")
        page.get_by_label("Label, in its own words").fill("L")
        page.get_by_label("Address", exact=True).fill(address)
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_role("alert")).to_contain_text("1 field needs mending")


def test_what_pages_write_when_asked_with_payloads(sign_in: Open) -> None:
    page = sign_in(Role.VIEWER)
    for payload in PAYLOADS:
        page.goto(
            "/admin/quotes?" + "&".join(f"{name}={quote(payload)}" for name in ("q", "speaker", "publisher"))
        )
        assert page.title() != "run"
        expect(page.get_by_label("Search")).to_have_value(payload)
