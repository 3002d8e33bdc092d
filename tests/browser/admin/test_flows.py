"""What curators do, done as a person does it, on both databases."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from server.models import Role
from tests.browser.admin.conftest import PASSWORD, Open
from tests.server_process import ServerProcess

# What the pages ask of a database, tests/server/admin asks of both kinds.
pytestmark = pytest.mark.parametrize("house", ["postgresql"], indirect=True)

FIXTURES = Path(__file__).parents[2] / "server" / "ingest" / "fixtures"


def fill_in_quote(page: Page, text: str, label: str = "False", rating: str = "false") -> None:
    page.get_by_label("Quote", exact=True).fill(text)
    page.get_by_label("Speaker", exact=True).fill("Ada Marlowe")
    page.get_by_label("Publisher", exact=True).fill("The Daily Check")
    page.get_by_label("Label, in its own words").fill(label)
    page.get_by_label("Rating", exact=True).select_option(rating)
    page.get_by_label("Summary").fill("The sea rose by four millimetres.")


def create_draft(page: Page, text: str) -> str:
    """Write a draft, and return its address."""
    page.goto("/admin/quotes/new")
    fill_in_quote(page, text)
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    return page.url.partition("?")[0]


def test_a_quote_from_draft_to_publication_to_retirement(sign_in: Open, house: ServerProcess) -> None:
    words = "The sea at our harbour has not risen by a hand since my grandmother was young"
    editor, publisher = sign_in(Role.EDITOR), sign_in(Role.PUBLISHER)
    address = create_draft(editor, words)
    expect(editor.get_by_role("button", name="Publish")).to_have_count(0)
    editor.get_by_role("button", name="Send to review").click()
    assert house.match(words)["matches"] == []

    publisher.goto("/admin/review")
    waiting = publisher.get_by_role("article").filter(has_text="harbour has not risen")
    waiting.get_by_role("button", name="Publish").click()
    expect(publisher.get_by_role("status")).to_contain_text("Published now: The sea at our harbour")
    assert len(house.match(words)["matches"]) == 1, "readers see it at once"

    publisher.goto(address)
    publisher.get_by_role("button", name="Retire").click()
    expect(publisher.get_by_role("heading", level=1)).to_contain_text("Retired")
    assert house.match(words)["matches"] == []


def test_a_quote_is_sent_back_with_a_reason_that_its_author_reads(
    sign_in: Open, house: ServerProcess
) -> None:
    editor, publisher = sign_in(Role.EDITOR), sign_in(Role.PUBLISHER)
    address = create_draft(editor, "The ferry to the island has never once been late in any winter")
    editor.get_by_role("button", name="Send to review").click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("In review")

    publisher.goto("/admin/review")
    waiting = publisher.get_by_role("article").filter(has_text="ferry to the island")
    expect(waiting.get_by_label("Reason (optional)")).to_be_hidden()
    waiting.get_by_text("Back to draft…").focus()
    publisher.keyboard.press("Enter")
    waiting.get_by_label("Reason (optional)").fill("Which ferry?\nThere are two.")
    waiting.get_by_role("button", name="Back to draft").click()
    expect(publisher.get_by_role("status")).to_contain_text("Draft now: The ferry")

    editor.goto(address)
    told = editor.get_by_text("Sent back by the publisher")
    expect(told.locator("..")).to_contain_text("Which ferry? There are two.")
    editor.get_by_label("Summary").fill("The northern one was late in 2019.")
    editor.get_by_role("button", name="Send to review").click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("In review")
    expect(told).to_have_count(0)
    editor.get_by_label("Reason (optional)").fill("I was too fast")
    editor.get_by_role("button", name="Back to draft").click()
    expect(editor.get_by_text("Sent back by the editor").locator("..")).to_contain_text("I was too fast")


def test_a_misspelt_name_is_mended_by_one_press(sign_in: Open) -> None:
    page = sign_in(Role.VIEWER)
    page.goto("/admin/quotes?status=published")
    page.get_by_label("Search").fill("Barak Obamma")
    page.get_by_role("link", name="Barack Obama").click()
    expect(page.get_by_label("Search")).to_have_value("Barack Obama")
    expect(page.get_by_label("Status")).to_have_value("published")
    expect(page.get_by_role("link", name="If you like your health care plan")).to_be_visible()


def test_what_is_published_is_what_stands_in_the_form(sign_in: Open, house: ServerProcess) -> None:
    words = "The lighthouse was painted three times in one single summer"
    page = sign_in(Role.PUBLISHER)
    create_draft(page, words)
    page.get_by_label("Summary").fill("It was painted once.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved, and the status is changed.")).to_be_visible()
    [quote] = house.match(words)["quotes"].values()
    assert quote["checks"][0]["summary"] == "It was painted once."


def test_a_form_is_sent_once_and_not_left_without_a_question(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/quotes/new")
    fill_in_quote(page, "Nobody has ever pressed this button twice")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="Review queue").click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    expect(page.get_by_label("Summary")).to_have_value("The sea rose by four millimetres.")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/quotes/new", hold)
    button = page.get_by_role("button", name="Save as a draft")
    button.evaluate(
        "button => new Promise((done) => {"
        " button.click(); setTimeout(() => { button.click(); setTimeout(done, 50); }, 50); })"
    )
    [only] = held
    only.continue_()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()


def test_faults_stand_beside_their_fields_and_nothing_that_was_typed_is_lost(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/quotes/new")
    fill_in_quote(page, "")
    page.get_by_label("Address", exact=True).fill("javascript:alert(1)")
    page.get_by_label("Language").fill("the tongue of angels")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("3 fields need mending")
    expect(page.locator("#text-fault")).to_have_text("Fill this in.")
    expect(page.get_by_label("Quote", exact=True)).to_be_focused()
    expect(page.locator('[id="checks.0.url-fault"]')).to_contain_text("A complete web address")
    expect(page.get_by_label("Language")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Speaker", exact=True)).to_have_attribute("dir", "auto")
    expect(page.get_by_label("Summary")).to_have_value("The sea rose by four millimetres.")


def test_a_fault_that_is_told_while_a_button_is_held_does_not_move_it_away(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/quotes/new")
    fill_in_quote(page, "We have built three bridges in two years")
    button = page.get_by_role("button", name="Save as a draft")
    button.scroll_into_view_if_needed()
    page.get_by_label("Address", exact=True).fill("javascript:alert(1)")
    at = button.bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    with page.expect_response("**/admin/quotes/preview"):
        page.mouse.down()
    page.wait_for_timeout(200)
    assert button.bounding_box() == at
    page.mouse.up()
    expect(page.get_by_role("alert")).to_contain_text("1 field needs mending")


def test_the_preview_follows_what_is_typed_and_is_the_readers_own_card(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/quotes/new")
    fill_in_quote(page, "We have built three bridges in two years", "Pants on Fire", "false")
    card = page.locator("#card .card")
    expect(card).to_contain_text("Pants on Fire")
    expect(card).to_contain_text("The sea rose by four millimetres.")
    page.get_by_label("Summary").fill("Two bridges were built.")
    expect(card).to_contain_text("Two bridges were built.")
    expect(card).to_contain_text("This marks the quote, not this article.")
    page.get_by_label("Rating", exact=True).select_option("")
    page.get_by_label("Label, in its own words").fill("Mostly false")
    expect(page.get_by_text("The label map says: Mostly false.")).to_be_visible()


def test_checks_and_wordings_come_and_go(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    create_draft(page, "Wir haben in zwei Jahren drei Brücken gebaut")
    page.get_by_role("button", name="Add another check").click()
    expect(page.get_by_label("Publisher", exact=True).nth(1)).to_be_focused()
    page.keyboard.type("Another Check")
    page.get_by_label("Label, in its own words").nth(1).fill("Falsch")
    page.get_by_role("button", name="Add a wording").click()
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    page.get_by_label("Text", exact=True).fill("We have built three bridges within two years")
    page.get_by_label("Kind").select_option("translation")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Publisher", exact=True).nth(1)).to_have_value("Another Check")
    page.get_by_role("button", name="Remove check 1").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Publisher", exact=True)).to_have_count(1)
    expect(page.get_by_label("Publisher", exact=True)).to_have_value("Another Check")
    expect(page.get_by_label("Text", exact=True)).to_have_value(
        "We have built three bridges within two years"
    )


def test_history_shows_the_words_that_changed_and_brings_them_back(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    address = create_draft(page, "Nobody in this town has paid too much tax")
    page.get_by_label("Quote", exact=True).fill("Nobody in this city has paid too much tax")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.locator("del")).to_have_text("town")
    expect(page.locator("ins")).to_have_text("city")
    page.get_by_role("button", name="Restore this content").click()
    expect(page.get_by_label("Quote", exact=True)).to_have_value("Nobody in this town has paid too much tax")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Its history stays")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="There is no such quote")).to_be_visible()
    page.goto(f"{address}/history")
    page.get_by_role("button", name="Restore this content").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Draft")


def test_two_browsers_edit_one_quote_and_nothing_is_overwritten(sign_in: Open) -> None:
    first, second = sign_in(Role.EDITOR), sign_in(Role.PUBLISHER)
    address = create_draft(first, "Ninety per cent of our roads are new")
    second.goto(address)
    first.get_by_label("Quote", exact=True).fill("Ninety per cent of our streets are new")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_label("Speaker’s role").fill("Mayor")
    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_role("heading", name="Someone else changed this quote")).to_be_visible()
    theirs = second.locator("section", has_text="What the editor changed")
    expect(theirs.locator("del")).to_have_text("roads")
    expect(theirs.locator("ins")).to_have_text("streets")
    expect(second.locator("section", has_text="What you changed").locator("ins")).to_have_text("Mayor")
    second.get_by_role("button", name="Save both together").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    expect(second.get_by_label("Quote", exact=True)).to_have_value("Ninety per cent of our streets are new")
    expect(second.get_by_label("Speaker’s role")).to_have_value("Mayor")


def test_the_list_searches_as_one_types_and_filters(sign_in: Open) -> None:
    page = sign_in(Role.VIEWER)
    page.goto("/admin/quotes")
    page.get_by_label("Search").press_sequentially("gramm")
    expect(page.locator("#count")).not_to_have_text("1 quote")
    page.get_by_label("Search").fill("college loan")
    expect(page.locator("#count")).to_have_text("1 quote")
    expect(page).to_have_url(re.compile("q=college"))
    expect(page.locator(".quote-row")).to_contain_text("A college loan is the only loan")
    page.get_by_label("Search").fill("A college loan is the only loan in the Unitd States")
    expect(page.locator("#found")).to_contain_text("In these words, readers would be shown")
    expect(page.get_by_role("link", name="A college loan is the only loan")).to_be_visible()
    page.get_by_label("Search").fill("")
    page.get_by_label("Rating").select_option("satire")
    expect(page.locator(".quote-row")).to_have_count(1)
    page.reload()
    expect(page.locator(".quote-row")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8").splitlines()) == 2


def test_many_quotes_are_moved_after_a_preview_and_back_again(sign_in: Open, house: ServerProcess) -> None:
    page = sign_in(Role.PUBLISHER)
    page.goto("/admin/quotes?status=published")
    texts = [page.locator(".quote-row .text").nth(at).inner_text() for at in range(2)]
    assert all(house.match(text)["matches"] for text in texts)
    for at in range(2):
        page.get_by_role("checkbox").nth(at).check()
    page.get_by_label("Move the ticked ones to").select_option("retired")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Retire: 2 quotes?")
    assert all(house.match(text)["matches"] for text in texts), "a preview changes nothing"
    page.get_by_role("button", name="Retire 2").click()
    expect(page.get_by_text("2 quotes were moved to retired")).to_be_visible()
    assert not any(house.match(text)["matches"] for text in texts)
    page.reload()
    expect(page.get_by_text("2 quotes were moved to retired")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(page.get_by_text("Nothing is left to undo")).to_be_visible()
    page.goto("/admin/quotes?status=in_review")
    page.get_by_role("button", name="Preview for all").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(re.compile("status=in_review"))
    assert all(house.match(text)["matches"] for text in texts)


def test_an_article_is_read_mended_and_accepted(sign_in: Open) -> None:
    page = sign_in(Role.PUBLISHER)
    page.goto("/admin/import")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("paste an article")
    page.get_by_label("Or choose a file").set_input_files(FIXTURES / "polygraph.html")
    page.get_by_role("button", name="Read it").click()
    item = page.get_by_role("article").first
    expect(item.get_by_label("Publisher", exact=True)).to_have_value("Polygraph.info")
    expect(item.locator("mark").first).to_be_visible()
    expect(item.get_by_text("From:").first).to_be_visible()
    item.get_by_label("Quote", exact=True).fill("")
    item.get_by_role("button", name="Accept as a draft").click()
    expect(page.get_by_text("Fill this in.")).to_be_visible()
    page.get_by_label("Quote", exact=True).fill("A quote that a person has mended by hand")
    page.get_by_role("button", name="Accept as a draft").click()
    expect(page.get_by_text("Taken in")).to_be_visible()
    page.get_by_role("link", name="Open the quote").click()
    expect(page.get_by_label("Quote", exact=True)).to_have_value("A quote that a person has mended by hand")


def test_json_ld_is_read_and_a_likely_duplicate_is_merged(sign_in: Open) -> None:
    page = sign_in(Role.PUBLISHER)
    page.goto("/admin/import")
    page.get_by_label("Paste the article").fill(
        """{"@type": "ClaimReview", "claimReviewed": "I can see Russia from my house.",
        "itemReviewed": {"author": {"@type": "Person", "name": "Sarah Palin"}},
        "reviewRating": {"alternateName": "False"}, "author": {"name": "Another Check"},
        "url": "https://another.example/palin"}"""
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Likely known already")).to_be_in_viewport()
    page.get_by_role("button", name="Merge into this one").first.click()
    expect(page.get_by_text("Merged")).to_be_visible()
    page.get_by_role("link", name="Open the quote").click()
    expect(page.get_by_label("Publisher", exact=True)).to_have_count(2)


def test_a_session_that_ends_in_an_import_costs_none_of_its_quotes(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/import")
    claims = [
        {
            "@type": "ClaimReview",
            "claimReviewed": f"The {name} of our town has a roof of gold",
            "reviewRating": {"alternateName": "False"},
            "author": {"name": "The Daily Check"},
            "url": f"https://check.example/{name}",
        }
        for name in ("mill", "school")
    ]
    page.get_by_label("Paste the article").fill(json.dumps(claims))
    page.get_by_role("button", name="Read it").click()
    first, second = page.get_by_role("article").all()
    for item in (first, second):
        item.get_by_label("Summary").fill("Its roof is of slate.")
    page.context.clear_cookies()
    first.get_by_role("button", name="Accept as a draft").click()
    first.get_by_label("Name").fill("the editor")
    first.get_by_label("Password").fill(PASSWORD)
    first.get_by_role("button", name="Sign in").click()
    first.get_by_role("button", name="Send it now").click()
    expect(first.get_by_text("Taken in")).to_be_visible()
    second.get_by_role("button", name="Accept as a draft").click()
    second.get_by_role("button", name="Send it now").click()
    expect(second.get_by_text("Taken in")).to_be_visible()
    second.get_by_role("link", name="Open the quote").click()
    expect(page.get_by_label("Summary")).to_have_value("Its roof is of slate.")


def test_a_report_is_decided(sign_in: Open, house: ServerProcess) -> None:
    words = "I was never once in the harbour town of Elsmere"
    page = sign_in(Role.PUBLISHER)
    create_draft(page, words)
    page.get_by_role("button", name="Publish").click()
    match = house.match(words)["matches"][0]
    report = {"quote": match["quote"], "kind": "exact", "words": words, "note": "<b>She did</b> not say it"}
    assert house.client.post("/v1/reports", json=report).status_code == 202
    page.goto("/admin/reports")
    article = page.get_by_role("article").filter(has_text="Elsmere")
    expect(article).to_contain_text("<b>She did</b> not say it")
    expect(article).to_contain_text("word for word")
    article.get_by_text("Retire the quote…").click()
    article.get_by_label("Reason (optional)").fill("She was there in 1987, as her own book tells")
    article.get_by_role("button", name="Retire the quote").click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    assert house.match(words)["matches"] == []
    page.goto("/admin/reports?state=upheld")
    expect(page.get_by_role("article").filter(has_text="Elsmere")).to_contain_text(
        "by the publisher", ignore_case=True
    )


def test_a_wording_is_blocked_and_let_in_again(sign_in: Open, house: ServerProcess) -> None:
    words = "Each of the lamps in Elder Lane was lit by my own hand"
    page = sign_in(Role.PUBLISHER)
    address = create_draft(page, words)
    page.get_by_role("button", name="Publish").click()
    [match] = house.match(words)["matches"]
    report = {"quote": match["quote"], "kind": "exact", "words": words}
    assert house.client.post("/v1/reports", json=report).status_code == 202
    page.goto("/admin/reports")
    page.get_by_role("article").filter(has_text="Elder Lane").get_by_role("button", name="Block").click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    assert house.match(words)["matches"] == []
    page.goto(address)
    page.get_by_role("button", name="Let it match again").click()
    expect(page.get_by_text("The passage is a match again.")).to_be_visible()
    assert len(house.match(words)["matches"]) == 1


def test_two_quotes_that_are_one_are_merged(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    create_draft(page, "The old mill by the river has been sold three times since the flood")
    address = create_draft(page, "The old mill by the river has been sold three times since that flood")
    page.goto(f"{address}/duplicates")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.locator("del")).to_have_text("that")
    expect(page.locator("ins")).to_have_text("the")
    expect(page.get_by_role("button", name="Merge the quote above into it")).to_be_visible()
    page.get_by_role("button", name="Merge it into the quote above").click()
    expect(page.get_by_text("Merged.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quote")
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("since the flood"))
    page.goto("/admin/quotes?q=old mill river flood")
    expect(page.locator(".quote-row")).to_have_count(1)


def test_the_bench_shows_a_page_with_the_draft_and_what_it_would_hit(sign_in: Open) -> None:
    page = sign_in(Role.EDITOR)
    page.goto("/admin/pages")
    page.get_by_label("Title").fill("A page of the harbour")
    page.get_by_label("Its text or HTML").fill(
        "<p>“Every lamp on our quay has burned since the war,” <b>she</b> said.</p>"
    )
    page.get_by_role("button", name="Store", exact=True).click()
    create_draft(page, "Every lamp on our quay has burned since the war")
    page.get_by_role("link", name="Where would it match?").click()
    expect(page.get_by_role("heading", name="1 of")).to_be_visible()
    expect(page.locator("mark")).to_have_text("Every lamp on our quay has burned since the war")
    page.get_by_label("A page’s text or HTML").fill(
        "“Every lamp on our quay has burned since the war.” “Hate speech is not protected by the first amendment.”"
    )
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#trial-title")).to_contain_text("and 1 of this one")
    expect(page.locator("mark.by-draft")).to_have_text("Every lamp on our quay has burned since the war")
    page.get_by_role("link", name="Without it").click()
    expect(page.get_by_role("heading", name="With this quote")).to_have_count(0)


def test_an_unknown_label_is_rated_and_the_quote_that_waits_with_it(sign_in: Open) -> None:
    page = sign_in(Role.PUBLISHER)
    page.goto("/admin/labels")
    waiting = page.get_by_role("listitem").filter(has_text="Four Whoppers")
    waiting.get_by_label("Rating").select_option("false")
    waiting.get_by_role("button", name="Rate it").click()
    expect(page.get_by_text("The label map is changed.")).to_be_visible()
    page.goto("/admin/quotes?q=whoppers")
    expect(page.locator(".quote-row .look-fails")).to_have_text("Four Whoppers")


def test_an_admin_adds_a_user_who_signs_in_and_is_kept_out_again(sign_in: Open) -> None:
    admin = sign_in(Role.ADMIN)
    admin.goto("/admin/users")
    admin.get_by_label("Name").fill("Zoë <i>")
    admin.get_by_role("button", name="Add", exact=True).click()
    expect(admin.locator("#secret")).to_be_focused()
    admin.keyboard.press("ControlOrMeta+a")
    password = admin.evaluate("getSelection().toString()")
    other = sign_in(Role.VIEWER)
    other.get_by_role("button", name="Sign out").click()
    other.get_by_label("Name").fill("zoë <i>")
    other.get_by_label("Password").fill(password)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_text("Zoë <i> · editor")).to_be_visible()
    admin.goto("/admin/users")
    row = admin.get_by_role("row").filter(has_text="Zoë <i>")
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Change").click()
    other.goto("/admin/quotes")
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    admin.goto("/admin/audit?action=user changed")
    expect(admin.get_by_role("table")).to_contain_text("Zoë <i>")


def test_a_token_is_shown_once_works_and_is_revoked(sign_in: Open, house: ServerProcess) -> None:
    admin = sign_in(Role.ADMIN)
    admin.goto("/admin/users")
    admin.get_by_label("Whom it is for").fill("the wire service")
    admin.get_by_role("button", name="Create", exact=True).click()
    secret = admin.locator("#secret").input_value()
    asked = {"headers": house.headers(secret), "params": {"status": "draft"}}
    assert house.client.get("/v1/quotes", **asked).status_code == 200  # type: ignore[arg-type]
    admin.goto("/admin/users")
    assert secret not in admin.content()
    admin.get_by_role("row").filter(has_text="the wire service").get_by_role("button", name="Revoke").click()
    expect(admin.get_by_text("The token counts for nothing from now on.")).to_be_visible()
    assert house.client.get("/v1/quotes", **asked).status_code == 401  # type: ignore[arg-type]


def test_the_main_work_is_done_without_a_script_and_by_keyboard(sign_in: Open) -> None:
    page = sign_in(Role.PUBLISHER, java_script_enabled=False)
    create_draft(page, "No script has ever run in this house")
    page.get_by_label("Speaker’s role").fill("Warden")
    page.get_by_label("Speaker’s role").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Published")
    page.goto("/admin/quotes")
    page.get_by_label("Search").fill("script has ever")
    page.get_by_label("Search").press("Enter")
    expect(page.locator(".quote-row")).to_have_count(1)
