"""Parsed triples as an rdflib graph, every lexical form as it was written.

One parser reads (pyoxigraph), so there is one truth about what a file says. rdflib's own parser
would write ``"01"^^xsd:integer`` as ``1`` (``rdflib.NORMALIZE_LITERALS``).
"""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

_STRING = "http://www.w3.org/2001/XMLSchema#string"

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def graph_of(triples: Iterable[ox.Triple | ox.Quad]) -> Graph:
    """A graph without prefixes. Raises ValueError for a triple term (RDF 1.2)."""
    return _filled(Graph(bind_namespaces="none"), triples)


def shapes_graph_of(triples: Iterable[ox.Triple | ox.Quad]) -> Graph:
    """As ``graph_of``, but filled and asked faster: its store knows of no named graphs, which pySHACL
    wants of data and not of shapes. It must not change while it is looked through."""
    return _filled(empty_shapes_graph(), triples)


def empty_shapes_graph() -> Graph:
    """As ``shapes_graph_of`` nothing."""
    return Graph(store="SimpleMemory", bind_namespaces="none")


def _filled(graph: Graph, triples: Iterable[ox.Triple | ox.Quad]) -> Graph:
    nodes = _Nodes()
    for triple in triples:
        graph.add((nodes[triple.subject], nodes[triple.predicate], nodes[triple.object]))
    return graph


class _Nodes(dict[OxTerm, Node]):
    """Terms for rdflib, each made once."""

    def __missing__(self, term: OxTerm) -> Node:
        made = self[term] = node_of(term)
        return made


def node_of(term: OxTerm) -> Node:
    """The same term for rdflib. Raises ValueError for a triple term (RDF 1.2)."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise ValueError("a triple is no term here")
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def ox_of(node: Node) -> OxTerm:
    """The same term for pyoxigraph. Raises ValueError where it is no term of RDF 1.1."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        raise ValueError(f"{node!r} is no term here")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or _STRING)))
