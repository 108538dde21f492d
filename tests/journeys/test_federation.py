"""A query that another host answers in part, over HTTP."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.running_service import RunningService, start
from tests.unit.store.sparql_host import SparqlHost, serving

PREFIX = "PREFIX : <http://x/> "


pytestmark = pytest.mark.xdist_group("federation")


@pytest.fixture(scope="module")
def other() -> Iterator[SparqlHost]:
    with serving() as host:
        yield host


@pytest.fixture(scope="module")
def federated(
    tmp_path_factory: pytest.TempPathFactory, other: SparqlHost, service: RunningService
) -> Iterator[RunningService]:
    """An empty service that may ask ``other``, and the ``service`` that most tests use."""
    parent = tmp_path_factory.mktemp("federated")
    (parent / "content").mkdir()
    listed = f"{other.host}, {str(service.client.base_url).rstrip('/')}"
    running = start(
        parent / "data",
        WERKZAAM_CONTENT_DIR=str(parent / "content"),
        WERKZAAM_SERVICE_HOSTS=listed,
    )
    yield running
    assert running.stop() == 0


def asked(service: RunningService, query: str, **headers: str) -> Any:
    accept = {"Accept": "application/sparql-results+json", **headers}
    return service.client.get("/sparql", params={"query": query}, headers=accept)


def test_what_another_host_says_is_joined_and_never_kept(
    federated: RunningService, other: SparqlHost
) -> None:
    query = f"{PREFIX} SELECT * {{ VALUES ?s {{ :b :d }} SERVICE <{other.iri}> {{ ?s :p ?o }} }}"
    before = len(other.asked)
    for times in (1, 2):
        answer = asked(federated, query)
        assert answer.status_code == 200
        assert sorted(answer.json()["head"]["vars"]) == ["o", "s"]
        (row,) = answer.json()["results"]["bindings"]
        assert (row["s"]["value"], row["o"]["value"]) == ("http://x/b", "2")
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert len(other.asked) == before + times


def test_a_service_like_this_one_can_be_asked(
    federated: RunningService, service: RunningService
) -> None:
    pattern = "?goal a <https://w3id.org/mdt-kennisgraaf/def/Goal>"
    there = f"{str(service.client.base_url).rstrip('/')}/sparql"
    count = "SELECT (COUNT(*) AS ?n) { PATTERN }"
    direct = asked(service, count.replace("PATTERN", pattern)).json()
    through = asked(
        federated, count.replace("PATTERN", f"SERVICE <{there}> {{ {pattern} }}")
    ).json()
    assert through == direct
    assert direct["results"]["bindings"][0]["n"]["value"] != "0"


def test_a_browser_gets_what_another_host_says_too(
    federated: RunningService, other: SparqlHost
) -> None:
    query = f"{PREFIX} SELECT ?o {{ VALUES ?s {{ :b }} SERVICE <{other.iri}> {{ ?s :p ?o }} }}"
    page = asked(federated, query, Accept="text/html")
    assert page.status_code == 200
    assert re.search(r">\s*2\s*</", page.text)


def test_a_host_that_fails_is_named_and_silent_goes_on(
    federated: RunningService, other: SparqlHost
) -> None:
    query = f"{PREFIX} SELECT * {{ SERVICE SILENT <{other.at('/gone')}> {{ ?s :p ?o }} }}"
    answer = asked(federated, query.replace("SILENT", ""), **{"Accept-Language": "nl"})
    assert answer.status_code == 502
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"{other.host} antwoordde met status 404" in answer.json()["detail"]
    assert asked(federated, query).json()["results"]["bindings"] == [{}]


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <https://example.org/sparql> {}",
        "BIND(<OTHER> AS ?v) SERVICE ?v {}",
        "BIND(<OTHER> AS ?v) LATERAL { SERVICE SILENT ?v {} }",
        "FILTER EXISTS { SERVICE <OTHER> {} }",
        "?s ?p trueSERVICE SILENT<OTHER>{}",
    ],
)
def test_nothing_else_is_asked(federated: RunningService, other: SparqlHost, pattern: str) -> None:
    before = len(other.asked)
    answer = asked(federated, f"SELECT * {{ {pattern.replace('OTHER', other.iri)} }}")
    assert answer.status_code == 400
    assert len(other.asked) == before


def test_without_a_list_nobody_is_asked(service: RunningService, other: SparqlHost) -> None:
    before = len(other.asked)
    answer = asked(service, f"SELECT * {{ SERVICE <{other.iri}> {{}} }}")
    assert answer.status_code == 400
    assert len(other.asked) == before


def test_the_description_says_so(federated: RunningService, service: RunningService) -> None:
    told = [
        one.client.get("/sparql", headers={"Accept": "text/turtle"}).text
        for one in (federated, service)
    ]
    assert ["BasicFederatedQuery" in text for text in told] == [True, False]
