"""Over HTTP and on pages an answer says what is not known, of which projects it is, and what may be done with
it."""

from datetime import date
from typing import Any

from tests.journeys.test_answer_formats import GAP, MEASUREMENTS, PER_ELEMENT, about, workbook

PROJECTS = "portfolio/projects"


def test_limits_say_what_is_not_known(service: Any) -> None:
    limits = service.client.get(f"/v1/queries/{GAP}?lang=en").json()["limits"]
    nothing = dict.fromkeys(("loaded", "projects", "coded"))
    assert limits["coverage"] == {**nothing, "rounds": [], "words": "no project data"}
    assert 0 < limits["unknown"]["rows"] <= sum(one["rows"] for one in limits["unknown"]["values"])
    assert limits["empty"]["projectsCoded"] == limits["total"]
    assert date.fromisoformat(limits["date"])


def test_where_there_are_projects_the_coding_is_counted(demo: Any) -> None:
    limits = demo.client.get(f"/v1/queries/{PER_ELEMENT}?lang=en").json()["limits"]
    coverage = limits["coverage"]
    assert 0 < coverage["coded"] <= coverage["projects"] == coverage["loaded"] == 24
    assert coverage["words"].startswith(f"All loaded projects: 24; in {coverage['coded']} of them")
    book = workbook(demo, PER_ELEMENT, lang="en")
    assert "fictitious" in about(book)["Example data"]
    counted = book.worksheets[0]["C2"]
    assert (counted.data_type, isinstance(counted.value, int)) == ("n", True)


def test_a_round_without_projects_is_no_lack_of_project_data(demo: Any) -> None:
    words = "Round 5a: no project of this round loaded"
    limits = demo.client.get(f"/v1/queries/{PROJECTS}?subsidyRound=5a&lang=en").json()["limits"]
    assert (limits["coverage"]["loaded"], limits["coverage"]["words"]) == (24, words)
    page = demo.client.get(f"/queries/{PROJECTS}?subsidyRound=5a&lang=en").text
    assert page.count("No project of this round loaded.") == 2
    assert (words in page, "No project data" in page, "0 projects" in page) == (True, False, False)


def test_without_projects_no_page_says_that_there_are_none_of_them(service: Any) -> None:
    page = service.client.get(f"/queries/{PROJECTS}?lang=nl").text
    assert page.count("Geen projectgegevens.") == 2
    assert "0 projecten" not in page


def test_our_licence_is_of_our_own_words_only(service: Any) -> None:
    ours = service.client.get(f"/v1/queries/{MEASUREMENTS}?lang=en")
    assert ours.links["license"]["url"] == ours.json()["limits"]["licence"]
    records = service.client.get(f"/v1/queries/{PROJECTS}?lang=en")
    assert "license" not in records.links
    assert records.json()["limits"]["licence"] is None
    facts = about(workbook(service, PROJECTS, lang="en"))
    assert facts["Rights"] == records.json()["limits"]["rights"]
    assert "Licence" not in facts
