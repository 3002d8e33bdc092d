"""Whatever is done, in whatever order, on whichever server: all of them tell what a few dicts tell.

A seed gives a walk of random acts, by HTTP or, where only the curation pages do them, by the store. After each, all
servers must tell the quotes as the model does, with their ETags and histories; and a page that holds all texts must
match what the model shows: at once on the server that was asked, and soon on the others, which heard a hint.
"""

from __future__ import annotations

import copy
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from server.models import ExportedQuote, Status
from server.store import LEGAL_MOVES, START, Store, list_passage_digests
from tests.databases import make_database
from tests.server.quotes import distinct_texts
from tests.server_process import ServerProcess

pytestmark = pytest.mark.anyio

SEED = 1
STEPS = 40
WITHIN_SECONDS = 2.5  # sooner than they look by themselves; most often it is a few milliseconds
NDJSON = {"Content-Type": "application/x-ndjson"}

State = dict[str, Any]


class Walk:
    """The model, the servers, and the acts that change both. An act returns the ids of the quotes that it touched."""

    def __init__(self, servers: list[ServerProcess], store: Store, seed: int) -> None:
        self.servers, self.store, self.chance = servers, store, random.Random(seed)
        self.quotes: dict[str, State] = {}
        self.histories: dict[str, list[tuple[int, State | None]]] = {}
        self.blocked: set[tuple[str, str]] = set()  # ids and texts
        self.revision = 0
        self.unused = distinct_texts(340)
        self.at = servers[0]  # who is asked
        self.client = httpx.AsyncClient(timeout=30, headers=servers[0].headers())

    async def step(self) -> str:
        act = self.chance.choice(self.acts())
        self.at = self.chance.choice(self.servers)
        touched = await act()
        await self.check_matches(by_http=act not in (self.merge, self.move_many, self.block))
        for quote_id in touched:
            await self.check_quote(quote_id)
        return act.__name__

    def acts(self) -> Sequence[Callable[[], Awaitable[list[str]]]]:
        grow = [self.create, self.import_new]
        if len(self.quotes) < 3:
            return grow
        by_http = [
            self.edit,
            self.edit_what_is_stale,
            self.move,
            self.move,
            self.delete,
            self.restore,
            self.report,
        ]
        imports = [self.import_all_again, self.import_an_edited_one]
        return [*grow, *2 * by_http, *imports, *2 * [self.merge, self.move_many, self.block]]

    # What the model knows

    def note(self, quote_id: str, state: State | None, *, always: bool = False) -> list[str]:
        """Let this be what the quote is from now on: a change, if it is not so already."""
        now = self.quotes.get(quote_id)
        if now and state and not always and now == {**state, "revision": now["revision"]}:
            return [quote_id]
        self.revision += 1
        if state is None:
            del self.quotes[quote_id]
        else:
            state = {**copy.deepcopy(state), "id": quote_id, "revision": self.revision}
            self.quotes[quote_id] = state
        self.histories.setdefault(quote_id, []).append((self.revision, state))
        return [quote_id]

    def choose(self) -> State:
        return copy.deepcopy(self.quotes[self.chance.choice(sorted(self.quotes))])

    def make_content(self) -> State:
        first, *others = [self.unused.pop() for _ in range(self.chance.choice([1, 1, 2]))]
        return {
            "text": first,
            "form": "quote",
            "language": self.chance.choice([None, "en"]),
            "said_on": None,
            "speaker": self.chance.choice([None, {"name": "Ann Example", "role": None}]),
            "checks": [self.make_check() for _ in range(self.chance.choice([1, 1, 2]))],
            "wordings": [make_wording(text) for text in others],
        }

    def make_check(self) -> State:
        number = self.chance.randrange(1 << 40)
        return {
            "verdict": {"label": "False", "rating": "false"},
            "publisher": f"Checker {number}",
            "title": None,
            "summary": self.chance.choice([None, "It is not so."]),
            "url": f"https://checks.example/{number}",
            "published_on": None,
        }

    def change_content(self, quote: State) -> State:
        name = self.chance.choice(["text", "language", "speaker", "checks", "wordings", "wordings"])
        return quote | {name: self.make_content()[name]}

    def shown(self) -> set[str]:
        """Return the quotes that a page with all texts matches."""
        return {
            quote_id
            for quote_id, quote in self.quotes.items()
            if quote["status"] == "published"
            and any((quote_id, text) not in self.blocked for text in texts_of(quote))
        }

    # Acts

    async def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return await self.client.request(method, f"{self.at.url}/v1{path}", **sent)

    async def create(self) -> list[str]:
        sent = {**self.make_content(), "status": self.chance.choice(["draft", "published"])}
        answer = await self.ask("POST", "/quotes", json=sent)
        assert answer.status_code == httpx.codes.CREATED
        return self.note(answer.json()["id"], sent)

    async def edit(self) -> list[str]:
        quote = self.choose()
        new = self.change_content(quote)
        answer = await self.ask(
            "PUT", f"/quotes/{quote['id']}", json=new, headers=if_match(quote["revision"])
        )
        assert answer.status_code == httpx.codes.OK
        return self.note(quote["id"], new)

    async def edit_what_is_stale(self) -> list[str]:
        quote = self.choose()
        other = self.chance.choice([0, quote["revision"] - 1, self.revision + 1])
        new = self.change_content(quote)
        answer = await self.ask("PUT", f"/quotes/{quote['id']}", json=new, headers=if_match(other))
        assert (answer.status_code, answer.json()["current"]) == (412, quote)
        return [quote["id"]]

    async def move(self) -> list[str]:
        quote, wanted = self.choose(), self.chance.choice(list(Status))
        answer = await self.ask("POST", f"/quotes/{quote['id']}/status", json={"status": wanted})
        if wanted != quote["status"] and not may_move(quote, wanted):
            assert answer.status_code == httpx.codes.CONFLICT
            return [quote["id"]]
        assert answer.status_code == httpx.codes.OK
        return self.note(quote["id"], quote | {"status": wanted.value})

    async def delete(self) -> list[str]:
        quote = self.choose()
        answer = await self.ask("DELETE", f"/quotes/{quote['id']}", headers=if_match(quote["revision"]))
        assert answer.status_code == httpx.codes.NO_CONTENT
        return self.note(quote["id"], None)

    async def restore(self) -> list[str]:
        quote_id = self.chance.choice(sorted(self.histories))
        revision, was = self.chance.choice(self.histories[quote_id])
        now = self.quotes.get(quote_id)
        answer = await self.ask(
            "POST",
            f"/quotes/{quote_id}/restore",
            json={"revision": revision},
            headers=if_match(now["revision"]) if now else {},
        )
        if was is None:
            assert answer.status_code == httpx.codes.NOT_FOUND
            return [quote_id]
        assert answer.status_code == httpx.codes.OK
        return self.note(quote_id, was | {"status": now["status"] if now else "draft"})

    async def report(self) -> list[str]:
        quote_id = self.choose()["id"]
        sent = {"quote": quote_id, "kind": "exact", "words": "some words"}
        assert (await self.ask("POST", "/reports", json=sent)).json() == {"state": "open"}
        return [quote_id]

    async def merge(self) -> list[str]:
        kept_id, other_id = self.chance.sample(sorted(self.quotes), 2)
        kept, other = copy.deepcopy(self.quotes[kept_id]), self.quotes[other_id]
        await self.store.quotes.merge(kept_id, other_id, "tests")
        for wording in [make_wording(other["text"], other["language"]), *other["wordings"]]:
            if wording["text"] not in texts_of(kept):
                kept["wordings"].append(wording)
        addresses = [check["url"] for check in kept["checks"]]
        kept["checks"] += [check for check in other["checks"] if check["url"] not in addresses]
        for name in ("language", "speaker"):
            kept[name] = kept[name] or other[name]
        self.blocked |= {(kept_id, text) for quote_id, text in self.blocked if quote_id == other_id}
        # A change also where it brings nothing new: it is the other's end.
        return [*self.note(kept_id, kept, always=True), *self.note(other_id, None)]

    async def move_many(self) -> list[str]:
        ids = self.chance.sample(sorted(self.quotes), self.chance.randint(1, min(8, len(self.quotes))))
        wanted, stale = self.chance.choice(list(Status)), self.chance.choice(ids)
        revisions = {each: self.quotes[each]["revision"] - (each == stale) for each in ids}
        moved = await self.store.quotes.move_all(revisions, wanted, "tests")
        before = {
            each: self.quotes[each] for each in ids if each != stale and may_move(self.quotes[each], wanted)
        }
        assert moved.moved == len(before)
        for each in before:
            self.note(each, self.quotes[each] | {"status": wanted.value})
        if self.chance.random() < 0.5:
            entry = await self.store.audit.find(moved.number)
            assert entry
            assert (await self.store.quotes.undo_move(entry, "tests")).moved == len(before)
            for each, quote in before.items():
                self.note(each, quote)
        return ids

    async def block(self) -> list[str]:
        quote = self.choose()
        passage = quote["id"], self.chance.choice(texts_of(quote))
        digest, blocked = list_passage_digests(passage[1])[0], passage not in self.blocked
        await self.store.quotes.block(quote["id"], digest, "tests", blocked=blocked)
        self.blocked ^= {passage}
        return self.note(quote["id"], quote, always=True)

    async def import_new(self) -> list[str]:
        contents = [self.make_content() for _ in range(self.chance.randint(1, 3))]
        publish = self.chance.choice([True, False])
        path, lines = f"/imports?publish={publish}", b"\n".join(map(orjson.dumps, contents))
        for query, status in (("", 422), ("&partial=true&dry_run=true", 200)):
            faulty = await self.ask("POST", path + query, content=lines + b'\n{"text": 1}', headers=NDJSON)
            assert faulty.status_code == status
        first, again = [
            (await self.ask("POST", path, content=lines, headers=NDJSON)).json() for _ in range(2)
        ]
        assert (first["created"], again["unchanged"]) == (len(contents), len(contents))
        ids = [item["quote"] for item in first["items"]]
        assert [item["quote"] for item in again["items"]] == ids
        for quote_id, content in zip(ids, contents, strict=True):
            self.note(quote_id, content | {"status": "published" if publish else "draft"})
        return ids

    async def import_all_again(self) -> list[str]:
        form, kind = self.chance.choice([("ndjson", "application/x-ndjson"), ("csv", "text/csv")])
        exported = (await self.ask("GET", f"/export?format={form}")).content
        answer = await self.ask("POST", "/imports", content=exported, headers={"Content-Type": kind})
        assert answer.json()["unchanged"] == len(answer.json()["items"]) == len(self.quotes)
        return []

    async def import_an_edited_one(self) -> list[str]:
        new = self.change_content(self.choose())
        new["checks"] = [self.make_check()]  # so that it was never imported before
        if new["status"] != "retired":  # which an import does not undo
            new["status"] = self.chance.choice(["draft", "in_review", "published"])
        sent = {name: value for name, value in new.items() if name != "revision"}
        answer = await self.ask("POST", "/imports", content=orjson.dumps(sent), headers=NDJSON)
        assert answer.json()["updated"] == 1
        return self.note(new["id"], new)

    # What must hold

    async def check_matches(self, *, by_http: bool) -> None:
        states = [state for history in self.histories.values() for _, state in history if state]
        page = "\n\n".join(dict.fromkeys(text for state in states for text in texts_of(state)))
        shown, began = self.shown(), time.monotonic()
        for server in [self.at, *self.servers]:
            within = 0.0 if by_http and server is self.at else WITHIN_SECONDS
            while True:
                asked = time.monotonic() - began
                answer = (await self.client.post(f"{server.url}/v1/match", json={"text": page})).json()
                if answer["revision"] == self.revision:
                    assert set(answer["quotes"]) == shown
                    break
                assert answer["revision"] < self.revision
                assert asked < within

    async def check_quote(self, quote_id: str) -> None:
        expected = self.quotes.get(quote_id)
        for server in self.servers:
            answer = await self.client.get(f"{server.url}/v1/quotes/{quote_id}")
            if expected is None:
                assert answer.status_code == httpx.codes.NOT_FOUND
            else:
                assert answer.json() == expected
                assert answer.headers["etag"] == f'"{expected["revision"]}"'
            items = await self.list_all(f"{server.url}/v1/quotes/{quote_id}/history", limit=3)
            states = [(item["revision"], item["quote"]) for item in items]
            assert states == self.histories[quote_id][::-1]

    async def list_all(self, address: str, limit: int) -> list[Any]:
        items: list[Any] = []
        query: dict[str, Any] = {"limit": limit}
        while True:
            page = (await self.client.get(address, params=query)).json()
            items += page["items"]
            if page["next"] is None:
                assert len(items) == page["total"]
                return items
            query["cursor"] = page["next"]

    async def check_end(self, empty: Store) -> None:
        """The feed tells each change once; lists walk through all; what is exported is the same elsewhere."""
        news = await self.store.feed.read_news(START, 100_000)
        assert [each.mark.revision for each in news] == list(range(1, self.revision + 1))
        last = {each.mark.quote_id: each.quote for each in news}
        assert {quote_id for quote_id, quote in last.items() if quote} == {
            quote_id for quote_id, quote in self.quotes.items() if quote["status"] == "published"
        }
        listed = (await self.list_all(f"{self.servers[-1].url}/v1/quotes", limit=7))[::-1]
        assert {quote["id"]: quote for quote in listed} == self.quotes
        exported = (await self.ask("GET", "/export")).text.splitlines()
        quotes = [ExportedQuote.model_validate_json(line) for line in exported]
        await empty.quotes.import_all(quotes, publish=False, may_publish=True, actor="tests")
        there = [quote async for some in empty.quotes.iterate_all() for quote in some]
        assert [quote.model_dump(mode="json", exclude={"revision"}) for quote in there] == [
            {name: value for name, value in quote.items() if name != "revision"} for quote in listed
        ]


def make_wording(text: str, language: str | None = None) -> State:
    return {"text": text, "language": language, "kind": "variant"}


def texts_of(quote: State) -> list[str]:
    return [quote["text"], *(wording["text"] for wording in quote["wordings"])]


def may_move(quote: State, wanted: Status) -> bool:
    return wanted in LEGAL_MOVES[Status(quote["status"])]


def if_match(revision: int) -> dict[str, str]:
    return {"If-Match": f'"{revision}"'}


@pytest.mark.parametrize(("kind", "names"), [("sqlite", ["a"]), ("postgresql", ["a", "b"])])
async def test_all_servers_tell_what_the_model_tells(kind: str, names: list[str], tmp_path: Path) -> None:
    async with set_out(kind, names, tmp_path, SEED) as walk:
        for _ in range(STEPS):
            await walk.step()
        empty = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
        await walk.check_end(empty)
        await empty.close()


@asynccontextmanager
async def set_out(kind: str, names: list[str], folder: Path, seed: int) -> AsyncIterator[Walk]:
    """Yield a walk of a seed over servers that share a database, which this process writes to, too."""
    with ExitStack() as stack:
        database = stack.enter_context(make_database(kind, folder))
        servers = [
            stack.enter_context(ServerProcess(folder / name, database, snapshot_changes=20)) for name in names
        ]
        walk = Walk(servers, await Store.open(database), seed)
        try:
            yield walk
        finally:
            await walk.client.aclose()
            await walk.store.close()
