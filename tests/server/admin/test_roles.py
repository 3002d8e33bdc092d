"""What each role may do, by requests made by hand: the pages' buttons are no guard."""

from __future__ import annotations

import asyncio
import base64

import pytest
from starlette.routing import Route

from server.admin import mount_admin
from server.admin.edited_quote import EditedQuote
from server.models import Role, Status
from server.store import Action, Database, StaleEdit
from server.store.editing import Editing
from tests.server.admin.conftest import House
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

ROUTES = [route for route in mount_admin() if isinstance(route, Route)]
ACTS = [route.path for route in ROUTES if "POST" in (route.methods or ())]
PAGES = [route.path for route in ROUTES if "GET" in (route.methods or ()) and "{path" not in route.path]
ALLOWED_TO_VIEWERS = {
    "/admin/sign-in",
    "/admin/sign-out",
    "/admin/account",
    "/admin/quotes/preview",
    "/admin/bench",
}


def fill(path: str) -> str:
    return path.removeprefix("/admin").replace("{quote_id}", "q_" + "x" * 22).replace("{number:place}", "1")


async def test_nobody_sees_a_page_without_signing_in(house: House) -> None:
    async with house.open_browser() as browser:
        for path in set(PAGES) - {"/admin/sign-in"}:
            answer = await browser.get("/admin" + fill(path))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/admin/sign-in"), path


async def test_nobody_acts_without_signing_in(house: House) -> None:
    async with house.open_browser() as browser:
        for path in set(ACTS) - {"/admin/sign-in"}:
            answer = await browser.post("/admin" + fill(path), data={"form_token": "x"})
            if answer.status_code == 303:
                assert answer.headers["location"] == "/admin/sign-in?done=session-ended", path
            else:
                assert answer.status_code == 403, path
                assert "<h1>Sign in</h1>" in answer.text, path


async def test_a_viewer_does_no_act_by_hand(house: House) -> None:
    viewer = await house.sign_in(Role.VIEWER)
    for path in set(ACTS) - ALLOWED_TO_VIEWERS:
        revision = await house.store.read_revision()
        answer = await viewer.post(fill(path), text="Planted", status="published", revision="1")
        assert answer.status_code == 403, path
        assert await house.store.read_revision() == revision, path


async def test_an_editor_touches_nothing_that_readers_see(house: House) -> None:
    published = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    draft = await house.store.quotes.create(make_quote("Another quote of some words"), Status.DRAFT, "tests")
    editor = await house.sign_in(Role.EDITOR)
    tries: list[tuple[str, dict[str, str]]] = [
        ("/import/accept", {"do": f"merge {published.id}"} | EditedQuote.of(make_quote("Planted")).values),
        (f"/quotes/{draft.id}/merge", {"other": published.id}),
        ("/bulk", {"status": "retired", "quote": published.id}),
        ("/bulk/do", {"status": "retired", "moving": f"{published.id} {published.revision}"}),
        (f"/quotes/{published.id}", {"text": "Planted"}),
        (f"/quotes/{published.id}/status", {"status": "retired"}),
        (f"/quotes/{published.id}/delete", {}),
        (f"/quotes/{published.id}/restore", {"revision": str(published.revision)}),
        (f"/quotes/{draft.id}/status", {"status": "published"}),
    ]
    for path, fields in tries:
        answer = await editor.post(path, **{"revision": str(published.revision)} | fields)
        assert answer.status_code == 403, path
    assert await house.store.quotes.find(published.id) == published
    assert await house.store.quotes.find(draft.id) == draft


async def test_an_editor_takes_in_nothing_that_readers_see(house: House) -> None:
    published = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    editor = await house.sign_in(Role.EDITOR)
    new = published.model_copy(update={"id": "q_" + "N" * 22, "text": "Words that nobody has seen before"})
    lines = [new, published.model_copy(update={"text": "Planted"})]
    content = b"\n".join(line.model_dump_json().encode() for line in lines)
    carried = base64.b64encode(content).decode()
    answer = await editor.post("/import", do="write", carried=carried, file_name="quotes.ndjson")
    assert "only a publisher may change it" in answer.text
    other_verdict = EditedQuote.of(make_quote(label="True", rating="true")).values
    answer = await editor.post("/import/accept", **{"do": "draft"} | other_verdict)
    assert "only a publisher may change it" in answer.text
    assert await house.store.quotes.find(published.id) == published
    assert (await house.store.quotes.find(new.id)).status is Status.DRAFT


async def test_what_readers_see_is_not_deleted_from_a_page(house: House) -> None:
    publisher = await house.sign_in(Role.PUBLISHER)
    seen = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    answer = await publisher.post(f"/quotes/{seen.id}/delete", revision=str(seen.revision))
    assert answer.status_code == 409
    assert await house.store.quotes.find(seen.id) == seen


async def test_what_is_moved_is_what_was_looked_at(house: House) -> None:
    publisher = await house.sign_in(Role.PUBLISHER)
    seen = await house.store.quotes.create(make_quote(), Status.IN_REVIEW, "tests")
    await house.store.quotes.replace(seen.id, make_quote("Slipped in"), "someone", if_revision=seen.revision)
    answer = await publisher.post(
        f"/quotes/{seen.id}/status", status="published", revision=str(seen.revision)
    )
    assert answer.status_code == 409
    assert (await house.store.quotes.find(seen.id)).status is Status.IN_REVIEW
    other = await house.store.quotes.create(make_quote("Another quote of some words"), Status.DRAFT, "tests")
    merging = {"other": other.id, "other_revision": str(other.revision), "revision": str(seen.revision)}
    assert (await publisher.post(f"/quotes/{seen.id}/merge", **merging)).status_code == 409
    assert await house.store.quotes.find(other.id) == other
    for act, fields in [("", EditedQuote.of(other).values), ("/delete", {}), ("/restore", {"revision": "1"})]:
        stale = {"revision": str(seen.revision), "current": str(seen.revision)} | fields
        answer = await publisher.post(f"/quotes/{seen.id}{act}", **stale)
        assert (answer.status_code, "changed" in answer.text) == (409, True), act
    await publisher.post("/bulk/do", status="published", moving=f"{seen.id} {seen.revision}")
    now = await house.store.quotes.find(seen.id)
    assert (now.text, now.status) == ("Slipped in", Status.IN_REVIEW)
    with pytest.raises(StaleEdit):
        await house.store.quotes.move(seen.id, Status.PUBLISHED, "x", if_revision=seen.revision)


async def test_no_revision_takes_an_editor_to_what_is_published_meanwhile(
    house: House, database: str
) -> None:
    editor = await house.sign_in(Role.EDITOR)
    other = await house.store.quotes.create(make_quote("Another quote of some words"), Status.DRAFT, "tests")
    values = EditedQuote.of(make_quote("Planted")).values
    tries: dict[str, dict[str, str]] = {
        "": values,
        "/status": {"status": "draft"},
        "/delete": {},
        "/restore": {},
        "/merge": {"other": other.id, "other_revision": str(other.revision)},
        "bulk": {"status": "draft"},
    }
    elsewhere = Database(database)
    for act, fields in tries.items():
        seen = await house.store.quotes.create(make_quote(f"Words of {act}"), Status.IN_REVIEW, "tests")
        path = "/bulk/do" if act == "bulk" else f"/quotes/{seen.id}{act}"
        guessed = str(seen.revision + 1)
        async with elsewhere.change() as connection:  # who would change a quote now, waits
            trying = []
            for revision in (guessed, str(seen.revision)):
                named = {"current": revision, "moving": f"{seen.id} {revision}"} | fields
                named["revision"] = str(seen.revision) if act == "/restore" else revision
                trying.append(asyncio.create_task(editor.post(path, **named)))
            await asyncio.wait(trying, timeout=1)
            editing = Editing(connection, "a publisher")
            known = await editing.find(seen.id, seen.revision)
            published = await editing.replace(known, seen, Status.PUBLISHED, Action.MOVED)
        assert str(published.revision) == guessed
        await asyncio.gather(*trying)
        assert await house.store.quotes.find(seen.id) == published, act
    await elsewhere.close()
