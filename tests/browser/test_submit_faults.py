"""The page about submissions when something goes wrong on the way, and on a small screen."""

import signal
from urllib.parse import urlsplit

from playwright.sync_api import expect
from tests.browser.submit_desk import GOOD, Desk, choose, sign_in


def test_a_good_file_stays_chosen_and_recording_is_not_repeated(desk: Desk) -> None:
    page = desk.page()
    sign_in(page, desk.token("submitter"))
    choose(page, GOOD, "#check")
    expect(page.locator("#choose-again")).to_contain_text("nog gekozen")
    page.locator("#record").click()
    expect(page.locator("#notice-recorded")).to_be_focused()
    assert "done=" in urlsplit(page.url).query
    posts: list[str] = []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    page.reload()
    expect(page.locator("#notice-recorded")).to_be_visible()
    page.go_back()
    expect(page.locator("#report")).to_have_count(0)
    expect(page.locator("#my-submissions tbody tr")).to_have_count(1)
    assert posts == []


def test_an_upload_can_be_stopped_and_a_fault_on_the_way_is_told(desk: Desk) -> None:
    page = desk.page()
    page.route("**/submit", lambda _: None)
    choose(page, GOOD, "#check")
    expect(page.locator("#upload-progress")).to_be_visible()
    expect(page.locator("#check")).to_have_attribute("aria-disabled", "true")
    page.locator("#upload-cancel").click()
    expect(page.locator("#upload-status")).to_have_text(
        "Gestopt. Van dit bestand is niets bewaard."
    )
    expect(page.locator("#upload-progress")).to_be_hidden()
    for answer, words in [
        (lambda route: route.abort(), "de verbinding viel weg"),
        (lambda route: route.fulfill(status=502, content_type="text/plain"), "status 502"),
    ]:
        page.unroute("**/submit")
        page.route("**/submit", answer)
        choose(page, GOOD, "#check")
        expect(page.locator("#upload-error")).to_contain_text(words)
        expect(page.locator("#upload-status")).to_be_empty()
    page.unroute("**/submit")
    choose(page, "a" * 10_000_001, "#check")
    expect(page.locator("#upload-error")).to_contain_text("groter dan 10 MB")


def test_a_connection_lost_while_recording_is_not_called_nothing_kept(fresh_desk: Desk) -> None:
    page = fresh_desk.page()
    sign_in(page, fresh_desk.token("submitter"))
    fresh_desk.running.process.send_signal(signal.SIGSTOP)
    choose(page, GOOD, "#record")
    expect(page.locator("#upload-status")).to_contain_text("gecontroleerd en vastgelegd")
    expect(page.locator("#upload-cancel")).to_be_hidden()
    fresh_desk.running.process.kill()
    expect(page.locator("#upload-error")).to_contain_text("Het is niet zeker")
    expect(page.locator("#upload-error")).not_to_contain_text("niets bewaard")


def test_on_a_small_screen_everything_about_a_submission_is_within_reach(desk: Desk) -> None:
    page = desk.page(width=390)
    sign_in(page, desk.token("submitter"))
    choose(page, GOOD, "#record")
    row = page.locator("#my-submissions tbody tr")
    expect(row).to_have_count(1)
    right = "parts => parts.map(part => part.getBoundingClientRect().right)"
    assert 0 < max(row.locator("button, a").evaluate_all(right)) <= 390
    cut = "cells => cells.filter(cell => cell.scrollHeight > cell.clientHeight + 1).length"
    assert row.locator("th, td").evaluate_all(cut) == 0
    with page.expect_download() as waiting:
        row.get_by_role("link", name="Oorspronkelijk bestand").click()
    assert waiting.value.suggested_filename == "projecten.csv"
    assert waiting.value.path().read_text() == GOOD
    assert page.get_by_role("cell", name="geldt").count() == 1
