"""What is published as a paraphrase is held to its stricter bar, in what was built and in what came later."""

from __future__ import annotations

import pytest

from server.live_index.generation import Generation
from server.models import QuoteForm, Status, StoredQuote
from server.store import Mark, News
from tests.server.quotes import XI, make_quote

CHANGED = XI.replace("strongly rejects", "does not reject")


@pytest.mark.parametrize(("form", "found"), [(QuoteForm.QUOTE, 1), (QuoteForm.PARAPHRASE, 0)])
def test_a_changed_quote_is_told_and_a_changed_paraphrase_is_not(form: QuoteForm, found: int) -> None:
    own = {"id": "q_" + "a" * 22, "status": Status.PUBLISHED, "revision": 1, "form": form}
    quote = StoredQuote.model_validate(make_quote(XI).model_dump() | own)
    generation = Generation()
    generation.take_in(News(Mark(1, quote.id), quote))
    exact, changed = generation.find(f"He wrote: {XI}"), generation.find(f"He wrote: {CHANGED}")
    assert (len(exact.matches), len(exact.cards)) == (1, 1)
    assert (len(changed.matches), len(changed.cards)) == (found, found)
