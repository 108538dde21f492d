"""The data-shapes test suite of the W3C, core and SPARQL, through both stages of validation.

Format: `SHACL Test Suite <https://w3c.github.io/data-shapes/data-shapes-test-suite/>`_. Each suite is one test here;
the tests that fail are named.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from tests.contract.w3c.suites import FOLDER

from werkzaam.errors import ContentError
from werkzaam.validation.columns import Columns
from werkzaam.validation.first_stage import term_of
from werkzaam.validation.rdflib_graph import graph_of, ox_of
from werkzaam.validation.shape_plan import read_shapes
from werkzaam.validation.two_stages import SecondOpinion, TwoStages

SHT = Namespace("http://www.w3.org/ns/shacl-test#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_SEVERITIES: dict[Node | None, str] = {SH.Warning: "warning", SH.Info: "info"}

KNOWN = {
    "core/property/uniqueLang-002": "sh:uniqueLang that is 1 counts as true, as pySHACL has it",
    "sparql/node/prefixes-001": "prefixes are not gathered along owl:imports, by pySHACL neither",
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph is not bound, by pySHACL neither",
}

Key = tuple[object, ...]


@dataclass(frozen=True)
class Case:
    """One test: its graphs, and the results that are expected; None where it must fail."""

    name: str
    data: list[ox.Triple]
    shapes: Graph
    results: Counter[Key] | None


def cases(suite: str) -> Iterator[Case]:
    """The tests of ``suite``."""
    folder = FOLDER / "shacl"
    for path in sorted((folder / suite).rglob("*.ttl")):
        graph = graph_of(_read(path))
        for node in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(node, MF.action)
            files = [_file(graph.value(action, what)) for what in (SHT.dataGraph, SHT.shapesGraph)]
            name = path.relative_to(folder).with_suffix("").as_posix()
            data, shapes = _read(files[0]), graph_of(_read(files[1]))
            yield Case(name, data, shapes, _expected(graph, graph.value(node, MF.result)))


def _file(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _read(path: Path) -> list[ox.Triple]:
    found = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    return [quad.triple for quad in found]


def _expected(graph: Graph, result: Node | None) -> Counter[Key] | None:
    if result == SHT.Failure:
        return None
    return Counter(_key(graph, node) for node in graph.objects(result, SH.result))


def _key(graph: Graph, node: Node) -> Key:
    focus, value = (graph.value(node, part) for part in (SH.focusNode, SH.value))
    shape, path = (graph.value(node, part) for part in (SH.sourceShape, SH.resultPath))
    component = str(graph.value(node, SH.sourceConstraintComponent)).rpartition("#")[2]
    return (
        _plain(focus),
        _plain(value),
        str(shape) if isinstance(shape, URIRef) else None,
        str(path) if isinstance(path, URIRef) else None,
        component.removesuffix("ConstraintComponent"),
        _SEVERITIES.get(graph.value(node, SH.resultSeverity), "violation"),
    )


def _plain(node: Node | None) -> object:
    """A term as we tell it; all blank nodes are one, as each file names its own."""
    term = term_of(ox_of(node)) if isinstance(node, URIRef | Literal) else None
    return "blank" if node is not None and term is None else term


def failures(suite: str) -> Mapping[str, str]:
    """The tests of ``suite`` that are not passed, with what was found."""
    return {case.name: why for case in cases(suite) if (why := _failure(case))}


def _failure(case: Case) -> str:
    stages = TwoStages(read_shapes(case.shapes), SecondOpinion(1_000, 1_000))
    try:
        stages.judge(Columns(case.data))
        outcome = stages.outcome()
    except ContentError as fault:
        return "" if case.results is None else str(fault)
    if outcome.differences:
        return f"judged in two ways: {outcome.differences}"
    found: Counter[Key] = Counter()
    for r in outcome.results:
        ends = ["blank" if term and term.kind == "bnode" else term for term in (r.focus, r.value)]
        found[(*ends, r.shape, r.path, r.constraint, r.severity)] += 1
    if case.results is None:
        return "does not fail"
    return "" if found == case.results else f"{found - case.results} {case.results - found}"


@pytest.mark.parametrize(("suite", "number"), [("core", 98), ("sparql", 23)])
@pytest.mark.filterwarnings("ignore")
def test_the_suite_is_passed_but_for_what_is_named(suite: str, number: int) -> None:
    if not (FOLDER / "shacl").is_dir():
        reason = f"no test suite of the W3C in {FOLDER / 'shacl'}: run `make w3c`"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; .ci/run does", pytrace=False)
        pytest.skip(reason)
    assert sum(1 for _ in cases(suite)) == number
    found = failures(suite)
    surprising = [f"{name}: {why}"[:900] for name, why in found.items() if name not in KNOWN]
    passing = [name for name in KNOWN if name.startswith(suite) and name not in found]
    assert (surprising, passing) == ([], [])
