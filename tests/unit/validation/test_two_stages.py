"""Fast results, a second opinion on some, and what becomes of a difference between the two."""

import random
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, URIRef
from tests.unit.validation.differential import graph, keys, triple, triples

from werkzaam.domain.answers import Term
from werkzaam.errors import ContentError
from werkzaam.validation import two_stages
from werkzaam.validation.columns import Columns
from werkzaam.validation.in_force import InForce
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.report_graph import standard_report
from werkzaam.validation.shacl import ShaclResult, validate
from werkzaam.validation.shape_plan import read_shapes
from werkzaam.validation.subgraph import statements_around
from werkzaam.validation.two_stages import Outcome, SecondOpinion, TwoStages

SHAPES = """
:S a sh:NodeShape ; sh:targetClass :C ; sh:property :few, :kind, :named .
:few sh:path :p ; sh:maxCount 1 ; sh:message "Te veel."@nl, "Too many."@en .
:kind sh:path (:q [ sh:inversePath :r ]) ; sh:class :D ; sh:nodeKind sh:IRI .
:named sh:path :name ; sh:minCount 1 ; sh:severity sh:Info .
"""
SPARQL = """
:S sh:sparql [ sh:message "Dubbel."@nl, "Double."@en ; sh:select
"SELECT $this ?value WHERE { $this <http://x/name> ?value . ?o <http://x/name> ?value FILTER(?o != $this) }" ] .
"""
ENDLESS = ":E a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :next ; sh:node :E ] ; sh:class :D ."
FORMER = ShaclResult(Term("uri", "http://x/n3"), None, None, "violation", None, "Own", "", "")


def data(count: int = 10) -> list[ox.Triple]:
    """Nodes of which each second one has too many values, and each third one something of a wrong kind."""
    text = ":right a :D ; :r :v . :wrong :r :w ."
    for number in range(count):
        values = "1, 2" if number % 2 else "1"
        thing = ":w" if number % 3 else ":v"
        text += f':n{number} a :C ; :p {values} ; :q {thing} ; :name "n{number // 2}" .'
    return triples(text)


def judged(shapes: str, given: list[ox.Triple], second: SecondOpinion) -> Outcome:
    stages = TwoStages(read_shapes(graph(shapes)), second)
    stages.judge(Columns(given))
    return stages.outcome()


def reference(shapes: str, given: list[ox.Triple]) -> object:
    return keys(validate(graph_of(given), graph(shapes)))


@pytest.mark.parametrize("shapes", [SHAPES, SHAPES + SPARQL, SHAPES + ENDLESS])
@pytest.mark.parametrize("second", [SecondOpinion(), SecondOpinion(2, 1), SecondOpinion(0, 0)])
def test_the_results_are_those_of_pyshacl(shapes: str, second: SecondOpinion) -> None:
    outcome = judged(shapes, data(), second)
    assert keys(outcome.results) == reference(shapes, data())
    assert outcome.differences == ()


def test_how_many_are_judged_twice_is_limited_and_told() -> None:
    outcome = judged(SHAPES, data(20), SecondOpinion(violating=3, others=2))
    assert (outcome.judged, outcome.twice, outcome.all_twice) == (20, 5, True)


def test_others_are_taken_by_chance_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[object]] = []

    def note(given: Graph, shapes: Graph) -> list[ShaclResult]:
        seen.append(set(shapes.objects(None, SH.targetNode)))
        return validate(given, shapes)

    monkeypatch.setattr(two_stages, "validate", note)
    random.seed(1)
    for _ in range(2):
        judged(SHAPES, data(60), SecondOpinion(violating=0, others=4))
    assert seen[0] == seen[1]
    assert {str(node) for node in seen[0]} != {f"http://x/n{number}" for number in (0, 6, 12, 18)}


def altered(change: Callable[[list[ShaclResult]], list[ShaclResult]]) -> Callable[..., object]:
    return lambda given, shapes: change(validate(given, shapes))


def test_what_only_pyshacl_finds_counts_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_stages, "validate", altered(lambda results: [*results, FORMER]))
    outcome = judged(SHAPES, data(), SecondOpinion())
    assert FORMER in outcome.results
    [difference] = outcome.differences
    assert (difference.focus, difference.only_first) == ("http://x/n3", ())
    assert difference.only_second == (FORMER,)


def test_what_only_the_fast_stage_finds_counts_and_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(two_stages, "validate", lambda *_: [])
    outcome = judged(SHAPES, data(), SecondOpinion())
    assert keys(outcome.results) == reference(SHAPES, data())
    assert {difference.focus for difference in outcome.differences} >= {
        "http://x/n1",
        "http://x/n3",
    }
    assert "judged in two ways" in caplog.text


def test_what_pyshacl_judged_alone_is_told() -> None:
    outcome = judged(SHAPES + ENDLESS, data(), SecondOpinion())
    assert outcome.left == {"http://x/E": "the shape http://x/E refers to itself"}


def test_a_shape_that_cannot_be_applied_is_no_result() -> None:
    with pytest.raises(ContentError, match="not validated"):
        judged(SHAPES + ':few sh:pattern "(" .', data(), SecondOpinion())


def test_too_much_for_rdflib_is_not_asked_twice_and_that_is_told() -> None:
    outcome = judged(SHAPES + SPARQL, data(), SecondOpinion(statements=3))
    assert not outcome.all_twice
    assert outcome.differences == ()
    assert keys(outcome.results) == reference(SHAPES + SPARQL, data())


def test_a_part_is_cut_out_with_all_that_the_shapes_reach() -> None:
    plan, columns = read_shapes(graph(SHAPES)), Columns(data(100))
    [shape] = [root.node for root in plan.roots]
    node = columns.terms.number(ox.NamedNode("http://x/n3"))
    cut = {triple(columns, said) for said in statements_around(plan, columns, {shape: {node}})}
    assert set(triples(':n3 a :C ; :p 1, 2 ; :q :v ; :name "n1" . :right :r :v ; a :D .')) == cut


def test_parts_of_the_data_are_judged_as_one() -> None:
    plan = read_shapes(graph(SHAPES))
    stages = TwoStages(plan, SecondOpinion(3, 2))
    given = data(20)
    columns = Columns(given)
    nodes = [columns.terms.number(ox.NamedNode(f"http://x/n{number}")) for number in range(20)]
    stages.judge(columns, set(nodes[:10]), 0.5)
    stages.judge(columns, set(nodes[10:]), 0.5)
    outcome = stages.outcome()
    assert keys(outcome.results) == reference(SHAPES, given)
    assert (outcome.judged, outcome.twice) == (20, 5)


def test_the_standard_report_says_what_that_of_pyshacl_says() -> None:
    import pyshacl

    outcome = judged(SHAPES + SPARQL, data(), SecondOpinion())
    shapes = graph(SHAPES + SPARQL)
    report = graph_of(ox.parse(standard_report(outcome, shapes), format=ox.RdfFormat.TURTLE))
    _, theirs, _ = pyshacl.validate(graph_of(data()), shacl_graph=shapes, inplace=True)
    told = (
        SH.focusNode, SH.value, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent,
    )  # fmt: skip
    first, second = (
        sorted(
            [str(found.value(node, predicate)) for predicate in told]
            for node in found.subjects(RDF.type, SH.ValidationResult)
        )
        for found in (report, theirs)
    )
    assert first == second
    [holder] = report.subjects(RDF.type, SH.ValidationReport)
    assert str(report.value(holder, SH.conforms)) == "false"
    assert {str(text) for text in report.objects(None, SH.resultMessage)} >= {
        "Te veel.", "Too many.", "Dubbel.", "Double.",
    }  # fmt: skip
    [path] = {
        report.value(node, SH.resultPath)
        for node in report.subjects(SH.sourceShape, URIRef("http://x/kind"))
    }
    assert report.value(path, RDF.first) is not None


def test_a_report_without_results_conforms() -> None:
    outcome = judged(SHAPES, triples(':a a :C ; :name "x" .'), SecondOpinion())
    report = graph_of(ox.parse(standard_report(outcome, graph(SHAPES)), format=ox.RdfFormat.TURTLE))
    assert [str(value) for value in report.objects(None, SH.conforms)] == ["true"]


LINES = b"""<http://x/a> <http://x/p> <http://x/b> <http://x/g> .
<http://x/a/below> <http://x/p> "1" <http://x/g> .
<http://x/ab> <http://x/p> "<http://x/a> " <http://x/g> .
<http://x/c> <http://x/q> <http://x/a> <http://x/g> .
"""


def test_what_is_replaced_is_passed_over_with_all_below_it() -> None:
    kept, all_of_it = InForce(LINES, {"http://x/a"}), InForce(LINES)
    assert len(all_of_it.with_properties(["http://x/p"])) == 3
    assert [q.subject.value for q in kept.with_properties(["http://x/p"])] == ["http://x/ab"]  # type: ignore[union-attr]
    assert [len(found.about(["http://x/a", "http://x/c"])) for found in (kept, all_of_it)] == [1, 2]


@pytest.mark.parametrize("more", [0, 30])
def test_what_refers_to_something_is_found(more: int) -> None:
    values = ["http://x/a", *(f"http://x/no{number}" for number in range(more))]
    assert InForce(LINES).naming(values) == {"http://x/c"}
    assert InForce(LINES).naming([f"http://x/no{number}" for number in range(more)]) == set()
    assert InForce(b"").naming(values) == set()
