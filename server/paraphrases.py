"""Paraphrases match by a stricter bar: nobody said these words, so that only a page which has them nearly all does.

Another word in a quote is a change worth telling; in a paraphrase, it is likely another claim.
"""

from __future__ import annotations

import matcher
from server.models import QuoteForm, StoredQuote

LEAST_SIMILARITY = 0.9
LEAST_COVERAGE = 0.8
_TOLD = (
    b'"form":"paraphrase"'  # in JSON as pydantic and orjson write it; in a text, its quotes would be escaped
)


def told_form(quote: StoredQuote) -> set[str]:
    """Return the field that a reader's card holds besides: `form`, of paraphrases alone."""
    return {"form"} if quote.form is QuoteForm.PARAPHRASE else set()


def is_near_enough(match: matcher.Match, card: bytes) -> bool:
    """Tell whether the match counts; `card` is what a reader is told of its quote, as JSON.

    Any match of a quote does. Of a paraphrase, or of a quoted part of it: nearly the whole of it, word for word, or
    with few words changed, none of them a number, a name, a date or a negation. Of half a paraphrase, what a page has
    is mostly whom or what it is about: "former U.S. ambassador to the Ukraine Marie Yovanovitch".
    """
    if _TOLD not in card or match.kind == "exact":
        return True
    guarded = any(change.guard for change in match.changes)
    is_near = match.similarity >= LEAST_SIMILARITY and match.coverage >= LEAST_COVERAGE
    return match.kind == "altered" and is_near and not guarded
