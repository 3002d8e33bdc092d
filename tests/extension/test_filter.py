"""The extension folds text, makes keys and lets passages pass exactly as the matcher does."""

from __future__ import annotations

import json
import random
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matcher import PassageFilter, QuoteIndex
from matcher.folding import fold
from matcher.shingles import keys
from tests.extension import folding_table
from tests.matcher.strategies import CLUSTERS, CURIOUS, INVENTED

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
rng = random.Random(26)
# Three words with which many quotes begin: a page that repeats them has more hits than any other.
SHARED = "Every shared beginning"

BY_RULE = [
    "",
    "They need to drown Russia in blood",
    "don't don’t rock ’n’ roll o''clock ''quoted''",
    "1,000 1.000 1 000 1\u202f000 1,000,000.50 0,123 1234,567 12,34 3.14 ١٢٬٣٤٥ .5 5. 1,000,00",
    "so\u00adft hy\u200bphen \u200b\u200b lone\u200b, end\u200b",
    "\u200d\u0301 \u0301a a\u0301\u0327 e\u0301\u0301\u0301nd",
    "ﬁne ﬀ ﷺ Ⅷ ½ №5 ™ ㎏ ㈱ ĳ ŉ ǆ",
    "İstanbul ISPARTA ıi STRASSE Straße ẞ ΣΊΣΥΦΟΣ σίσυφος",
    "한글 \u1112\u1161\u11ab\u1100\u1173\u11af \u1112 \u1161\u11ab ㅋㅋ ㅋ\u1161",
    "中方坚决反对 abc中def文 が か\u3099 ｶﾞ カ\uff9e 葛\U000e0100城",
    "กำลัง น้ำ ລຳ ខ្មែរ မြန်မာ ก ็ ่ก",
    "हिन्दी क्षत्रिय கொடு தொ ொ கௌ ড় ো x\u0bca",
    "عَرَبِيٌّ الكتاب ی ي ک ك ة ه ـــ",
    "\U00020000\U0002f81a𠮷野家 \U0003ffff \U00040000 \U000e0041\U000e007f tag",
    "😀 👍🏽 👨\u200d👩\u200d👧 1\ufe0f\u20e3 🇫🇷 a😀b",
    "\u0600123 \u06ddword \u070fsyriac",
    "a" * 5_000 + " " + "é" * 3_000,
]


def texts() -> Iterator[str]:
    yield from BY_RULE
    for _ in range(3_000):
        yield "".join(rng.choices(CURIOUS, k=rng.randint(1, 40)))
        yield "".join(rng.choices(CLUSTERS, k=rng.randint(1, 30)))
    everything = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    for start in range(0, len(everything), 500):
        yield " ".join(everything[start : start + 500])
        yield "a".join(everything[start : start + 500])
    for _ in range(500):
        yield "".join(rng.choices(everything, k=60))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bundled = tmp_path_factory.mktemp("bundled") / "filter-lines.mjs"
    esbuild = ROOT / "extension" / "node_modules" / ".bin" / "esbuild"
    source = Path(__file__).with_name("filter-lines.ts")
    subprocess.run(
        [
            esbuild,
            source,
            "--bundle",
            "--platform=node",
            "--format=esm",
            f"--outfile={bundled}",
            "--log-level=warning",
        ],
        check=True,
    )
    return bundled


def run(program: Path, texts: list[str], *arguments: Path) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        ["node", program, *arguments], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_matcher(text: str) -> dict[str, Any]:
    tokens = fold(text)
    unit = units(text)
    return {
        "hashes": [str(number) for number in tokens.hashes.tolist()],
        "starts": [unit[place] for place in tokens.starts.tolist()],
        "ends": [unit[place] for place in tokens.ends.tolist()],
        "unspaced": [int(single) for single in tokens.unspaced.tolist()],
        "keys": [str(number) for number in keys(tokens).tolist()],
    }


def units(text: str) -> list[int]:
    """Where each code point begins in UTF-16 units, and where the text ends."""
    out = [0]
    for char in text:
        out.append(out[-1] + (2 if ord(char) > 0xFFFF else 1))
    return out


def assert_same(program: Path, texts: list[str]) -> None:
    for text, told in zip(texts, run(program, texts), strict=True):
        assert {name: told[name] for name in ("hashes", "starts", "ends", "unspaced", "keys")} == as_matcher(
            text
        ), text


@pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0", reason="the kept table is of Python 3.11, which knows Unicode 14"
)
def test_the_kept_table_is_the_matchers() -> None:
    made = "make it anew: python -m tests.extension.folding_table"
    assert folding_table.KEPT.read_text(encoding="utf-8") == folding_table.write_table(), made


def test_any_text_has_the_same_tokens_and_keys(program: Path) -> None:
    assert_same(program, list(texts()))


@pytest.mark.skipif(not DATA.exists(), reason="measuring data is not part of the project")
def test_real_pages_have_the_same_tokens_and_keys(program: Path) -> None:
    pages = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted((DATA / "pages" / "text").glob("*.txt"))
    ]
    assert_same(program, pages)


def test_the_same_passages_pass(program: Path, tmp_path: Path) -> None:
    quotes = [" ".join(rng.choices(INVENTED, k=rng.randint(5, 30))) for _ in range(400)]
    quotes += [f"{SHARED} {' '.join(rng.choices(INVENTED, k=9))}" for _ in range(50)]
    kept = (
        QuoteIndex.build([(f"q{number}", quote) for number, quote in enumerate(quotes)])
        .passage_filter()
        .whole
    )
    file = tmp_path / "filter"
    file.write_bytes(kept)
    pages = [make_page(quotes) for _ in range(400)]
    pages.append(" ".join([pages[0], f"{SHARED} " * 500, *pages[:9]]))

    told = run(program, pages, file)

    expected = PassageFilter(kept)
    assert sum(len(each["passages"]) for each in told) > len(pages)
    for page, each in zip(pages, told, strict=True):
        unit = units(page)
        assert each["passages"] == [[unit[start], unit[end]] for start, end in expected.passages(page)]


def make_page(quotes: list[str]) -> str:
    """Quotes whole, cut and changed, with and without marks, between other words that they are made of, too."""
    parts = []
    for _ in range(rng.randint(1, 6)):
        words = rng.choice(quotes).split()
        first = rng.randint(0, len(words) // 2)
        words = words[first : rng.randint(first + 3, len(words) + 3)]
        for place in range(len(words)):
            if rng.random() < 0.15:
                words[place] = rng.choice([rng.choice(INVENTED), "😀", ""])
        parts += [rng.choice(["“{}”", "{}", "'{}'", "it’s {}"]).format(" ".join(words))]
        parts += [" ".join(rng.choices([*INVENTED[:50], "the", "of", "and"], k=rng.choice([3, 20, 120])))]
    return " ".join(parts)
