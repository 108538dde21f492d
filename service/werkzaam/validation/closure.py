"""What follows from subclasses and subproperties, and nothing more.

Range and domain are left alone: inferring a type from them would make nonsense valid.
"""

from collections.abc import Mapping

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node


def add_superclasses(graph: Graph) -> None:
    """Add, in place, the statements of all superproperties and the types of all superclasses."""
    superproperties = _above(graph, RDFS.subPropertyOf)
    for subject, predicate, value in list(graph):
        for higher in superproperties.get(predicate, ()):
            graph.add((subject, higher, value))
    superclasses = _above(graph, RDFS.subClassOf)
    for subject, _, kind in list(graph.triples((None, RDF.type, None))):
        for higher in superclasses.get(kind, ()):
            graph.add((subject, RDF.type, higher))


def _above(graph: Graph, relation: URIRef) -> Mapping[Node, set[Node]]:
    """For each term, all that stands above it by ``relation``; circles are allowed."""
    above: dict[Node, set[Node]] = {}
    for term in set(graph.subjects(relation)):
        reached = graph.transitive_objects(term, relation)
        above[term] = {higher for higher in reached if higher is not None}
    return above
