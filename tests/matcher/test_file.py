"""The file of an index: what is saved is what is opened, whole or not at all."""

from __future__ import annotations

import json
import os
import random
import struct
import zlib
from pathlib import Path

import pytest

from matcher import BadIndexFile, QuoteIndex
from matcher.file import verify
from tests.matcher.strategies import INVENTED

rng = random.Random(4)
ENTRIES = [(f"q{number}", " ".join(rng.choices(INVENTED, k=rng.randint(6, 20)))) for number in range(200)]
ENTRIES += [
    ("q0", "中方坚决反对外部势力在哈萨克斯坦制造动荡"),
    ("\ud800", "They need to drown Russia in blood"),
    ("", ""),
]
PAGES = [
    ". ".join(text for _, text in ENTRIES[::7]),
    " ".join(word if place % 11 else "otherwise" for place, word in enumerate(ENTRIES[3][1].split())),
    "中方坚决反对外部势力在哈萨克斯坦制造动荡",
    "“They need to drown Russia in blood,” he said.",
    "nothing of the kind",
]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.index"
    QuoteIndex.build(ENTRIES).save(path)
    return path


def test_an_opened_index_gives_the_same_answers(saved: Path) -> None:
    built, opened = QuoteIndex.build(ENTRIES), QuoteIndex.open(saved)
    assert len(opened) == len(built)
    for page in PAGES:
        assert opened.find(page) == built.find(page)
    assert any(opened.find(page) for page in PAGES)


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    QuoteIndex.build([]).save(tmp_path / "empty")
    index = QuoteIndex.open(tmp_path / "empty")
    assert len(index) == 0
    assert index.find(PAGES[0]) == []
    verify(tmp_path / "empty")


def test_other_users_may_read_it_as_other_new_files(saved: Path) -> None:
    other = saved.with_name("other")
    other.touch()
    assert saved.stat().st_mode == other.stat().st_mode


def test_the_path_may_be_a_string(tmp_path: Path) -> None:
    QuoteIndex.build(ENTRIES).save(str(tmp_path / "index"))
    assert len(QuoteIndex.open(str(tmp_path / "index"))) > 0


def test_the_same_entries_make_the_same_file(saved: Path, tmp_path: Path) -> None:
    QuoteIndex.build(ENTRIES).save(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == saved.read_bytes()


def test_a_saved_file_verifies(saved: Path) -> None:
    verify(saved)


def test_an_opened_index_can_be_saved_again_over_itself(saved: Path) -> None:
    before = saved.read_bytes()
    QuoteIndex.open(saved).save(saved)
    assert saved.read_bytes() == before


def test_a_cut_file_is_refused_wherever_it_is_cut(saved: Path) -> None:
    data = saved.read_bytes()
    places = {
        *range(65),
        *(len(data) - n for n in range(1, 66)),
        *(rng.randrange(len(data)) for _ in range(100)),
    }
    for place in places:
        saved.write_bytes(data[:place])
        with pytest.raises(BadIndexFile, match=r"quotes\.index: "):
            QuoteIndex.open(saved)


@pytest.mark.parametrize("length", range(8, 25))
def test_a_file_cut_before_its_header_is_refused(saved: Path, length: int) -> None:
    saved.write_bytes(saved.read_bytes()[:length])
    with pytest.raises(BadIndexFile, match=r"quotes\.index: "):
        QuoteIndex.open(saved)


def test_a_file_with_more_at_its_end_is_refused(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes() + b"\0")
    with pytest.raises(BadIndexFile):
        QuoteIndex.open(saved)


def test_damage_anywhere_in_the_header_is_refused(saved: Path) -> None:
    data = saved.read_bytes()
    for place in rng.sample(range(header_end(data)), 300):
        saved.write_bytes(flipped(data, place))
        with pytest.raises(BadIndexFile):
            QuoteIndex.open(saved)


def test_verify_finds_any_damaged_byte(saved: Path) -> None:
    data = saved.read_bytes()
    first = header_end(data)
    for place in rng.sample(range(first, len(data)), 200):
        saved.write_bytes(flipped(data, place))
        if is_padding(data, place):
            continue
        with pytest.raises(BadIndexFile, match="damaged"):
            verify(saved)


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"PK\x03\x04" + b"\0" * 100, b"QMINDEX9" + b"\0" * 100, b"x" * 5000]
)
def test_what_is_no_index_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "quotes.index"
    path.write_bytes(content)
    with pytest.raises(BadIndexFile, match=r"quotes\.index: "):
        QuoteIndex.open(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadIndexFile, match=r"nowhere: can't be read"):
        QuoteIndex.open(tmp_path / "nowhere")
    with pytest.raises(BadIndexFile, match="can't be read"):
        QuoteIndex.open(tmp_path)


@pytest.mark.parametrize("what", ["folding", "index"])
def test_an_index_of_another_version_is_refused_and_says_what_to_do(saved: Path, what: str) -> None:
    data = saved.read_bytes()
    first = header_end(data)
    header = data[24:first]
    other = header.replace(f'"{what}": '.encode(), f'"{what}": 9'.encode(), 1)
    assert other.endswith(b" ")  # there is room for one more character
    other = other[: len(header)]
    saved.write_bytes(data[:16] + struct.pack("<Q", zlib.crc32(other)) + other + data[first:])
    with pytest.raises(BadIndexFile, match="another version of the matcher; build the index anew"):
        QuoteIndex.open(saved)


def test_a_crash_while_saving_leaves_the_old_file_and_no_other(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_descriptor: int) -> None:
        raise OSError("no space left on device")

    before = saved.read_bytes()
    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="no space left"):
        QuoteIndex.build(ENTRIES[:3]).save(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_an_index_that_is_open_goes_on_while_its_file_is_replaced(saved: Path) -> None:
    opened = QuoteIndex.open(saved)
    before = [opened.find(page) for page in PAGES]
    QuoteIndex.build(ENTRIES[:3]).save(saved)
    assert [opened.find(page) for page in PAGES] == before
    assert len(QuoteIndex.open(saved)) == 3


def test_saving_into_a_folder_that_is_not_there_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        QuoteIndex.build(ENTRIES[:3]).save(tmp_path / "nowhere" / "index")


def header_end(data: bytes) -> int:
    return 24 + int.from_bytes(data[8:16], "little")


def flipped(data: bytes, place: int) -> bytes:
    damaged = bytearray(data)
    damaged[place] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def is_padding(data: bytes, place: int) -> bool:
    """Whether the byte stands between two arrays, where nobody reads it."""
    place -= header_end(data)
    sizes = {"|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8}
    arrays = json.loads(data[24 : header_end(data)])["arrays"].values()
    return not any(a["place"] <= place < a["place"] + a["length"] * sizes[a["dtype"]] for a in arrays)
