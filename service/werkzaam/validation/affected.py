"""Which nodes a change can make valid or invalid, so that only those are judged again.

A node is judged by what can be reached from it along the paths of the shapes. So a change touches the
nodes that it speaks of, and, where a shape looks further than one step along what was changed, all
nodes from which those can be reached. A shape with SPARQL, or with a path backwards, may look anywhere:
where a change has a property or a class that it names, all its targets are judged again. Too many are judged,
never too few (`SHACL §2.1.3 <https://www.w3.org/TR/shacl/#targets>`_).
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

Triple = tuple[Node, Node, Node]

_HIERARCHY: Final = (RDFS.subClassOf, RDFS.subPropertyOf)
_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_NESTED: Final = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_BACKWARDS: Final = (SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath)
_IRI: Final = re.compile(r'<([^<>"{}|^`\\\s]+)>')


@dataclass(frozen=True)
class Change:
    """The triples that a change takes away and adds, as they are asserted."""

    removed: frozenset[Triple]
    added: frozenset[Triple]

    @property
    def triples(self) -> frozenset[Triple]:
        """All of them."""
        return self.removed | self.added

    @property
    def subjects(self) -> set[Node]:
        """What the change speaks of."""
        return {subject for subject, _, _ in self.triples}


def narrowed(
    shapes: Graph, data: Graph, change: Change, only: Container[str] | None = None
) -> Graph:
    """The shapes with their targets in ``data`` as nodes, and only those that ``change`` can touch.

    ``data`` has superclasses and superproperties. Where the hierarchy itself changes, that is every
    target. ``only``: no other nodes than these.
    """
    hierarchy = any(predicate in _HIERARCHY for _, predicate, _ in change.triples)
    affected: set[Node] = set() if hierarchy else _affected(shapes, data, change)
    named = {predicate for _, predicate, _ in _closed(data, change.triples)}
    named |= {value for _, predicate, value in change.triples if predicate == RDF.type}
    kept = Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[1] not in _TARGETS:
            kept.add(triple)
    for shape in {subject for target in _TARGETS for subject in shapes.subjects(target)}:
        focus = set(_focus_nodes(shapes, data, shape))
        if not hierarchy and not _looks_anywhere(shapes, shape, named):
            focus &= affected
        for node in focus:
            if only is None or str(node) in only:
                kept.add((shape, SH.targetNode, node))
    return kept


def spoken_of(shapes: Graph) -> set[str]:
    """The IRIs that the shapes aim at or look at, their own and those of SHACL and RDF left out."""
    objects = {str(value) for value in shapes.objects() if isinstance(value, URIRef)}
    texts = [str(text) for text in shapes.objects(None, SH.select) if isinstance(text, Literal)]
    objects |= {iri for text in texts for iri in _IRI.findall(text)}
    own = {str(subject) for subject in shapes.subjects()}
    return {iri for iri in objects - own if not iri.startswith((str(SH), str(RDF)))}


def _affected(shapes: Graph, data: Graph, change: Change) -> set[Node]:
    """What the change speaks of, and what reaches that along a path of a shape."""
    steps = set(_path_properties(shapes, shapes.objects(None, SH.path)))
    deep = _deep_properties(shapes)
    front = {s for s, predicate, _ in _closed(data, change.triples) if predicate in deep}
    reached = set(front)
    while front:
        front = {
            subject
            for node in front
            for subject, predicate in data.subject_predicates(node)
            if predicate in steps and subject not in reached
        }
        reached |= front
    ends = {value for _, _, value in change.triples if not isinstance(value, Literal)}
    return reached | change.subjects | ends


def _closed(data: Graph, triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, and the same with each superproperty that ``data`` knows."""
    for subject, predicate, value in triples:
        for higher in {predicate, *data.transitive_objects(predicate, RDFS.subPropertyOf)}:
            if higher is not None:
                yield subject, higher, value


def _deep_properties(shapes: Graph) -> set[Node]:
    """The properties of a node by which others are judged: its type, those further along a path, and
    those that a shape demands of the values of another."""
    deep: set[Node] = {RDF.type}
    for path in set(shapes.objects(None, SH.path)):
        if not isinstance(path, URIRef):
            deep.update(_path_properties(shapes, [path]))
    for shape in set(shapes.subjects(SH.path)):
        within = _nested_in(shapes, shape)
        paths = [path for inner in within for path in shapes.objects(inner, SH.path)]
        deep.update(_path_properties(shapes, paths))
    return deep


def _nested_in(shapes: Graph, shape: Node) -> set[Node]:
    """The shapes that ``shape`` refers to, and those that they refer to."""
    found: set[Node] = set()
    front = [shape]
    while front:
        here = front.pop()
        inner = [value for link in _NESTED for value in shapes.objects(here, link)]
        for link in _LISTS:
            for values in shapes.objects(here, link):
                inner += Collection(shapes, values)
        front += [value for value in inner if value not in found]
        found.update(inner)
    return found


def _path_properties(shapes: Graph, paths: Iterable[Node]) -> Iterator[Node]:
    """The properties that stand in ``paths``
    (`SHACL §2.3.1 <https://www.w3.org/TR/shacl/#property-paths>`_)."""
    for path in paths:
        if isinstance(path, URIRef):
            if path != RDF.nil:
                yield path
            continue
        yield from _path_properties(shapes, list(shapes.objects(path)))


def _looks_anywhere(shapes: Graph, shape: Node, changed: set[Node]) -> bool:
    """Whether a part of ``shape`` may look at any node, and names what was changed."""
    for part in {shape, *_nested_in(shapes, shape)}:
        for constraint in shapes.objects(part, SH.sparql):
            texts = " ".join(map(str, shapes.objects(constraint, SH.select)))
            names = {URIRef(iri) for iri in _IRI.findall(texts)}
            if names & changed or (constraint, SH.prefixes, None) in shapes:
                return True
        if any(_goes_back(shapes, path) for path in shapes.objects(part, SH.path)):
            return True
    return False


def _goes_back(shapes: Graph, path: Node) -> bool:
    if isinstance(path, URIRef):
        return False
    if any((path, kind, None) in shapes for kind in _BACKWARDS):
        return True
    return any(_goes_back(shapes, part) for part in shapes.objects(path))


def _focus_nodes(shapes: Graph, data: Graph, shape: Node) -> Iterator[Node]:
    """The nodes of ``data`` that ``shape`` aims at."""
    for kind in shapes.objects(shape, SH.targetClass):
        yield from data.subjects(RDF.type, kind)
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        yield from data.subjects(predicate)
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        yield from data.objects(None, predicate)
    yield from shapes.objects(shape, SH.targetNode)
    if (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes:
        yield from data.subjects(RDF.type, shape)
