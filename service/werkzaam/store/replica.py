"""The dataset in memory, as a reader holds it.

Members of the default graph stand in the unnamed graph as a deduplicated merge, and under their
own names as well: an engine's union counts a triple that stands in two graphs twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.domain.identifiers import INFERRED_GRAPH, OUTSIDE_DEFAULT_GRAPH
from werkzaam.errors import ContentError, QueryRefused

_MOST_ROUNDS = 10


@dataclass(frozen=True)
class Source:
    """A Turtle file for one named graph."""

    path: str
    graph: str
    data: bytes


@dataclass(frozen=True)
class Derivation:
    """A CONSTRUCT query whose triples are added to the inferred graph; ``path`` names its file."""

    path: str
    query: str


def build(sources: Iterable[Source], derivations: Sequence[Derivation]) -> ox.Store:
    """Load the sources, then derive until nothing new follows.

    Raises ContentError with file and line where a file is not Turtle or a rule not SPARQL.
    """
    store = ox.Store()
    for source in sources:
        _load(store, source)
    for _ in range(_MOST_ROUNDS):
        before = len(store)
        for derivation in derivations:
            _derive(store, derivation)
        if len(store) == before:
            return store
    raise ContentError(
        derivations[-1].path,
        None,
        "The rules still add triples after {rounds} rounds. Look for a rule that feeds itself.",
        rounds=_MOST_ROUNDS,
    )


def _load(store: ox.Store, source: Source) -> None:
    try:
        triples = list(ox.parse(source.data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as fault:
        raise ContentError(
            source.path,
            fault.lineno,
            "This is not Turtle: {reason}. Mend that line; `werkzaam fmt` shows what it reads.",
            reason=fault.msg,
        ) from None
    _add(store, triples, source.graph)


def _derive(store: ox.Store, derivation: Derivation) -> None:
    try:
        answer = store.query(derivation.query)
    except SyntaxError as fault:
        raise ContentError(
            derivation.path, None, "This rule is not SPARQL: {reason}.", reason=str(fault)
        ) from None
    if not isinstance(answer, ox.QueryTriples):
        raise ContentError(derivation.path, None, "A rule is a CONSTRUCT query. Rewrite it as one.")
    _add(store, list(answer), INFERRED_GRAPH)


def _add(store: ox.Store, triples: Iterable[ox.Quad | ox.Triple], graph: str) -> None:
    name = ox.NamedNode(graph)
    merged = graph not in OUTSIDE_DEFAULT_GRAPH
    for triple in triples:
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, name))
        if merged:
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))


def dataset(store: ox.Store, default: Sequence[str], named: Sequence[str]) -> ox.Store:
    """The part of ``store`` that a caller's own FROM or FROM NAMED asks for.

    Several graphs in ``default`` are merged without duplicates. Raises QueryRefused for a graph
    that is not in this dataset.
    """
    known = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    part = ox.Store()
    for iri in (*default, *named):
        if iri not in known:
            raise QueryRefused(
                "There is no graph <{graph}> in this dataset, and none is fetched. There are: "
                "{graphs}.",
                graph=iri,
                graphs=", ".join(sorted(f"<{name}>" for name in known)) or "none",
            )
    for iri in default:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iri)):
            part.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for iri in named:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iri)):
            part.add(quad)
    return part
