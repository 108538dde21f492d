"""Broken workbooks, JSON and linked data, each named for its fault: every finding stands at its place,
and nothing else does."""

import json
from pathlib import Path
from typing import Any

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.ingest.report import CellFinding

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "submissions"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected-other-kinds.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def everything() -> Content:
    folders = ("graph_data", "ontology", "shapes")
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*"))
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for path in paths
            if path.suffix in (".ttl", ".json")
        )
    )


def place(found: CellFinding) -> str | int | None:
    """The path, or sheet and row."""
    if found.path is not None:
        return found.path
    if found.sheet is None:
        return found.row
    return f"{found.sheet}!{found.row}" if found.row else found.sheet


def test_every_file_has_its_expected_findings_and_the_other_way_round() -> None:
    others = {path.name for path in FOLDER.iterdir() if path.suffix != ".csv"}
    assert others - {"expected.json", "expected-other-kinds.json"} == set(EXPECTED)
    assert len([path for path in FOLDER.iterdir() if path.suffix == ".csv"]) + len(EXPECTED) > 120


@pytest.mark.parametrize("name", EXPECTED)
def test_the_findings_are_those_expected(everything: Content, name: str) -> None:
    upload = Upload((FOLDER / name).read_bytes(), name, "projects")
    outcome = judge(everything, b"", upload, False)
    findings = outcome.report.findings
    said = [[f.constraint, f.severity, place(f), f.column, f.value] for f in findings]
    assert {"readable": outcome.readable, "findings": said} == EXPECTED[name]
    blocked = any(found.severity == "violation" for found in findings)
    assert bool(outcome.records) == (outcome.readable and not blocked)
    for found in findings:
        words = (found.message.nl, found.message.en, found.fix.nl, found.fix.en)
        assert all(words)
        assert not set("{}") & set("".join(words))
