"""Questions on engines elsewhere: the same rows, the same graph, the same limits as of the embedded one."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from tests.contract.conftest import ELSEWHERE
from tests.contract.remote_engines import ENGINE_NAMES

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import limits_json, limits_of
from werkzaam.api.answer_permalink import seal_of
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tables import write_csv, write_turtle
from werkzaam.domain.content import Content
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Store

PER_ELEMENT = "coverage/projects-per-working-element"
GRAPH = "evidence/statements-about-working-element"


@pytest.fixture(params=ELSEWHERE)
def elsewhere(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Store:
    """The content without what documents say, in each engine in turn."""
    record_property("engine", ENGINE_NAMES.get(request.param, request.param))
    found: Store = request.getfixturevalue(f"{request.param}_terms")
    return found


@pytest.mark.parametrize("name", [PER_ELEMENT, GRAPH])
def test_an_answer_has_the_same_hash_and_limits(
    content: Content, embedded_terms: EmbeddedStore, elsewhere: Store, name: str
) -> None:
    queries = load_queries(content)
    here = Catalogue(queries, embedded_terms)
    there = Catalogue(queries, elsewhere)
    query = here.get(name)
    ours, theirs = here.answer(query, {}), there.answer(query, {})
    assert len(ours.table.rows) > 10
    assert write_csv(theirs.table) == write_csv(ours.table)
    assert seal_of(theirs) == seal_of(ours)
    said = [
        limits_json(limits_of(answered, coverage=coverage_of(store, answered)), "nl")
        for store, answered in ((embedded_terms, ours), (elsewhere, theirs))
    ]
    assert {**said[0], "version": 0} == {**said[1], "version": 0}
    if query.form == "CONSTRUCT":
        first, second = (write_turtle(answered.table, {}) for answered in (ours, theirs))
        assert set(ox.parse(first, format=ox.RdfFormat.TURTLE)) == set(
            ox.parse(second, format=ox.RdfFormat.TURTLE)
        )
