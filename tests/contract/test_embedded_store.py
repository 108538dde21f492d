"""What only the embedded store promises: readers that are killed, replaced and never too many."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.versions import Version
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
from werkzaam.store.asked_query import Asked
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.evaluation import Evaluation
from werkzaam.store.interface import Question, StreamedAnswer
from werkzaam.store.query_policy import read_query

RESULTS = "application/sparql-results+json"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JOIN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?z"
DEEP_CHAIN = "SELECT * { FILTER(" + "||".join(["true"] * 20_000) + ") }"


@pytest.fixture
def small(content: Content) -> Iterator[EmbeddedStore]:
    """A store with one reader in each lane, and half a gigabyte."""
    limits = StoreLimits(seconds=5, memory_bytes=512 << 20, readers=1)
    store = open_content(content, read_rules(content), limits)
    yield store
    store.close()


def answers(store: EmbeddedStore) -> bool:
    return b"true" in store.ask(Question("ASK {}", RESULTS)).body


def quietly(holds: Callable[[EmbeddedStore], bool], store: EmbeddedStore) -> bool:
    with contextlib.suppress(WerkzaamError):
        return holds(store)
    return False


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


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
    before = set(small.reader_pids())
    with pytest.raises(error):
        small.ask(Question(text, RESULTS), seconds)
    assert answers(small)
    until(lambda: len(small.reader_pids()) == len(before))
    dead = [pid for pid in before if not Path(f"/proc/{pid}").exists()]
    assert bool(dead) == (error is not QueryRefused)


def test_a_reader_killed_from_outside_is_replaced(small: EmbeddedStore) -> None:
    before = small.reader_pids()
    for pid in before:
        os.kill(pid, 9)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in before))
    assert answers(small), "what died while it had no work is not asked"
    until(lambda: len(small.reader_pids()) == len(before))
    assert not set(small.reader_pids()) & set(before)


def test_a_nursery_killed_from_outside_is_replaced(small: EmbeddedStore) -> None:
    nursery = small._supply._nursery.pid
    os.kill(nursery, 9)
    assert answers(small)
    until(lambda: small._supply._nursery.pid != nursery)
    for pid in small.reader_pids():
        os.kill(pid, 9)
    until(lambda: quietly(answers, small))


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
        open_content(strange, [], StoreLimits(readers=1))


def test_closing_leaves_no_process_even_in_mid_query(content: Content) -> None:
    store = open_content(content, [], StoreLimits(readers=2))
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
        open_content(broken, [], StoreLimits(readers=1))
    assert (caught.value.path, caught.value.line) == ("ontology/mdt.ttl", 2)


def test_an_empty_folder_is_an_empty_dataset() -> None:
    store = open_content(Content(()), [], StoreLimits(readers=1))
    assert store.condition().quads == 0
    assert store.condition().ready
    store.close()


def test_a_reader_ends_at_its_deadline_even_if_nobody_comes_to_end_it(
    small: EmbeddedStore,
) -> None:
    reader = small._supply.another()
    began = time.monotonic()
    asked = Asked(Question(CROSS, RESULTS), read_query(CROSS), began + 0.3, None)
    reader.begin(asked.header, asked.body, began + 0.3)
    until(lambda: not reader.is_running)
    assert time.monotonic() - began > 0.3
    small._supply.retire(reader)


def test_an_answer_that_is_too_large_is_not_sent_whole(small: EmbeddedStore) -> None:
    large = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    with pytest.raises(QueryTooLarge, match="1000000 bytes"):
        small.ask(Question(large, RESULTS, most_bytes=1_000_000))
    assert answers(small)


LONG = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"


def test_a_long_answer_comes_in_pieces_and_is_the_same(small: EmbeddedStore) -> None:
    streamed = small.stream(Question(LONG, "text/csv", caller="one"))
    assert streamed.rest is not None
    pieces = [streamed.first, *streamed.rest]
    assert len(pieces) > 2
    assert b"".join(pieces) == small.ask(Question(LONG, "text/csv")).body


def test_who_reads_too_slowly_loses_the_rest(small: EmbeddedStore) -> None:
    endless = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    streamed = small.stream(Question(endless, "text/csv", caller="one"), seconds=0.8)
    assert streamed.rest is not None
    with pytest.raises(QueryDeadlineExceeded):
        for _ in streamed.rest:
            pass
    assert list(streamed.rest) == []
    assert answers(small)


def test_who_stops_reading_frees_the_reader(small: EmbeddedStore) -> None:
    for _ in range(4):
        streamed = small.stream(Question(LONG, "text/csv", caller="one"))
        assert streamed.rest is not None
        streamed.rest.close()
    assert answers(small)


def test_slow_queries_do_not_keep_a_small_one_waiting(small: EmbeddedStore) -> None:
    ended: list[type[BaseException]] = []

    def ask(number: int) -> None:
        try:
            small.ask(Question(f"{CROSS} #{number}", RESULTS, caller="slow"), 3)
        except WerkzaamError as late:
            ended.append(type(late))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for number in range(20):
        assert small.ask(Question(f"ASK {{}} #{number}", RESULTS, caller="quick"), 3).body
        assert not ended or number
    for thread in threads:
        thread.join()
    assert set(ended) <= {QueryDeadlineExceeded, StoreBusy}
    assert len(ended) == 5


def test_an_answer_is_kept_for_its_version_only(
    small: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", RESULTS)
    texts: list[str] = []
    finish = Evaluation.finish

    def counted(evaluation: Evaluation, stop: threading.Event | None = None) -> StreamedAnswer:
        texts.append(evaluation.asked.question.text)
        return finish(evaluation, stop)

    monkeypatch.setattr(Evaluation, "finish", counted)
    first = small.ask(question)
    assert small.ask(replace(question, caller="another")) == first
    line = b"<urn:s> <urn:p> <urn:o> <https://w3id.org/mdt-kennisgraaf/graph/default> .\n"
    small.advance(Version(2, ""), ChangeData(line, b""))
    assert small.ask(question).body != first.body
    assert len(texts) == 2
    volatile = Question("SELECT (UUID() AS ?u) {}", RESULTS)
    assert small.ask(volatile).body != small.ask(volatile).body
