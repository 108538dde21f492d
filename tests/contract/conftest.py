"""Engines elsewhere for the contract tests: started once for all, and stopped at the end."""

from collections.abc import Callable, Iterator

import pytest
from tests.contract.remote_engines import (
    Place,
    RunningEngine,
    Told,
    fuseki_place,
    oxigraph_place,
    start_fuseki,
    start_oxigraph,
)

from werkzaam.confinement.limits import Limits
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.nursery_deriver import NurseryDeriver
from werkzaam.store.remote import RemoteStore, open_remote
from werkzaam.store.replica import content_lines, sources_of

KNOWLEDGE = tuple(
    f"graph_data/{name}/" for name in ("ontmoetingen", "integratie", "pilot", "gemeenten", "across")
)
ELSEWHERE = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("oxigraph", "fuseki")
]


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[RunningEngine]:
    """``oxigraph serve`` in memory, for tests that write."""
    running = start_oxigraph()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def fuseki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Fuseki with TDB2 in memory: four ordinary datasets, and one whose default graph is a union."""
    folder = tmp_path_factory.mktemp("fuseki")
    running = start_fuseki(folder, "content", "scratch", "questions", "whole", "union union")
    yield running
    running.kill()


@pytest.fixture(params=ELSEWHERE)
def place(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Place:
    """An empty dataset in each engine in turn."""
    running = request.getfixturevalue(request.param)
    found = (
        oxigraph_place(running) if request.param == "oxigraph" else fuseki_place(running, "scratch")
    )
    found.update("DROP ALL")
    record_property("engine", found.name)
    return found


@pytest.fixture
def oxigraph_union() -> Iterator[Place]:
    """``oxigraph serve`` whose default graph is all graphs together."""
    running = start_oxigraph(None, "--union-default-graph")
    yield oxigraph_place(running)
    running.kill()


@pytest.fixture
def fuseki_union(fuseki: RunningEngine) -> Place:
    """A dataset of Fuseki whose default graph is all graphs together."""
    place = fuseki_place(fuseki, "union")
    place.update("DROP ALL")
    return place


@pytest.fixture(scope="session")
def terms(content: Content) -> Content:
    """The content without what documents say: a sixth of it."""
    kept = (file for file in content.files if not file.path.startswith(KNOWLEDGE))
    return Content(tuple(kept))


@pytest.fixture(scope="session")
def embedded_terms(terms: Content) -> Iterator[EmbeddedStore]:
    """The embedded store on ``terms``."""
    opened = open_content(terms, read_rules(terms), StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def told_terms(terms: Content) -> Told:
    """A journal whose one change is ``terms``."""
    text = b"".join(line + b"\n" for line in content_lines(sources_of(terms, False)))
    return Told(versions=[text])


@pytest.fixture(scope="session")
def oxigraph_terms(terms: Content, told_terms: Told) -> Iterator[RemoteStore]:
    """``terms`` in ``oxigraph serve``."""
    running = start_oxigraph()
    try:
        yield from store_in(oxigraph_place(running), terms, told_terms)
    finally:
        running.kill()


@pytest.fixture(scope="session")
def fuseki_terms(fuseki: RunningEngine, terms: Content, told_terms: Told) -> Iterator[RemoteStore]:
    """``terms`` in Fuseki."""
    yield from store_in(fuseki_place(fuseki, "content"), terms, told_terms)


def store_in(
    place: Place, content: Content, told: Told, seconds: float = 60
) -> Iterator[RemoteStore]:
    """A store on ``content`` in the engine at ``place``, closed at the end."""
    deriver = NurseryDeriver(read_rules(content), Limits(2 << 30))
    store = open_remote(place.address, deriver, told, told.last(), seconds=seconds)
    yield store
    store.close()
