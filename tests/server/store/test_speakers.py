"""A misspelt name finds the speakers who may be meant, and nobody else."""

from __future__ import annotations

import pytest

from server.models import Status
from server.store import Store
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

NAMES = [
    "Volodymyr Zelensky",
    "Angela Merkel",
    "Andrzej Duda",
    "Siobhán O'Brien",
    "Жан Рено",
    "Xi Jinping",
    "Renée Müller",
    "習近平",
]


@pytest.fixture
async def named(store: Store) -> Store:
    for name in NAMES:
        await store.quotes.create(
            make_quote(f"Words of {name}", speaker={"name": name}), Status.DRAFT, "tests"
        )
    await store.quotes.create(make_quote("Words of nobody"), Status.DRAFT, "tests")
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Zelenskij", "Volodymyr Zelensky"),
        ("selensky", "Volodymyr Zelensky"),
        ("Zelenksy", "Volodymyr Zelensky"),
        ("zelensky volodimir", "Volodymyr Zelensky"),
        ("Volo Zelenskiy", "Volodymyr Zelensky"),
        ("Merkle", "Angela Merkel"),
        ("Andrej Duda", "Andrzej Duda"),
        ("O’Brian", "Siobhán O'Brien"),
        ("siobhan obryen", "Siobhán O'Brien"),
        ("Жан Рэно", "Жан Рено"),
        ("Xi Jingping", "Xi Jinping"),
        ("mueller", "Renée Müller"),
        ("Zelenskyyyy", None),
        ("Dudu", "Andrzej Duda"),
        ("Li Jinping", None),
        ("習近", "習近平"),
        ("Zelenskij war", None),
        ("Volodymyr Merkel", None),
        ("", None),
        ("…!", None),
        ("the " * 500, None),
        ("zelenskij" * 200, None),
        ("a\x00b %_' \" \\", None),
    ],
)
async def test_a_misspelt_name_finds_its_speaker(named: Store, asked: str, found: str | None) -> None:
    assert await named.speakers.find_alike(asked) == ([found] if found else [])


async def test_the_nearest_speakers_are_found_alone(store: Store) -> None:
    for at, name in enumerate(["Bo Karlsun", "Ada Karlsen", "Bo Karlsun", "Ed Carl"]):
        await store.quotes.create(make_quote(f"Words {at}", speaker={"name": name}), Status.DRAFT, "tests")
    assert await store.speakers.find_alike("Karlsin") == ["Ada Karlsen", "Bo Karlsun"]
    assert await store.speakers.find_alike("Karlsum") == ["Bo Karlsun"]


async def test_a_speaker_is_known_as_soon_as_a_quote_is(store: Store) -> None:
    assert await store.speakers.find_alike("Zelenskij") == []
    for at, name in enumerate(
        ["Angela Merkel", "Volodymyr Zelensky", "Volodymyr Zelensky", "Olena Zelenska"]
    ):
        quote = make_quote(f"Words {at}", speaker={"name": name})
        created = await store.quotes.create(quote, Status.DRAFT, "tests")
        assert await store.speakers.find_alike(name.replace("e", "i", 1)) == [name]
    await store.quotes.replace(created.id, make_quote("Words", speaker={"name": "Ada Zelenskow"}), "tests")
    assert await store.speakers.find_alike("Zelenskov") == ["Ada Zelenskow"]
