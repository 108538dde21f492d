"""pySHACL twice as fast, by two doors that rdflib and pySHACL leave open. Importing it opens them.

Measured on our own content: a SPARQL constraint parsed its query again for every node, and the names
of all constraint parameters stood in a list that was searched for every triple of every shape. For a
confined process only: both hold for the whole process.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyshacl
import pyshacl.shape
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from rdflib import Graph
from rdflib.plugin import register
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor


@lru_cache(maxsize=100)
def translated(text: str, base: str | None, prefixes: tuple[tuple[str, Any], ...]) -> Query:
    """The algebra of the query ``text``. Raises what the parser of rdflib raises."""
    return translateQuery(parseQuery(text), base, dict(prefixes))


class OnceParsed(Processor):
    """The query processor of rdflib, but a text that comes back is not parsed again."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def query(  # type: ignore[override]
        self,
        text: str | Query,
        bindings: Mapping[str, Any] | None = None,
        prefixes: Mapping[str, Any] | None = None,
        base: str | None = None,
        DEBUG: bool = False,  # noqa: ARG002
    ) -> Mapping[str, Any]:
        """The answer as rdflib gives it. Raises what its parser and its evaluation raise."""
        query = text
        if isinstance(text, str):
            query = translated(text, base, tuple((prefixes or {}).items()))
        return evalQuery(self._graph, query, bindings, base)  # type: ignore[arg-type]


def run_shapes(data: Graph, shapes: Graph) -> tuple[bool, Any]:
    """Whether ``data`` conforms, and the report: a graph, or words where it could not be made."""
    conforms, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False
    )
    return conforms, report


register("sparql", Processor, __name__, OnceParsed.__name__)
known = (frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)
setattr(pyshacl.shape, "CONSTRAINT_PARAMS", known)  # noqa: B010 (it is no declared attribute)
