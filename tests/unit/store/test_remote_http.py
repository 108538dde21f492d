"""An engine elsewhere that is slow, gone, lying or cut off, and what comes of it here."""

import logging
import threading
import time
from collections.abc import Callable

import pytest
from tests.unit.store.odd_engine import Handler, odd_engine

from werkzaam.domain.versions import Version
from werkzaam.errors import (
    QueryDeadlineExceeded,
    QueryRefused,
    QueryStopped,
    QuerySyntaxError,
    QueryTooLarge,
    StoreBusy,
    StoreUnavailable,
    WerkzaamError,
)
from werkzaam.store.interface import Question
from werkzaam.store.remote import RemoteStore
from werkzaam.store.remote_address import EngineAddress, basic, bearer, update_address
from werkzaam.store.remote_data import RemoteData
from werkzaam.store.remote_http import Engine, Reading
from werkzaam.store.remote_probe import Abilities, probe

RESULTS = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'
ASK = {"query": "ASK {}"}


def yes(handler: Handler) -> None:
    handler.say(200, YES, Content_Type=RESULTS)


def never(handler: Handler) -> None:
    handler.server.gone.wait()


def drop_by_drop(handler: Handler) -> None:
    handler.begin(1 << 20)
    while not handler.server.gone.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def half(handler: Handler) -> None:
    handler.begin(len(YES) + 9)
    handler.wfile.write(YES)
    handler.close_connection = True


def answering(status: int, body: bytes, **headers: str) -> Callable[[Handler], None]:
    """Always that answer, but to ``ASK {}``, which is answered well."""
    return lambda handler: (
        yes(handler) if "ASK+%7B%7D" in handler.asked else handler.say(status, body, **headers)
    )


class Sure(RemoteData):
    """Data that is where it should be."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, None, None, own_default_graph=True)  # type: ignore[arg-type]
        self.sure = True


def store_on(engine: Engine, seconds: float = 5.0) -> RemoteStore:
    return RemoteStore(engine, Abilities(True, True, True), Sure(engine), Version(1, "d"), seconds)


@pytest.mark.parametrize("slow", [never, drop_by_drop])
def test_the_deadline_cuts_the_connection_whatever_trickles_in(
    slow: Callable[[Handler], None],
) -> None:
    with odd_engine(slow) as (engine, server):
        started = time.monotonic()
        with pytest.raises(QueryDeadlineExceeded):
            store_on(engine).ask(Question("ASK { ?s ?p ?o }", RESULTS), seconds=0.3)
        assert time.monotonic() - started < 4
        assert len(server.requests) == 1


def test_who_is_gone_stops_the_query() -> None:
    gone = threading.Event()
    with odd_engine(never) as (engine, _):
        threading.Timer(0.05, gone.set).start()
        with pytest.raises(QueryStopped):
            store_on(engine, 60).ask(Question("ASK {}", RESULTS), stop=gone)


def test_closing_sends_who_waits_away() -> None:
    outcomes: list[type[BaseException]] = []
    with odd_engine(never) as (engine, server):

        def ask() -> None:
            with pytest.raises(WerkzaamError) as caught:
                engine.query(ASK, RESULTS, 60)
            outcomes.append(caught.type)

        asking = threading.Thread(target=ask)
        asking.start()
        while not server.requests:
            asking.join(0.01)
        engine.close()
        asking.join(5)
        assert outcomes == [StoreUnavailable]
        with pytest.raises(StoreUnavailable, match="stopping"):
            engine.query(ASK, RESULTS, 1)


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (half, StoreUnavailable, "broke off"),
        (answering(200, b"<html>Welcome</html>"), StoreUnavailable, "not SPARQL results"),
        (answering(200, YES[:-4]), StoreUnavailable, "not SPARQL results"),
        (answering(200, YES + b"error"), StoreUnavailable, "not SPARQL results"),
        (answering(400, b"Error: line 2, column 7: odd"), QuerySyntaxError, "line 2, column 7"),
        (answering(400, b"error at 3:1: odd"), QuerySyntaxError, "line 3, column 1"),
        (answering(400, b"bad \x1b[31m"), QuerySyntaxError, r'"bad'),
        (answering(401, b""), StoreUnavailable, "does not let us in"),
        (answering(403, b""), StoreUnavailable, "WERKZAAM_ENDPOINT_TOKEN"),
        (answering(302, b"", Location="http://h/"), StoreUnavailable, "HTTP 302"),
        (answering(404, b"no"), StoreUnavailable, 'HTTP 404 and says "no"'),
        (answering(408, b""), QueryDeadlineExceeded, "longer"),
        (answering(503, b"Query timed out"), QueryDeadlineExceeded, "longer"),
        (answering(504, b""), QueryDeadlineExceeded, "longer"),
        (answering(503, b"", Retry_After="7"), StoreBusy, "in 7 seconds"),
        (answering(429, b""), StoreBusy, "in 2 seconds"),
        (answering(500, b"no such function"), QueryRefused, "no such function"),
        (answering(413, b""), StoreUnavailable, "413"),
    ],
)
def test_each_kind_of_failure_is_an_error_of_ours(
    answer: Callable[[Handler], None], error: type[WerkzaamError], words: str
) -> None:
    with odd_engine(answer) as (engine, server):
        with pytest.raises(error, match=words) as caught:
            store_on(engine).ask(Question("ASK { ?s ?p ?o }", RESULTS))
        assert caught.type is error
        assert "\x1b" not in str(caught.value)
        assert len([asked for asked, _ in server.requests if "ASK+%7B%7D" not in asked]) == 1


def test_an_engine_that_fails_on_everything_is_not_the_fault_of_the_query() -> None:
    with (
        odd_engine(lambda handler: handler.say(500, b"disk full")) as (engine, _),
        pytest.raises(StoreUnavailable, match="disk full"),
    ):
        store_on(engine).ask(Question("ASK { ?s ?p ?o }", RESULTS))


def test_triples_with_the_text_of_an_error_behind_them_are_no_answer() -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\nQuery execution failed\n"
    with (
        odd_engine(lambda handler: handler.say(200, body)) as (engine, _),
        pytest.raises(StoreUnavailable, match="not N-Triples"),
    ):
        store_on(engine).ask(Question("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"))


@pytest.mark.parametrize(
    "deep", [b"[" * 100_000, b'{"head":{"vars":["x"]},"results":{"bindings":[' + b'{"x":' * 50_000]
)
def test_an_answer_that_is_nested_without_end_is_no_answer(deep: bytes) -> None:
    with (
        odd_engine(lambda handler: handler.say(200, deep)) as (engine, _),
        pytest.raises(StoreUnavailable, match="not SPARQL results"),
    ):
        store_on(engine).ask(Question("SELECT * { ?s ?p ?o }", "text/csv"))


def test_an_answer_stops_at_its_largest_size() -> None:
    with (
        odd_engine(lambda handler: handler.say(200, b"x" * 300_000)) as (engine, _),
        pytest.raises(QueryTooLarge, match="200000"),
    ):
        engine.query(ASK, RESULTS, 5, reading=Reading(200_000))


def test_more_queries_than_may_wait_are_sent_away_at_once() -> None:
    with odd_engine(never) as (engine, _):
        outcomes: list[type[BaseException]] = []

        def ask() -> None:
            with pytest.raises(WerkzaamError) as caught:
                engine.query(ASK, RESULTS, 1.5)
            outcomes.append(caught.type)

        threads = [threading.Thread(target=ask) for _ in range(36)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count(StoreBusy) >= 3
        assert QueryDeadlineExceeded in outcomes


def test_nobody_listens() -> None:
    engine = Engine(EngineAddress.of("http://127.0.0.1:9/query"))
    try:
        with pytest.raises(StoreUnavailable, match="127.0.0.1:9.* cannot be reached"):
            engine.query(ASK, RESULTS, 5)
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            engine.update("DROP ALL", 5)
    finally:
        engine.close()


@pytest.mark.parametrize("header", [basic("ann", "s3cr:t é"), bearer("s3cr.t-token")])
def test_the_credentials_are_sent_and_never_shown(
    header: str, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.INFO),
        odd_engine(lambda handler: handler.say(403, b"no"), header) as (engine, server),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            store_on(engine).ask(Question("ASK {}", RESULTS))
        assert server.requests[0][1]["Authorization"] == header
        shown = f"{caught.value} {engine.address!r} {engine.address} {caplog.text}"
        assert header.split()[1] not in shown


def test_a_password_is_written_as_the_standard_says() -> None:
    assert basic("Aladdin", "open sesame") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://h:3030/ds", "http://h:3030/ds"),
        ("http://h:3030/ds/query", "http://h:3030/ds/update"),
        ("http://h:3030/ds/sparql", "http://h:3030/ds/update"),
        ("http://h:7200/repositories/mdt", "http://h:7200/repositories/mdt/statements"),
        ("https://h/sparql", "https://h/update"),
    ],
)
def test_updates_go_where_such_engines_take_them(query: str, update: str) -> None:
    assert update_address(query) == update


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "not there for the next query"),
        ({"b": "2", "9": "0"}, "on a condition"),
        ({"b": "2", "9": "1", "2": "1", "own": "0"}, "other graphs than those"),
        ({"b": "2", "9": "1", "2": "1", "own": "3"}, "union-default-graph"),
        ({"b": "2", "9": "1", "2": "1", "own": "0", "from": "1", "named": "2", "4": "1"}, "half"),
    ],
)
def test_what_an_engine_lacks_is_said_with_the_remedy(counts: dict[str, str], words: str) -> None:
    with odd_engine(lambda handler: _pretend(handler, counts)) as (engine, server):
        with pytest.raises(StoreUnavailable, match=words):
            probe(engine)
        assert "DROP SILENT GRAPH" in server.requests[-1][0]


def _pretend(handler: Handler, counts: dict[str, str]) -> None:
    """Answer as an engine would that gives these counts, and refuses ``LOAD``."""
    asked = handler.asked
    if "CONSTRUCT" in asked:
        handler.say(200, b"<urn:a> <urn:b> <urn:c> .\n" * 2)
    elif "COUNT" in asked:
        number = counts.get(_what(asked), "0")
        rows = f'[{{"n": {{"type": "literal", "value": "{number}"}}}}]'
        handler.say(200, f'{{"head":{{"vars":["n"]}},"results":{{"bindings":{rows}}}}}'.encode())
    elif "DISTINCT" in asked:
        handler.say(200, b'{"head":{"vars":["g"]},"results":{"bindings":[]}}')
    else:
        handler.say(500 if "LOAD" in asked else 204, b"")


def _what(asked: str) -> str:
    """Which of its questions the trial asks: by pattern and dataset."""
    if "named-graph-uri" in asked:
        return "named"
    if "default-graph-uri" in asked:
        return "from"
    if "GRAPH" not in asked:
        return "own"
    end = asked.split("says%3E+")[1]
    return {"%3Fo": "b", "2": "9", "3": "2", "4": "4"}[end.split("+")[0]]
