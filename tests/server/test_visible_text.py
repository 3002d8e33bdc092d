from __future__ import annotations

import pytest

from server.ingest.html_tree import parse_html, read_blocks
from server.visible_text import MOST_TAGS, PageTooComplex, is_html, read_visible_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>A quote <a href='/'>split</a> over <em>ele</em>ments</p>", "A quote split over elements"),
        ("<p>  much \n\t space </p>\n\n<p> here </p>", "much space\nhere"),
        ("line<br>break<hr>rule", "line\nbreak\nrule"),
        ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", "a\nb\nc\nd"),
        ("<head><title>t</title><style>s</style></head><body>b<script>j</script></body>", "b"),
        ("a<textarea>t</textarea><select><option>o</select><noscript>n</noscript>b", "ab"),
        ("a<span hidden>h</span><span style='color:red;DISPLAY : none'>d</span>b", "ab"),
        ("a<!-- comment --><![CDATA[ data ]]><?php x ?>b", "ab"),
        ("&ldquo;caf&eacute;&#8221; &lt;b&gt; &#x1F600;", "“café” <b> 😀"),
        ("<p>never closed <b>bold <i>both", "never closed bold both"),
        ("no tags at all", "no tags at all"),
        ("", ""),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>x</body></html>", "x"),
        ("quotes.txt", "quotes.txt"),
        ("a\u00a0b\u200bc", "a\u00a0b\u200bc"),
    ],
)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert read_visible_text(html) == text
    assert read_visible_text(html.encode(), "utf-8") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p style='display:none'>h</p><div style='visibility: hidden'><p>h</div><p>b", "a\nb"),
        ("<table><caption>c</caption><tr><td>d</table>", "c\nd"),
        ("<form>a<legend>b</legend>c</form><audio>h</audio><datalist><option>h</datalist>", "a\nb\nc"),
    ],
)
def test_an_import_reads_what_the_matcher_reads(html: str, text: str) -> None:
    assert read_visible_text(html) == text
    assert "\n".join(read_blocks(parse_html(html))) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_html_is_told_by_how_it_begins(encoding: str) -> None:
    assert is_html(" \r\n\t<p>a".encode(encoding))
    assert not is_html("a <p>".encode(encoding))
    assert is_html("\ufeff <p>a")
    assert not is_html("")


@pytest.mark.parametrize(
    ("declared", "encoding", "sent_as"),
    [
        ("windows-1251", "windows-1251", None),
        ("utf-8", "windows-1251", "windows-1251"),
        ("us-ascii", "utf-8", None),
        ("shift_jis", "utf-8", None),
        ("utf-8", "utf-8", "us-ascii"),
        ("utf-8", "utf-8", "big5"),
        ("utf-8", "utf-16-le", "utf-16le"),
    ],
)
def test_the_encoding_is_found_out(declared: str, encoding: str, sent_as: str | None) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body>“Цитата”"
    assert read_visible_text(page.encode(encoding), sent_as) == "“Цитата”"


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff"])
def test_a_character_that_is_none_does_not_make_the_page_another_encodings(odd: str) -> None:
    assert read_visible_text(f"<p>“é”{odd}</p>".encode()) == f"“é”{odd}"


def test_deep_pages_are_read() -> None:
    assert read_visible_text("<div>" * 20_000 + "deep" + "</div>" * 20_000) == "deep"


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(PageTooComplex):
        read_visible_text("<b>x" * (MOST_TAGS + 1))
