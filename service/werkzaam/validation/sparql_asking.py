"""Where constraints in SPARQL are asked: an engine with the statements that they look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import pyoxigraph as ox

from werkzaam.validation.columns import Columns, Terms
from werkzaam.validation.shape_paths import Unsupported
from werkzaam.validation.sparql_looks import Needs
from werkzaam.validation.sparql_statements import looked_at, within_reach
from werkzaam.validation.sparql_text import Question

_MARKS: Final = "urn:werkzaam:judged"
_HIDDEN: Final = "urn:werkzaam:written:"

Solution = Mapping[str, Any]


class Asking(Protocol):
    """Of whom constraints in SPARQL are asked."""

    def answers(
        self, question: Question, focus: Iterable[int], terms: Terms
    ) -> Iterator[tuple[int, Solution]]:
        """The solutions for each node in ``focus``. Raises Unsupported where pySHACL has to judge."""
        ...


@dataclass
class Asked:
    """Statements that constraints in SPARQL look at, in an engine.

    An engine writes numbers and dates in its own way. Where that matters to a question, it is asked of
    a second engine that has those literals with a datatype of ours, and so as they were written.
    """

    needs: list[Needs]
    store: ox.Store = field(default_factory=ox.Store)
    size: int = 0
    _typed: set[Any] = field(default_factory=set)
    _rewritten: list["_Rewritten"] = field(default_factory=list)
    _marks: int = 0
    _marked: "_Marked" = field(default_factory=lambda: _Marked())
    _as_written: ox.Store | None = None
    _read: dict[Any, set[Any]] | None = None

    def add(self, columns: Columns, nodes: set[int] | None = None) -> None:
        """The statements of ``columns`` that are looked at; with ``nodes`` those within their reach."""
        terms: list[Any] = columns.terms.all
        quads, typed = [], []
        found = looked_at(columns, self.needs)
        if nodes is not None:
            found = within_reach(columns, self.needs, nodes)
        for subject, property_, value in found:
            term = terms[value]
            quads.append(ox.Quad(terms[subject], terms[property_], term))
            if isinstance(term, ox.Literal) and not columns.terms.is_text(value):
                typed.append((subject, property_, value))
        self.store.bulk_extend(quads)
        self._note(columns, typed)
        self.size += len(quads)
        self._read = self._as_written = None

    def _note(self, columns: Columns, typed: list[tuple[int, int, int]]) -> None:
        """Remember the statements with a literal that the engine writes otherwise."""
        terms: list[Any] = columns.terms.all
        here = {terms[value] for _, _, value in typed}
        forms = {one: form for form, read in _forms(here).items() for one in read - {form}}
        for subject, property_, value in typed if forms else ():
            form = forms.get(terms[value])
            if form is not None:
                others = columns.forward(property_)[subject]
                both = any(terms[other] == form for other in others)
                place = terms[subject], terms[property_]
                self._rewritten.append(_Rewritten(*place, terms[value], form, both))
        self._typed |= here

    @property
    def read(self) -> Mapping[Any, set[Any]]:
        """The engine's form of a literal → all that were read, where it is not the same."""
        if self._read is None:
            self._read = _forms(self._typed)
        return self._read

    def triples(self) -> Iterator[ox.Triple]:
        """What was added, as the engine writes it."""
        return (quad.triple for quad in self.store if quad.graph_name == ox.DefaultGraph())

    def answers(
        self, question: Question, focus: Iterable[int], terms: Terms
    ) -> Iterator[tuple[int, Solution]]:
        """See ``Asking``."""
        try:
            store, plain = self._store_for(question)
            found = self._many if question.goes_for_many else self._one_by_one
            for node, solution in found(store, question, list(focus), terms):
                yield node, {name: self._as_read(term, plain) for name, term in solution.items()}
        except (SyntaxError, ValueError, RuntimeError, OSError) as fault:
            raise Unsupported(f"a query that cannot be asked: {fault}") from None

    def _store_for(self, question: Question) -> tuple[ox.Store, bool]:
        """The engine whose answer is exact, and whether it answers with literals as they were written.
        Raises Unsupported where none is."""
        if not self._rewritten:
            return self.store, True
        properties = {one.property_.value for one in self._rewritten}
        if question.uses is None:
            raise Unsupported("a query that is not understood, on numbers written in many ways")
        uses = [
            use
            for use in question.uses.values()
            if use.properties is None or use.properties & properties
        ]
        if not uses:
            return self.store, True
        if any(use.worth for use in uses):
            if all(use.places < 2 and not use.written for use in uses):
                return self.store, False
            raise Unsupported("a query looks at how a value is written and at what it is worth")
        if self._as_written is None:
            self._as_written = self._copy()
        return self._as_written, True

    def _copy(self) -> ox.Store:
        """The same statements, with these literals as they were written."""
        copied = ox.Store()
        copied.bulk_extend(self.store)
        for one in self._rewritten:
            place = one.subject, one.property_
            copied.add(ox.Quad(*place, _hidden(one.literal)))
            if not one.both:
                copied.remove(ox.Quad(*place, one.form))
        return copied

    def _as_read(self, term: Any, plain: bool) -> Any:
        """The literal that was read where an engine gives ``term``; ``plain``: one that has them as they
        were written."""
        if isinstance(term, ox.Literal) and term.datatype.value.startswith(_HIDDEN):
            datatype = ox.NamedNode(term.datatype.value.removeprefix(_HIDDEN))
            return ox.Literal(term.value, datatype=datatype)
        given = {term} if plain else self.read.get(term, {term})
        if len(given) > 1:
            raise Unsupported("a query answers with a number that was written in two ways")
        return next(iter(given))

    def _many(
        self, store: ox.Store, question: Question, focus: list[int], terms: Terms
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        subjects: dict[Any, int] = {terms.all[node]: node for node in focus}
        if any(isinstance(term, ox.Literal) for term in subjects):
            raise Unsupported("a constraint in SPARQL on a literal")
        marks, mark = ox.NamedNode(_MARKS), self._mark(store, subjects, terms)
        text = question.for_many(f"GRAPH {marks} {{ ?this {marks} {mark} }}")
        for solution in _solutions(store, text):
            this = solution["this"] if question.selects_this else solution.pop("this")
            yield subjects[this], solution

    def _mark(self, store: ox.Store, subjects: Mapping[Any, int], terms: Terms) -> ox.NamedNode:
        """What ``subjects`` are marked with in ``store``: once for all questions about them, since an
        engine in memory does not give back what is removed."""
        if self._marked.store is not store or self._marked.terms is not terms:
            self._marked = _Marked(store, terms)
        nodes = frozenset(subjects.values())
        mark = self._marked.by_nodes.get(nodes)
        if mark is None:
            self._marks += 1
            marks, mark = ox.NamedNode(_MARKS), ox.NamedNode(f"{_MARKS}:{self._marks}")
            store.extend(ox.Quad(term, marks, mark, marks) for term in subjects)
            self._marked.by_nodes[nodes] = mark
        return mark

    def _one_by_one(
        self, store: ox.Store, question: Question, focus: list[int], terms: Terms
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for node in focus:
            term = terms.all[node]
            if isinstance(term, ox.BlankNode):
                raise Unsupported("a constraint in SPARQL on a blank node")
            for solution in _solutions(store, question.for_one(str(term))):
                solution.pop("_one", None)
                yield node, solution | ({"this": term} if question.selects_this else {})


@dataclass
class _Marked:
    """The marks in ``store`` of nodes with the numbers that ``terms`` gives them."""

    store: ox.Store | None = None
    terms: Terms | None = None
    by_nodes: dict[frozenset[int], ox.NamedNode] = field(default_factory=dict)


@dataclass(frozen=True)
class _Rewritten:
    """A statement whose ``literal`` the engine writes as ``form``; ``both``: that is stated as well."""

    subject: Any
    property_: Any
    literal: Any
    form: Any
    both: bool


@dataclass(frozen=True)
class Everywhere:
    """Questions that look no further than from their node, asked of what is ``near``; all others of the
    ``whole``."""

    near: Asked
    whole: Asked

    @classmethod
    def of(
        cls,
        columns: Columns,
        questions: Sequence[Question],
        nodes: set[int],
        whole: Asked | None = None,
    ) -> "Everywhere":
        """``questions`` about ``nodes``, asked of ``columns``; ``whole``: what there is besides."""
        near = Asked([question.needs for question in questions if question.is_local])
        near.add(columns, nodes)
        if whole is None:
            whole = Asked([question.needs for question in questions if not question.is_local])
            whole.add(columns)
        return cls(near, whole)

    def answers(
        self, question: Question, focus: Iterable[int], terms: Terms
    ) -> Iterator[tuple[int, Solution]]:
        """See ``Asking``."""
        asked = self.near if question.is_local else self.whole
        return asked.answers(question, focus, terms)


def _solutions(store: ox.Store, text: str) -> Iterator[dict[str, Any]]:
    answer: Any = store.query(text)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: solution[name] for name in names if solution[name] is not None}


def _hidden(literal: ox.Literal) -> ox.Literal:
    return ox.Literal(literal.value, datatype=ox.NamedNode(_HIDDEN + literal.datatype.value))


def _forms(literals: Iterable[ox.Literal]) -> dict[Any, set[Any]]:
    """What the store makes of these, where it is not the same: the engine's form → all that were read."""
    given = list(literals)
    store = ox.Store()
    place, relation = ox.NamedNode("urn:x"), "urn:x:"
    store.extend(
        ox.Quad(place, ox.NamedNode(f"{relation}{number}"), literal)
        for number, literal in enumerate(given)
    )
    found: dict[Any, set[Any]] = {}
    for quad in store:
        literal = given[int(quad.predicate.value.removeprefix(relation))]
        found.setdefault(quad.object, set()).add(literal)
    return {kept: read for kept, read in found.items() if read != {kept}}
