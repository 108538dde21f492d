"""The test suites of the W3C for SPARQL 1.1 query and update, and 1.0 query, through HTTP.

Each suite is one test here, as all of it runs on one filled service; the tests that fail are named.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.contract.w3c import known_failures as known
from tests.contract.w3c.endpoint import Endpoint
from tests.contract.w3c.running import (
    FIRST_QUERY_SUITES,
    QUERY_SUITES,
    UPDATE_SUITES,
    Failures,
    failures_of_loaded_queries,
    failures_of_queries,
    failures_of_updates,
)
from tests.contract.w3c.suites import cases, require_suites

pytestmark = pytest.mark.xdist_group("writable")

SUITES = [f"sparql11/{name}" for name in QUERY_SUITES]
LOADED_SUITES = (
    *("sparql11/construct", "sparql11/exists", "sparql11/negation", "sparql11/subquery"),
    *("dawg-data-r2/graph", "dawg-data-r2/algebra", "dawg-data-r2/bnode-coreference"),
)
FIRST_SUITES = [f"dawg-data-r2/{name}" for name in FIRST_QUERY_SUITES]


@pytest.fixture
def endpoint(request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    require_suites()
    writable: Any = request.getfixturevalue("writable")
    url = writable.url
    opened = Endpoint(f"{url}sparql", f"{url}sparql", f"{url}rdf-graph-store", writable.token)
    yield opened
    opened.close()


def assert_only(failures: Failures, expected: Mapping[str, str]) -> None:
    surprising = [f"{name}: {why}"[:600] for name, why in failures.items() if name not in expected]
    passing = [
        f"{name} passes now: take it off the list" for name in expected if name not in failures
    ]
    assert surprising + passing == []


@pytest.mark.parametrize(
    ("suites", "number", "expected"),
    [(SUITES, 281, known.QUERIES), (FIRST_SUITES, 438, known.FIRST_QUERIES)],
    ids=["1.1", "1.0"],
)
def test_queries_on_the_dataset_of_the_request(
    endpoint: Endpoint, suites: list[str], number: int, expected: Mapping[str, str]
) -> None:
    found = cases(*suites)
    assert len(found) == number
    assert_only(failures_of_queries(endpoint, found), expected)


def test_queries_on_what_the_graph_store_holds(endpoint: Endpoint) -> None:
    failures = failures_of_loaded_queries(endpoint, cases(*LOADED_SUITES))
    assert_only(failures, {})


def test_updates(endpoint: Endpoint) -> None:
    found = cases(*(f"sparql11/{name}" for name in UPDATE_SUITES))
    assert len(found) == 156
    assert_only(failures_of_updates(endpoint, found), known.UPDATES)
