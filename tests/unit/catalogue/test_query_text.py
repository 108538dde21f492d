"""A query that the engine reads whole and answers with nothing."""

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.query_text import without_answers
from werkzaam.domain.content import Content

TRIPLE = "<urn:a> <urn:p> <urn:b> ."


@pytest.fixture
def store() -> ox.Store:
    made = ox.Store()
    made.load(TRIPLE.encode(), format=ox.RdfFormat.TURTLE)
    return made


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s WHERE { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
        "# SELECT { a comment\nSELECT (IF(true, ?s, ?o) AS ?x) { { SELECT * { ?s ?p ?o } } }",
        'SELECT (STRLEN("{") AS ?n) ?s { VALUES ?s { <urn:a> } ?s ?p ?o }',
    ],
)
def test_nothing_is_answered_and_the_lines_stay(store: ox.Store, query: str) -> None:
    assert len(list(store.query(query))) == 1  # type: ignore[arg-type]
    changed = without_answers(query)
    assert list(store.query(changed)) == []  # type: ignore[arg-type]
    assert changed.count("\n") == query.count("\n")


def test_a_fault_is_found_on_its_line(store: ox.Store) -> None:
    broken = "SELECT ?s {\n?s ?p ?o .\n?s ?p ( }"
    with pytest.raises(SyntaxError) as own:
        store.query(broken)
    with pytest.raises(SyntaxError) as changed:
        store.query(without_answers(broken))
    assert changed.value.lineno == own.value.lineno


def test_every_question_can_be_read_so(content: Content) -> None:
    for query in load_queries(content):
        assert list(ox.Store().query(without_answers(query.text))) == []  # type: ignore[arg-type]
