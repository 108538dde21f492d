"""Broken files, each named for its fault: every finding stands at its cell, and nothing else does."""

import json
from pathlib import Path
from typing import Any

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.limits import MOST_ROWS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "submissions"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def everything() -> Content:
    paths = sorted(
        path
        for folder in ("graph_data", "ontology", "shapes")
        for path in (ROOT / folder).rglob("*")
    )
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for path in paths
            if path.suffix in (".ttl", ".json")
        )
    )


def gate(content: Content, name: str, data: bytes) -> GateOutcome:
    return judge(content, b"", Upload(data, f"{name}.csv", "projects"), name.startswith("demo"))


def said(outcome: GateOutcome) -> dict[str, Any]:
    found = outcome.report.findings
    return {
        "readable": outcome.readable,
        "findings": [[f.constraint, f.severity, f.row, f.column, f.value] for f in found],
    }


def test_every_file_has_its_expected_findings_and_the_other_way_round() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(EXPECTED)
    assert len(EXPECTED) > 40


@pytest.mark.parametrize("name", EXPECTED)
def test_the_findings_are_those_expected(everything: Content, name: str) -> None:
    outcome = gate(everything, name, (FOLDER / f"{name}.csv").read_bytes())
    assert said(outcome) == EXPECTED[name]
    blocked = any(severity == "violation" for _, severity, *_ in EXPECTED[name]["findings"])
    assert bool(outcome.records) == (outcome.readable and not blocked)
    for finding in outcome.report.findings:
        assert all((finding.message.nl, finding.message.en, finding.fix.nl, finding.fix.en))
        assert "{" not in finding.message.nl + finding.message.en + finding.fix.nl + finding.fix.en


def good(rows: int = 1) -> str:
    head, first = (FOLDER / "good.csv").read_text("utf-8").splitlines()[:2]
    more = (first.replace("P 01", f"P {number}", 1) for number in range(2, rows + 1))
    return "\r\n".join([head, first, *more])


@pytest.mark.parametrize(
    ("data", "constraint", "row"),
    [
        (",".join(f"k{n}" for n in range(10_000)), "too-many-columns", 1),
        (good().replace("Samen eten", "a" * 100_000), "too-large-cell", 2),
        (good() + "\r\nx" * MOST_ROWS, "too-many-rows", MOST_ROWS + 2),
        (good() + '\r\n"' + "a,\r\n" * 30_000, "unclosed-quote", 3),
    ],
)
def test_what_is_too_large_is_said_at_its_place(
    everything: Content, data: str, constraint: str, row: int
) -> None:
    [finding] = gate(everything, "large", data.encode()).report.findings
    assert (finding.constraint, finding.row) == (constraint, row)
    assert finding.value is None or len(finding.value) <= 1000
