"""What a file is about, in numbers and in one sentence."""

from typing import Any

import pyoxigraph as ox
import pytest

from werkzaam.domain.identifiers import term
from werkzaam.domain.queries import Language
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.summary import (
    UnmatchedTerm,
    summary_of,
    summary_sentence,
    unmatched_terms,
)

XSD = "http://www.w3.org/2001/XMLSchema#"


def said(subject: int, name: str, text: str, kind: str = "string") -> ox.Quad:
    value = ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
    return ox.Quad(ox.NamedNode(f"https://example.org/{subject}"), ox.NamedNode(term(name)), value)


def test_names_days_and_amounts_are_told(mapping: TableMapping) -> None:
    quads = [
        said(1, "applicantAsStated", "Stichting Voorbeeld"),
        said(2, "applicantAsStated", "stichting  voorbeeld"),
        said(2, "organisationNameAsStated", "Voorbeeldstad"),
        said(1, "startDate", "2023-01-01", "date"),
        said(2, "endDate", "2024-12-31", "date"),
        said(2, "codedOn", "2030-01-01", "date"),
        said(1, "grantedAmount", "1000.10", "decimal"),
        said(2, "grantedAmount", "0.20", "decimal"),
    ]
    assert summary_of(mapping, quads) == {
        "organisations": 2,
        "earliest": "2023-01-01",
        "latest": "2024-12-31",
        "amounts": [
            {
                "name": "grantedAmount",
                "title": {"nl": "verleend bedrag", "en": "amount granted"},
                "total": "1000.30",
            }
        ],
    }
    assert summary_of(mapping, quads[5:6]) == {}


def report(mapping: str = "projects", **facts: Any) -> dict[str, Any]:
    return {"mapping": {"name": mapping}, "facts": facts}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            "71 projecten, 54 organisaties, 1 januari 2023 tot en met 31 december 2024, "
            "verleend bedrag: € 1.234,50. Is dat wat u verwachtte?",
        ),
        (
            "en",
            "71 projects, 54 organisations, 1 January 2023 to 31 December 2024, "
            "amount granted: €1,234.50. Is that what you expected?",
        ),
    ],
)
def test_the_sentence_asks_whether_it_is_the_right_file(language: Language, sentence: str) -> None:
    amounts = [
        {
            "name": "x",
            "title": {"nl": "verleend bedrag", "en": "amount granted"},
            "total": "1234.50",
        }
    ]
    facts: dict[str, Any] = {
        "rows": 71,
        "organisations": 54,
        "earliest": "2023-01-01",
        "latest": "2024-12-31",
    }
    assert (
        summary_sentence(report(**facts, amounts=amounts), language).replace("\xa0", " ")
        == sentence
    )


def test_every_kind_of_file_has_its_word() -> None:
    kinds = ("projects", "organisations", "reports", "codings", "other")
    assert [summary_sentence(report(kind, rows=1), "nl").partition(".")[0] for kind in kinds] == [
        "1 project", "1 organisatie", "1 projectverslag", "1 codering", "1 rij",
    ]  # fmt: skip
    assert summary_sentence(report(), "nl") == ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_values_that_match_nothing_are_told_once(
    judged: Any, sheet: Any, language: Language
) -> None:
    changed = sheet.with_rows(
        [("doelen", "Xyzzy")] + [("werkzame elementen: wel", "Houvasd; Houvasd")] * 2
    )
    outcome: GateOutcome = judged(changed.data())
    findings = outcome.report.as_json()["findings"]
    near = {"nl": "Houvast", "en": unmatched_terms(findings, "en")[0].nearest}[language]
    assert unmatched_terms(findings, language) == [
        UnmatchedTerm("werkzame elementen: wel", "Houvasd", 2, near),
        UnmatchedTerm("doelen", "Xyzzy", 1, ""),
    ]
    assert near


def test_the_gate_tells_it(sound: GateOutcome) -> None:
    facts = sound.report.facts
    assert facts["organisations"] == 1
    assert facts["earliest"] <= facts["latest"]
