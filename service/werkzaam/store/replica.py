"""The dataset in memory, as a reader holds it.

Members of the default graph stand in the unnamed graph as a deduplicated merge, and under their
own names as well: an engine's union counts a triple that stands in two graphs twice.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import pyoxigraph as ox

from werkzaam.domain.characters import shown
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import graph_of_file, in_default_graph
from werkzaam.errors import ContentError, QueryRefused
from werkzaam.store.derivation import Rules


@dataclass(frozen=True)
class Source:
    """A Turtle file for one named graph; with no ``graph``, N-Quads that name their graphs."""

    path: str
    graph: str
    data: bytes

    def quads(self) -> list[ox.Quad]:
        """What the file says. Raises ContentError with the line where it cannot be read."""
        try:
            found = list(ox.parse(self.data, format=self._syntax))
        except SyntaxError as fault:
            raise self._unreadable(fault) from None
        if not self.graph:
            return found
        graph = ox.NamedNode(self.graph)
        return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]

    def load(self, store: ox.Store) -> None:
        """Put what the file says into its graph. Raises ContentError as ``quads`` does.

        Blank nodes of N-Quads keep their names, so that a later change can tell them apart; the
        engine's own loading would give them new ones.
        """
        try:
            if self.graph:
                store.load(self.data, format=self._syntax, to_graph=ox.NamedNode(self.graph))
            else:
                store.bulk_extend(ox.parse(self.data, format=self._syntax))
        except SyntaxError as fault:
            raise self._unreadable(fault) from None

    @property
    def _syntax(self) -> ox.RdfFormat:
        return ox.RdfFormat.TURTLE if self.graph else ox.RdfFormat.N_QUADS

    def _unreadable(self, fault: SyntaxError) -> ContentError:
        return ContentError(
            self.path,
            fault.lineno,
            "This is not Turtle: {reason}. Mend that line; `werkzaam fmt` shows what it reads.",
            reason=fault.msg,
        )


_MOST_GRAPHS_SHOWN: Final = 20
_LONGEST_SHOWN: Final = 200
_GRAPH = re.compile(r"[a-z0-9:/._-]+")


def sources_of(content: Content, examples: bool) -> list[Source]:
    """The files of ``content`` that are loaded, with their graphs; with ``examples`` also the concepts
    that only these use. Raises ContentError for a folder that cannot name a graph."""
    sources = []
    for file in content.files:
        graph = graph_of_file(file.path, examples=examples)
        if graph is None:
            continue
        if not _GRAPH.fullmatch(graph):
            raise ContentError(
                file.path,
                None,
                "The name of this folder becomes the name of a graph: use lower case letters, digits, "
                "hyphens and underscores only.",
            )
        sources.append(Source(file.path, graph, file.data))
    return sources


def build(sources: Iterable[Source], rules: Rules) -> ox.Store:
    """Load the sources, then derive all that follows.

    Raises ContentError with file and line where a file is not Turtle, or where the rules contradict.
    """
    store = ox.Store()
    for source in sources:
        source.load(store)
    _merge(store)
    rules.derive(store)
    return store


def _merge(store: ox.Store) -> None:
    """Put what the graphs of the default graph say into the unnamed graph."""
    for graph in list(store.named_graphs()):
        if isinstance(graph, ox.NamedNode) and in_default_graph(graph.value):
            store.update(f"ADD GRAPH {graph} TO DEFAULT")


def content_lines(sources: Iterable[Source]) -> list[bytes]:
    """The quads of the content as N-Quads lines, the same at every start.

    Blank nodes get canonical labels (`RDFC-1.0 <https://www.w3.org/TR/rdf-canon/>`_), one space of
    names for each file.
    """
    lines: set[bytes] = set()
    for source in sources:
        quads = source.quads()
        written = _written(quads)
        if b"_:" in written:
            space = hashlib.sha256(source.path.encode()).hexdigest()[:12]
            written = _written(_canonical(quads, space))
        lines.update(written.splitlines())
    return sorted(lines)


def _written(quads: Iterable[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _canonical(quads: Iterable[ox.Quad], space: str) -> Iterator[ox.Quad]:
    file = ox.Dataset(quads)
    file.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in file:
        yield ox.Quad(
            _named(quad.subject, space), quad.predicate, _named(quad.object, space), quad.graph_name
        )


Term = TypeVar("Term")


def _named(term: Term, space: str) -> Term | ox.BlankNode:
    return ox.BlankNode(f"f{space}{term.value}") if isinstance(term, ox.BlankNode) else term


def dataset(
    store: ox.Store, default: Sequence[str], named: Sequence[str], *, any_graph: bool = False
) -> ox.Store:
    """The part of ``store`` that a caller's own FROM or FROM NAMED asks for.

    Several graphs in ``default`` are merged without duplicates. Raises QueryRefused for a graph
    that is not in this dataset, unless ``any_graph`` may be named.
    """
    known = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    for iri in (*default, *named):
        if iri not in known and not any_graph:
            raise no_graph(iri, sorted(known))
    part = ox.Store()
    for iri in default:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iri)):
            part.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for iri in named:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iri)):
            part.add(quad)
    return part


def no_graph(iri: str, known: Sequence[str]) -> QueryRefused:
    """The refusal of a graph that is not among ``known``."""
    graphs = ", ".join(f"<{name}>" for name in known[:_MOST_GRAPHS_SHOWN]) or "none"
    if len(known) <= _MOST_GRAPHS_SHOWN:
        return QueryRefused(
            "There is no graph <{graph}> in this dataset, and none is fetched. There are: "
            "{graphs}.",
            graph=shown(iri, _LONGEST_SHOWN),
            graphs=graphs,
        )
    return QueryRefused(
        "There is no graph <{graph}> in this dataset, and none is fetched. There are {number} "
        "graphs, among them: {graphs}. `SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ }} }}` lists all.",
        graph=shown(iri, _LONGEST_SHOWN),
        number=len(known),
        graphs=graphs,
    )
