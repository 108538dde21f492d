"""What only the embedded store promises: readers that are killed, replaced and never too many."""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import (
    ContentError,
    QueryDeadlineExceeded,
    QueryRefused,
    QueryStopped,
    QueryTooLarge,
    StoreBusy,
    StoreUnavailable,
    WerkzaamError,
)
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.interface import Question

RESULTS = "application/sparql-results+json"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JOIN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?z"
DEEP_CHAIN = "SELECT * { FILTER(" + "||".join(["true"] * 20_000) + ") }"


@pytest.fixture
def small(content: Content) -> Iterator[EmbeddedStore]:
    """A store with one reader, one place in the queue and half a gigabyte."""
    limits = StoreLimits(seconds=5, memory_bytes=512 << 20, readers=1, wait=1)
    store = EmbeddedStore(content, read_rules(content), limits)
    yield store
    store.close()


def answers(store: EmbeddedStore) -> bool:
    return b"true" in store.ask(Question("ASK {}", RESULTS)).body


@pytest.mark.parametrize(
    ("text", "seconds", "error"),
    [
        (CROSS, 0.3, QueryDeadlineExceeded),
        (JOIN, None, QueryTooLarge),
        (DEEP_CHAIN, None, QueryTooLarge),
        ("SELECT (<http://h/f>(1) AS ?x) {}", None, QueryRefused),
    ],
)
def test_an_attack_gets_its_error_and_the_next_query_its_answer(
    small: EmbeddedStore, text: str, seconds: float | None, error: type[WerkzaamError]
) -> None:
    before = small.reader_pids()
    with pytest.raises(error):
        small.ask(Question(text, RESULTS), seconds)
    assert answers(small)
    if error is not QueryRefused:
        assert small.reader_pids() != before
        assert not Path(f"/proc/{before[0]}").exists()


def test_a_caller_may_only_lower_the_deadline(small: EmbeddedStore) -> None:
    started = time.monotonic()
    with pytest.raises(QueryDeadlineExceeded):
        small.ask(Question(CROSS, RESULTS), seconds=600)
    assert time.monotonic() - started < 10


def test_a_full_queue_says_so_at_once(small: EmbeddedStore) -> None:
    outcomes: list[tuple[type[BaseException], bool]] = []
    started = time.monotonic()

    def ask() -> None:
        try:
            small.ask(Question(CROSS, RESULTS), 4)
        except WerkzaamError as refusal:
            outcomes.append((type(refusal), time.monotonic() - started < 3))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count((StoreBusy, True)) == 2
    assert outcomes.count((QueryDeadlineExceeded, False)) == 1


def test_a_reader_killed_from_outside_is_replaced(small: EmbeddedStore) -> None:
    os.kill(small.reader_pids()[0], 9)
    with pytest.raises(QueryTooLarge):
        answers(small)
    assert answers(small)


def test_a_caller_who_is_gone_stops_the_query_and_leaves_the_queue(small: EmbeddedStore) -> None:
    gone = threading.Event()
    outcomes: list[type[BaseException]] = []

    def ask() -> None:
        try:
            small.ask(Question(CROSS, RESULTS), 5, gone)
        except WerkzaamError as refusal:
            outcomes.append(type(refusal))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    started = time.monotonic()
    gone.set()
    for thread in threads:
        thread.join()
    assert outcomes == [QueryStopped, QueryStopped]
    assert time.monotonic() - started < 4
    assert answers(small)


def test_who_waits_when_it_closes_is_sent_away_at_once(small: EmbeddedStore) -> None:
    outcomes: list[type[BaseException]] = []

    def ask() -> None:
        try:
            small.ask(Question(CROSS, RESULTS))
        except WerkzaamError as refusal:
            outcomes.append(type(refusal))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    started = time.monotonic()
    small.close()
    for thread in threads:
        thread.join()
    assert outcomes == [StoreUnavailable, StoreUnavailable]
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { <a:b> <http://x/1> 'a' } {}",
        "CONSTRUCT { <a:b> <http://x/> 'a' } {}",
        "CONSTRUCT { <a:b> <http://x/c> '\\u0001' } {}",
    ],
)
def test_what_cannot_be_xml_is_refused_as_xml(store: EmbeddedStore, query: str) -> None:
    with pytest.raises(QueryRefused):
        store.ask(Question(query, "application/rdf+xml"))
    assert store.ask(Question(query, "text/turtle")).body


def test_a_page_gets_its_first_rows_and_no_more(store: EmbeddedStore) -> None:
    bomb = "SELECT * { VALUES ?a { 1 2 } ?s ?p ?o . ?t ?q ?r . ?u ?w ?x }"
    answer = json.loads(store.ask(Question(bomb, RESULTS, most_rows=3)).body)
    assert len(answer["results"]["bindings"]) == 3
    graph = store.ask(
        Question("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", most_rows=3)
    )
    assert graph.body.count(b"\n") == 3
    plain = "SELECT ?e ?l { ?e <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?e ?l LIMIT 9"
    cut = store.ask(Question(plain, RESULTS, most_rows=9)).body
    assert json.loads(cut) == json.loads(store.ask(Question(plain, RESULTS)).body)


def test_a_folder_that_cannot_be_a_graph_is_named() -> None:
    strange = Content((ContentFile("graph_data/o o>/a.ttl", b""),))
    with pytest.raises(ContentError, match="o o>"):
        EmbeddedStore(strange, [], StoreLimits(readers=1))


def test_closing_leaves_no_process_even_in_mid_query(content: Content) -> None:
    store = EmbeddedStore(content, [], StoreLimits(readers=2))
    asking = threading.Thread(
        target=lambda: pytest.raises(WerkzaamError, store.ask, Question(CROSS, RESULTS))
    )
    asking.start()
    pids = store.reader_pids()
    store.close()
    asking.join()
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert store.reader_pids() == []


def test_broken_content_does_not_start_and_names_file_and_line() -> None:
    broken = Content((ContentFile("ontology/mdt.ttl", b"@prefix x: <http://x/> .\nx:a x:b .\n"),))
    with pytest.raises(ContentError) as caught:
        EmbeddedStore(broken, [], StoreLimits(readers=1))
    assert (caught.value.path, caught.value.line) == ("ontology/mdt.ttl", 2)


def test_an_empty_folder_is_an_empty_dataset() -> None:
    store = EmbeddedStore(Content(()), [], StoreLimits(readers=1))
    assert store.condition().quads == 0
    assert store.condition().ready
    store.close()


def test_an_answer_that_is_too_large_is_not_sent(content: Content) -> None:
    store = EmbeddedStore(content, [], StoreLimits(readers=1))
    large = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 2000000"
    with pytest.raises(QueryTooLarge):
        store.ask(Question(large, RESULTS))
    assert b"true" in store.ask(Question("ASK {}", RESULTS)).body
    store.close()
