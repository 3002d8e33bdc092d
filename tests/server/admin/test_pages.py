"""Every page is written, whoever asks, and whatever stands in the address."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from server.admin import mount_admin
from server.models import Role, Status, Wording, WordingKind
from tests.server.admin.conftest import House
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

PAGES = [
    route.path.removeprefix("/admin")
    for route in mount_admin()
    if isinstance(route, Route) and "GET" in (route.methods or ()) and "{path" not in route.path
]


async def test_every_page_is_written_for_every_role_that_may_see_it(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    await house.store.corpus.add("A page", "Words", "tests")
    moved = await house.store.quotes.move_all({quote.id: quote.revision}, Status.RETIRED, "tests")
    for role in Role:
        curator = await house.sign_in(role)
        for path in PAGES:
            number = moved.number if path.startswith("/bulk") else 1
            filled = path.replace("{quote_id}", quote.id).replace("{number:place}", str(number))
            answer = await curator.get(filled)
            expected = {200, 303} if path == "/sign-in" else {200} if role is Role.ADMIN else {200, 403}
            assert answer.status_code in expected, (role, path, answer.text)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff'\"%22)(*:-&status=nothing&rating=x&order=y&since=2020-13-45&page=-1",
        "page=99999999999999999999&language=%25_%5C&publisher=%00",
        "q=" + "a" * 3_000 + "&page=10000",
        "before=99999999999&changes=9999999999999&house=x&state=zzz&after=999999999999&quote=&moved=%00%ff",
    ],
)
async def test_nonsense_in_the_address_asks_for_nothing(house: House, query: str) -> None:
    await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    admin = await house.sign_in(Role.ADMIN)
    for path in PAGES:
        if "{" not in path:
            answer = await admin.client.get(f"/admin{path}?{query}")
            assert answer.status_code in (200, 303), (path, answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/pages/99999999999999999999",
        "/pages/2147483648",
        "/bulk/" + "9" * 5000,
        "/quotes/nothing",
        "/nothing",
        "/quotes/q_x/history",
    ],
)
async def test_what_is_not_there_is_told_in_a_page(house: House, path: str) -> None:
    admin = await house.sign_in(Role.ADMIN)
    answer = await admin.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "To the dashboard" in answer.text


async def test_names_that_are_written_from_right_to_left_leave_the_day_beside_them_as_it_is(
    house: House,
) -> None:
    name, label = "محمد بن سلمان", "زائف"
    told = make_quote(label=label, publisher=name, said_on="2021-03-12", speaker={"name": name})
    quote = await house.store.quotes.create(told, Status.IN_REVIEW, "tests")
    viewer = await house.sign_in(Role.VIEWER)
    for path in ("/quotes", "/review", f"/quotes/{quote.id}"):
        page = (await viewer.get(path)).text
        assert f"<bdi>{name}</bdi>, 12 March 2021" in page
        assert f">{label}</bdi>" in page


async def test_the_review_queue_shows_all_that_it_publishes(house: House) -> None:
    text = "These words go on for longer than anyone would like, " * 9 + "and end"
    wordings = [Wording(text="A wording that nobody has looked at", kind=WordingKind.TRANSLATION)]
    quote = make_quote(text, label="Four Whoppers", rating="false", form="paraphrase", wordings=wordings)
    await house.store.quotes.create(quote, Status.IN_REVIEW, "tests")
    page = (await (await house.sign_in(Role.PUBLISHER)).get("/review")).text
    for shown in (text, "A wording that nobody has looked at", "paraphrase"):
        assert shown in page
    assert '<span class="soft small">False</span>' in page, "what the label is rated as"


async def test_a_bulk_move_can_be_found_again_and_undone_for_what_nobody_changed_since(house: House) -> None:
    quotes = [
        await house.store.quotes.create(make_quote(text), Status.PUBLISHED, "tests")
        for text in ("The first of two quotes", "The second of two quotes")
    ]
    publisher, editor = await house.sign_in(Role.PUBLISHER), await house.sign_in(Role.EDITOR)
    moving = [f"{quote.id} {quote.revision}" for quote in quotes]
    address = (await publisher.post("/bulk/do", status="retired", moving=moving)).headers["location"]
    await house.store.quotes.move(quotes[0].id, Status.DRAFT, "someone")
    assert address in (await (await house.sign_in(Role.ADMIN)).get("/audit")).text
    for curator, told in ((publisher, "Undo for 1 of 2"), (editor, "needs the role publisher")):
        page = (await curator.client.get(address)).text
        assert "2 quotes were moved to retired" in page
        assert told in page
    undo = address.removeprefix("/admin") + "/undo"
    assert (await editor.post(undo)).status_code == 403
    assert (await publisher.post(undo)).headers["location"] == f"{address}?done=undone"
    found = await house.store.quotes.find_several([quote.id for quote in quotes])
    assert [quote.status for quote in found] == [Status.DRAFT, Status.PUBLISHED]


@pytest.mark.parametrize(
    ("method", "path", "size", "status", "told"),
    [
        ("POST", "/import/accept", 5_000_000, 413, "more than the server takes"),
        ("POST", "/import", 40_000_000, 413, "more than the server takes"),
        ("POST", "/audit", 0, 405, "This path does not know this method;"),
    ],
)
async def test_what_is_refused_on_the_way_to_a_page_is_told_in_a_page(
    house: House, method: str, path: str, size: int, status: int, told: str
) -> None:
    admin = await house.sign_in(Role.ADMIN)
    answer = await admin.client.request(method, f"/admin{path}", content=b"a" * size)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-request-id"]
    assert told in answer.text
