"""The constraints of one shape as they stand in the graph, read into what is applied.

What pySHACL refuses to load is refused here too, so that pySHACL says what is wrong with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from rdflib import SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.validation import node_constraints as by_node
from werkzaam.validation import value_constraints as by_value
from werkzaam.validation.shape_nodes import members, one
from werkzaam.validation.shape_paths import Path, Unsupported
from werkzaam.validation.shape_run import Constraint, Shape
from werkzaam.validation.sparql_constraint import read_sparql
from werkzaam.validation.value_constraints import ByValue


@dataclass(frozen=True)
class Reader:
    """The place of a shape: its graph, node and path, and how other shapes are read."""

    graph: Graph
    node: Node
    path: Path | None
    shape: Callable[[Node], Shape]

    def all(self, predicate: URIRef) -> list[Node]:
        """The values of a parameter."""
        return list(self.graph.objects(self.node, predicate))

    def only(self, predicate: URIRef) -> Node:
        """The one value of a parameter. Raises Unsupported."""
        found = one(self.graph, self.node, predicate)
        if found is None:
            raise Unsupported(f"{predicate} has no value")
        return found

    def number(self, predicate: URIRef, *, strict: bool = False) -> int:
        """A whole number from 0. Raises Unsupported."""
        found = self.only(predicate)
        value = found.value if isinstance(found, Literal) and not found.ill_typed else None
        if type(value) is not int or value < 0:
            raise Unsupported(f"{predicate} is no whole number from 0")
        if strict and found.datatype != XSD.integer:  # type: ignore[attr-defined]
            raise Unsupported(f"{predicate} is no xsd:integer")
        return value

    def needs_path(self, predicate: URIRef) -> None:
        """Raises Unsupported on a node shape."""
        if self.path is None:
            raise Unsupported(f"{predicate} on a node shape")


def _values(name: str, parameter: URIRef, test: Callable[[Node], Any], many: bool = True) -> Any:
    def read(reader: Reader) -> list[Constraint]:
        given = reader.all(parameter) if many else [reader.only(parameter)]
        return [ByValue(name, test(value)) for value in given]

    return read


def _limits(name: str, parameter: URIRef, holds: Callable[[int], bool]) -> Any:
    def test(limit: Node) -> Any:
        if not isinstance(limit, Literal):
            raise Unsupported(f"{parameter} is no literal")
        return by_value.compares(limit, holds)

    return _values(name, parameter, test)


def _count(name: str, parameter: URIRef, fits: Callable[[int, int], bool]) -> Any:
    def read(reader: Reader) -> list[Constraint]:
        reader.needs_path(parameter)
        return [by_node.Count(name, partial(fits, reader.number(parameter, strict=True)))]

    return read


def _min_length(reader: Reader) -> list[Constraint]:
    least = reader.number(SH.minLength)
    return [ByValue("MinLength", by_value.has_length(least.__le__))] if least else []


def _max_length(reader: Reader) -> list[Constraint]:
    most = reader.number(SH.maxLength)
    return [ByValue("MaxLength", by_value.has_length(most.__ge__))]


def _patterns(reader: Reader) -> list[Constraint]:
    flags = one(reader.graph, reader.node, SH.flags)
    letters = str(flags).lower() if flags is not None else ""
    read = re.IGNORECASE if "i" in letters else re.RegexFlag(0)
    read |= re.MULTILINE if "m" in letters else re.RegexFlag(0)
    found: list[Constraint] = []
    for pattern in reader.all(SH.pattern):
        if not isinstance(pattern, Literal):
            raise Unsupported("sh:pattern is no literal")
        try:
            compiled = re.compile(str(pattern), read)
        except re.error as reason:
            raise Unsupported(f"sh:pattern cannot be read: {reason}") from None
        found.append(ByValue("Pattern", by_value.matches(compiled)))
    return found


def _languages(reader: Reader) -> list[Constraint]:
    wanted = list(reader.graph.items(reader.only(SH.languageIn)))
    if not all(isinstance(text, Literal) and isinstance(text.value, str) for text in wanted):
        raise Unsupported("sh:languageIn holds something else than texts")
    names = {str(text).lower() for text in wanted}
    return [ByValue("LanguageIn", by_value.has_language(names))]


def _unique_language(reader: Reader) -> list[Constraint]:
    reader.needs_path(SH.uniqueLang)
    wanted = reader.only(SH.uniqueLang)
    if not isinstance(wanted, Literal) or not isinstance(wanted.value, bool):
        raise Unsupported("sh:uniqueLang is neither true nor false")
    return [by_node.UniqueLanguage()] if wanted.value else []


def _in(reader: Reader) -> list[Constraint]:
    listed = list(reader.graph.items(reader.only(SH["in"])))
    return [ByValue("In", by_value.is_among(listed))]


def _closed(reader: Reader) -> list[Constraint]:
    closed = reader.only(SH.closed)
    if not isinstance(closed, Literal):
        raise Unsupported("sh:closed is no literal")
    if not closed.value:
        return []
    allowed = {str(path) for inner in reader.all(SH.property) for path in _paths(reader, inner)}
    for ignored in reader.all(SH.ignoredProperties):
        allowed |= {str(property_) for property_ in reader.graph.items(ignored)}
    return [by_node.Closed(frozenset(allowed))]


def _ignored(reader: Reader) -> list[Constraint]:
    if not reader.all(SH.closed):
        raise Unsupported("sh:ignoredProperties without sh:closed")
    return []


def _paths(reader: Reader, shape: Node) -> Iterable[Node]:
    return (path for path in reader.graph.objects(shape, SH.path) if isinstance(path, URIRef))


def _pairs(kind: type[Any], name: str, parameter: URIRef) -> Any:
    def read(reader: Reader) -> list[Constraint]:
        if kind is by_node.Less:
            reader.needs_path(parameter)
        others = reader.all(parameter)
        if not all(isinstance(other, URIRef) for other in others):
            raise Unsupported(f"{parameter} is no IRI")
        return [kind(name, other) for other in others]

    return read


def _listed(name: str, parameter: URIRef, fits: Callable[[int, int], bool], once: bool) -> Any:
    def read(reader: Reader) -> list[Constraint]:
        found: list[Constraint] = []
        for listed in reader.all(parameter):
            nodes = members(reader.graph, listed)
            nodes = sorted(set(nodes), key=str) if once else nodes
            shapes = [reader.shape(node) for node in nodes]
            found.append(by_node.Alternatives(name, shapes, partial(fits, len(shapes))))
        return found

    return read


def _nodes(reader: Reader) -> list[Constraint]:
    shapes = [reader.shape(node) for node in reader.all(SH.node)]
    if any(shape.path is not None for shape in shapes):
        raise Unsupported("sh:node names a property shape")
    return [by_node.Alternatives("Node", [shape], bool) for shape in shapes]


def _nots(reader: Reader) -> list[Constraint]:
    shapes = [reader.shape(node) for node in reader.all(SH["not"])]
    return [by_node.Alternatives("Not", [shape], lambda count: not count) for shape in shapes]


def _properties(reader: Reader) -> list[Constraint]:
    shapes = [reader.shape(node) for node in reader.all(SH.property)]
    if any(shape.path is None for shape in shapes):
        raise Unsupported("sh:property names a shape without a path")
    return [by_node.Properties(shape) for shape in shapes]


def _qualified(reader: Reader) -> list[Constraint]:
    if reader.path is None:
        return []  # as pySHACL: it warns, and goes on
    counts: list[tuple[str, Callable[[int], bool]]] = []
    if reader.all(SH.qualifiedMinCount):
        counts.append(("QualifiedMinCount", reader.number(SH.qualifiedMinCount).__le__))
    if reader.all(SH.qualifiedMaxCount):
        counts.append(("QualifiedMaxCount", reader.number(SH.qualifiedMaxCount).__ge__))
    if not counts:
        raise Unsupported("sh:qualifiedValueShape without a count")
    return [
        by_node.Qualified(name, reader.shape(node), _siblings(reader, node), fits)
        for node in reader.all(SH.qualifiedValueShape)
        for name, fits in counts
    ]


def _qualified_count(reader: Reader) -> list[Constraint]:
    if reader.path is not None and not reader.all(SH.qualifiedValueShape):
        raise Unsupported("a qualified count without sh:qualifiedValueShape")
    return []


def _siblings(reader: Reader, own: Node) -> list[Shape]:
    disjoint = reader.all(SH.qualifiedValueShapesDisjoint)
    if not any(isinstance(value, Literal) and value.value is True for value in disjoint):
        return []
    graph = reader.graph
    found = {
        sibling
        for parent in graph.subjects(SH.property, reader.node)
        for property_ in graph.objects(parent, SH.property)
        for sibling in graph.objects(property_, SH.qualifiedValueShape)
    }
    return [reader.shape(node) for node in sorted(found - {own}, key=str)]


def _sparql(reader: Reader) -> list[Constraint]:
    return [
        constraint
        for node in reader.all(SH.sparql)
        for constraint in read_sparql(reader.graph, node, reader.path)
    ]


READERS: Final[Mapping[URIRef, Callable[[Reader], list[Constraint]]]] = {
    SH["class"]: _values("Class", SH["class"], by_value.is_of_class),
    SH.datatype: _values("Datatype", SH.datatype, by_value.has_datatype, many=False),
    SH.nodeKind: _values("NodeKind", SH.nodeKind, by_value.is_of_kind, many=False),
    SH.minCount: _count("MinCount", SH.minCount, lambda least, count: count >= least),
    SH.maxCount: _count("MaxCount", SH.maxCount, lambda most, count: count <= most),
    SH.minExclusive: _limits("MinExclusive", SH.minExclusive, lambda order: order > 0),
    SH.minInclusive: _limits("MinInclusive", SH.minInclusive, lambda order: order >= 0),
    SH.maxExclusive: _limits("MaxExclusive", SH.maxExclusive, lambda order: order < 0),
    SH.maxInclusive: _limits("MaxInclusive", SH.maxInclusive, lambda order: order <= 0),
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.pattern: _patterns,
    SH.languageIn: _languages,
    SH.uniqueLang: _unique_language,
    SH.equals: _pairs(by_node.Pair, "Equals", SH.equals),
    SH.disjoint: _pairs(by_node.Pair, "Disjoint", SH.disjoint),
    SH.lessThan: _pairs(by_node.Less, "LessThan", SH.lessThan),
    SH.lessThanOrEquals: _pairs(by_node.Less, "LessThanOrEquals", SH.lessThanOrEquals),
    SH["not"]: _nots,
    SH["and"]: _listed("And", SH["and"], lambda size, count: count == size, once=True),
    SH["or"]: _listed("Or", SH["or"], lambda _, count: count > 0, once=True),
    SH.xone: _listed("Xone", SH.xone, lambda _, count: count == 1, once=False),
    SH.node: _nodes,
    SH.property: _properties,
    SH.qualifiedValueShape: _qualified,
    SH.qualifiedMinCount: _qualified_count,
    SH.qualifiedMaxCount: _qualified_count,
    SH.closed: _closed,
    SH.ignoredProperties: _ignored,
    SH.hasValue: lambda reader: [by_node.HasValue(value) for value in reader.all(SH.hasValue)],
    SH["in"]: _in,
    SH.sparql: _sparql,
}
