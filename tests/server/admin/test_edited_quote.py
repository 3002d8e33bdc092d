"""Two people's edits of one quote, brought together: nothing that one of them did is overwritten unseen."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData

from server.admin.edited_quote import EditedQuote, join_edits
from server.admin.quote_page import as_quote
from server.models import Quote, Status, StoredQuote
from tests.server.quotes import make_quote

BASE = make_quote(speaker={"name": "Xi Jinping"})
SECOND = make_quote(publisher="Snopes", url="https://www.snopes.com/1").checks[0]


def change(**fields: Any) -> Quote:
    return BASE.model_copy(update=fields)


def test_each_field_is_mine_where_i_changed_it_else_theirs() -> None:
    mine = EditedQuote.of(change(text="My words"))
    both = join_edits(mine, BASE, change(language="en")).quote()
    assert both == change(text="My words", language="en")


def test_checks_and_wordings_that_they_added_or_took_out_stay_so_where_i_left_them_alone() -> None:
    mine = EditedQuote.of(change(text="My words"))
    two = [*BASE.checks, SECOND]
    assert join_edits(mine, BASE, change(checks=two)).quote() == change(text="My words", checks=two)
    base, mine = change(checks=two), EditedQuote.of(change(text="My words", checks=two))
    assert join_edits(mine, base, change(checks=[SECOND])).quote() == change(text="My words", checks=[SECOND])


def test_where_both_changed_the_checks_mine_stand_and_their_other_fields_are_taken() -> None:
    of_mine = [make_quote(label="False", rating="false").checks[0]]
    theirs = change(checks=[*BASE.checks, SECOND], language="en")
    both = join_edits(EditedQuote.of(change(checks=of_mine)), BASE, theirs).quote()
    assert both == change(checks=of_mine, language="en")


def test_of_a_quote_that_holds_more_than_one_may_nothing_is_lost_and_that_is_told() -> None:
    stored = StoredQuote(
        **change(checks=61 * [SECOND]).model_dump(), id=f"q_{22 * 'a'}", status=Status.DRAFT, revision=1
    )
    form = EditedQuote.read(FormData(EditedQuote.of(as_quote(stored)).values))
    assert (form.checks, form.quote()) == (61, None)
    assert form.faults == {"checks": "At most 50."}
    form.add("checks")
    for _ in range(11):
        form.remove("checks.0")
    assert form.quote() == change(checks=50 * [SECOND])


def test_a_quote_without_words_is_told_and_one_that_is_stored_is_shown() -> None:
    stored = StoredQuote(
        **change(text="🙂 …").model_dump(), id=f"q_{22 * 'a'}", status=Status.DRAFT, revision=1
    )
    form = EditedQuote.of(as_quote(stored))
    assert (form["text"], form.quote()) == ("🙂 …", None)
    assert form.faults["text"].startswith("Words: ")


def test_a_row_that_no_button_names_is_not_taken_out() -> None:
    form = EditedQuote.of(change(checks=[*BASE.checks, SECOND]))
    for row in ("checks.²", "checks.٣", "checks.2", "checks", "none.0"):
        form.remove(row)
    assert form.checks == 2


def test_a_row_that_comes_has_the_cursor_and_so_has_the_one_beside_what_goes() -> None:
    form = EditedQuote.of(change(checks=[*BASE.checks, SECOND]))
    cursors = []
    for act in ("add checks", "remove checks.0", "remove checks.1", "add wordings"):
        assert form.change_rows(act)
        cursors.append(form.cursor)
    assert cursors == ["checks.2.publisher", "checks.0.publisher", "checks.0.publisher", "wordings.0.text"]
    assert not form.change_rows("move published")
