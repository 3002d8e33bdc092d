"""A paraphrase matches only where a page has it nearly word for word."""

from __future__ import annotations

import pytest

from matcher import QuoteIndex
from server.models import QuoteForm, Status, StoredQuote
from server.paraphrases import is_near_enough, told_form
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
        form: stored(form).model_dump_json(include={"text"} | told_form(stored(form))).encode()
        for form in QuoteForm
    }
    assert is_near_enough(match, cards[QuoteForm.QUOTE])
    assert is_near_enough(match, cards[QuoteForm.PARAPHRASE]) is near


def test_a_text_that_looks_like_the_field_is_not_the_field() -> None:
    quote = stored(QuoteForm.QUOTE).model_copy(
        update={"text": 'So "form":"paraphrase" it is, said the clerk'}
    )
    card = quote.model_dump_json(include={"text"} | told_form(quote)).encode()
    (match,) = QuoteIndex.build([("q", CLAIM)]).find(PAGES[2][0])
    assert is_near_enough(match, card)
