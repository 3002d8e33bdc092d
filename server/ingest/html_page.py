"""A fact-check article as HTML: ClaimReview first, then the publisher's own form, then a general reading."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag

from server.ingest.claim_review import read_claim_review
from server.ingest.clean_text import clean_line
from server.ingest.dates import read_date
from server.ingest.html_tree import find_outermost, find_path, parse_html, read_blocks, text_of
from server.ingest.labelled_lines import read_labelled_lines
from server.ingest.labels import find_publisher
from server.ingest.page_head import read_page_head
from server.ingest.publisher_forms import FORMS, Path, PublisherForm, find_form
from server.ingest.reading import ArticleReading, Findings, make_article_reading
from server.ingest.speakers import add_speaker
from server.ingest.structured_data import find_reviews_in_page
from server.ingest.summary import add_summary

_MOST_PARAGRAPHS = 300
_DATES = ("published_on", "said_on")


def read_html_page(markup: str, url: str | None) -> ArticleReading:
    """Return the checked quotes of a page. Raises NotAFactCheck where it rates none that can be read."""
    soup = parse_html(markup)
    page = read_page_head(soup, url)
    form = _choose_form(soup, page)
    reviews = [read_claim_review(review, page.text("url")) for review in find_reviews_in_page(soup)]
    items = _read_items(soup, form) if form else []
    quotes = _combine(reviews, items) or read_labelled_lines(read_blocks(soup))
    paragraphs = _read_body(soup, form) if len(quotes) == 1 else []
    for quote in quotes:
        if form:
            _read_fields(quote, soup, form.in_page)
        quote.fill_from(page)
        if form:
            quote.add("publisher", form.publishers[0], f"the page is built as those of {form.publishers[0]}")
            quote.add("language", form.language, f"{form.publishers[0]} publishes in this language")
        add_summary(quote, paragraphs)
    return make_article_reading(quotes)


def _choose_form(soup: BeautifulSoup, page: Findings) -> PublisherForm | None:
    """Return the form of the page's publisher or, where none is named, the form that the page is built in."""
    table = find_publisher(address=page.text("url")) or find_publisher(name=page.text("publisher"))
    if table:
        return find_form(table)
    return next((form for form in FORMS if form.is_distinctive and soup.select_one(form.item)), None)


def _read_items(soup: BeautifulSoup, form: PublisherForm) -> list[Findings]:
    """Return what each statement on the page says, where it has both words and a verdict."""
    items = []
    for element in find_outermost(soup, form.item, form.most_items):
        found = Findings()
        _read_fields(found, element, form.in_item)
        _read_stated(found, soup, form)
        if found.text("text") and (found.text("label") or "label" in form.in_page):
            items.append(found)
    return items


def _read_stated(found: Findings, soup: BeautifulSoup, form: PublisherForm) -> None:
    """Keep the one verdict that a publisher gives, where the page has what shows it."""
    if form.states:
        path, label = form.states
        if element := find_path(soup, path):
            found.add(
                "label", label, f"{form.publishers[0]} publishes it with a disproof: {text_of(element)}"
            )


def _read_fields(found: Findings, root: Tag, paths: dict[str, Path]) -> None:
    for name, path in paths.items():
        element = find_path(root, path)
        text = text_of(element)
        if element and name in _DATES:
            found.add(name, read_date(str(element.get("datetime", text))), text)
        elif name == "speaker":
            add_speaker(found, text, text)
        elif name == "label":
            found.add(name, _without_links(element) or text, text)
        else:
            found.add(name, text, text)


def _without_links(element: Tag | None) -> str:
    """Return the verdict alone: beside it stands a link to what it means."""
    links = element.find_all("a", limit=5) if element and element.name != "a" else []
    text = text_of(element)
    for link in links:
        text = text.removesuffix(text_of(link)).strip()
    return text


def _combine(reviews: list[Findings], items: list[Findings]) -> list[Findings]:
    """Fill what ClaimReview leaves open from the page's own form, statement by statement.

    Where the two count differently nobody can tell which is which, and they are not mixed.
    """
    if len(reviews) == len(items):
        for review, item in zip(reviews, items, strict=True):
            review.fill_from(item)
    return reviews or items


def _read_body(soup: BeautifulSoup, form: PublisherForm | None) -> list[str]:
    """Return the article's paragraphs."""
    root = find_path(soup, form.body) if form else None
    root = root or soup.find("article") or soup.find("main") or soup
    paragraphs = (text_of(paragraph) for paragraph in find_outermost(root, "p", _MOST_PARAGRAPHS))
    return [paragraph for paragraph in map(clean_line, paragraphs) if paragraph]
