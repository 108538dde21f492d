"""What uploads are judged by: the shapes, the ontology and the lists of values, read from the content."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pyoxigraph as ox

from werkzaam.domain.content import Content
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.shape_check import Background
from werkzaam.ingest.turtle_files import read_quads
from werkzaam.ingest.values import Vocabulary
from werkzaam.validation.rdflib_graph import shapes_graph_of

_LISTS = ("ontology/", "graph_data/concepts/", "graph_data/code_lists/", "graph_data/examples/")


@lru_cache(maxsize=1)
def background_of(content: Content) -> Background:
    """Read once for all uploads that are judged by the same content, one after another."""
    shapes = [quad for file in content.under("shapes", ".ttl") for quad in read_quads(file)]
    return Background(shapes_graph_of(shapes), tuple(known_triples(content)))


def known_triples(content: Content) -> Iterator[ox.Quad]:
    """The ontology and the lists of values; those for examples too, so that they are recognised."""
    for file in content.files:
        if file.path.endswith(".ttl") and file.path.startswith(_LISTS):
            yield from read_quads(file)


def vocabulary(
    mapping: TableMapping, known: Sequence[ox.Quad], demo: bool | None = None
) -> Vocabulary:
    """The lists of values that the columns of ``mapping`` refer to."""
    return Vocabulary(code_lists(mapping, known), demo)
