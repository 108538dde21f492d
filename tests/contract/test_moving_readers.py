"""Readers that move to the next version: in place where that is possible, and right either way."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.versions import Version
from werkzaam.errors import StoreUnavailable, WerkzaamError
from werkzaam.store import reader_supply
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.interface import Question
from werkzaam.store.nursery import Nursery
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
    opened = open_content(content, [Derivation("r.rq", RULE)], limits, records=record("a"))
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


def move(store: EmbeddedStore, number: int, added: bytes, removed: bytes = b"") -> None:
    store.advance(Version(number, ""), ChangeData(added, removed))


def test_it_moves_and_infers_what_follows_now(store: EmbeddedStore) -> None:
    nursery = store._supply._nursery.pid
    move(store, 2, record("b") + record("b", "D"))
    for _ in range(4):
        assert members(store) == {"urn:a": "inferred", "urn:b": "records"}
        assert store.ask(Question("ASK {}", RESULTS)).version.number == 2
    move(store, 3, b"", record("a") + record("b", "D"))
    assert members(store) == {"urn:b": "inferred"}
    assert store._supply._nursery.pid == nursery
    assert store.condition().quads == 6


def test_a_blank_node_keeps_its_name(store: EmbeddedStore) -> None:
    nursery = store._supply._nursery.pid
    node = f"_:b {TYPE} <urn:D> <{GRAPH}> .\n".encode()
    move(store, 2, node)
    assert set(members(store)) == {"urn:a", "b"}
    move(store, 3, b"", node)
    assert set(members(store)) == {"urn:a"}
    assert store._supply._nursery.pid == nursery


def test_after_much_was_removed_the_nursery_starts_anew(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_supply, "_MOST_LEFT_BEHIND", 1)
    nursery = store._supply._nursery.pid
    move(store, 2, record("b"), record("a"))
    assert store._supply._nursery.pid == nursery
    move(store, 3, record("c"), record("b"))
    assert store._supply._nursery.pid != nursery
    assert members(store) == {"urn:a": "inferred"}, "what its source gives"


def test_a_query_under_way_ends_on_its_version(store: EmbeddedStore) -> None:
    stop, failed = Event(), []

    def slow() -> None:
        try:
            store.ask(Question(CROSS, RESULTS), stop=stop)
        except Exception as fault:
            failed.append(fault)

    worker = Thread(target=slow)
    before = store.reader_pids()
    worker.start()
    until(lambda: bool(store._lanes._fast.running or store._lanes._slow.running))
    move(store, 2, record("b"), record("a"))
    assert members(store) == {"urn:b": "inferred"}
    assert len(set(before) & set(store.reader_pids())) == 1
    stop.set()
    worker.join()
    assert failed
    until(lambda: not set(before) & set(store.reader_pids()))
    assert len(store.reader_pids()) == 3
    for _ in range(4):
        assert members(store) == {"urn:b": "inferred"}


def broken(*_: object) -> None:
    raise StoreUnavailable("no")


def test_a_nursery_that_cannot_follow_is_replaced(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Nursery, "follow", broken)
    nursery = store._supply._nursery.pid
    move(store, 2, b"")
    assert store._supply._nursery.pid != nursery
    assert store.version.number == 2
    assert members(store) == {"urn:a": "inferred"}


def test_when_nothing_can_start_the_store_stays_where_it_is_and_answers(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Nursery, "follow", broken)
    monkeypatch.setattr(reader_supply, "Nursery", broken)
    with pytest.raises(StoreUnavailable):
        move(store, 2, record("b"))
    assert members(store) == {"urn:a": "inferred"}
    assert store.version.number == 1
    monkeypatch.undo()
    for pid in store.reader_pids():
        os.kill(pid, 9)
    until(lambda: answers(store))
    assert store.version.number == 1


def answers(store: EmbeddedStore) -> bool:
    with contextlib.suppress(WerkzaamError):
        return members(store) == {"urn:a": "inferred"}
    return False


def test_what_is_no_line_is_not_followed(store: EmbeddedStore) -> None:
    move(store, 2, b"this is no line of N-Quads\n")
    assert members(store) == {"urn:a": "inferred"}
