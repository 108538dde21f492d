"""Parts of a query that another host answers: what is joined, and what goes wrong.

What it should be is what the engine gives where it has a network, as it has in this process.
"""

import ssl
import time
from collections import Counter
from collections.abc import Iterator
from threading import Event

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.store.sparql_host import RESULTS, SparqlHost, serving

from werkzaam.errors import (
    FederationFailed,
    QueryDeadlineExceeded,
    QueryRefused,
    QueryStopped,
    StoreBusy,
)
from werkzaam.store import federation, federation_http
from werkzaam.store.federation import MOST_ROWS, Federation
from werkzaam.store.federation_connection import Patience
from werkzaam.store.federation_hosts import Host
from werkzaam.store.federation_http import Fetched
from werkzaam.store.query_policy import ReadQuery, read_query

HERE = """
@prefix : <http://x/> .
:a :here "A" . :b :here "B" . :d :here "D" ; :p 9 .
"""


@pytest.fixture(scope="module")
def other() -> Iterator[SparqlHost]:
    with serving() as host:
        yield host


@pytest.fixture(scope="module")
def here() -> ox.Store:
    store = ox.Store()
    store.load(HERE, format=ox.RdfFormat.TURTLE)
    return store


def resolved(other: SparqlHost, text: str, seconds: float = 10.0) -> ReadQuery:
    hosts = (other.host,)
    query = read_query("PREFIX : <http://x/> " + text.replace("OTHER", f"<{other.iri}>"), hosts)
    return Federation(hosts).resolve(query, time.monotonic() + seconds)


def rows(store: ox.Store, text: str) -> tuple[list[str], Counter[tuple[str, ...]]]:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    order = sorted(names)
    return order, Counter(tuple(str(row[name]) for name in order) for row in found)


JOINED = [
    "SELECT * { ?s :here ?h SERVICE OTHER { ?s :p ?o } }",
    "SELECT * { SERVICE OTHER { ?s :p ?o FILTER(!isBlank(?o)) } ?s :here ?h }",
    "SELECT ?h { ?s :here ?h . SERVICE OTHER { ?s :p 1 } . }",
    "SELECT * { ?s :here ?h OPTIONAL { SERVICE OTHER { ?s :q ?o } } }",
    "SELECT * { ?s :here ?h MINUS { SERVICE OTHER { ?s :q ?o } } }",
    "SELECT * { { ?s :here ?h } UNION { SERVICE OTHER { ?s :name ?o } } }",
    "SELECT * { { SELECT ?s (COUNT(?o) AS ?n) { SERVICE OTHER { ?s :p ?o FILTER(!isBlank(?o)) } }"
    " GROUP BY ?s } ?s :here ?h }",
    "SELECT * { SERVICE OTHER { SELECT (MAX(?o) AS ?most) { ?s :p ?o FILTER(isNumeric(?o)) } } }",
    "SELECT * { SERVICE OTHER { ?s :q ?t } SERVICE OTHER { ?t :p ?v } }",
    "SELECT * { ?s :here ?h SERVICE OTHER { :a :p 1 } }",
    "SELECT * { ?s :here ?h SERVICE OTHER { :a :p 99 } }",
    "SELECT * { SERVICE OTHER { ?s :q ?o } BIND(1 AS ?x) VALUES ?h { 'A' } ?o :here ?h }",
    "SELECT * { SERVICE OTHER { ?s :p ?o OPTIONAL { ?s :q ?t } FILTER(!isBlank(?o)) } }",
    "SELECT (COUNT(*) AS ?n) { SERVICE OTHER { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) } }",
    "SELECT * { SERVICE OTHER { ?s :q ?o } GRAPH ?g { ?s :here ?h } }",
    "SELECT * { SERVICE OTHER { ?s :name ?o } FILTER(CONTAINS(?o, 'so')) }",
]


@pytest.mark.parametrize("text", JOINED)
def test_the_answer_is_the_one_that_the_engine_gives(
    other: SparqlHost, here: ox.Store, text: str
) -> None:
    query = resolved(other, text)
    expected = "PREFIX : <http://x/> " + text.replace("OTHER", f"<{other.iri}>")
    assert rows(here, query.text) == rows(here, expected)
    assert query.services == ()
    assert not query.repeatable
    assert read_query(query.text)


def test_what_is_asked_is_one_select_with_a_limit_and_no_credentials(other: SparqlHost) -> None:
    resolved(other, "SELECT * { ?s :here ?h SERVICE OTHER { ?s :q ?o } }")
    assert other.asked[-1] == (
        f"PREFIX : <http://x/> SELECT * {{ ?s :q ?o }} LIMIT {MOST_ROWS + 1}"
    )
    assert not {"authorization", "cookie"} & set(other.headers)
    assert other.headers["accept"] == RESULTS


def test_lines_stay_where_they_were(other: SparqlHost) -> None:
    query = resolved(other, "SELECT * {\nSERVICE OTHER {\n?s :q ?o\n}\n?s ?p ?o }")
    assert query.text.split("\n")[4] == "?s ?p ?o }"


def test_a_query_without_a_service_is_left_alone() -> None:
    query = read_query("SELECT * { ?s ?p ?o }")
    assert Federation(()).resolve(query, 0.0) is query


def at(other: SparqlHost, path: str, silent: str = "") -> str:
    return f"SELECT * {{ ?s :here ?h SERVICE {silent} <{other.at(path)}> {{ ?s :q ?o }} }}"


JSON = {"Content-Type": RESULTS}
FAILURES = {
    "/status": (500, {}, b"out <b>of</b>\norder", "status 500 .*out <b>of</b> order"),
    "/html": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>", "text/html"),
    "/nothing": (200, JSON, b"{}", "no SPARQL results"),
    "/away": (302, {"Location": "http://169.254.169.254/latest"}, b"", r"169\.254.*may ask"),
    "/loop": (307, {"Location": "/loop"}, b"", "more than 3 times"),
    "/strange": (301, {"Location": "http://["}, b"", "may ask"),
    "/zipped": (200, {**JSON, "Content-Encoding": "gzip"}, b"\x1f\x8b", "compressed"),
}


@pytest.mark.parametrize("path", FAILURES)
def test_a_failure_names_the_host_and_what_happened(
    other: SparqlHost, here: ox.Store, path: str
) -> None:
    *answer, words = FAILURES[path]
    other.answers[path] = tuple(answer)  # type: ignore[assignment]
    with pytest.raises(FederationFailed, match=f"{other.host}.*{words}"):
        resolved(other, at(other, path))
    silent = resolved(other, at(other, path, "SILENT"))
    names, found = rows(here, silent.text)
    assert names == ["h", "o", "s"]
    assert found.total() == 3


def test_a_redirect_on_the_host_itself_is_followed(other: SparqlHost, here: ox.Store) -> None:
    other.answers["/moved"] = (307, {"Location": "sparql"}, b"")
    direct, moved = (resolved(other, at(other, path)) for path in ("/sparql", "/moved"))
    assert rows(here, moved.text) == rows(here, direct.text)


@pytest.mark.parametrize("silent", ["", "SILENT"])
@pytest.mark.parametrize(
    ("pattern", "words"),
    [("?s :blank ?o", "isBlank"), ("?s :big ?o . ?t :big ?u", "10000 solutions")],
)
def test_what_cannot_be_used_in_full_is_refused_even_silently(
    other: SparqlHost, silent: str, pattern: str, words: str
) -> None:
    node = ox.NamedNode("http://x/big")
    other.store.extend(ox.Quad(node, node, ox.Literal(number)) for number in range(101))
    with pytest.raises(QueryRefused, match=words):
        resolved(other, f"SELECT * {{ SERVICE {silent} OTHER {{ {pattern} }} }}")


def test_an_answer_of_too_many_bytes_is_refused(
    other: SparqlHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "MOST_BYTES", 1_000)
    other.answers["/long"] = (200, JSON, b" " * 100_000)
    with pytest.raises(QueryRefused, match="1000 bytes"):
        resolved(other, at(other, "/long"))


@pytest.mark.parametrize("path", ["/drip/header", "/drip/body"])
def test_who_sends_a_byte_now_and_then_holds_nobody(other: SparqlHost, path: str) -> None:
    with pytest.raises(FederationFailed, match="in time"):
        resolved(other, at(other, path), seconds=0.4)
    assert resolved(other, at(other, path, "SILENT"), seconds=0.4)


def test_a_query_that_is_late_already_asks_nobody(other: SparqlHost) -> None:
    asked = len(other.asked)
    with pytest.raises(QueryDeadlineExceeded):
        resolved(other, at(other, "/sparql", "SILENT"), seconds=0.0)
    assert len(other.asked) == asked


def test_who_went_away_is_not_waited_for(other: SparqlHost) -> None:
    gone = Event()
    gone.set()
    query = read_query("PREFIX : <http://x/> " + at(other, "/drip/body", "SILENT"), (other.host,))
    with pytest.raises(QueryStopped):
        Federation((other.host,)).resolve(query, time.monotonic() + 60, gone)


def test_only_a_few_queries_wait_for_others_at_the_same_time(other: SparqlHost) -> None:
    hosts = (other.host,)
    service = Federation(hosts)
    query = read_query("PREFIX : <http://x/> " + at(other, "/sparql"), hosts)
    with pytest.raises(StoreBusy):
        _nest(service, query, 0)
    assert service.resolve(query, time.monotonic() + 10)


def _nest(service: Federation, query: ReadQuery, depth: int) -> None:
    """Ask from within the answer, until it is refused."""
    assert depth < 100

    def again(*_: object) -> Fetched:
        _nest(service, query, depth + 1)
        raise AssertionError

    service.__dict__["_solutions"] = again
    try:
        service.resolve(query, time.monotonic() + 10)
    finally:
        service.__dict__.pop("_solutions", None)


def test_a_host_that_is_not_there_is_named() -> None:
    with serving() as gone:
        pass
    with pytest.raises(FederationFailed, match=f"{gone.host}.*could not be asked"):
        resolved(gone, at(gone, "/sparql"))


def test_a_name_that_leads_to_this_machine_is_not_asked(other: SparqlHost) -> None:
    host = other.host._replace(name="localhost", private=False)
    query = read_query(f"ASK {{ SERVICE <{host}/sparql> {{}} }}", (host,))
    with pytest.raises(FederationFailed, match="not public"):
        Federation((host,)).resolve(query, time.monotonic() + 10)


def test_a_host_without_a_certificate_is_not_believed(other: SparqlHost) -> None:
    host = Host("https", "127.0.0.1", other.host.port, private=True)
    query = read_query(f"ASK {{ SERVICE <{host}/sparql> {{}} }}", (host,))
    with pytest.raises(FederationFailed, match="could not be asked"):
        Federation((host,)).resolve(query, time.monotonic() + 10)


def test_a_certificate_must_be_that_of_the_host() -> None:
    context = federation_http.certificates()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


PATTERNS = st.sampled_from(
    [
        "?s :p ?o . FILTER(isLiteral(?o))",
        "?s :q ?o",
        "?o :name ?n",
        "?s ?p 2",
        ":a :p 1",
        "?s ?p 77",
    ]
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["{}", "OPTIONAL {{ {} }}", "{{ {} }} UNION {{ ?s :here ?h }}"]),
            PATTERNS,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_of_them_together_give_what_the_engine_gives(
    other: SparqlHost, here: ox.Store, parts: list[tuple[str, str]]
) -> None:
    body = " ".join(shape.format(f"SERVICE OTHER {{ {pattern} }}") for shape, pattern in parts)
    text = f"SELECT * {{ ?s :here ?h {body} }}"
    expected = "PREFIX : <http://x/> " + text.replace("OTHER", f"<{other.iri}>")
    assert rows(here, resolved(other, text).text) == rows(here, expected)


def test_patience_counts_down() -> None:
    assert Patience(time.monotonic() - 1).left == 0
