"""A shapes graph read into a plan: what each shape aims at, and its constraints ready to be applied.

All of SHACL Core and ``sh:sparql``. A shape that cannot be read, or that pySHACL would read otherwise than the
standard, is left to pySHACL, with the reason: so it is never passed over. Standard: `SHACL
<https://www.w3.org/TR/shacl/>`_.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal
from rdflib.term import Node

from werkzaam.validation.columns import Columns
from werkzaam.validation.constraint_reading import READERS, Reader
from werkzaam.validation.rdflib_graph import ox_of
from werkzaam.validation.shacl import SEVERITIES
from werkzaam.validation.shape_nodes import one, words
from werkzaam.validation.shape_paths import Path, Unsupported, read_path
from werkzaam.validation.shape_run import Constraint, Shape
from werkzaam.validation.sparql_constraint import SparqlConstraint
from werkzaam.validation.sparql_text import Question
from werkzaam.validation.value_constraints import below

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
TARGETS: Final = frozenset(_TARGETS)
_DEEPEST: Final = 15  # as pySHACL


@dataclass(frozen=True)
class Targets:
    """What a shape aims at: classes, nodes, and properties whose subjects or objects are meant."""

    classes: tuple[Node, ...]
    nodes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    objects_of: tuple[Node, ...]

    def focus(self, columns: Columns) -> set[int]:
        """The nodes in ``columns`` that it aims at."""
        number = columns.terms.number
        found = {number(ox_of(node)) for node in self.nodes}
        instances = columns.backward(columns.type)
        for kind in self.classes:
            for lower in below(columns, number(ox_of(kind))):
                found.update(instances.get(lower, ()))
        for property_ in self.subjects_of:
            found.update(columns.forward(number(ox_of(property_))))
        for property_ in self.objects_of:
            found.update(columns.backward(number(ox_of(property_))))
        return found


@dataclass(frozen=True)
class Plan:
    """The shapes of a graph. ``roots``: the shapes with targets that can be applied; ``left``: those that
    are left to pySHACL, with the reason; ``targets``: of both."""

    graph: Graph
    roots: tuple[Shape, ...]
    left: Mapping[Node, str]
    targets: Mapping[Node, Targets]

    def paths(self) -> Iterator[Path]:
        """Every path of the shapes that are read."""
        return (shape.path for shape in self.shapes() if shape.path)

    def shapes(self, roots: Iterable[Shape] | None = None) -> set[Shape]:
        """The ``roots``, or all, and all shapes that they refer to."""
        found: set[Shape] = set()
        front = list(self.roots if roots is None else roots)
        while front:
            here = front.pop()
            if here not in found:
                found.add(here)
                front += [inner for one in here.constraints for inner in _inner(one)]
        return found

    def questions(self, roots: Iterable[Shape] | None = None) -> list[Question]:
        """What constraints in SPARQL ask, those of ``roots`` or of all."""
        found = (one for shape in self.shapes(roots) for one in shape.constraints)
        return [one.question for one in found if isinstance(one, SparqlConstraint)]

    def looking_far(self, roots: Iterable[Shape]) -> set[Node]:
        """The shapes with a constraint in SPARQL that looks further than what its node refers to."""
        return {
            shape.node
            for shape in self.shapes(roots)
            for one in shape.constraints
            if isinstance(one, SparqlConstraint) and not one.question.is_local
        }

    @property
    def looks_back(self) -> bool:
        """Whether a path may lead to what refers to a node, so that records cannot be parted."""
        return any(path.goes_back for path in self.paths())


def _inner(constraint: Constraint) -> list[Shape]:
    several = [*getattr(constraint, "shapes", ()), *getattr(constraint, "siblings", ())]
    single = getattr(constraint, "inner", None)
    return several if single is None else [*several, single]


def read_shapes(graph: Graph) -> Plan:
    """The plan of the shapes in ``graph``, which is kept and not changed."""
    reading = _Reading(graph)
    roots: list[Shape] = []
    left: dict[Node, str] = {}
    targets = {node: _targets(graph, node) for node in sorted(_with_targets(graph), key=str)}
    for node in targets:
        try:
            roots.append(reading.shape(node))
        except (Unsupported, ValueError, TypeError, AttributeError) as reason:
            left[node] = str(reason) or type(reason).__name__
    return Plan(graph, tuple(roots), left, targets)


def is_implicit(graph: Graph, node: Node) -> bool:
    """Whether the shape ``node`` is a class as well, and so aims at its instances."""
    classes = {RDFS.Class, OWL.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
    return not classes.isdisjoint(graph.objects(node, RDF.type))


def _with_targets(graph: Graph) -> set[Node]:
    found = {node for target in _TARGETS for node in graph.subjects(target)}
    shapes = {
        node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)
    }
    links = (SH.property, SH.node)
    shapes |= {node for link in links for node in graph.subjects(link)}
    shapes |= {
        node
        for link in (*links, SH["not"], SH.qualifiedValueShape)
        for node in graph.objects(None, link)
    }
    for link in (SH["and"], SH["or"], SH.xone):
        shapes |= {node for listed in graph.objects(None, link) for node in graph.items(listed)}
    return found | {node for node in shapes if is_implicit(graph, node)}


def _targets(graph: Graph, node: Node) -> Targets:
    classes, *others = (tuple(graph.objects(node, target)) for target in _TARGETS)
    return Targets((*classes, node) if is_implicit(graph, node) else classes, *others)


class _Reading:
    """Shapes as they are read, each once. A shape that refers to itself is not read."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._shapes: dict[Node, Shape | Unsupported | None] = {}
        self._custom = {
            path
            for parameter in graph.objects(None, SH.parameter)
            for path in graph.objects(parameter, SH.path)
        }

    def shape(self, node: Node) -> Shape:
        """The shape at ``node``. Raises Unsupported, the same each time."""
        if node not in self._shapes:
            self._shapes[node] = None
            try:
                self._shapes[node] = self._read(node)
            except Unsupported as reason:
                self._shapes[node] = reason
        found = self._shapes[node]
        if found is None:
            raise Unsupported(f"the shape {node} refers to itself")
        if isinstance(found, Unsupported):
            raise found
        return found

    def _read(self, node: Node) -> Shape:
        graph = self._graph
        predicates = set(graph.predicates(node))
        self._check(node, predicates)
        deactivated = one(graph, node, SH.deactivated)
        if deactivated is not None and not isinstance(deactivated, Literal):
            raise Unsupported("sh:deactivated is no literal")
        path_node = one(graph, node, SH.path)
        path = None if path_node is None else read_path(graph, path_node)
        reader = Reader(graph, node, path, self.shape)
        found: list[Constraint] = []
        for predicate, read in READERS.items():
            if predicate in predicates:
                found += read(reader)
        inner = [shape.depth for constraint in found for shape in _inner(constraint)]
        if inner and max(inner) >= _DEEPEST:
            raise Unsupported("shapes are nested too deep")
        return Shape(
            node,
            path_node,
            path,
            SEVERITIES.get(one(graph, node, SH.severity), "violation"),
            words(graph, node),
            bool(deactivated is not None and deactivated.value),
            tuple(found),
            1 + max(inner, default=0),
        )

    def _check(self, node: Node, predicates: set[Node]) -> None:
        if self._custom & predicates:
            raise Unsupported("a constraint component of its own")
        kinds = set(self._graph.objects(node, RDF.type))
        if (SH.path in predicates) == (SH.NodeShape in kinds) and kinds & {
            SH.NodeShape,
            SH.PropertyShape,
        }:
            raise Unsupported(
                f"{node} is a node shape with a path, or a property shape without one"
            )
        if isinstance(node, Literal):
            raise Unsupported("a shape is a literal")
