"""The graph that stands for the default graph in writing is no named graph to a pattern `GRAPH ?g`.

What is written without naming a graph has to stand somewhere, and gets a name so that it can be read
back, backed up and asked for. To who writes and reads by the standards it is the default graph: a
service that listed it among the named ones would give back more than it was given.
"""

import re
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.identifiers import WRITTEN_GRAPH
from werkzaam.store.sparql_tokens import tokens

_WRITTEN: Final = ox.NamedNode(WRITTEN_GRAPH)
_MAY_NAME: Final = re.compile(r"default>?$|\\")


def names_written_graph(text: str) -> bool:
    """Whether the query ``text`` may name that graph itself, and so means it by name."""
    return any(
        token.kind in ("iri", "name") and bool(_MAY_NAME.search(token.text))
        for token in tokens(text)
    )


def graphs_of_patterns(store: ox.Store, text: str) -> list[ox.NamedNode | ox.BlankNode] | None:
    """The graphs that `GRAPH ?g` in the query ``text`` finds; None for all that ``store`` has."""
    if "GRAPH" not in text.upper() or not store.contains_named_graph(_WRITTEN):
        return None
    if names_written_graph(text):
        return None
    return [graph for graph in store.named_graphs() if graph != _WRITTEN]
