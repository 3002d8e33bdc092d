"""Clean text: what a person sees, on one line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ingest.clean_text import clean_line, clean_lines, clean_markup
from server.ingest.decoding import decode_page
from server.ingest.language import read_language


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Xi\u00a0\u2003Jinping \r\n", "Xi Jinping"),
        ("\u202eXi\u2066 Jin\u200bping\u2069\ufeff", "Xi Jinping"),
        ("Fal\u00adse\u2060\x00\x1b", "False"),
        ("Fa\u034fl\u3164se\u2800", "False"),
        ("A\u200dB\u200cC", "ABC"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬 says", "👩\u200d🔬 says"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("Ł́ódź é", "Ł́ódź é"),
    ],
)
def test_only_what_shows_is_left(text: str, clean: str) -> None:
    assert clean_line(text) == clean


@given(st.text())
def test_a_clean_line_is_one_line_without_controls_and_stays_as_it_is(text: str) -> None:
    clean = clean_line(text)
    assert clean_line(clean) == clean
    assert clean == clean.strip()
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in clean)
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for char in clean
    )


@given(st.text(alphabet="ab \n\r\u2028\u200b\u200d\t"))
def test_clean_lines_are_the_lines_each_cleaned(text: str) -> None:
    assert clean_lines(text) == [line for line in map(clean_line, text.splitlines()) if line]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<p>Two <b>moons</b></p>", "Two moons"),
        ("a &amp;lt; b &lt; c", "a &lt; b < c"),
        ("2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
        ("&lt;script&gt;", "<script>"),
    ],
)
def test_markup_in_a_plain_field_is_taken_off_and_decoded_once(text: str, clean: str) -> None:
    assert clean_markup(text) == clean


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("“é”".encode(), "“é”"),
        ("“é”".encode("utf-8-sig"), "“é”"),
        ("“é”".encode("utf-16"), "“é”"),
        ("“é”".encode("windows-1252"), "“é”"),
        ('<meta charset="iso-8859-1">“é”'.encode("windows-1252"), '<meta charset="iso-8859-1">“é”'),
        ("<meta charset=utf-8>“é”".encode("windows-1252"), "<meta charset=utf-8>“é”"),
        ("<meta charset=utf-7>“é”".encode("windows-1252"), "<meta charset=utf-7>“é”"),
        ("<meta charset=rot13>“é”".encode("windows-1252"), "<meta charset=rot13>“é”"),
        ("<meta content='a; charset=iso-8859-2'>ąę".encode("iso-8859-2"), "<meta content='a; charset=iso-8859-2'>ąę"),
        ("<meta charset=shift_jis>月".encode("shift_jis"), "<meta charset=shift_jis>月"),
        ("<meta charset=iso-8859-1>“é” in UTF-8".encode(), "<meta charset=iso-8859-1>“é” in UTF-8"),
    ],
)  # fmt: skip
def test_bytes_are_decoded_as_a_browser_would(body: bytes, text: str) -> None:
    assert decode_page(body) == text


@given(st.binary())
def test_no_bytes_are_refused(body: bytes) -> None:
    assert isinstance(decode_page(b"<meta charset=big5>" + body), str)


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("en", "en"), ("en-US", "en-US"), ("pt_br", "pt-BR"), ("zh-hans-CN", "zh-Hans-CN"), ("en-Poly", "en"),
        ("es-419", "es-419"), ("de-AT-1996", "de-AT"),
        ("", None), (None, None), ("english", None), ("x", None), ("12", None),
    ],
)  # fmt: skip
def test_a_language_tag_keeps_language_script_and_region(declared: str | None, language: str | None) -> None:
    assert read_language(declared) == language
