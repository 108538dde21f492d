"""Shapes on candidates: the same results as pySHACL gives on the shapes as they are written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import SH, Graph, Literal, URIRef

from werkzaam.domain.content import Content
from werkzaam.ingest import shape_check
from werkzaam.ingest.gate import GateOutcome

Judged = Callable[..., GateOutcome]
FOLDER = Path(__file__).parents[2] / "data" / "submissions"
SHAPES = ("shapes/project.ttl", "shapes/element-coding.ttl")


def test_judging_by_property_changes_no_finding(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("demo-five-faults", "everything-optional-missing", "element-in-two-states")
    read = [(FOLDER / f"{name}.csv").read_text("utf-8").splitlines() for name in names]
    lines = [*read[0], read[1][1], read[2][1].replace("P 01", "P 02")]
    data = "\r\n".join(lines).encode()
    fast = judged(data, demo=True).report
    monkeypatch.setattr(shape_check, "_for_candidates", lambda shapes, *_: shapes)
    slow = judged(data, demo=True).report
    assert {finding.row for finding in fast.findings} >= {len(lines) - 1, len(lines)}
    assert fast == slow


def property_shapes(content: Content) -> list[tuple[Graph, URIRef]]:
    found = []
    for file in content.files:
        if file.path in SHAPES:
            graph = Graph().parse(data=file.data, format="turtle")
            found += [(graph, s) for s in graph.subjects(SH.severity) if isinstance(s, URIRef)]
    return found


def test_every_constraint_says_what_is_wrong_and_how_to_mend_it(all_content: Content) -> None:
    shapes = property_shapes(all_content)
    assert len(shapes) >= 20
    for graph, shape in shapes:
        for words in (SH.message, shape_check.HOW_TO_MEND, SH.name):
            texts = [text for text in graph.objects(shape, words) if isinstance(text, Literal)]
            assert sorted(text.language or "" for text in texts) == ["en", "nl"], (shape, words)
        assert graph.value(shape, shape_check.CATEGORY), shape


def test_every_constraint_of_a_project_can_be_broken(
    all_content: Content, sheet: Any, judged: Judged
) -> None:
    """All but those that reading sees to before: then the shape is the second lock on the door."""
    seen_before = {
        "project-identifier", "project-start-date", "project-end-date", "project-goal",
        "project-component", "project-coding-kind", "element-coding-element",
        "element-coding-state-kind",
    }  # fmt: skip
    breaks = [
        ("titel", ""), ("titel", "20-22"), ("titel", "a" * 141), ("titel", "abc"),
        ("samenvatting", ""), ("samenvatting", "kort"), ("samenvatting", "a " * 1001),
        ("samenvatting", "Samen eten"), ("subsidieronde", ""), ("penvoerder", ""),
        ("gemeenten", ""), ("gemeenten", "A, B"), ("startdatum", ""), ("startdatum", "2001-01-01"),
        ("einddatum", "2042-01-01"), ("startdatum", "2024-01-01"), ("deelnemers", "-1"),
        ("deelnemers", "20000"), ("deelnemers", "2"), ("doelen", ""), ("bronnen", ""),
        ("bronnen", "data:text/html,x"), ("gecodeerd door", ""),
        ("werkzame elementen: niet genoemd", "houvast"),
        *((title, f"{what} erbij") for title in ("titel", "samenvatting", "penvoerder", "gemeenten", "bronnen")
          for what in ("a@b.example", "06-12345678")),
    ]  # fmt: skip
    table = sheet.with_rows(breaks)
    bare = list(sheet.changed("identificatie", "Q bare").rows[1])
    for place, title in enumerate(sheet.rows[0]):
        bare[place] = "" if title.startswith("werkzame") else bare[place]
    table = type(sheet)([*table.rows, bare])
    found: dict[int | None, set[str]] = {}
    for finding in judged(table.data()).report.findings:
        found.setdefault(finding.row, set()).add(finding.constraint)
    sound, first = 2, 3
    assert sound not in found
    assert [b for row, b in enumerate(breaks, first) if row not in found] == []
    seen_before |= set().union(*found.values())
    names = {str(shape).rpartition("/")[2] for _, shape in property_shapes(all_content)}
    assert names - seen_before == set()
