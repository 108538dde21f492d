"""A service whose dataset stands in a SPARQL engine elsewhere."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Outcome
from tests.contract.remote_engines import ENGINE_NAMES, RunningEngine, start_oxigraph
from tests.running_service import RunningService

pytestmark = pytest.mark.xdist_group("oxigraph")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def engine() -> Iterator[list[RunningEngine]]:
    """``oxigraph serve``; a test may put another in its place."""
    running = [start_oxigraph()]
    yield running
    running[0].kill()


def count(service: RunningService) -> int:
    reply = service.client.get("sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
    assert reply.status_code == 200, reply.text
    return int(reply.text.split()[1])


def wait_for(status: int, service: RunningService) -> None:
    deadline = time.monotonic() + 60
    while service.client.get("health/ready").status_code != status:
        assert time.monotonic() < deadline, f"not {status} in a minute"


@pytest.mark.slow
def test_it_answers_follows_and_mends_an_engine_that_lost_everything(
    engine: list[RunningEngine],
    content_part: Path,
    start_service: Callable[..., RunningService],
    record_property: Callable[[str, object], None],
) -> None:
    record_property("engine", ENGINE_NAMES["oxigraph"])
    address = engine[0].url
    service = start_service(
        WERKZAAM_CONTENT_DIR=str(content_part), WERKZAAM_ENDPOINT=f"{address}/query"
    )
    before = count(service)
    assert before > 1000
    engine[0].kill()
    wait_for(503, service)
    reply = service.client.get("sparql", params={"query": "ASK { ?s <urn:never> ?o }"})
    assert reply.status_code == 503
    engine[0] = start_oxigraph(port=int(address.rpartition(":")[2]))
    wait_for(200, service)
    assert count(service) == before
    assert service.stop() == 0


def test_an_engine_that_is_not_there_stops_the_start(
    werkzaam: Callable[..., Outcome], content_part: Path
) -> None:
    outcome = werkzaam(
        "serve",
        WERKZAAM_PORT="0",
        WERKZAAM_CONTENT_DIR=str(content_part),
        WERKZAAM_ENDPOINT="http://127.0.0.1:9/query",
        WERKZAAM_ENDPOINT_TOKEN="s3cret",
    )
    assert outcome.code == 3
    assert "127.0.0.1:9" in outcome.err
    assert "s3cret" not in outcome.err
