"""Statements as columns: for each property, the values by subject, with every term as a small number.

An engine's store keeps numbers and dates by value (``"01"^^xsd:integer`` comes back as ``1``, ``1.50`` as
``1.5``), and SHACL judges terms: so the terms here are those that were read, each held once. Superclasses and
superproperties are added, as ``closure`` does for rdflib.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox
from rdflib.term import Node

from werkzaam.validation.rdflib_graph import OxTerm, node_of, ox_of

Column = Mapping[int, Sequence[int]]
Triples = Iterable[ox.Triple | ox.Quad]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
TYPE: Final = ox.NamedNode(f"{RDF}type")
SUBCLASS: Final = ox.NamedNode(f"{_RDFS}subClassOf")
_SUBPROPERTY: Final = ox.NamedNode(f"{_RDFS}subPropertyOf")
_COLLAPSED: Final = (f"{_XSD}token", f"{_XSD}normalizedString")
_TEXT: Final = (f"{_XSD}string", f"{RDF}langString")
_NOTHING: Final[Mapping[int, Sequence[int]]] = {}


class Terms:
    """Terms by number, from 0. ``below``: terms that keep their numbers; it is not changed."""

    def __init__(self, below: "Terms | None" = None) -> None:
        self.numbers: dict[OxTerm, int] = dict(below.numbers) if below else {}
        self.all: list[OxTerm] = list(below.all) if below else []
        self._nodes: dict[int, Node] = {}

    def number(self, term: OxTerm) -> int:
        """The number of ``term``, a new one if need be. Raises ValueError for a triple term."""
        found = self.numbers.get(term)
        if found is None:
            found = self.numbers[term] = self._new(term)
        return found

    def node(self, number: int) -> Node:
        """The term for rdflib."""
        found = self._nodes.get(number)
        if found is None:
            found = self._nodes[number] = node_of(self.all[number])
        return found

    def text(self, number: int) -> str:
        """The IRI, or the lexical form."""
        term = self.all[number]
        assert not isinstance(term, ox.Triple)  # noqa: S101
        return term.value

    def _new(self, term: OxTerm) -> int:
        if isinstance(term, ox.Triple):
            raise ValueError("a triple is no term here")
        if isinstance(term, ox.Literal) and term.datatype.value in _COLLAPSED:
            kept = ox_of(node_of(term))  # rdflib collapses the spaces of these, whatever it is told
            if kept != term:
                return self.number(kept)
        self.all.append(term)
        return len(self.all) - 1

    def is_text(self, number: int) -> bool:
        """Whether it is a literal of plain text, with a language or without."""
        term = self.all[number]
        return isinstance(term, ox.Literal) and term.datatype.value in _TEXT


class Columns:
    """The triples, with what follows from superclasses and superproperties, and those ``below``.

    ``below`` is not changed; where ``triples`` change the hierarchy, its statements are read again.
    Raises ValueError for a triple term (RDF 1.2).
    """

    def __init__(self, triples: Triples, below: "Columns | None" = None) -> None:
        given = triples if isinstance(triples, Sequence) else list(triples)
        if below is not None and any(t.predicate in (SUBCLASS, _SUBPROPERTY) for t in given):
            given = [*below.given(), *given]
            below = None
        self._below = below
        self._given = given
        self.terms: Terms = Terms(below.terms if below else None)
        self.type = self.terms.number(TYPE)
        self.subclass = self.terms.number(SUBCLASS)
        self._own: dict[int, dict[int, list[int]]] = {}
        self._forward: dict[int, Column] = {}
        self._backward: dict[int, Column] = {}
        self._fill(given)
        self._close()

    def given(self) -> list[ox.Triple | ox.Quad]:
        """What was read, those below included."""
        return [*(self._below.given() if self._below else ()), *self._given]

    def forward(self, property_: int) -> Column:
        """The values of ``property_`` by subject, each once."""
        found = self._forward.get(property_)
        if found is None:
            found = self._forward[property_] = self._merged(property_)
        return found

    def backward(self, property_: int) -> Column:
        """The subjects of ``property_`` by value, each once."""
        found = self._backward.get(property_)
        if found is None:
            turned: dict[int, list[int]] = {}
            for subject, values in self.forward(property_).items():
                for value in values:
                    turned.setdefault(value, []).append(subject)
            found = self._backward[property_] = turned
        return found

    def properties(self) -> set[int]:
        """Every property that is used."""
        return set(self._own) | (self._below.properties() if self._below else set())

    def about(self, subject: int) -> Iterator[tuple[int, int]]:
        """The properties and values of ``subject``."""
        for property_ in self.properties():
            for value in self.forward(property_).get(subject, ()):
                yield property_, value

    def statements(self) -> Iterator[tuple[int, int, int]]:
        """All of them: subject, property and value."""
        for property_ in self.properties():
            for subject, values in self.forward(property_).items():
                for value in values:
                    yield subject, property_, value

    def own_subjects(self) -> set[int]:
        """What the triples themselves speak of, those below left out."""
        return {subject for column in self._own.values() for subject in column}

    def unknown(self, under: str) -> set[str]:
        """The IRIs that start with ``under``, that the triples name, and of which nothing is said."""
        values = {v for column in self._own.values() for values in column.values() for v in values}
        here: Columns | None = self
        while here is not None:
            values -= here.own_subjects()
            here = here._below
        terms = (self.terms.all[value] for value in values)
        iris = (term.value for term in terms if isinstance(term, ox.NamedNode))
        return {iri for iri in iris if iri.startswith(under)}

    def _fill(self, triples: Triples) -> None:
        numbers, new, own = self.terms.numbers, self.terms.number, self._own
        for triple in triples:
            subject = numbers.get(triple.subject)
            subject = new(triple.subject) if subject is None else subject
            predicate = numbers.get(triple.predicate)
            predicate = new(triple.predicate) if predicate is None else predicate
            value = numbers.get(triple.object)
            value = new(triple.object) if value is None else value
            column = own.get(predicate)
            if column is None:
                column = own[predicate] = {}
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            else:
                values.append(value)

    def _close(self) -> None:
        higher = self._above(self.terms.number(_SUBPROPERTY))
        for property_ in [found for found in self._own if found in higher]:
            for super_ in higher[property_] - {property_}:
                column = self._own.setdefault(super_, {})
                for subject, values in list(self._own[property_].items()):
                    column.setdefault(subject, []).extend(values)
        classes = self._above(self.subclass)
        for kinds in self._own.get(self.type, {}).values():
            kinds += [super_ for kind in tuple(kinds) for super_ in classes.get(kind, ())]
        for column in self._own.values():
            for subject, values in column.items():
                if len(values) > 1:
                    column[subject] = list(dict.fromkeys(values))
        self._forward.clear()

    def _above(self, relation: int) -> Mapping[int, set[int]]:
        """For each term, all that stands above it by ``relation``; circles are allowed."""
        direct = self.forward(relation)
        above: dict[int, set[int]] = {}
        for term in direct:
            front = list(direct[term])
            found: set[int] = {term}
            while front:
                here = front.pop()
                if here not in found:
                    found.add(here)
                    front += direct.get(here, ())
            above[term] = found
        return above

    def _merged(self, property_: int) -> Column:
        own: Column = self._own.get(property_, _NOTHING)
        below = self._below.forward(property_) if self._below else _NOTHING
        if not own or not below:
            return own or below
        both = own.keys() & below.keys()
        merged = {**below, **own}
        for subject in both:
            merged[subject] = list(dict.fromkeys((*below[subject], *own[subject])))
        return merged
