"""How each publisher builds its fact-check pages: tables, no code. A new one is a few lines and a fixture.

A form is used where ClaimReview in the page is absent or leaves a field open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from server.ingest.labels import LabelTable

Path = tuple[str, ...]
"""CSS selectors, each applied inside the first element that the one before found.

A selector names one element (no combinators, no `:has`): reading stays linear however deep a page nests.
"""


@dataclass(frozen=True)
class PublisherForm:
    """Where a publisher's page holds what.

    `publishers` build their pages so; the first is meant where none is named. `item` encloses one rated
    statement with its verdict, of which a page has `most_items`: what follows are links to other checks.
    `in_item` is looked up inside of it, `in_page` in the whole page, both by field name. `body` holds the
    article's paragraphs. `is_distinctive`: nobody else builds an `item` like this, so that it tells the
    publisher by itself. `states`: an element that only a page with this verdict has, and the verdict, where the
    publisher gives but one.
    """

    publishers: tuple[str, ...]
    item: str
    in_item: dict[str, Path]
    in_page: dict[str, Path]
    body: Path
    language: str | None = None
    most_items: int = 1
    is_distinctive: bool = False
    states: tuple[Path, str] | None = None
    copied: CopiedForm | None = None


@dataclass(frozen=True)
class CopiedForm:
    """The page as text copied from a browser: the statement, then the verdict on a line of its own.

    `proof` are lines that only this page furniture has: by two of them the publisher is known where the
    text does not name it. `furniture` are lines that are no part of the article.
    """

    proof: frozenset[str]
    furniture: frozenset[str] = field(default_factory=frozenset)


# Polygraph.info, the fact-checking site of Voice of America and Radio Free Europe, on their Pangea system.
# A copied page names the publisher nowhere: it is known by the furniture of that system (an audio player that
# says so when it has nothing to play, a text-size control) around a statement with a Polygraph verdict.
POLYGRAPH = PublisherForm(
    publishers=("Polygraph.info", "Voice of America"),
    item=".fc__body",
    in_item={
        "text": (".statement-content",),
        "speaker": (".statement-author", ".author"),
        "role": (".statement-author", ".desc"),
        "label": (".verdict-head", "span:not([class])"),
        "said_on": (".statement-source",),
    },
    in_page={"title": ("h1.pg-title",), "published_on": (".published", "time")},
    body=("#article-content",),
    language="en",
    most_items=20,
    is_distinctive=True,
    copied=CopiedForm(
        proof=frozenset(
            {"accessibility links", "no media source currently available", "xs", "sm", "md", "lg"}
        ),
        furniture=frozenset(
            {
                "breaking news",
                "please wait",
                "share",
                "print",
                "embed",
                "the code has been copied to your clipboard",
            }
        ),
    ),
)

SNOPES = PublisherForm(
    publishers=("Snopes",),
    item="article",
    in_item={
        "text": (".claim, .claim_cont",),
        "label": (".rating, #fact_check_rating_container", "h5, .rating_title_wrap"),
        "description": ("header", "h2"),
    },
    in_page={"title": ("h1",), "published_on": (".date-published, .publish_date",)},
    body=("article",),
    language="en",
)

# Both the pages until 2019 (`statement`) and those after (`m-statement`); the meter is a picture with a text.
POLITIFACT = PublisherForm(
    publishers=("PolitiFact",),
    item=".statement, .m-statement",
    in_item={
        "text": (".statement__text, .m-statement__quote",),
        "speaker": (".statement__meta, .m-statement__meta", "a"),
        "label": (".meter, .m-statement__meter", "img"),
        "said_on": (".statement__meta, .m-statement__desc",),
    },
    in_page={"published_on": (".m-author__date",)},
    body=(".article__text, .m-textblock",),
    language="en",
)

# The meta items name themselves ("Outlet: …"). All cases of the database are disinformation; the page's own word
# for it is the heading over its disproof.
EUVSDISINFO = PublisherForm(
    publishers=("EUvsDisinfo",),
    item=".report-main-info, .b-report",
    in_item={"text": (".report-summary-text, .b-report__summary",)},
    in_page={
        "title": (".report-title, .b-report__title",),
        "speaker": ('.report-meta-item:-soup-contains-own("Outlet")', "span"),
        "published_on": ('.report-meta-item:-soup-contains-own("Date")', "span"),
    },
    body=(".report-disproof-text, .b-report__response",),
    states=((".report-disproof-text, .b-report__response",), "Disinformation"),
)

# The rated words stand in the first block quote, the verdict in a paragraph of the class "ocena" (rating).
DEMAGOG = PublisherForm(
    publishers=("Demagog",),
    item="main, body",
    in_item={
        "text": ("blockquote.hyphenate", "p"),
        "label": ("p.ocena",),
        "speaker": (".person-name", "a"),
        "said_on": (".date-content", "p"),
    },
    in_page={"title": ("h1",)},
    body=(".content-editor, article",),
    language="pl",
)

AFRICA_CHECK = PublisherForm(
    publishers=("Africa Check",),
    item=".report-claim, .inline-rating, .article-details",
    in_item={
        "text": (".claim-content, .article-details__claims, p",),
        "label": (".indicator, .verdict-stamp, .article-details__verdict",),
        "speaker": (".sharethefacts-speaker-name",),
    },
    in_page={"published_on": ("time",), "label": (".verdict-stamp",)},
    body=(".entry-content",),
    language="en",
    most_items=20,
)

VERA_FILES = PublisherForm(
    publishers=("VERA Files",),
    item="article",
    in_item={"text": ("#claim_reviewed",), "label": ("#review-rating",)},
    in_page={"title": ("h1.article_title",)},
    body=(".entry-content",),
)

TRUTH_OR_FICTION = PublisherForm(
    publishers=("Truth or Fiction?",),
    item="article",
    in_item={"text": (".claim-description",), "label": (".rating-description",)},
    in_page={},
    body=("article",),
    language="en",
)

# AFP always has ClaimReview, in every language; the form only tells where the article's text is.
AFP = PublisherForm(
    publishers=("AFP Fact Check",),
    item=".afp-has-no-item-of-its-own",
    in_item={},
    in_page={},
    body=(".article-entry, .field--name-body",),
)

FORMS = (
    POLYGRAPH,
    SNOPES,
    POLITIFACT,
    EUVSDISINFO,
    DEMAGOG,
    AFRICA_CHECK,
    VERA_FILES,
    TRUTH_OR_FICTION,
    AFP,
)


def find_form(table: LabelTable | None) -> PublisherForm | None:
    """Return the form of the publisher that a label table belongs to."""
    return next((form for form in FORMS if table and table.publisher in form.publishers), None)
