"""The label tables: labels to ratings, in the publishers' own words."""

from __future__ import annotations

import pytest

from server.ingest.labels import GENERAL, find_publisher, fold_label, load_label_tables, rate_label
from server.models import Rating

TABLES = load_label_tables()


def test_there_are_tables_for_a_dozen_publishers_and_more() -> None:
    wanted = {
        "polygraph",
        "politifact",
        "snopes",
        "afp",
        "full_fact",
        "euvsdisinfo",
        "demagog",
        "factcheck_org",
    }
    wanted |= {"lupa", "chequeado", "newtral", "maldita", "correctiv"}
    assert wanted <= set(TABLES)


@pytest.mark.parametrize("key", TABLES)
def test_a_table_has_a_version_and_folded_labels(key: str) -> None:
    table = TABLES[key]
    assert table.version >= 1
    assert table.ratings
    assert all(label and label == fold_label(label) for label in table.ratings)
    assert (key == GENERAL) or table.hosts


def test_no_two_publishers_share_a_name_or_a_host() -> None:
    names = [name for table in TABLES.values() for name in table.names]
    hosts = [host for table in TABLES.values() for host in table.hosts]
    assert len(names) == len(set(names))
    assert len(hosts) == len(set(hosts))


@pytest.mark.parametrize(
    ("publisher", "label", "rating"),
    [
        ("Polygraph.info", "Unsubstantiated", Rating.UNSUBSTANTIATED),
        ("POLYGRAPH.info", " unsubstantiated. ", Rating.UNSUBSTANTIATED),
        ("PolitiFact", "Pants on Fire!", Rating.FALSE),
        ("politifact.com", "pants-fire", Rating.FALSE),
        ("PolitiFact", "barely-true", Rating.MOSTLY_FALSE),
        ("PolitiFact", "HALF\u00a0TRUE", Rating.MIXED),
        ("Snopes", "Unproven", Rating.UNSUBSTANTIATED),
        ("Snopes", "Correct Attribution", Rating.TRUE),
        ("Snopes", "Labeled Satire", Rating.SATIRE),
        ("AFP", "Falsch", Rating.FALSE),
        ("AFP Factuel", "Trompeur", Rating.MISLEADING),
        ("AFP Factual", "Engañoso", Rating.MISLEADING),
        ("Demagog", "FAŁSZ", Rating.FALSE),
        ("Demagog", "Manipulacja", Rating.MISLEADING),
        ("Demagog.cz", "Neověřitelné", Rating.UNSUBSTANTIATED),
        ("Chequeado", "Verdadero, pero…", Rating.MOSTLY_TRUE),
        ("Lupa", "Insustentável", Rating.UNSUBSTANTIATED),
        ("Maldita.es", "Bulo", Rating.FALSE),
        ("CORRECTIV.Faktencheck", "Unbelegt", Rating.UNSUBSTANTIATED),
        ("EUvsDisinfo", "disinformation", Rating.FALSE),
        ("Full Fact", "Incorrect.", Rating.FALSE),
        ("The Washington Post", "Four Pinocchios", Rating.FALSE),
        ("A checker nobody knows", "False", Rating.FALSE),
        (None, "Falso", Rating.FALSE),
    ],
)
def test_a_known_label_has_its_rating(publisher: str | None, label: str, rating: Rating) -> None:
    assert rate_label(label, publisher) is rating


@pytest.mark.parametrize(
    "label", ["", "…", "Moonshine", "Not false", "False?no", "Falsehood", "untrue story", "Full of it"]
)
def test_an_unknown_label_has_none(label: str) -> None:
    assert rate_label(label, "Polygraph.info") is None


def test_a_label_of_one_publisher_is_not_lent_to_another() -> None:
    assert rate_label("Pants on Fire", "Snopes") is None
    assert rate_label("Bulo", None) is None


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.polygraph.info/a/1.html", "Polygraph.info"),
        ("https://faktencheck.afp.com/doc.afp.com.B2LA2G3", "AFP Fact Check"),
        ("HTTPS://WWW.SNOPES.COM/", "Snopes"),
        ("https://notsnopes.com/", None),
        ("https://snopes.com.evil.example/", None),
        ("https://evil.example/snopes.com", None),
        ("https://snopes.com@evil.example/", None),
        ("https://[bad", None),
        ("", None),
    ],
)
def test_a_publisher_is_known_by_its_host_and_nothing_like_it(address: str, publisher: str | None) -> None:
    table = find_publisher(address=address)
    assert (table.publisher if table else None) == publisher
