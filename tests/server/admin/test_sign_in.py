"""Signing in, and staying out: sessions, guesses, and acts that other sites' pages send."""

from __future__ import annotations

import datetime as dt
import re
import tracemalloc
from collections.abc import AsyncIterator

import httpx
import pytest

from server.admin.guessing import FREE_TRIES_OF_ACCOUNT, LONGEST_WAIT_SECONDS, Guessing
from server.models import Role
from server.store import sessions
from server.store.ids import digest_secret
from tests.server.admin.conftest import PASSWORD, House

pytestmark = pytest.mark.anyio


async def sign_in(browser: httpx.AsyncClient, password: str = PASSWORD, **fields: str) -> httpx.Response:
    return await browser.post("/admin/sign-in", data={"name": "the editor", "password": password} | fields)


async def test_who_signs_in_gets_a_cookie_that_scripts_and_other_sites_never_see(house: House) -> None:
    async with house.open_browser() as browser:
        answer = await sign_in(browser)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/admin"
        cookie = answer.headers["set-cookie"]
        assert re.fullmatch(r"quotemark=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", cookie)
        assert (await browser.get("/admin/quotes")).status_code == 200


async def test_over_https_the_cookie_is_held_to_this_very_host(house: House) -> None:
    async with house.open_browser(Origin="https://localhost") as browser:
        browser.base_url = httpx.URL("https://localhost")
        cookie = (await sign_in(browser)).headers["set-cookie"]
        assert cookie.startswith("__Host-quotemark=")
        assert "; Secure" in cookie
        assert "Domain" not in cookie


async def test_the_database_holds_no_secret_that_opens_a_session(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    secret = editor.client.cookies["quotemark"]
    digest = digest_secret(secret)
    assert secret != digest
    assert await house.store.sessions.find(secret) is not None
    assert await house.store.sessions.find(digest) is None


async def test_signing_in_gives_a_new_session_and_ends_the_one_that_was_planted(house: House) -> None:
    planted = await house.sign_in(Role.EDITOR)
    former = planted.client.cookies["quotemark"]
    answer = await sign_in(planted.client)
    assert former not in answer.headers["set-cookie"]
    assert await house.store.sessions.find(former) is None


async def test_signing_out_ends_the_session_on_the_server(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    secret = editor.client.cookies["quotemark"]
    await editor.post("/sign-out")
    assert await house.store.sessions.find(secret) is None


async def test_another_password_and_another_role_end_all_sessions(house: House) -> None:
    two = [(await house.sign_in(Role.EDITOR)).client.cookies["quotemark"] for _ in range(2)]
    viewer = (await house.sign_in(Role.VIEWER)).client.cookies["quotemark"]
    await house.store.users.set_password("the editor", "another hash", "the admin")
    assert [await house.store.sessions.find(secret) for secret in two] == [None, None]
    editor = (await house.sign_in(Role.EDITOR)).client.cookies["quotemark"]
    await house.store.users.change("the editor", Role.VIEWER, disabled=False, actor="the admin")
    assert await house.store.sessions.find(editor) is None
    assert await house.store.sessions.find(viewer) is not None


async def test_sessions_end_after_a_while_without_acts_and_in_any_case_after_half_a_day(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = dt.datetime.now(dt.UTC)
    secret = (await house.sign_in(Role.EDITOR)).client.cookies["quotemark"]

    async def is_open(after: dt.timedelta) -> bool:
        monkeypatch.setattr(sessions, "now", lambda: start + after)
        return await house.store.sessions.find(secret) is not None

    for hours in (2, 4, 6, 8, 10):
        assert await is_open(dt.timedelta(hours=hours))
    assert not await is_open(sessions.LONGEST + dt.timedelta(minutes=1))
    other = (await house.sign_in(Role.EDITOR)).client.cookies["quotemark"]
    monkeypatch.setattr(
        sessions, "now", lambda: start + sessions.LONGEST + sessions.IDLE + dt.timedelta(minutes=2)
    )
    assert await house.store.sessions.find(other) is None


async def test_a_session_that_a_clock_a_day_ahead_began_does_not_last_that_day(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = dt.datetime.now(dt.UTC)
    monkeypatch.setattr(sessions, "now", lambda: start + dt.timedelta(days=1))
    secret = (await house.sign_in(Role.EDITOR)).client.cookies["quotemark"]
    monkeypatch.setattr(sessions, "now", lambda: start)
    assert await house.store.sessions.find(secret) is None
    await house.sign_in(Role.VIEWER)
    monkeypatch.setattr(sessions, "now", lambda: start + dt.timedelta(days=1))
    assert await house.store.sessions.find(secret) is None


@pytest.mark.parametrize("name", ["the editor", "nobody", ""])
async def test_a_wrong_name_and_a_wrong_password_are_answered_alike(house: House, name: str) -> None:
    async with house.open_browser() as browser:
        answer = await sign_in(browser, password="not the password", name=name)
    assert answer.status_code == 422
    assert "The name or the password is not right." in answer.text
    assert "set-cookie" not in answer.headers


async def test_who_guesses_waits(house: House) -> None:
    house.app.state.curation.guessing._clock = lambda: 0.0
    async with house.open_browser() as browser:
        for _ in range(FREE_TRIES_OF_ACCOUNT):
            assert (await sign_in(browser, password="not the password")).status_code == 422
        answer = await sign_in(browser)
        assert answer.status_code == 429, "even the right password waits"
        assert int(answer.headers["retry-after"]) >= 1


async def test_who_guesses_the_password_of_an_open_session_waits(house: House) -> None:
    editor, guessing = await house.sign_in(Role.EDITOR), house.app.state.curation.guessing
    guessing._clock = lambda: 0.0
    for _ in range(FREE_TRIES_OF_ACCOUNT):
        guessing.note_wrong("the editor", "")
    answer = await editor.post("/account", old=PASSWORD, new="another password for tests")
    assert (answer.status_code, "Too many wrong tries" in answer.text) == (422, True)


def test_waits_grow_to_a_minute_and_no_longer_by_account_and_by_address() -> None:
    clock = [0.0]
    guessing = Guessing(lambda: clock[0])
    waits = []
    for _ in range(20):
        guessing.note_wrong("Anna", "10.0.0.1")
        waits.append(guessing.seconds_to_wait("ANNA", "10.0.0.2"))
    assert waits[: FREE_TRIES_OF_ACCOUNT - 1] == [0.0] * (FREE_TRIES_OF_ACCOUNT - 1)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_SECONDS
    assert guessing.seconds_to_wait("someone else", "10.0.0.1") > 0
    assert guessing.seconds_to_wait("someone else", "10.0.0.9") == 0
    clock[0] += LONGEST_WAIT_SECONDS
    assert guessing.seconds_to_wait("anna", "10.0.0.2") == 0


def test_who_guesses_elsewhere_locks_nobody_out_where_they_signed_in_before() -> None:
    guessing = Guessing(lambda: 0.0)
    guessing.note_right("Anna", "10.0.0.2")
    for _ in range(20):
        guessing.note_wrong("anna", "10.0.0.1")
    assert guessing.seconds_to_wait("anna", "10.0.0.2") == 0
    assert guessing.seconds_to_wait("anna", "10.0.0.3") > 0
    for _ in range(FREE_TRIES_OF_ACCOUNT):
        guessing.note_wrong("anna", "10.0.0.2")
    assert guessing.seconds_to_wait("anna", "10.0.0.2") > 0


def test_names_of_any_length_take_little_memory() -> None:
    guessing = Guessing(lambda: 0.0)
    tracemalloc.start()
    for number in range(20):
        guessing.note_wrong(f"{number}{'x' * 1_000_000}", "10.0.0.1")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 100_000


def test_an_address_from_which_many_sign_in_rightly_does_not_wait() -> None:
    guessing = Guessing(lambda: 0.0)
    for number in range(100):
        guessing.note_wrong(f"curator {number}", "10.0.0.1")
        guessing.note_right(f"curator {number}", "10.0.0.1")
    assert guessing.seconds_to_wait("curator 1", "10.0.0.1") == 0


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/admin//evil.example",
        "/admin/\\evil.example",
        "javascript:1",
    ],
)
async def test_signing_in_leads_to_no_other_site(house: House, wanted: str) -> None:
    async with house.open_browser() as browser:
        assert (await sign_in(browser, next=wanted)).headers["location"] == "/admin"


async def test_signing_in_leads_to_the_page_that_was_asked_for(house: House) -> None:
    async with house.open_browser() as browser:
        answer = await browser.get("/admin/quotes?status=draft")
        assert answer.headers["location"] == "/admin/sign-in?next=%2Fadmin%2Fquotes%3Fstatus%3Ddraft"
        refused = await sign_in(browser, password="not this one", next="/admin/quotes?status=draft")
        assert '<input type="hidden" name="next" value="/admin/quotes?status=draft">' in refused.text
        answer = await sign_in(browser, next="/admin/quotes?status=draft")
        assert answer.headers["location"] == "/admin/quotes?status=draft"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_acts_that_other_pages_send_are_refused(house: House, headers: dict[str, str]) -> None:
    editor = await house.sign_in(Role.EDITOR)
    for name in ("sec-fetch-site", "origin"):
        del editor.client.headers[name]
    editor.client.headers.update(headers)
    assert (await editor.post("/quotes/new")).status_code == 403
    assert (await sign_in(editor.client)).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "ü", "0" * 64])
async def test_acts_without_the_sessions_own_token_are_refused(house: House, token: str) -> None:
    editor = await house.sign_in(Role.EDITOR)
    other = await house.sign_in(Role.ADMIN)
    for wrong in (token, other.form_token):
        assert (await editor.post("/quotes/new", form_token=wrong)).status_code == 403


@pytest.mark.parametrize("host", ["rebound.example", "[::1", "[rebound]", ""])
async def test_pages_are_not_served_under_names_that_the_operator_did_not_give(
    house: House, host: str
) -> None:
    async with house.open_browser(Host=host, Origin=f"http://{host}") as browser:
        assert (await browser.get("/admin/sign-in")).status_code == 421
        assert (await sign_in(browser)).status_code == 421


async def test_no_page_lets_foreign_or_inline_code_run(house: House) -> None:
    viewer = await house.sign_in(Role.VIEWER)
    for answer in (
        await viewer.get("/quotes"),
        await viewer.get("/nothing"),
        await viewer.get("/static/admin.css"),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(
            r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text.partition("<body")[2]
        )


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"garbage", 400),
        ("multipart/form-data", b"garbage", 400),
        ("multipart/form-data; boundary=x; charset=punycode", b"--x--\r\n", 415),
        (FORM, b"&".join(b"a=b" for _ in range(7_000)), 400),
        (FORM, b"name=" + b"a" * 3_000_000, 400),
        (FORM, b"name=" + b"a" * 5_000_000, 413),
    ],
    ids=["no parts", "no boundary", "a slow codec", "many fields", "a large field", "a large body"],
)
async def test_a_form_that_cannot_be_read_is_refused_and_is_no_failure(
    house: House, caplog: pytest.LogCaptureFixture, media_type: str, body: bytes, status: int
) -> None:
    async def sent_in_pieces() -> AsyncIterator[bytes]:
        yield body

    async with house.open_browser() as browser:
        answer = await browser.post(
            "/admin/sign-in", content=sent_in_pieces(), headers={"Content-Type": media_type}
        )
    assert answer.status_code == status
    assert ("more than the server takes" if status == 413 else "The form can&#39;t be read") in answer.text
    assert "event=failure" not in caplog.text
