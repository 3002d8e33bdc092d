"""The public face: an index of quotes that finds them in any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.background import shipped_background
from matcher.candidates import Part, find_candidates
from matcher.choose import choose
from matcher.file import open_part, save_part
from matcher.folding import fold
from matcher.index import SURPRISAL_BITS, Progress, StaticPart, build_static, pack
from matcher.marks import with_whole_brackets
from matcher.passage_filter import FilterParts, write_header, write_section
from matcher.reading import Change, Kind, Reading
from matcher.shingles import keys
from matcher.signs import with_signs
from matcher.texts import Text
from matcher.verify import Found, Verifier


@dataclass(frozen=True, slots=True)
class Match:
    """A place of a text that reproduces a quote.

    `kind` is "exact", "altered" (words changed: see `changes`), "fragment" (a part of the quote) or "elided" (several
    parts of it, in order). `spans` are [start, end) in code points, in order: `text[start:end]` are the quote's words.
    `similarity` is that of the words that are aligned, `coverage` how much of the quote the text has; both 0 to 1.
    """

    quote_id: str
    kind: Kind
    spans: tuple[tuple[int, int], ...]
    similarity: float
    coverage: float
    changes: tuple[Change, ...]


class Search(NamedTuple):
    """What a search found. `complete`: nothing was left out because the page asked for more work than it may cost."""

    matches: list[Match]
    complete: bool


class QuoteIndex:
    """The searchable form of quotes, made by `build` or `open`.

    Immutable; safe to share between threads and, once saved, processes.
    """

    def __init__(self, part: StaticPart) -> None:
        self.part = part

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str]], progress: Progress | None = None) -> QuoteIndex:
        """Index (quote id, text) pairs; a quote with several wordings comes in several pairs.

        `progress(done, total)` is called now and then.
        """
        return cls(build_static(entries, shipped_background(), progress))

    def save(self, path: Path | str) -> None:
        """Write the index to one file, atomically: the path holds the old file or the whole new one.

        Raises OSError where the file can't be written.
        """
        save_part(self.part, Path(path))

    @classmethod
    def open(cls, path: Path | str) -> QuoteIndex:
        """Map a saved index into memory; processes that open the same file share its pages.

        Raises BadIndexFile, saying why, where the file is no index, of another version, or cut short.
        Whether its arrays are damaged is not looked at, which would take time that grows with the file:
        `matcher.file.verify(path)` does that, and raises the same.
        """
        return cls(open_part(Path(path)))

    def __len__(self) -> int:
        """The number of wordings."""
        return len(self.part.starts)

    def find(self, text: str) -> list[Match]:
        """Return the places of `text` that reproduce an indexed quote, by first span.

        Spans count code points of `text` as given. Any string is accepted; time is linear in its length.

        >>> index = QuoteIndex.build([("q1", "They need to drown Russia in blood")])
        >>> index.find('“They need to drown Russia in blood,” he said.')[0].spans
        ((1, 35),)
        """
        return self.search(text).matches

    def passage_filter(self) -> FilterParts:
        """Return a compact filter that tells which passages of a text are worth a search: see `PassageFilter`."""
        base = write_section(self.part, len(self))
        return FilterParts(write_header(base), base, b"")

    def search(self, text: str) -> Search:
        """As `find`, and tell whether the search was complete; on pages of real text it is."""
        return search_in([self.part], text)


Owners = Callable[[Part, int], list[str]]


def search_in(
    parts: Sequence[Part], text: str, owners: Owners = lambda part, wording: part.quote_ids(wording)
) -> Search:
    """Find the wordings of all `parts`; `owners` says which quotes a wording is to be reported for, maybe none."""
    page, packed, page_keys = fold_page(text)
    wordings = sum(len(part.starts) for part in parts)
    sought = [(part, find_candidates(part, page_keys, packed, wordings)) for part in parts]
    candidates = [
        (candidate, quote_ids)
        for part, there in sought
        for candidate in there.candidates
        if (quote_ids := owners(part, candidate.number))
    ]
    verifier = Verifier(page, packed, wordings)
    found = choose(verifier.verify(candidates))
    is_complete = verifier.is_complete and all(there.complete for _, there in sought)
    return Search(_matches(found, page), is_complete)


class FoldedPage(NamedTuple):
    """A page as it is searched: its tokens with their places, these as an index packs them, and the keys of runs."""

    page: Text
    packed: NDArray[np.uint32]
    keys: NDArray[np.uint64]


def fold_page(text: str) -> FoldedPage:
    tokens = fold(text)
    packed = pack(tokens.hashes)
    # A memoryview gives Python integers at once, and only where they are asked for: few of a page's tokens are.
    arrays = tokens.starts, tokens.ends, packed >> SURPRISAL_BITS
    return FoldedPage(Text(text, *(array.data for array in arrays)), packed, keys(tokens))


def _matches(found: Iterable[Found], page: Text) -> list[Match]:
    out: list[Match] = []
    for one in found:
        r = one.reading
        spans = spans_of(r, page)
        similarity, coverage, changes = round(r.similarity, 4), round(r.coverage, 4), tuple(r.changes)
        out.extend(
            Match(quote_id, r.kind, spans, similarity, coverage, changes) for quote_id in one.quote_ids
        )
    return out


def spans_of(reading: Reading, page: Text) -> tuple[tuple[int, int], ...]:
    """Where the pieces of a reading stand, with the signs and the editor's bracket that belong to them."""
    return tuple(
        with_whole_brackets(page.text, *with_signs(page.text, page.starts[first], page.ends[last - 1]))
        for first, last in reading.pieces
    )
