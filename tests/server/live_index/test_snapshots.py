"""A snapshot is searched as it was written, or not at all."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import matcher
from server.live_index.cards import Cards, write_cards
from server.live_index.generation import Generation
from server.live_index.snapshots import BadSnapshot, Snapshots
from server.store import Mark

QUOTES = {
    f"q_{number:022d}": f"Quote number {number} says that the harvest of {1900 + number} was the best of all"
    for number in range(40)
}
CARDS = {quote_id: f'{{"text":"{text}"}}'.encode() for quote_id, text in QUOTES.items()}
MARK = Mark(40, "q_" + "a" * 22)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one snapshot."""
    snapshots = Snapshots(tmp_path_factory.mktemp("snapshots"))
    with snapshots.lock():
        write(snapshots)
    return snapshots.folder


@pytest.fixture
def snapshots(written: Path, tmp_path: Path) -> Snapshots:
    """A copy of it, to be damaged."""
    return Snapshots(Path(shutil.copytree(written, tmp_path / "copy")))


def write(snapshots: Snapshots, mark: Mark = MARK) -> str:
    return snapshots.write(matcher.QuoteIndex.build(QUOTES.items()), CARDS, mark)


def finds_all(generation: Generation) -> bool:
    return all(
        generation.find(text).cards == {quote_id: CARDS[quote_id]} for quote_id, text in QUOTES.items()
    )


def test_it_is_searched_as_it_was_written(snapshots: Snapshots) -> None:
    (name,) = snapshots.names()
    generation = snapshots.open(name)
    assert finds_all(generation)
    assert (generation.mark, generation.snapshot, len(generation)) == (MARK, name, len(QUOTES))


@pytest.mark.parametrize("file", ["index", "cards", "manifest.json"])
def test_it_is_refused_wherever_it_was_cut(snapshots: Snapshots, file: str) -> None:
    (name,) = snapshots.names()
    path = snapshots.folder / name / file
    whole = path.read_bytes()
    for length in {0, len(whole) - 1, *(len(whole) * part // 100 for part in range(100))}:
        path.write_bytes(whole[:length])
        with pytest.raises(BadSnapshot):
            snapshots.open(name)
    path.write_bytes(whole + b"\0")
    with pytest.raises(BadSnapshot):
        snapshots.open(name)
    path.unlink()
    with pytest.raises(BadSnapshot):
        snapshots.open(name)


@pytest.mark.parametrize("file", ["index", "cards", "manifest.json"])
def test_it_is_refused_where_a_bit_was_flipped(snapshots: Snapshots, file: str) -> None:
    (name,) = snapshots.names()
    path = snapshots.folder / name / file
    whole = path.read_bytes()
    chosen = random.Random(file)
    for _ in range(200):
        damaged = bytearray(whole)
        damaged[chosen.randrange(len(damaged))] ^= 1 << chosen.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(BadSnapshot):
            snapshots.open(name)
    path.write_bytes(whole)
    assert finds_all(snapshots.open(name))


def test_it_is_refused_where_another_version_wrote_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = Snapshots(tmp_path)
    with monkeypatch.context() as older:
        older.setattr("server.live_index.snapshots._FORM", 1)
        name = write(snapshots)
    with pytest.raises(BadSnapshot, match="of another version"):
        snapshots.open(name)


def test_files_of_two_snapshots_are_not_mixed(snapshots: Snapshots) -> None:
    (old,) = snapshots.names()
    new = snapshots.write(
        matcher.QuoteIndex.build([("q_x", "Another quote altogether, of this year")]), {}, Mark(41, "q_x")
    )
    for file in ("index", "cards"):
        shutil.copy(snapshots.folder / old / file, snapshots.folder / new / file)
        with pytest.raises(BadSnapshot):
            snapshots.open(new)


def test_the_newest_two_are_kept_and_none_of_a_history_that_was_left(snapshots: Snapshots) -> None:
    first = snapshots.names()
    names = [write(snapshots, Mark(revision, "q_x")) for revision in (60, 50, 55)]
    assert snapshots.names() == [names[2], names[1]]
    assert first[0] not in snapshots.names()


def test_writing_the_same_again_mends_a_damaged_one(snapshots: Snapshots) -> None:
    (name,) = snapshots.names()
    (snapshots.folder / name / "cards").write_bytes(b"")
    assert write(snapshots) == name
    assert finds_all(snapshots.open(name))


def test_what_a_killed_process_left_is_cleared_away(snapshots: Snapshots) -> None:
    left_over = snapshots.folder / ".new-abc"
    left_over.mkdir()
    (left_over / "index").write_bytes(b"half")
    write(snapshots, Mark(41, "q_x"))
    assert not left_over.exists()
    assert all(not name.startswith(".") for name in snapshots.names())


def test_one_that_is_open_is_searched_on_when_it_was_deleted(snapshots: Snapshots) -> None:
    generation = snapshots.open(snapshots.names()[0])
    shutil.rmtree(snapshots.folder)
    assert finds_all(generation)
    assert snapshots.names() == []


def test_one_process_alone_may_write(snapshots: Snapshots) -> None:
    with snapshots.lock() as first:
        assert first is not None
        with Snapshots(snapshots.folder).lock() as second:
            assert second is None
    with snapshots.lock() as third:
        assert third is not None


@pytest.mark.parametrize("count", [0, 1, 1_000])
def test_each_card_is_found_by_its_id_and_no_other(tmp_path: Path, count: int) -> None:
    cards = {f"q_{number * 7:022d}": b"x" * (number % 50) for number in range(count)}
    write_cards(cards, tmp_path / "cards")
    read = Cards(memoryview((tmp_path / "cards").read_bytes()))
    assert len(read) == count
    for number in range(7 * count + 3):
        quote_id = f"q_{number:022d}"
        assert read.get(quote_id) == cards.get(quote_id)
        assert (quote_id in read) == (quote_id in cards)
    for other in ("", "q_", "z" * 40, "q_" + "é" * 22):
        assert read.get(other) is None


def test_what_else_lies_in_the_folder_is_no_snapshot(snapshots: Snapshots) -> None:
    (name,) = snapshots.names()
    for other in (f"{name}.bak", f"9{name[1:12]} copy", "notes.txt"):
        (snapshots.folder / other).mkdir()
    assert snapshots.names() == [name]
