"""Every page as it looks, light and dark, wide and narrow; and what axe-core says of it: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from server.models import Role
from tests.browser.admin.conftest import Open
from tests.browser.folders import AXE, OUTPUT
from tests.server_process import ServerProcess

RUN_AXE = """axe.run(document, {resultTypes: ['violations']}).then(({violations}) =>
    violations.map(({id, nodes}) => [id, ...nodes.map(node => node.html + ' ' + node.failureSummary)]))"""
FIXTURES = Path(__file__).parents[2] / "server" / "ingest" / "fixtures"

PAGES = {
    "dashboard": "/admin",
    "quotes": "/admin/quotes",
    "quotes-filtered": "/admin/quotes?q=war&status=published&publisher=Nobody",
    "quotes-misspelt": "/admin/quotes?q=Barak+Obamma",
    "quotes-of-an-import": "/admin/quotes?changes=1-3",
    "quote-new": "/admin/quotes/new",
    "review": "/admin/review",
    "reports": "/admin/reports",
    "import": "/admin/import",
    "bench": "/admin/bench",
    "pages": "/admin/pages",
    "page": "/admin/pages/1",
    "labels": "/admin/labels",
    "users": "/admin/users",
    "audit": "/admin/audit",
    "audit-chain": "/admin/audit/chain",
    "account": "/admin/account",
    "refusal": "/admin/nothing",
}
WIDTHS = {"wide": 1280, "narrow": 390}

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def look(page: Page, name: str, scheme: str) -> list[Any]:
    """Take a picture at each width, let axe look at the page at each, and return what it complains of."""
    faults: list[Any] = []
    (OUTPUT / "admin").mkdir(parents=True, exist_ok=True)
    for width_name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUTPUT / "admin" / f"{name}-{scheme}-{width_name}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name} is wider than the window, {width_name}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        faults += [[name, width_name, *found] for found in page.evaluate(RUN_AXE)]
    return faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(sign_in: Open, scheme: Any) -> None:
    page = sign_in(Role.ADMIN, color_scheme=scheme)
    faults = []
    for name, path in PAGES.items():
        page.goto(path)
        faults += look(page, name, scheme)
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_acts_lead_to(sign_in: Open, scheme: Any, house: ServerProcess) -> None:
    faults: list[Any] = []
    page = sign_in(Role.ADMIN, color_scheme=scheme)
    page.goto("/admin/quotes?status=published")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Move the ticked ones to").select_option("retired")
    page.get_by_role("button", name="Preview", exact=True).click()
    faults += look(page, "bulk", scheme)
    page.goto("/admin/review")
    page.get_by_text("Back to draft…").first.click()
    page.get_by_label("Reason (optional)").first.fill("The date is missing.\nAsk the embassy.")
    faults += look(page, "review-reason", scheme)
    page.get_by_role("button", name="Back to draft").first.click()
    page.get_by_role("status").get_by_role("link").click()
    page.get_by_text("Sent back by the admin").wait_for()
    faults += look(page, "quote-sent-back", scheme)
    page.get_by_role("link", name="History", exact=True).click()
    faults += look(page, "history-reason", scheme)
    page.goto("/admin/quotes?status=published")
    page.locator(".quote-row a").first.click()
    page.locator("#card").wait_for()
    faults += look(page, "quote", scheme)
    page.get_by_role("link", name="Likely duplicates").click()
    faults += look(page, "duplicates", scheme)
    page.go_back()
    page.get_by_role("link", name="Where would it match?").click()
    faults += look(page, "bench-quote", scheme)
    page.get_by_label("A page’s text or HTML").fill(
        "He said: “Hate speech is not protected by the first amendment.”"
    )
    page.get_by_role("button", name="Show it").click()
    faults += look(page, "bench-trial", scheme)
    page.goto("/admin/import")
    page.get_by_label("Or choose a file").set_input_files(FIXTURES / "polygraph.html")
    page.get_by_role("button", name="Read it").click()
    faults += look(page, "import-read", scheme)
    page.goto("/admin/users")
    page.get_by_label("Whom it is for").fill(f"a robot, {scheme}")
    page.get_by_role("button", name="Create", exact=True).click()
    faults += look(page, "secret", scheme)
    page.goto("/admin/quotes?status=draft")
    page.locator(".quote-row a").first.click()
    page.get_by_role("heading", level=1, name="Quote").wait_for()
    page.get_by_role("link", name="History", exact=True).click()
    faults += look(page, "history", scheme)
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_asked_and_told_of_texts_and_tables(sign_in: Open, scheme: Any) -> None:
    faults: list[Any] = []
    page = sign_in(Role.EDITOR, color_scheme=scheme)
    page.goto("/admin/bench")
    page.get_by_label("A page’s text or HTML").fill(
        "“If elected governor,” said the candidate, “I will resign.”"
    )
    page.get_by_label("A quote to try on it").fill("candidate")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Try this one").first.wait_for()
    faults += look(page, "bench-offered", scheme)
    page.get_by_role("button", name="Try this one").first.click()
    page.get_by_role("heading", name="Why this quote is not marked").wait_for()
    faults += look(page, "bench-why", scheme)
    page.goto("/admin/import")
    page.get_by_label("Paste the article").fill("Worte;Wer\nEvery lamp on our quay has burned;Ada Marlowe")
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Worte").select_option("Quote")
    faults += look(page, "import-columns", scheme)
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in(sign_in: Open, scheme: Any) -> None:
    faults: list[Any] = []
    page = sign_in(Role.VIEWER, color_scheme=scheme)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()
    faults += look(page, "sign-in", scheme)
    page.get_by_label("Name").fill("the viewer")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    faults += look(page, "sign-in-wrong", scheme)
    assert faults == []
