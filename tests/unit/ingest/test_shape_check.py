"""Shapes on candidates: the same results as pySHACL gives on the shapes as they are written."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from tests.unit.validation.differential import Key, keys

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import term
from werkzaam.ingest import judging, shape_check
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.shape_check import Background, judge_records
from werkzaam.ingest.words import folded
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import validate
from werkzaam.validation.shape_plan import TARGETS
from werkzaam.validation.two_stages import SecondOpinion

Judged = Callable[..., GateOutcome]
FOLDER = Path(__file__).parents[2] / "data" / "submissions"
SHAPES = ("shapes/project.ttl", "shapes/element-coding.ttl")


Given = tuple[Background, list[list[ox.Quad]]]
NAMES = ("demo-five-faults", "everything-optional-missing", "element-in-two-states")


@pytest.fixture
def given(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> Given:
    """What the gate hands over to be judged: records with faults of several sorts."""
    kept: list[Any] = []

    def keep(*handed: Any, **more: Any) -> Any:
        kept[:] = handed
        return judge_records(*handed, **more)

    monkeypatch.setattr(judging, "judge_records", keep)
    read = [(FOLDER / f"{name}.csv").read_text("utf-8").splitlines() for name in NAMES]
    lines = [*read[0], read[1][1], read[2][1].replace("P 01", "P 02")]
    judged("\r\n".join(lines).encode(), demo=True)
    background, records, _ = kept
    return background, [list(record) for record in records]


def reference(background: Background, quads: list[ox.Quad], ours: set[str]) -> Counter[Key]:
    """What pySHACL says about ``ours`` with the shapes as they are written, but for targets elsewhere."""
    data = graph_of((*quads, *background.known))
    add_superclasses(data)
    kinds = {kind for iri in ours for kind in data.objects(URIRef(iri), RDF.type)}
    shapes = Graph()
    for triple in background.shapes:
        if triple[1] not in TARGETS or triple[2] in kinds:
            shapes.add(triple)
    return keys(result for result in validate(data, shapes) if result.focus.value in ours)


def test_the_results_are_those_of_pyshacl(given: Given) -> None:
    background, records = given
    quads = [quad for record in records for quad in record]
    ours = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    outcome = judge_records(background, records, b"", SecondOpinion())
    theirs = reference(background, quads, ours)
    assert len(theirs) > 10
    assert keys(outcome.results) == theirs
    assert (outcome.differences, outcome.left, outcome.all_twice) == ((), {}, True)
    less = judge_records(background, records, b"")
    assert (keys(less.results), less.all_twice) == (theirs, False)
    assert 0 < outcome.twice <= outcome.judged


def test_in_parts_the_results_are_the_same(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    background, records = given
    whole = judge_records(background, records, b"")
    monkeypatch.setattr(shape_check, "_AT_ONCE", 2)
    parts = judge_records(background, records, b"")
    assert (parts.results, parts.judged, parts.differences) == (whole.results, whole.judged, ())


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


SEEN_BEFORE = {
    "project-identifier", "project-start-date", "project-end-date", "project-goal",
    "project-component", "project-coding-kind", "element-coding-element",
    "element-coding-state-kind", "project-identifier-line-break",
}  # fmt: skip
BREAKS = [
    ("titel", ""), ("titel", "20-22"), ("titel", "a" * 141), ("titel", "abc"),
    ("samenvatting", ""), ("samenvatting", "kort"), ("samenvatting", "a " * 1001),
    ("samenvatting", "Samen eten"), ("subsidieronde", ""), ("penvoerder", ""),
    ("gemeenten", ""), ("gemeenten", "A, B"), ("startdatum", ""), ("startdatum", "2001-01-01"),
    ("einddatum", "2042-01-01"), ("startdatum", "2024-01-01"), ("deelnemers", "-1"),
    ("deelnemers", "20000"), ("deelnemers", "2"), ("doelen", ""), ("bronnen", ""),
    ("bronnen", "data:text/html,x"), ("gecodeerd door", ""),
    ("werkzame elementen: niet genoemd", "houvast"), ("einddatum", "2022-09-01"),
    ("penvoerder", "onbekend"), ("gemeenten", "n.v.t."), ("bronnen", "-"), ("titel", "geen titel"),
    ("samenvatting", "nog in te vullen"), ("gemeenten", "landelijk"), ("penvoerder", "A, B, C"),
    ("penvoerder", "mw. De Voorbeeld"), ("titel", "Voorbeeld (17) op weg"), ("identificatie", "12345"),
    ("samenvatting", "Samen eten met Voorbeeld (17) en anderen in de buurt, elke week."),
    *((title, f"{what} erbij") for title in ("titel", "samenvatting", "penvoerder", "gemeenten", "bronnen")
      for what in ("a@b.example", "06-12345678")),
]  # fmt: skip


def test_every_constraint_of_a_project_can_be_broken(
    all_content: Content, sheet: Any, judged: Judged, mapping: TableMapping
) -> None:
    """All that look at one cell of this table, but for those that reading sees to before: then the
    shape is the second lock on the door. ``tests/content/test_record_shapes.py`` breaks every one."""
    table = sheet.with_rows(BREAKS)
    bare = list(sheet.changed("identificatie", "Q bare").changed("penvoerder", "St. bare").rows[1])
    for place, title in enumerate(sheet.rows[0]):
        bare[place] = "" if title.startswith("werkzame") else bare[place]
    table = type(sheet)([*table.rows, bare])
    found: dict[int | None, set[str]] = {}
    for finding in judged(table.data()).report.findings:
        found.setdefault(finding.row, set()).add(finding.constraint)
    sound, first = 2, 3
    assert sound not in found
    assert [b for row, b in enumerate(BREAKS, first) if row not in found] == []
    seen = SEEN_BEFORE.union(*found.values())
    columns = {mapping.by_title[folded(title)].property for title in sheet.rows[0]}
    columns |= {term(name) for name in ("codedElement", "codingState", "codedBy")}
    names = {
        str(shape).rpartition("/")[2]
        for graph, shape in property_shapes(all_content)
        if str(graph.value(shape, SH.path)) in columns and (shape, SH.sparql, None) not in graph
    }
    assert len(names) > 40
    assert names - seen == set()
