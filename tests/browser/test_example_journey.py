"""The example spreadsheet on a fresh instance: five faults found, mended, recorded, taken back; the
browser, HTTP and the command line say the same."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

GAP = "/queries/coverage/working-elements-without-projects?lang=nl"
FAULTS = {
    "unknown-code": "3D · subsidierondeVOORBELD",
    "invalid-date": "5G · startdatum06-06-2023",
    "duplicate-identifier": "7A · identificatieVoorbeeldproject 03",
    "invalid-number": "9I · deelnemersveel",
    "element-coding-coder": "11N · gecodeerd doorleeg",
}


@pytest.fixture
def fresh(browser: Browser, start_service: Callable[..., Any]) -> Iterator[tuple[Any, Page]]:
    """A fresh ordinary instance, and a browser on it."""
    running = start_service()
    context = browser.new_context(base_url=running.url, locale="nl")
    yield running, context.new_page()
    context.close()


def answers(page: Page) -> tuple[str, str]:
    """What the gap question says of an element, and what the map says of projects."""
    page.goto(GAP)
    row = page.locator("#answer-table tbody tr").filter(has_text="Houvast").first.inner_text()
    page.goto("/map?lang=nl&element=houvast")
    return row, page.locator("main").inner_text()


def upload(page: Page, path: Path, button: str) -> None:
    page.goto("/submit")
    page.locator("#field-file").set_input_files(path)
    page.locator(button).click()


def by_http(running: Any, path: Path) -> Any:
    """The findings over HTTP."""
    answer = running.client.post(
        "/v1/submissions",
        files={"file": (path.name, path.read_bytes(), "text/csv")},
        data={"mapping": "projects", "mode": "preview"},
    )
    return answer.json()["findings"]


def by_command(werkzaam: Callable[..., Any], path: Path, environment: dict[str, str]) -> Any:
    """The findings on the command line."""
    words = ("ingest", str(path), "--mapping", "projects", "--preview", "--format", "json")
    return json.loads(werkzaam(*words, **environment).out)["findings"]


def violations(findings: Any) -> list[dict[str, Any]]:
    return [one for one in findings if one["severity"] == "violation"]


def as_shown(finding: dict[str, Any]) -> str:
    """The cell of a finding as the page shows it."""
    place = f"{finding['row']}{finding['column']} · {finding['columnTitle']}"
    return place + (finding["value"] or "leeg")


def test_five_faults_then_recorded_then_taken_back(
    fresh: tuple[Any, Page], root: Path, werkzaam: Callable[..., Any]
) -> None:
    running, page = fresh
    environment = {"WERKZAAM_DATA_DIR": str(running.folder)}
    faulty = root / "tests" / "data" / "submissions" / "demo-five-faults.csv"
    before = answers(page)
    assert all("geen projectgegevens" in answer for answer in before)

    upload(page, faulty, "#check")
    expect(page.locator("#report-sentence")).to_contain_text("5 fouten")
    for constraint, cell in FAULTS.items():
        rows = page.locator(f"#finding-violation-{constraint} tbody tr")
        expect(rows).to_have_text([cell])
    expect(page.locator("section[id^=finding-violation]")).to_have_count(len(FAULTS))

    found = by_http(running, faulty)
    assert found == by_command(werkzaam, faulty, environment)
    assert {one["constraint"]: as_shown(one) for one in violations(found)} == FAULTS
    assert len(violations(found)) == len(FAULTS)

    made = werkzaam("token", "create", "--role", "submitter", **environment)
    page.goto("/submit")
    page.locator("#field-token").fill(made.out.decode().strip())
    page.locator("#sign-in").click()
    upload(page, root / "graph_data" / "examples" / "projects.csv", "#record")
    expect(page.locator("#notice-recorded")).to_contain_text("24 projecten")
    expect(page.locator("#demo-banner")).to_be_visible()
    after = answers(page)
    assert "gecodeerde projecten" in after[0]
    assert "Voorbeeldproject" in after[1]

    page.goto("/submit")
    page.locator("#my-submissions button").click()
    expect(page.locator("#notice-withdrawn")).to_be_visible()
    expect(page.locator("#demo-banner")).to_have_count(0)
    assert answers(page) == before
