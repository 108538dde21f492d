"""One project told whole: its page in words, a coding by somebody else, and what is counted then."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

PROJECT = {
    "identificatie": "P 9",
    "titel": "Voorbeeldproject samen koken",
    "samenvatting": "Verzonnen: jongeren koken samen met ouderen uit Voorbeeldstad.",
    "subsidieronde": "MDT 2023",
    "regeling": "Regeling van OCW uit 2023",
    "status": "loopt",
    "peildatum": "2024-06-01",
    "penvoerder": "Stichting Voorbeeld",
    "KvK-nummer penvoerder": "10203040",
    "gemeenten": "Voorbeeldstad",
    "CBS-codes gemeenten": "GM0363",
    "startdatum": "2023-09-01",
    "einddatum": "2025-08-31",
    "aangevraagd bedrag": "500000",
    "verleend bedrag": "400000",
    "deelnemers gepland": "120",
    "deelnemers bereikt": "0",
    "leeftijd vanaf": "14",
    "leeftijd tot en met": "27",
    "doelgroepen": "Jonge nieuwkomers",
    "pijlers": "Ontmoetingen (pijler)",
    "doelen": "Welbevinden",
    "aanpak": "Elke week koken.",
    "werkzame elementen: wel": "Houvast",
    "gecodeerd door": "eigen opgave",
    "interventies": "Contactmomenten met inwoners",
    "componenten van integratie": "Cultuur",
    "bronnen": "aanvraag",
}
CODING = {
    "codering": "C 1",
    "project": "P 9",
    "werkzaam element": "Houvast",
    "uitkomst": "niet genoemd",
    "gecodeerd door": "analist",
    "waarop gebaseerd": "de aanvraag",
}
PER_ELEMENT = "/v1/queries/coverage/projects-per-working-element?lang=nl&format=csv"


def as_csv(row: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(row), list(row.values())])
    return text.getvalue().encode()


@pytest.fixture
def submit(start_service: Callable[..., Any]) -> Any:
    """A fresh service, and how to record a row in it: ``(service, submit)``."""
    running = start_service()
    headers = running.bearer("submitter")

    def send(row: dict[str, str], mapping: str) -> list[str]:
        answer = running.client.post(
            "/v1/submissions",
            files={"file": ("a.csv", as_csv(row), "text/csv")},
            data={"mapping": mapping, "mode": "commit"},
            headers=headers,
        )
        assert answer.status_code == 201, answer.text
        return [finding["constraint"] for finding in answer.json()["report"]["findings"]]

    return running, send


def shown(running: Any, path: str) -> str:
    answer = running.client.get(
        path, headers={"Accept": "text/html", "Accept-Language": "nl"}, follow_redirects=True
    )
    assert answer.status_code == 200, path
    return str(answer.text)


def houvast(running: Any) -> tuple[str, ...]:
    """Of the projects, how many address the element, do not mention it, are coded for it."""
    rows = csv.DictReader(io.StringIO(running.client.get(PER_ELEMENT).text))
    [row] = [row for row in rows if row["element"].endswith("/houvast")]
    return row["addressed"], row["notMentioned"], row["coded"]


@pytest.mark.slow
def test_a_project_told_whole_is_shown_whole_and_counts_once(submit: Any) -> None:
    running, send = submit
    assert send(PROJECT, "projects") == []
    text = shown(running, "/id/project/p-9")
    for word in (
        "onder regeling", "Regeling van OCW uit 2023", "stand van het project", "loopt", "peildatum",
        "aangevraagd bedrag", "500000", "verleend bedrag", "laagste leeftijd", "hoogste leeftijd",
        "is voor groep", "Jonge nieuwkomers", "beoogt pijler", "Ontmoetingen (pijler)",
        "aanpak volgens opgave", "CBS-code van de gemeente", "GM0363", "in gemeente",
        "heeft betrokken organisatie", "heeft deelnemersaantal", "heeft gebruik van interventie",
    ):  # fmt: skip
        assert word in text, word
    figure = shown(running, "/id/project/p-9/participants/reached-not-split")
    assert "aantal jongeren" in figure
    assert "niet uitgesplitst" in figure
    assert shown(running, "/id/project/p-9/organisation/stichting-voorbeeld").count("10203040") > 1

    assert houvast(running) == ("1", "0", "1")
    assert send(CODING, "codings") == []
    assert houvast(running) == ("1", "1", "1")
