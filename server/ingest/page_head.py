"""What a page says of itself as a whole: address, title, publisher, date, language, description."""

from __future__ import annotations

from bs4 import BeautifulSoup

from server.ingest.clean_text import clean_line
from server.ingest.dates import read_date, read_date_in_address
from server.ingest.html_tree import text_of
from server.ingest.labels import find_publisher, host_of
from server.ingest.language import read_language
from server.ingest.reading import Findings, is_web_address

_TITLES = ("og:title", "twitter:title", "title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_DATES = ("article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.created", "pubdate")


def read_page_head(soup: BeautifulSoup, url: str | None) -> Findings:
    """Return what the page as a whole tells; `url` is where it was found, if the caller knows it."""
    found = Findings()
    meta = _read_meta(soup)
    _add_address(found, soup, meta, url)
    for name in _TITLES:
        found.add("title", meta.get(name), f"meta {name}: {meta.get(name)}")
    for title in (text_of(soup.find("h1")), _title_of(soup)):
        found.add("title", title, title)
    for name in _DESCRIPTIONS:
        found.add("description", meta.get(name), meta.get(name, ""))
    for name in _DATES:
        found.add("published_on", read_date(meta.get(name, "")), f"meta {name}: {meta.get(name)}")
    address = found.text("url") or ""
    found.add("published_on", read_date_in_address(address), f"address: {address}")
    lang = str(soup.html.get("lang", "")) if soup.html else ""
    found.add("language", read_language(lang), f'lang="{lang}"')
    _add_publisher(found, meta)
    return found


def _add_address(found: Findings, soup: BeautifulSoup, meta: dict[str, str], given: str | None) -> None:
    """The canonical address is the better one, but a page can't name one on a site that it is not from."""
    canonical = soup.find("link", rel="canonical")
    own = [str(canonical.get("href", "")) if canonical else "", meta.get("og:url", "")]
    if given and is_web_address(given):
        own = [address for address in own if host_of(address) == host_of(given)]
    for address, origin in zip([*own, given], [*("the page's own",) * len(own), "given"], strict=True):
        found.add_address(address, f"{origin} address: {address}")


def _add_publisher(found: Findings, meta: dict[str, str]) -> None:
    site = meta.get("og:site_name")
    address = found.text("url")
    table = find_publisher(address=address) or find_publisher(name=site)
    if table:
        found.add("publisher", table.publisher, site or f"address: {address}")
    found.add("publisher", site, f"meta og:site_name: {site}")


def _read_meta(soup: BeautifulSoup) -> dict[str, str]:
    """Return the first content of each `<meta>`, by its name, property or itemprop in lower case."""
    meta: dict[str, str] = {}
    for element in soup.find_all("meta", limit=500):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = clean_line(str(element.get("content", "")))
        if name and content:
            meta.setdefault(str(name).lower(), content)
    return meta


def _title_of(soup: BeautifulSoup) -> str:
    element = soup.find("title")
    return clean_line(element.get_text()) if element else ""
