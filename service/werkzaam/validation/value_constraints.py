"""Constraints that judge each value node by itself, each distinct one once.

A value is judged as pySHACL judges it, by the terms of rdflib: what is a date to one is a date to the other.
Standard: `SHACL §4.1 to 4.4, 4.8 <https://www.w3.org/TR/shacl/#core-components>`_.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, XSD, Literal
from rdflib.term import Node

from werkzaam.validation.columns import Columns
from werkzaam.validation.rdflib_graph import ox_of
from werkzaam.validation.shape_run import Found, Run, Shape, Values

Test = Callable[[int], bool]

_PYTHON: Final[dict[Node, type | tuple[type, ...]]] = {
    XSD.string: (str, bytes),
    RDF.langString: (str, bytes),
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
    XSD.time: time,
    XSD.dateTime: datetime,
}
_KINDS: Final[dict[type, tuple[Node, ...]]] = {
    ox.NamedNode: (SH.IRI, SH.IRIOrLiteral, SH.BlankNodeOrIRI),
    ox.BlankNode: (SH.BlankNode, SH.BlankNodeOrLiteral, SH.BlankNodeOrIRI),
    ox.Literal: (SH.Literal, SH.BlankNodeOrLiteral, SH.IRIOrLiteral),
}


@dataclass(frozen=True, eq=False)
class ByValue:
    """A constraint that each value meets or not. ``test`` is made anew for each run."""

    component: str
    test: Callable[[Run], Test]

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        for focus, value in values.among(self._bad(run, values)):
            yield focus, Found(focus, shape, self.component, value)

    def failing(self, run: Run, shape: Shape, values: Values) -> Iterable[int]:  # noqa: ARG002
        """See ``Constraint``."""
        return values.with_any(self._bad(run, values))

    def _bad(self, run: Run, values: Values) -> set[int]:
        judged, bad, test = run.memo(self, lambda: (set(), set(), self.test(run)))
        new = values.distinct - judged
        bad.update(value for value in new if not test(value))
        judged |= new
        found: set[int] = bad
        return found


def is_of_class(kind: Node) -> Callable[[Run], Test]:
    """Whether the value is of ``kind`` or a class below it."""

    def of_run(run: Run) -> Test:
        kinds = below(run.columns, run.terms.number(ox_of(kind)))
        types = run.columns.forward(run.columns.type)
        return lambda value: not kinds.isdisjoint(types.get(value, ()))

    return of_run


def below(columns: Columns, kind: int) -> set[int]:
    """The class ``kind`` and all below it."""
    found: set[int] = set()
    front = [kind]
    narrower = columns.backward(columns.subclass)
    while front:
        here = front.pop()
        if here not in found:
            found.add(here)
            front += narrower.get(here, ())
    return found


def has_datatype(wanted: Node) -> Callable[[Run], Test]:
    """Whether the value is a well-formed literal of the datatype ``wanted``."""
    python = _PYTHON.get(wanted, object)

    def judged(literal: Literal) -> bool:
        fits = literal.datatype == wanted
        if fits and literal.ill_typed is True:
            return False
        if not fits and (wanted == RDFS.Literal or (wanted == RDFS.Datatype and literal.datatype)):
            return True
        plain = literal.datatype is None and literal.language is None and wanted == XSD.string
        worded = wanted == RDF.langString and bool(literal.language)
        return (fits or plain or worded) and isinstance(literal.value, python)

    def of_run(run: Run) -> Test:
        terms = run.terms

        def test(value: int) -> bool:
            term = terms.all[value]
            if not isinstance(term, ox.Literal):
                return False
            if wanted in (XSD.string, RDF.langString) and terms.is_text(value):
                return bool(term.language) == (wanted == RDF.langString)
            node = terms.node(value)
            return isinstance(node, Literal) and judged(node)

        return test

    return of_run


def is_of_kind(wanted: Node) -> Callable[[Run], Test]:
    """Whether the value is an IRI, a blank node or a literal, as ``wanted`` says."""
    return lambda run: lambda value: wanted in _KINDS[type(run.terms.all[value])]


def compares(limit: Literal, holds: Callable[[int], bool]) -> Callable[[Run], Test]:
    """Whether the order of the value beside ``limit`` (-1, 0 or 1) ``holds``."""

    def of_run(run: Run) -> Test:
        def test(value: int) -> bool:
            node = run.terms.node(value)
            if not isinstance(node, Literal):
                return False
            if isinstance(node.value, str) != isinstance(limit.value, str):
                return False
            try:
                return holds(_order(node, limit))
            except (TypeError, NotImplementedError):
                return False

        return test

    return of_run


def _order(one: Literal, other: Literal) -> int:
    """As ``compare_literal`` of pySHACL: no order of our own for times without a zone."""
    if one.eq(other):
        return 0
    if type(one.value) in (datetime, time):
        if one.value == other.value:
            return 0
        return 1 if one.value > other.value else -1
    return 1 if one > other else -1


def has_length(holds: Callable[[int], bool]) -> Callable[[Run], Test]:
    """Whether the number of characters ``holds``; a blank node has none."""
    return lambda run: (
        lambda value: (
            not isinstance(run.terms.all[value], ox.BlankNode) and holds(len(run.terms.text(value)))
        )
    )


def matches(pattern: re.Pattern[str]) -> Callable[[Run], Test]:
    """Whether ``pattern`` is found in the text of the value."""
    return lambda run: (
        lambda value: (
            not isinstance(run.terms.all[value], ox.BlankNode)
            and pattern.search(run.terms.text(value)) is not None
        )
    )


def has_language(wanted: Collection[str]) -> Callable[[Run], Test]:
    """Whether the value has one of these languages, in small letters, or one below it."""

    def of_run(run: Run) -> Test:
        def test(value: int) -> bool:
            term = run.terms.all[value]
            language = (term.language or "").lower() if isinstance(term, ox.Literal) else ""
            names = {"*", language, language.partition("-")[0]}
            return bool(language) and not names.isdisjoint(wanted)

        return test

    return of_run


def is_among(members: Iterable[Node]) -> Callable[[Run], Test]:
    """Whether the value is one of these terms."""
    listed = list(members)

    def of_run(run: Run) -> Test:
        numbers = {run.terms.number(ox_of(member)) for member in listed}
        return lambda value: value in numbers

    return of_run
