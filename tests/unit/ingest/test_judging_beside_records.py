"""What is in force takes part where a shape looks there, and what a candidate replaces does not."""

import pyoxigraph as ox
import pytest
from tests.unit.validation.differential import graph, triples

from werkzaam.domain.identifiers import RECORDS_GRAPH, THINGS
from werkzaam.ingest import shape_check
from werkzaam.ingest.shape_check import Background, judge_records
from werkzaam.validation.two_stages import Outcome, SecondOpinion

T = f"<{THINGS}"
RECORDS = ox.NamedNode(RECORDS_GRAPH)
KNOWN = f":Project rdfs:subClassOf :Record . {T}goal/g> a :Goal ."
UNIQUE = '''
:S a sh:NodeShape ; sh:targetClass :Record ; sh:property :unique .
:unique a sh:PropertyShape ; sh:path :number ; sh:message "Dubbel."@nl, "Double."@en ; sh:sparql [
    sh:select """SELECT $this ?value WHERE { $this <http://x/number> ?value . ?other <http://x/number> ?value .
        ?other a <http://x/Record> . FILTER(?other != $this) }""" ] .
'''
RIGHT = ":S a sh:NodeShape ; sh:targetClass :Project ; sh:property [ sh:path :by ; sh:class :Organisation ] ."
BACK = """:S a sh:NodeShape ; sh:targetClass :Organisation ;
    sh:property [ sh:path [ sh:inversePath :by ] ; sh:maxCount 1 ] ."""


def record(name: str, said: str) -> list[ox.Quad]:
    """What a row says of the thing ``name``."""
    text = f"{T}project/{name}> {said} ."
    return [ox.Quad(t.subject, t.predicate, t.object, RECORDS) for t in triples(text)]


def lines(*records: list[ox.Quad]) -> bytes:
    found = ox.serialize([q for quads in records for q in quads], format=ox.RdfFormat.N_QUADS)
    assert found is not None
    return found


def outcome(shapes: str, records: list[list[ox.Quad]], current: bytes = b"") -> Outcome:
    background = Background(graph(shapes), tuple(ox.Quad(*triple) for triple in triples(KNOWN)))
    return judge_records(background, records, current, SecondOpinion())


def failing(found: Outcome) -> list[str]:
    assert (found.differences, found.left) == ((), {})
    return [result.focus.value.removeprefix(f"{THINGS}project/") for result in found.results]


@pytest.fixture(params=[1, 100], ids=["in parts", "at once"])
def parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape_check, "_AT_ONCE", request.param)


@pytest.mark.usefixtures("parts")
def test_a_number_is_unique_among_candidates_and_records_in_force() -> None:
    candidates = [
        record(name, f'a :Project ; :number "{n}"') for name, n in zip("abc", "112", strict=True)
    ]
    assert failing(outcome(UNIQUE, candidates)) == ["a", "b"]
    standing = lines(record("z", 'a :Project ; :number "2"'))
    assert failing(outcome(UNIQUE, candidates, standing)) == ["a", "b", "c"]


def test_what_a_candidate_replaces_takes_no_part() -> None:
    standing = lines(
        record("a", 'a :Project ; :number "1"'), record("a/below", 'a :Project ; :number "1"')
    )
    assert failing(outcome(UNIQUE, [record("a", 'a :Project ; :number "1"')], standing)) == []


@pytest.mark.usefixtures("parts")
def test_what_a_candidate_refers_to_is_known_from_another_or_from_what_stands() -> None:
    project = record("p", f"a :Project ; :by {T}project/o>")
    organisation = record("o", "a :Organisation")
    assert failing(outcome(RIGHT, [project])) == ["p"]
    assert failing(outcome(RIGHT, [project, organisation])) == []
    assert failing(outcome(RIGHT, [project], lines(organisation))) == []
    assert failing(outcome(RIGHT, [project, record("o", "a :Project")], lines(organisation))) == [
        "p"
    ]


@pytest.mark.usefixtures("parts")
def test_a_shape_that_looks_back_sees_all_that_refers_to_a_candidate() -> None:
    records = [record(name, f"a :Project ; :by {T}project/o>") for name in "pq"]
    organisation = record("o", "a :Organisation")
    assert failing(outcome(BACK, [organisation, *records])) == ["o"]
    assert failing(outcome(BACK, [organisation, records[0]], lines(records[1]))) == ["o"]
    assert failing(outcome(BACK, [organisation], lines(*records))) == ["o"]
    assert failing(outcome(BACK, [organisation], lines(records[0]))) == []


def test_a_violation_that_arises_in_a_record_in_force_is_told() -> None:
    referring, wrong = (record(n, f"a :Project ; :by {T}project/{to}>") for n, to in ("po", "qx"))
    standing = lines(referring, wrong, record("o", "a :Organisation"))
    found = outcome(RIGHT, [record("o", "a :Project")], standing)
    assert [result.focus.value for result in found.elsewhere] == [f"{THINGS}project/p"]
    assert outcome(RIGHT, [record("o", "a :Organisation ; :number 1")], standing).elsewhere == ()


def test_nothing_to_judge_is_no_fault() -> None:
    assert outcome(UNIQUE, []).results == ()
