"""Change a quote by HTTP: only what was read is changed, and every change can be explained and undone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.models import Role, Status
from server.settings import Settings
from server.store import Action, Database, StoreFull
from server.store.editing import Editing
from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess


def create(server: ServerProcess, text: str = XI, **fields: Any) -> dict[str, Any]:
    sent = make_quote(text).model_dump(mode="json") | fields
    answer = server.client.post("/v1/quotes", json=sent, headers=server.headers())
    assert answer.status_code == 201
    return dict(answer.json())


def ask(
    server: ServerProcess,
    method: str,
    path: str,
    content: object = None,
    token: str | None = None,
    **headers: str,
) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {} if content is None else {"json": content}
    return server.client.request(method, path, headers=server.headers(token) | named, **body)  # type: ignore[arg-type]


def path_of(quote: dict[str, Any]) -> str:
    return f"/v1/quotes/{quote['id']}"


def etag_of(quote: dict[str, Any]) -> str:
    return f'"{quote["revision"]}"'


def assert_problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = dict(answer.json())
    assert problem["type"] == f"urn:quotemark:problem:{kind}"
    return problem


def test_a_quote_goes_back_in_the_form_in_which_it_came(server: ServerProcess) -> None:
    quote = create(server)
    changed = quote | {
        "language": "en",
        "wordings": [{"text": "Another", "language": None, "kind": "variant"}],
    }
    answer = ask(server, "PUT", path_of(quote), changed, If_Match=etag_of(quote))
    assert answer.status_code == 200
    assert answer.json() == changed | {"revision": answer.json()["revision"]}
    assert answer.json()["revision"] > quote["revision"]
    assert answer.headers["etag"] == etag_of(answer.json())
    assert ask(server, "GET", path_of(quote)).json() == answer.json()


def test_the_content_that_it_has_changes_nothing(server: ServerProcess) -> None:
    quote = create(server)
    answer = ask(server, "PUT", path_of(quote), quote, If_Match=etag_of(quote))
    assert (answer.status_code, answer.json()) == (200, quote)


def test_a_change_needs_to_say_what_it_changes(server: ServerProcess) -> None:
    quote = create(server)
    for method, content in (("PUT", quote), ("DELETE", None)):
        assert_problem(ask(server, method, path_of(quote), content), 428, "if-match-needed")
        answer = ask(server, method, path_of(quote), content, If_Match="17")
        assert_problem(answer, 400, "faulty-if-match")
    assert ask(server, "GET", path_of(quote)).json() == quote


def test_a_stale_change_is_told_what_the_quote_is_now(server: ServerProcess) -> None:
    quote = create(server)
    now = ask(server, "PUT", path_of(quote), quote | {"language": "de"}, If_Match=etag_of(quote)).json()
    for method, content in (("PUT", quote | {"language": "fr"}), ("DELETE", None)):
        answer = ask(server, method, path_of(quote), content, If_Match=etag_of(quote))
        assert assert_problem(answer, 412, "stale-edit")["current"] == now
        assert answer.headers["etag"] == etag_of(now)
    moved = ask(server, "POST", f"{path_of(quote)}/status", {"status": "in_review"}, If_Match=etag_of(quote))
    assert_problem(moved, 412, "stale-edit")


@pytest.mark.parametrize(
    ("if_match", "status", "kind"),
    [
        ("*", 204, None),
        ('"1", {etag}', 204, None),
        ("W/{etag}", 412, "weak-if-match"),
        ('"0"', 412, "stale-edit"),
        ('W/{etag}, "a,b"', 412, "stale-edit"),
        ("", 400, "faulty-if-match"),
    ],
)
def test_etags_in_all_their_forms(
    server: ServerProcess, if_match: str, status: int, kind: str | None
) -> None:
    quote = create(server)
    answer = ask(server, "DELETE", path_of(quote), If_Match=if_match.replace("{etag}", etag_of(quote)))
    assert answer.status_code == status
    if kind:
        assert_problem(answer, status, kind)


@pytest.mark.parametrize("if_none_match", ["{etag}", "W/{etag}", '"x", {etag}', "*"])
def test_what_a_client_has_is_not_sent_again(server: ServerProcess, if_none_match: str) -> None:
    quote = create(server)
    sent = if_none_match.replace("{etag}", etag_of(quote))
    answer = ask(server, "GET", path_of(quote), If_None_Match=sent)
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag_of(quote))
    assert answer.headers["cache-control"] == "no-cache"
    assert ask(server, "GET", path_of(quote), If_None_Match='"0"').json() == quote


def test_the_id_is_that_of_the_path(server: ServerProcess) -> None:
    quote, other = create(server), create(server, "Another one")
    answer = ask(server, "PUT", path_of(quote), other, If_Match=etag_of(quote))
    assert [fault["field"] for fault in assert_problem(answer, 422, "invalid-fields")["errors"]] == ["id"]


def test_a_deleted_quote_is_gone_and_its_history_stays(server: ServerProcess) -> None:
    quote = create(server, status="published")
    assert quote["id"] in server.match(XI)["quotes"]
    assert ask(server, "DELETE", path_of(quote), If_Match=etag_of(quote)).status_code == 204
    assert quote["id"] not in server.match(XI)["quotes"]
    assert_problem(ask(server, "GET", path_of(quote)), 404, "quote-not-found")
    assert_problem(ask(server, "DELETE", path_of(quote), If_Match="*"), 404, "quote-not-found")
    deleted, created = ask(server, "GET", f"{path_of(quote)}/history").json()["items"]
    assert (deleted["action"], deleted["quote"]) == ("deleted", None)
    assert (created["action"], created["quote"]) == ("created", quote)
    restored = ask(server, "POST", f"{path_of(quote)}/restore", {"revision": quote["revision"]})
    assert restored.json() == quote | {"status": "draft", "revision": restored.json()["revision"]}


def test_history_tells_who_changed_which_field(server: ServerProcess) -> None:
    ann = server.create_token("Ann", "publisher")
    quote = create(server, speaker={"name": "Xi"})
    changed = ask(
        server,
        "PUT",
        path_of(quote),
        quote | {"speaker": {"name": "Xi Jinping"}},
        ann,
        If_Match=etag_of(quote),
    ).json()
    ask(server, "POST", f"{path_of(quote)}/status", {"status": "published"}, ann)
    history = ask(server, "GET", f"{path_of(quote)}/history").json()
    assert (history["total"], history["next"]) == (3, None)
    moved, updated, created = history["items"]
    assert (created["actor"], created["action"], created["differences"]) == ("tests", "created", [])
    assert (updated["actor"], updated["action"], updated["quote"]) == ("Ann", "updated", changed)
    assert updated["differences"] == [{"field": "speaker.name", "before": "Xi", "after": "Xi Jinping"}]
    assert (moved["action"], moved["differences"]) == (
        "moved",
        [{"field": "status", "before": "draft", "after": "published"}],
    )
    assert moved["at"].endswith("Z")


def test_history_is_read_page_by_page_and_only_with_a_token(server: ServerProcess) -> None:
    quote = create(server)
    for status in ("in_review", "draft"):
        ask(server, "POST", f"{path_of(quote)}/status", {"status": status})
    first = ask(server, "GET", f"{path_of(quote)}/history?limit=2").json()
    second = ask(server, "GET", f"{path_of(quote)}/history?limit=2&cursor={first['next']}").json()
    assert [item["action"] for item in first["items"] + second["items"]] == ["moved", "moved", "created"]
    assert second["next"] is None
    assert_problem(server.client.get(f"{path_of(quote)}/history"), 401, "token-needed")
    assert_problem(ask(server, "GET", "/v1/quotes/q_unknown/history"), 404, "quote-not-found")


def test_a_move_may_say_why(server: ServerProcess) -> None:
    quote = create(server)
    path = f"{path_of(quote)}/status"
    for reason in ("", " \n", "a" * 501, 7):
        answer = ask(server, "POST", path, {"status": "in_review", "reason": reason})
        [fault] = assert_problem(answer, 422, "invalid-fields")["errors"]
        assert fault["field"] == "reason"
    ask(server, "POST", path, {"status": "in_review", "reason": None})
    ask(server, "POST", path, {"status": "draft", "reason": "  The date\x00 is missing\u202e "})
    items = ask(server, "GET", f"{path_of(quote)}/history").json()["items"]
    assert [item["reason"] for item in items] == ["The date is missing", None, None]


def test_a_change_is_undone(server: ServerProcess) -> None:
    quote = create(server, status="published")
    changed = ask(server, "PUT", path_of(quote), quote | {"text": "Another"}, If_Match=etag_of(quote)).json()
    wanted = {"revision": quote["revision"]}
    restore = f"{path_of(quote)}/restore"
    assert_problem(ask(server, "POST", restore, wanted), 428, "if-match-needed")
    assert_problem(ask(server, "POST", restore, wanted, If_Match=etag_of(quote)), 412, "stale-edit")
    restored = ask(server, "POST", restore, wanted, If_Match=etag_of(changed)).json()
    assert restored == quote | {"revision": restored["revision"]}
    answer = ask(server, "POST", restore, {"revision": 1}, If_Match=etag_of(restored))
    assert_problem(answer, 404, "revision-not-found")
    assert ask(server, "GET", f"{path_of(quote)}/history").json()["items"][0]["action"] == "restored"


@pytest.mark.parametrize(("current", "wanted"), [("draft", "retired"), ("in_review", "retired")])
def test_what_was_never_published_does_not_retire(server: ServerProcess, current: str, wanted: str) -> None:
    quote = create(server, status=current)
    for answer in (
        ask(server, "POST", f"{path_of(quote)}/status", {"status": wanted}),
        ask(server, "PUT", path_of(quote), quote | {"status": wanted}, If_Match=etag_of(quote)),
    ):
        problem = assert_problem(answer, 409, "illegal-move")
        others = "in_review, published" if current == "draft" else "draft, published"
        assert problem["detail"] == f"A quote that is {current} moves to one of: {others}."


def test_what_is_published_needs_a_rating_for_every_label(server: ServerProcess) -> None:
    unrated = [{"verdict": {"label": "Hmm"}, "publisher": "P"}]
    draft = create(server, checks=unrated)
    published = create(server, status="published")
    for answer in (
        ask(server, "POST", f"{path_of(draft)}/status", {"status": "published"}),
        ask(server, "PUT", path_of(draft), draft | {"status": "published"}, If_Match=etag_of(draft)),
        ask(server, "PUT", path_of(published), published | {"checks": unrated}, If_Match=etag_of(published)),
    ):
        faults = assert_problem(answer, 422, "invalid-fields")["errors"]
        assert [fault["field"] for fault in faults] == ["checks.0.verdict.rating"]


ROLES = [
    ("viewer", {"PUT": 403, "DELETE": 403, "restore": 403, "history": 200, "export": 200}),
    ("editor", {"PUT": 403, "DELETE": 403, "restore": 403, "history": 200, "export": 200}),
    ("publisher", {"PUT": 200, "restore": 200, "DELETE": 204, "history": 200, "export": 200}),
    (None, {"PUT": 401, "DELETE": 401, "restore": 401, "history": 401, "export": 401}),
]


@pytest.mark.parametrize(("role", "answers"), ROLES, ids=str)
def test_roles_on_a_published_quote(server: ServerProcess, role: str | None, answers: dict[str, int]) -> None:
    quote = create(server, status="published")
    headers = server.headers(server.create_token(role, role)) if role else {}
    wanted = {"revision": quote["revision"]}
    for act, status in answers.items():
        method, path, content = {
            "PUT": ("PUT", path_of(quote), quote),
            "DELETE": ("DELETE", path_of(quote), None),
            "restore": ("POST", f"{path_of(quote)}/restore", wanted),
            "history": ("GET", f"{path_of(quote)}/history", None),
            "export": ("GET", "/v1/export", None),
        }[act]
        body = {} if content is None else {"json": content}
        answer = server.client.request(method, path, headers=headers | {"If-Match": "*"}, **body)  # type: ignore[arg-type]
        assert (act, answer.status_code) == (act, status)


def test_an_editor_changes_and_deletes_drafts(server: ServerProcess) -> None:
    editor = server.create_token("editor", "editor")
    quote = create(server)
    answer = ask(server, "PUT", path_of(quote), quote | {"status": "published"}, editor, If_Match="*")
    assert_problem(answer, 403, "role-too-low")
    changed = ask(server, "PUT", path_of(quote), quote | {"status": "in_review"}, editor, If_Match="*")
    assert changed.json()["status"] == "in_review"
    assert ask(server, "DELETE", path_of(quote), token=editor, If_Match="*").status_code == 204


def test_a_revoked_token_opens_nothing(server: ServerProcess) -> None:
    token = server.create_token("leaver", "admin")
    assert server.client.get("/v1/export", headers=server.headers(token)).status_code == 200
    listed = server.run("token", "list")
    (line,) = [line for line in listed.splitlines() if "leaver" in line]
    assert "never" not in line
    server.run("token", "revoke", line.split()[1])
    answer = server.client.get("/v1/export", headers=server.headers(token))
    assert_problem(answer, 401, "unknown-token")


def test_of_two_editors_at_once_one_wins_and_the_other_is_told(server: ServerProcess) -> None:
    state = create(server)
    headers = server.headers()

    def edit(client: httpx.Client, language: str) -> httpx.Response:
        return client.put(
            path_of(state),
            json=state | {"language": language},
            headers=headers | {"If-Match": etag_of(state)},
        )

    with (
        ThreadPoolExecutor(2) as editors,
        httpx.Client(base_url=server.url, timeout=60) as ann,
        httpx.Client(base_url=server.url, timeout=60) as bo,
    ):
        for number in range(50):
            languages = ["aa", "ab"] if number % 2 else ["ba", "bb"]
            won, lost = sorted(editors.map(edit, [ann, bo], languages), key=lambda answer: answer.status_code)
            assert (won.status_code, lost.status_code) == (200, 412)
            state = won.json()
            assert lost.json()["current"] == state


@pytest.fixture
async def app(database: str) -> AsyncIterator[Starlette]:
    app = create_app(Settings(database=database))
    async with app.router.lifespan_context(app):
        yield app


async def open_client(app: Starlette, role: Role) -> httpx.AsyncClient:
    secret = await app.state.services.store.tokens.create(role, role, "tests")
    headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", headers=headers)


@pytest.mark.anyio
async def test_an_editors_token_changes_nothing_that_is_published_meanwhile(
    app: Starlette, database: str
) -> None:
    quotes, elsewhere = app.state.services.store.quotes, Database(database)
    tries = [
        ("PUT", "", make_quote("Planted").model_dump(mode="json")),
        ("DELETE", "", None),
        ("POST", "/status", {"status": "draft"}),
    ]
    async with await open_client(app, Role.EDITOR) as editor:
        await editor.get("/v1/quotes")  # the first use of a token is written down, which waits as well
        for method, act, content in tries:
            seen = await quotes.create(make_quote(f"Words to {method}"), Status.IN_REVIEW, "tests")
            async with elsewhere.change() as connection:  # who would change a quote now, waits
                trying = asyncio.create_task(
                    editor.request(method, f"/v1/quotes/{seen.id}{act}", json=content)
                )
                await asyncio.wait({trying}, timeout=1)
                editing = Editing(connection, "a publisher")
                known = await editing.find(seen.id, seen.revision)
                published = await editing.replace(known, seen, Status.PUBLISHED, Action.MOVED)
            assert_problem(await trying, 412, "stale-edit")
            assert await quotes.find(seen.id) == published
    await elsewhere.close()


@pytest.mark.anyio
async def test_a_disk_that_is_full_keeps_nobody_from_reading(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(token: object) -> None:
        raise StoreFull

    async with await open_client(app, Role.VIEWER) as viewer:
        monkeypatch.setattr(app.state.services.store.tokens, "note_use", refuse)
        assert (await viewer.get("/v1/quotes?status=draft")).status_code == 200


def test_paths_tell_all_the_methods_that_they_know(server: ServerProcess) -> None:
    answer = server.client.patch("/v1/quotes/q_x")
    assert_problem(answer, 405, "method-not-allowed")
    assert {method.strip() for method in answer.headers["allow"].split(",")} == {
        "GET",
        "HEAD",
        "PUT",
        "DELETE",
    }
