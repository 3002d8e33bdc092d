"""A paraphrase matches only where a page has it nearly word for word."""

from __future__ import annotations

import orjson
import pytest

from matcher import QuoteIndex
from server.models import QuoteForm, Status, StoredQuote
from server.paraphrases import as_told, told_form, without_parts_of_wholes
from tests.server.quotes import make_quote

CLAIM = (
    "The mayor of the town sold the old harbor and both of its piers to a circus from abroad for 300 silver coins"
    " without asking anybody"
)
PAGES = [
    (f"People say: {CLAIM}.", True),
    (CLAIM.replace("old harbor", "ancient harbor"), True),
    (CLAIM.replace("300", "900"), False),
    (CLAIM.replace("sold", "never sold"), False),
    ("They wrote that the mayor of the town sold the old harbor and both of its piers to a circus.", False),
    ("They wrote that the mayor of the town sold the old wooden harbor and both of its piers.", False),
]


def stored(form: QuoteForm) -> StoredQuote:
    own = {"id": "q_" + "a" * 22, "status": Status.PUBLISHED, "revision": 1, "form": form}
    return StoredQuote.model_validate(make_quote(CLAIM).model_dump() | own)


@pytest.mark.parametrize(("page", "near"), PAGES)
def test_what_is_a_match_of_a_quote_is_one_of_a_paraphrase_only_if_it_is_near(page: str, near: bool) -> None:
    (match,) = QuoteIndex.build([("q", CLAIM)]).find(page)
    cards = {
        form: stored(form).model_dump_json(include={"text", "speaker"} | told_form(stored(form))).encode()
        for form in QuoteForm
    }
    assert as_told(match, cards[QuoteForm.QUOTE], page) == match
    assert as_told(match, cards[QuoteForm.PARAPHRASE], page) == (match if near else None)


def test_a_text_that_looks_like_the_field_is_not_the_field() -> None:
    quote = stored(QuoteForm.QUOTE).model_copy(
        update={"text": 'So "form":"paraphrase" it is, said the clerk'}
    )
    card = quote.model_dump_json(include={"text"} | told_form(quote)).encode()
    (match,) = QuoteIndex.build([("q", CLAIM)]).find(PAGES[2][0])
    assert as_told(match, card, PAGES[2][0]) == match


SPEAKER = "Ada Marlowe"
PART = "sold both of the piers to a circus from abroad"
PARTS = [
    (PART, f"The mayor “{PART}.”", "fragment"),
    (PART, f"The mayor “{PART.replace('a circus', 'one circus')}.”", "altered"),
    ("the largest sale of piers", "This was the largest sale of piers in years.", None),
    ("the largest sale of piers", "This was “the largest sale of piers,” Marlowe said.", "fragment"),
    ("the largest sale of piers in history", "This was the second largest sale of piers in history.", None),
]


@pytest.mark.parametrize(("part", "page", "kind"), PARTS)
def test_what_a_paraphrase_quotes_is_told_as_a_part_of_it_unless_it_is_anybodys_words(
    part: str, page: str, kind: str | None
) -> None:
    text = (
        f"The council of the northern town was told by its own treasurer in a letter that the mayor “{part}.”"
    )
    card = orjson.dumps({"text": text, "speaker": {"name": SPEAKER}, "form": "paraphrase"}).replace(
        b" :", b":"
    )
    told = [
        told
        for match in QuoteIndex.build([("q", text), ("q", part)]).find(page)
        if (told := as_told(match, card, page))
    ]
    assert [match.kind for match in told] == ([kind] if kind else [])
    assert all(match.coverage < 0.6 for match in told)


def test_a_part_inside_of_a_changed_whole_is_not_told_besides() -> None:
    text = f"The council was told by its treasurer in a letter that the mayor of the town “{PART}.”"
    page = f"{text.replace('letter', 'note')} And again: he {PART}."
    matches = QuoteIndex.build([("q", text), ("q", PART)]).find(page)
    assert [match.kind for match in matches] == ["altered", "exact", "exact"]
    assert without_parts_of_wholes(matches) == [matches[0], matches[2]]


def test_another_wording_of_a_paraphrase_is_no_part_of_it() -> None:
    translation = "市长没有征求任何人的意见就把旧港口和两座码头卖给了国外的马戏团换了三百枚银币"
    card = orjson.dumps({"text": CLAIM, "speaker": None, "form": "paraphrase"})
    (match,) = QuoteIndex.build([("q", CLAIM), ("q", translation)]).find(f"他说：“{translation}。”")
    assert as_told(match, card, f"他说：“{translation}。”") == match
