from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from server.offsets import Unit, convert_spans


@given(st.text(st.characters() | st.sampled_from("😀👩🏽\U0010ffff"), max_size=60), st.data())
def test_utf16_spans_cut_what_code_point_spans_cut(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = [tuple(sorted((data.draw(place), data.draw(place)))) for _ in range(3)]
    units = text.encode("utf-16-le", "surrogatepass")
    (converted,) = convert_spans(text, [spans], Unit.UTF16)  # type: ignore[list-item]
    for (start, end), (start_utf16, end_utf16) in zip(spans, converted, strict=True):
        assert units[2 * start_utf16 : 2 * end_utf16] == text[start:end].encode("utf-16-le", "surrogatepass")


def test_code_points_stay_as_they_are() -> None:
    assert convert_spans("😀 a", [[(2, 3)], []], Unit.CODEPOINT) == [[[2, 3]], []]
