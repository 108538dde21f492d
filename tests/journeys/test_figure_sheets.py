"""What a sheet says, for programs and for readers, and what is refused."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest


def test_the_sheet_says_in_the_footnote_what_the_source_says_and_no_more(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/measurement/ontmoetingen-empathie-als-doel", params={"lang": "nl"}
    ).json()
    note = sheet["footnotes"]["nl"]
    for part in (
        "circa 20 van 71", "“ongeveer”", "Periode: niet vermeld", "p. 28 (paginanummer geteld)",
        "4 oktober 2023", f"datasetversie {sheet['version']}", "[datum]", sheet["page"],
    ):  # fmt: skip
        assert part in note
    assert "about 20 of 71" in sheet["footnotes"]["en"]


def test_a_missing_value_is_not_zero(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/measurement/gemeenten-fig-3-1-besparingspotentieel", params={"lang": "en"}
    ).json()
    assert sheet["value"] == "the value is not in our text"
    assert "not zero" in sheet["facts"]["figure"]["meaning"]
    assert "(no page numbers)" in sheet["footnotes"]["en"]


def test_without_projects_a_sheet_says_so_and_gives_no_zero(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/queries/coverage/projects-per-working-element/records",
        params={"row": "id/working-element/houvast", "lang": "en"},
    ).json()
    assert sheet["value"] == "no project data"
    assert sheet["counted"] == []
    assert "no zero" in sheet["empty"]


def test_a_figure_in_an_answer_for_programs_leads_to_its_sheet(service: Any) -> None:
    answer = service.client.get("/v1/queries/sources/statements-per-source?lang=en&limit=3").json()
    for row in answer["rows"]:
        address = row["statements"]["figure"]
        sheet = service.client.get(f"{address}&lang=en").json()
        assert sheet["value"] == row["statements"]["value"]
        assert len(sheet["counted"]) == int(row["statements"]["value"])
        assert parse_qs(urlsplit(address).query)["row"]


def test_a_sheet_of_a_version_is_of_that_version_or_not_there(service: Any) -> None:
    address = "/v1/figures/measurement/ontmoetingen-empathie-als-doel?lang=en"
    number = service.client.get(address).json()["version"]
    assert service.client.get(f"{address}&version={number}").status_code == 200
    other = service.client.get(f"{address}&version={number + 1}")
    assert other.status_code == 404
    assert f"there is version {number}" in other.json()["detail"]


REFUSED = {
    "measurement/nothing-like-it": (404, "nothing-like-it"),
    "claim/ontmoetingen-x": (404, "follow a figure"),
    "measurement/ontmoetingen-empathie-als-doel?goal=x": (400, "goal"),
    "queries/nothing/here/value?row=x": (404, "nothing/here"),
    "queries/sources/statements-per-source/label?row=x": (404, "statements"),
    "queries/sources/statements-per-source/statements?row=id/source/none": (404, "follow"),
    "queries/sources/statements-per-source/statements?colour=red": (400, "colour"),
    "queries/sources/statements-per-source/statements?row=a&row=b": (400, "row"),
    "counts/nothing": (404, "journey"),
    "counts/rests-on": (400, "element"),
    "counts/journey?phase=no-such-phase": (400, "no-such-phase"),
    "counts/things?kind=not%20an%20IRI": (400, "IRI"),
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_no_figure_is_refused_with_what_to_do(service: Any, address: str) -> None:
    status, words = REFUSED[address]
    separator = "&" if "?" in address else "?"
    answer = service.client.get(f"/v1/figures/{address}{separator}lang=en")
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    page = service.client.get(
        f"/figures/{address}{separator}lang=en", headers={"accept": "text/html"}
    )
    assert page.status_code == status
    assert "text/html" in page.headers["content-type"]


def test_the_demonstration_says_so_on_its_sheets(demo: Any) -> None:
    address = "queries/coverage/projects-per-working-element/addressed"
    given = {"row": "id/working-element/houvast", "lang": "en"}
    sheet = demo.client.get(f"/v1/figures/{address}", params=given).json()
    assert sheet["demo"]
    assert len(sheet["members"]) == len(sheet["counted"]) > 0
    assert sheet["value"].endswith(f"of {sheet['facts']['denominator']['values'][0]['text']}")
    page = demo.client.get(f"/figures/{address}", params=given).text
    assert 'id="demo-banner"' in page
