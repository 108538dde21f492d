"""Readers that move to the next version: in place where that is possible, and right either way."""

import json
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import StoreUnavailable
from werkzaam.store import embedded
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.interface import Question
from werkzaam.store.reader_process import Change, Reader
from werkzaam.store.rule_text import Derivation

RESULTS = "application/sparql-results+json"
MODEL = "@prefix r: <http://www.w3.org/2000/01/rdf-schema#> . <urn:C> r:subClassOf <urn:D> ."
RULE = """CONSTRUCT { ?x a ?d }
WHERE { ?x a ?c . ?c <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?d }"""
GRAPH = "https://w3id.org/mdt-kennisgraaf/graph/records"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
MEMBERS = "SELECT ?x ?g { ?x a <urn:D> OPTIONAL { GRAPH ?g { ?x a <urn:D> } } } ORDER BY ?x"
CROSS = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?a{n} ?b{n} ?c{n}' for n in range(30))} }}"


def record(name: str, kind: str = "C") -> bytes:
    return f"<urn:{name}> {TYPE} <urn:{kind}> <{GRAPH}> .\n".encode()


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    """Two readers on a model of two classes; what is in the lower is derived to be in the upper."""
    content = Content((ContentFile("ontology/m.ttl", MODEL.encode()),))
    limits = StoreLimits(seconds=5, memory_bytes=512 << 20, readers=2)
    opened = EmbeddedStore(content, [Derivation("r.rq", RULE)], limits, records=record("a"))
    yield opened
    opened.close()


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def members(store: EmbeddedStore) -> dict[str, str]:
    """What is in the upper class, with the last part of the graph that says so."""
    rows = json.loads(store.ask(Question(MEMBERS, RESULTS)).body)["results"]["bindings"]
    return {row["x"]["value"]: row["g"]["value"].rpartition("/")[2] for row in rows}


def test_idle_readers_move_in_place_and_infer_what_follows_now(store: EmbeddedStore) -> None:
    before = store.reader_pids()
    store.advance(2, record("a") + record("b") + record("b", "D"))
    for _ in range(4):
        assert members(store) == {"urn:a": "inferred", "urn:b": "records"}
        assert store.ask(Question("ASK {}", RESULTS)).version.number == 2
    store.advance(3, record("b"))
    assert members(store) == {"urn:b": "inferred"}
    assert store.reader_pids() == before
    assert store.condition().quads == 6


def test_a_blank_node_among_the_changes_makes_them_start_anew(store: EmbeddedStore) -> None:
    before = store.reader_pids()
    store.advance(2, record("a") + f"_:b {TYPE} <urn:C> <{GRAPH}> .\n".encode())
    assert members(store) == {"urn:a": "inferred"}
    assert not set(before) & set(store.reader_pids())


def test_after_much_was_removed_they_start_anew(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_MOST_LEFT_BEHIND", 1)
    before = store.reader_pids()
    store.advance(2, record("b"))
    assert store.reader_pids() == before
    store.advance(3, record("c"))
    assert members(store) == {"urn:c": "inferred"}
    assert not set(before) & set(store.reader_pids())


def test_a_reader_at_work_finishes_on_its_version_and_is_replaced(store: EmbeddedStore) -> None:
    stop, failed = Event(), []

    def slow() -> None:
        try:
            store.ask(Question(CROSS, RESULTS), stop=stop)
        except Exception as fault:
            failed.append(fault)

    worker = Thread(target=slow)
    before = store.reader_pids()
    worker.start()
    until(lambda: store._idle.qsize() == 1)
    store.advance(2, record("b"))
    assert members(store) == {"urn:b": "inferred"}
    stop.set()
    worker.join()
    assert failed
    until(lambda: len(store.reader_pids()) == store._idle.qsize() == 2)
    assert len(set(before) & set(store.reader_pids())) == 1
    for _ in range(4):
        assert members(store) == {"urn:b": "inferred"}


def test_a_reader_that_cannot_move_is_replaced(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(reader: Reader, *_: object) -> bool:
        reader.kill()
        return False

    monkeypatch.setattr(Reader, "advance", broken)
    before = store.reader_pids()
    store.advance(2, record("b"))
    assert members(store) == {"urn:b": "inferred"}
    assert not set(before) & set(store.reader_pids())


def test_when_no_reader_can_start_the_store_stays_where_it_is_and_answers_again(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> list[Reader]:
        raise StoreUnavailable("no")

    def broken(reader: Reader, *_: object) -> bool:
        reader.kill()
        return False

    monkeypatch.setattr(embedded, "start_readers", none)
    monkeypatch.setattr(Reader, "advance", broken)
    with pytest.raises(StoreUnavailable):
        store.advance(2, record("b"))
    assert members(store) == {"urn:a": "inferred"}
    assert store.version.number == 1


def test_a_reader_says_when_it_could_not_follow(store: EmbeddedStore) -> None:
    reader = next(iter(store._readers))
    odd = Change(b"", b"this is no line of N-Quads\n")
    assert not reader.advance(reader.task, odd)
    assert not reader.alive
