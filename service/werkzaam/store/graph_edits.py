"""Edits of one graph, as the Graph Store Protocol asks for them
(`SPARQL 1.1 Graph Store HTTP Protocol §5 <https://www.w3.org/TR/sparql11-http-rdf-update/>`_).

A caller's bytes are parsed here, so it runs on a copy of the dataset in a process that can be killed.
A graph that holds no triple is not there: the journal knows quads only.
"""

import re
import xml.parsers.expat
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import WRITTEN_GRAPH
from werkzaam.errors import BadRequest, NotFound, QueryRefused, RdfSyntaxError, UnsupportedMediaType
from werkzaam.store.updating import DERIVED, difference, graph_lines

RDF_TYPES: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""What a body may be in. TriG and N-Quads name graphs themselves, and one graph is asked for."""

_RDF_XML: Final = "application/rdf+xml"
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Payload:
    """Bytes that say what is to stand in a graph, and the media type that they are sent as."""

    media_type: str
    data: bytes


@dataclass(frozen=True)
class GraphEdit:
    """What an edit removes and adds, and whether the graph was there before it: held anything. The
    default graph can be read and deleted all the same."""

    change: ChangeData
    existed: bool


def replace_graph(store: ox.Store, graph: str, payloads: Sequence[Payload]) -> GraphEdit:
    """Let the graph hold what ``payloads`` say, and nothing more.

    Where it says that already, be it with other labels of blank nodes, nothing changes. Raises as
    ``read_payload`` does, and QueryRefused for a graph that is derived.
    """
    name = _writable(graph)
    triples = _triples(graph, payloads)
    held = [quad.triple for quad in store.quads_for_pattern(None, None, None, name)]
    if _says_the_same(held, triples):
        return GraphEdit(ChangeData(b"", b""), _exists(store, graph))
    existed = _exists(store, graph)
    before = graph_lines(store, name)
    store.clear_graph(name)
    _put(store, name, triples)
    return GraphEdit(difference(before, graph_lines(store, name)), existed)


def merge_graph(store: ox.Store, graph: str, payloads: Sequence[Payload]) -> GraphEdit:
    """Add what ``payloads`` say to the graph. Raises as ``replace_graph`` does."""
    name = _writable(graph)
    triples = _triples(graph, payloads)
    existed = _exists(store, graph)
    before = graph_lines(store, name)
    _put(store, name, triples)
    return GraphEdit(difference(before, graph_lines(store, name)), existed)


def delete_graph(store: ox.Store, graph: str) -> GraphEdit:
    """Take the graph away. Raises NotFound where it is not there, QueryRefused where it is derived."""
    if graph != WRITTEN_GRAPH and not _exists(store, graph):
        raise NotFound(
            "There is no graph {graph} to delete. Look which graphs there are with "
            "`SELECT DISTINCT ?g {{ GRAPH ?g {{}} }}`.",
            graph=quoted(graph),
        )
    name = _writable(graph)
    before = graph_lines(store, name)
    store.remove_graph(name)
    return GraphEdit(difference(before, graph_lines(store, name)), existed=True)


def read_payload(payload: Payload, base: str) -> list[ox.Triple]:
    """The triples that ``payload`` says, relative IRIs resolved against ``base``; blank nodes are new.
    No bytes are an empty graph.

    Raises UnsupportedMediaType, RdfSyntaxError with line and column, BadRequest for an XML document
    type, or for triples in a graph of their own.
    """
    kind = payload.media_type.partition(";")[0].strip().lower()
    if kind not in RDF_TYPES:
        raise UnsupportedMediaType(
            "A graph is not read from {given}. Send it as one of: {formats}.",
            given=quoted(kind),
            formats=", ".join(RDF_TYPES),
        )
    if not payload.data.strip():
        return []
    if kind == _RDF_XML and (_DOCTYPE.search(payload.data) or b"\0" in payload.data):
        raise BadRequest(
            "RDF/XML with a document type or entities, or not in UTF-8, is not read. Write names and "
            "characters out."
        )
    try:
        quads = list(
            ox.parse(payload.data, format=RDF_TYPES[kind], base_iri=base, rename_blank_nodes=True)
        )
    except SyntaxError as fault:
        raise _unreadable(fault, kind, payload.data) from None
    except ValueError as fault:
        raise BadRequest("The body cannot be read: {reason}.", reason=quoted(str(fault))) from None
    if any(quad.graph_name != ox.DefaultGraph() for quad in quads):
        raise BadRequest(
            "The body names a graph itself; the address names the graph here. Leave @graph with a "
            "name out, or send one request for each graph."
        )
    return [quad.triple for quad in quads]


def _unreadable(fault: SyntaxError, kind: str, data: bytes) -> BadRequest:
    line, column = fault.lineno, fault.offset
    if kind == _RDF_XML and line is None:
        line, column = _place_in_xml(data)
    if line is not None:
        return RdfSyntaxError(
            line,
            column,
            "The body is not {format} (line {line}, column {column}): {reason}. Mend it there.",
            format=kind,
            reason=quoted(fault.msg),
        )
    if "remote contexts" in fault.msg:
        return BadRequest(
            "The body refers to a JSON-LD context elsewhere; none is fetched. Put the context into the "
            "body."
        )
    return RdfSyntaxError(
        None,
        None,
        "The body is not {format}: {reason}. Mend it.",
        format=kind,
        reason=quoted(fault.msg),
    )


def _place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Where ``data``, which has no document type, stops being XML."""
    try:
        xml.parsers.expat.ParserCreate().Parse(data, True)
    except xml.parsers.expat.ExpatError as fault:
        return fault.lineno, fault.offset + 1
    return None, None


def _triples(graph: str, payloads: Sequence[Payload]) -> list[ox.Triple]:
    return [triple for payload in payloads for triple in read_payload(payload, graph)]


def _writable(graph: str) -> ox.NamedNode:
    if graph in DERIVED:
        raise QueryRefused(
            "An update cannot change {graph}: what it holds is derived from the rest. Change what "
            "it follows from, or leave this graph out.",
            graph=graph,
        )
    return _named(graph)


def _named(graph: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(graph)
    except ValueError:
        raise BadRequest(
            "{iri} is not an absolute IRI. The parameter graph takes the whole IRI, URL-encoded.",
            iri=quoted(graph),
        ) from None


def _exists(store: ox.Store, graph: str) -> bool:
    """Whether the graph holds anything."""
    return store.contains_named_graph(_named(graph))


def _put(store: ox.Store, graph: ox.NamedNode, triples: Sequence[ox.Triple]) -> None:
    store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def _says_the_same(held: Sequence[ox.Triple], wanted: Sequence[ox.Triple]) -> bool:
    """Whether the two are one graph but for the labels of blank nodes
    (`RDFC-1.0 <https://www.w3.org/TR/rdf-canon/>`_)."""
    if len(held) != len(set(wanted)):
        return False
    datasets = [ox.Dataset(map(_in_default, triples)) for triples in (held, wanted)]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]


def _in_default(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)
