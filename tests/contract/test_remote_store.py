"""What only a store elsewhere promises: one update for each change, and repair at start."""

import re
from collections.abc import Callable, Iterator

import pytest
from tests.contract.conftest import ELSEWHERE
from tests.contract.remote_engines import (
    InProcessDeriver,
    Place,
    RunningEngine,
    Told,
)

from werkzaam.errors import QueryRefused, StoreUnavailable
from werkzaam.store.interface import Question
from werkzaam.store.remote import RemoteStore, open_remote
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.remote_changes import MARKER_GRAPH, MERGE_GRAPH, PROBE_GRAPHS
from werkzaam.store.rule_text import Derivation

RESULTS = "application/sparql-results+json"
G = "https://w3id.org/mdt-kennisgraaf/graph/"
INFERRED = f"<{G}inferred>"
SYMMETRIC = Derivation("near.rq", "CONSTRUCT { ?y <urn:near> ?x } WHERE { ?x <urn:near> ?y }")
HARD = (
    '"a \\\\u0041 \\" \\n \\r \\t \\\\ \u2028 \U0001f600 \x01 . <urn:x> ."',
    '"x"@nl',
    '"2026"^^<http://www.w3.org/2001/XMLSchema#gYear>',
)


def quads(*triples: str, graph: str = "records") -> bytes:
    """Lines of ``graph``."""
    return "".join(f"{triple} <{G}{graph}> .\n" for triple in sorted(triples)).encode()


def near(one: str, other: str) -> str:
    return f"<urn:{one}> <urn:near> <urn:{other}>"


A, B, C = near("a", "b"), near("b", "c"), near("c", "d")


def expected(told: Told, *rules: Derivation) -> set[str]:
    """All that an engine must hold of the last version."""
    text = InProcessDeriver(rules).load(told.lines_of(len(told.versions))).decode()
    return {line.removesuffix(" .") for line in text.split("\n") if line}


def count(store: RemoteStore, pattern: str) -> int:
    text = f"SELECT (COUNT(*) AS ?n) {pattern}"
    body = store.ask(Question(text, "text/csv")).body
    return int(body.split()[1])


def count_or_refusal(store: RemoteStore, pattern: str) -> str:
    """The number, or what of these words is in the refusal."""
    try:
        return str(count(store, pattern))
    except QueryRefused as refusal:
        return next(word for word in ("counts twice", "cannot evaluate") if word in str(refusal))


@pytest.fixture
def open_store(place: Place) -> Iterator[Callable[..., RemoteStore]]:
    """Open a store in ``place``: ``open_store(told, *rules)``."""
    opened: list[RemoteStore] = []

    def open_one(told: Told, *rules: Derivation) -> RemoteStore:
        opened.append(place.open(told, rules))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


def test_changes_bring_exactly_what_stands_and_what_follows(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A) + quads(A, graph="knowledge/x") + quads(B, graph="provenance"))
    store = open_store(told, SYMMETRIC)
    assert place.lines() == expected(told, SYMMETRIC)
    for text in (quads(A, B), quads(near("b", "a"), C), b"", quads(C)):
        store.advance(*told.tell(text))
        assert place.lines() == expected(told, SYMMETRIC)
        assert store.version == told.last()
        assert store.condition().quads == len(place.lines())


def test_terms_that_are_hard_to_write_arrive_as_they_are(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    store = open_store(told)
    store.advance(*told.tell(quads(*(f"<urn:a> <urn:b> {term}" for term in HARD))))
    assert place.lines() == expected(told)
    store.advance(*told.tell(b""))
    assert place.lines() == set()


def test_blank_nodes_become_the_same_iris_each_time(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads("_:f1c2 <urn:b> _:f1c3"))
    first = open_store(told)
    iri = "https://w3id.org/mdt-kennisgraaf/.well-known/genid/f1c"
    pattern = f"{{ <{iri}2> <urn:b> <{iri}3> }}"
    assert count(first, pattern) == 1
    assert count(open_store(told), pattern) == 1
    first.advance(*told.tell(b""))
    assert place.lines() == set()


def test_an_engine_that_is_behind_is_brought_on(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A))
    open_store(told, SYMMETRIC)
    told.tell(quads(A, B))
    told.tell(quads(B, C))
    assert open_store(told, SYMMETRIC).version.number == 3
    assert place.lines() == expected(told, SYMMETRIC)


def test_an_engine_with_something_missing_is_filled_anew(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A, B))
    open_store(told)
    place.update(f"DELETE DATA {{ GRAPH <{G}records> {{ {A} }} }}")
    told.tell(quads(A, B, C))
    open_store(told)
    assert place.lines() == expected(told)


def test_other_rules_fill_it_anew(place: Place, open_store: Callable[..., RemoteStore]) -> None:
    told = Told()
    told.tell(quads(A))
    open_store(told)
    open_store(told, SYMMETRIC)
    assert place.lines() == expected(told, SYMMETRIC)


@pytest.mark.parametrize(
    ("foreign", "words"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "not ours"),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", "urn:g"),
        (f"INSERT DATA {{ GRAPH <{MARKER_GRAPH}> {{ <{MARKER_GRAPH}> "
         "<http://www.w3.org/2002/07/owl#versionInfo> '7' } }", "mark"),
    ],
)  # fmt: skip
def test_what_is_another_s_is_not_touched(
    place: Place, open_store: Callable[..., RemoteStore], foreign: str, words: str
) -> None:
    place.update(foreign)
    told = Told()
    told.tell(quads(A))
    with pytest.raises(StoreUnavailable, match=words):
        open_store(told)
    place.update(foreign.replace("INSERT", "DELETE"))
    assert place.lines() == set()


def test_a_graph_that_came_beside_ours_is_named_and_nothing_is_changed(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A))
    open_store(told)
    place.update("INSERT DATA { GRAPH <urn:theirs> { <urn:a> <urn:b> 1 } }")
    before = place.lines()
    with pytest.raises(StoreUnavailable, match="urn:theirs"):
        open_store(told)
    assert place.lines() == before


def test_another_journal_and_an_earlier_one_are_refused(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A))
    told.tell(quads(A, B))
    open_store(told)
    before = place.lines()
    with pytest.raises(StoreUnavailable, match="at version 2, .* ends at 1"):
        open_store(Told(versions=told.versions[:1]))
    with pytest.raises(StoreUnavailable, match="another journal"):
        open_store(Told("theirs", told.versions))
    assert place.lines() == before


def test_a_change_on_a_version_that_is_not_there_does_nothing(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A))
    late, swift = open_store(told), open_store(told)
    swift.advance(*told.tell(quads(A, B)))
    there = place.lines()
    other = Told(versions=told.versions[:1])
    with pytest.raises(StoreUnavailable, match="another service"):
        late.advance(*other.tell(quads(C)))
    assert place.lines() == there
    assert late.version.number == 1
    with pytest.raises(StoreUnavailable, match="may not hold"):
        late.ask(Question("ASK {}", RESULTS))


def test_an_engine_that_lost_its_data_is_noticed_and_mended(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    told = Told()
    told.tell(quads(A))
    store = open_store(told)
    store.mend()
    place.update("DROP ALL")
    assert not store.condition().ready
    with pytest.raises(StoreUnavailable):
        store.ask(Question("ASK {}", RESULTS))
    store.mend()
    assert store.condition().ready
    assert place.lines() == expected(told)


def test_nothing_is_left_of_trying_out_and_of_a_start_that_was_killed(
    place: Place, open_store: Callable[..., RemoteStore]
) -> None:
    left = f"<{PROBE_GRAPHS}> <{PROBE_GRAPHS}/says> 1"
    place.update(f"INSERT DATA {{ GRAPH <{PROBE_GRAPHS}/dead/a> {{ {left} }} }}")
    told = Told()
    told.tell(quads(A))
    open_store(told)
    assert place.lines() == expected(told)


def test_graphs_after_from_that_share_a_statement_are_never_counted_twice(
    open_store: Callable[..., RemoteStore],
) -> None:
    told = Told()
    told.tell(quads(A) + quads(A, graph="concepts") + quads(B, graph="bibliography"))
    store = open_store(told)
    apart = f"FROM <{G}records> FROM <{G}bibliography>"
    assert count(store, f"{apart} {{ ?s ?p ?o }}") == 2
    shared = f"FROM <{G}records> FROM <{G}concepts>"
    assert count_or_refusal(store, f"{shared} {{ ?s ?p ?o }}") in ("1", "counts twice")


def test_a_function_that_the_engine_does_not_have_gives_no_value_or_is_refused(
    open_store: Callable[..., RemoteStore],
) -> None:
    store = open_store(Told())
    outcome = count_or_refusal(store, "{ BIND(<urn:f>(1) AS ?x) FILTER(BOUND(?x)) }")
    assert outcome in ("0", "cannot evaluate")


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_engine_whose_default_graph_is_a_union_gets_the_merge_as_a_graph(
    name: str, request: pytest.FixtureRequest
) -> None:
    place: Place = request.getfixturevalue(f"{name}_union")
    told = Told()
    told.tell(quads(A) + quads(A, graph="concepts") + quads(B, graph="provenance"))
    store = place.open(told, [SYMMETRIC])
    try:
        assert count(store, "{ ?s ?p ?o }") == 2
        assert count(store, "{ GRAPH ?g { ?s ?p ?o } }") == 4
        assert count(store, f"FROM <{G}records> {{ ?s ?p ?o }}") == 1
        store.advance(*told.tell(quads(C)))
        assert count(store, f"{{ {C} . <urn:d> ?p ?o GRAPH {INFERRED} {{ <urn:d> ?p ?o }} }}") == 1
        assert any(MERGE_GRAPH in line for line in place.lines())
    finally:
        store.close()
    place.open(told, [SYMMETRIC]).close()


@pytest.mark.xdist_group("oxigraph")
def test_a_wrong_address_for_updates_is_said(oxigraph: RunningEngine) -> None:
    for update, words in (
        ("/nowhere", "HTTP 404"),
        ("/query", "HTTP (400|404|415)"),
    ):
        address = EngineAddress.of(oxigraph.url + "/query", oxigraph.url + update)
        with pytest.raises(StoreUnavailable, match=re.compile(words)):
            open_remote(address, InProcessDeriver(), Told(), Told().last())
