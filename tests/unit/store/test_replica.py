"""The part of a dataset that a caller asks for."""

import pyoxigraph as ox
import pytest

from werkzaam.errors import QueryRefused
from werkzaam.store.replica import dataset


def store_of(graphs: int) -> ox.Store:
    node = ox.NamedNode("http://a/")
    store = ox.Store()
    store.extend(ox.Quad(node, node, node, ox.NamedNode(f"http://g/{n}")) for n in range(graphs))
    return store


def test_a_graph_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(QueryRefused, match="<http://g/0>, <http://g/1>, <http://g/2>"):
        dataset(store_of(3), ["http://h/"], [])


def test_of_many_graphs_the_refusal_shows_some_and_says_how_many() -> None:
    with pytest.raises(QueryRefused, match="5000 graphs") as caught:
        dataset(store_of(5000), [], ["http://h/" * 10_000])
    assert len(str(caught.value)) < 1_000
