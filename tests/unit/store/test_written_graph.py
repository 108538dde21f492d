"""What `GRAPH ?g` finds."""

import pyoxigraph as ox
import pytest

from werkzaam.domain.identifiers import GRAPHS, WRITTEN_GRAPH
from werkzaam.store.written_graph import graphs_of_patterns

OTHER = ox.NamedNode("http://example.org/g")
THING = ox.NamedNode("http://example.org/s")


def filled(*graphs: str) -> ox.Store:
    store = ox.Store()
    for graph in graphs:
        store.add(ox.Quad(THING, THING, THING, ox.NamedNode(graph)))
    return store


def count(store: ox.Store, query: str) -> int:
    rows = store.query(query, named_graphs=graphs_of_patterns(store, query))
    assert isinstance(rows, ox.QuerySolutions)
    return len(list(rows))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", 1),
        ("SELECT * { graph ?g {} }", 1),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } } # default", 1),
        ("SELECT ('default' AS ?x) ?g { GRAPH ?g { ?s ?p ?o } }", 1),
        (f"SELECT * {{ GRAPH <{WRITTEN_GRAPH}> {{ ?s ?p ?o }} }}", 1),
        (f"SELECT * {{ VALUES ?g {{ <{WRITTEN_GRAPH}> }} GRAPH ?g {{ ?s ?p ?o }} }}", 1),
        (f"PREFIX g: <{GRAPHS}> SELECT * {{ GRAPH g:default {{ ?s ?p ?o }} }}", 1),
        (f"BASE <{GRAPHS}> SELECT * {{ GRAPH <default> {{ ?s ?p ?o }} }}", 1),
        (f"SELECT * {{ GRAPH <{GRAPHS}defaul\\u0074> {{ ?s ?p ?o }} }}", 1),
        (f"SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{WRITTEN_GRAPH}>) }}", 1),
    ],
)
def test_the_graph_of_what_names_none_is_found_by_its_name_only(query: str, number: int) -> None:
    assert count(filled(WRITTEN_GRAPH, OTHER.value), query) == number


def test_where_nothing_was_written_without_a_name_nothing_is_left_out() -> None:
    assert graphs_of_patterns(filled(OTHER.value), "SELECT * { GRAPH ?g {} }") is None
