"""The source statements that a page about one thing shows, each with what stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.names import MDT
from werkzaam.store.interface import Store

TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ROLES: Final = (
    "itself", "whole", "part", "figure", "side",
    "definition", "assessed", "subject", "object", "measured", "concerned", "cites", "here",
)  # fmt: skip
"""What a statement can be to a thing, in the order of the page."""

MOST_PER_ROLE: Final = 12
MOST_OF_ONE_ROLE: Final = 200
_MOST_VALUES = 200
_PLACED = ("passage", "inPassage", "describedIn")
_ABOUT = tuple(MDT + name for name in ("subject", "assesses", "measures", "defines", "concerns"))

Facts = Mapping[str, Sequence[Term]]


@dataclass(frozen=True)
class Node:
    """Something with the values of its properties."""

    iri: str
    facts: Facts

    def values(self, name: str) -> Sequence[Term]:
        """The values of our property ``name``."""
        return self.facts.get(MDT + name, ())

    def first(self, name: str) -> str:
        """The first value of our property ``name`` as text; empty where there is none."""
        values = self.values(name)
        return values[0].value if values else ""


@dataclass(frozen=True)
class Reference(Node):
    """A reference in the text; ``source`` is what it leads to, as far as its kind is concerned."""

    source: Node | None


@dataclass(frozen=True)
class Statement(Node):
    """A source statement. ``role`` is one of ROLES: itself, whole, part or figure (of the thing),
    side (of a tension), here (in the document or passage), cites (the source), or how it is about
    the thing."""

    role: str
    passages: Sequence[Node]
    references: Sequence[Reference]
    tensions: Sequence[Node]

    @property
    def about(self) -> list[str]:
        """The IRIs of what it is about."""
        return [value.value for name in _ABOUT for value in self.facts.get(name, ())]

    @property
    def types(self) -> list[str]:
        """Its classes."""
        return [value.value for value in self.facts.get(TYPE, ())]


@dataclass(frozen=True)
class Statements:
    """``shown``: the first of each role; ``counts``: how many there are of each, by role;
    ``kinds``: how many there are of each class. ``others``: facts of what else was asked for."""

    shown: Sequence[Statement]
    counts: Mapping[str, int]
    kinds: Mapping[str, int]
    others: Mapping[str, Node]


def statements_of(
    store: Store, iri: str, whole_role: str = "", also: Sequence[str] = (), *, here: bool = True
) -> Statements:
    """The statements about ``iri`` or in it: the first of each role, of ``whole_role`` far more.

    ``also``: other things whose facts are wanted. Without ``here`` those that merely stand in it
    are counted only.
    """
    roles: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for row in rows_of(store, query_text("statements", thing=in_brackets(iri))):
        name, role = row["statement"].value, row["role"].value
        kinds.setdefault(row["kind"].value, set()).add(name)
        if name not in roles or ROLES.index(role) < ROLES.index(roles[name]):
            roles[name] = role
    by_role = {role: [name for name in roles if roles[name] == role] for role in ROLES}
    kept = [
        name
        for role, names in by_role.items()
        for name in names[: MOST_OF_ONE_ROLE if role == whole_role else MOST_PER_ROLE]
        if here or role != "here"
    ]
    nodes = nodes_of(store, [*kept, *also]) if kept or also else {}
    return Statements(
        [_statement(name, roles[name], nodes) for name in kept],
        {role: len(names) for role, names in by_role.items() if names},
        {kind: len(names) for kind, names in kinds.items()},
        {name: Node(name, nodes.get(name, {})) for name in also},
    )


def listed_statements(store: Store, iris: Sequence[str]) -> list[Statement]:
    """The statements with these IRIs, in this order: as many as one query can hold. A mention or a
    concept comes along as one that says nothing, with its passages."""
    nodes = nodes_of(store, iris)
    return [_statement(iri, "itself", nodes) for iri in iris if iri in nodes]


def named_around(statements: Sequence[Statement]) -> list[str]:
    """Everything that a page on ``statements`` needs the names of."""
    named: list[str] = []
    for statement in statements:
        sources = [one.source for one in statement.references if one.source]
        beside = (statement, *statement.passages, *statement.references, *statement.tensions)
        for node in (*beside, *sources):
            named += [*node.facts, *iris_of(node.facts)]
    return named


def iris_of(facts: Facts) -> list[str]:
    """The things among the values of ``facts``, of each property the first two hundred."""
    return [v.value for values in facts.values() for v in values[:_MOST_VALUES] if v.kind == "uri"]


def nodes_of(store: Store, things: Sequence[str]) -> dict[str, dict[str, list[Term]]]:
    """The facts of ``things`` and of what stands beside those that are statements, by IRI: as many
    as one query can hold."""
    found: dict[str, dict[str, list[Term]]] = {}
    for row in rows_of(store, query_text("facts", things=listed(things))):
        of_node = found.setdefault(row["node"].value, {})
        of_node.setdefault(row["property"].value, []).append(row["value"])
    return found


def _statement(iri: str, role: str, nodes: Mapping[str, Facts]) -> Statement:
    facts = nodes.get(iri, {})
    places = [name for link in _PLACED for name in _values(facts, link)]
    passages = [Node(name, nodes.get(name, {})) for name in places]
    references = [_reference(name, nodes) for name in _values(facts, "inTextReference")]
    tensions = [
        Node(name, there) for name, there in nodes.items() if iri in _values(there, "between")
    ]
    return Statement(iri, facts, role, passages, references, tensions)


def _reference(iri: str, nodes: Mapping[str, Facts]) -> Reference:
    facts = nodes.get(iri, {})
    sources = _values(facts, "refersToSource")
    source = Node(sources[0], nodes.get(sources[0], {})) if sources else None
    return Reference(iri, facts, source)


def _values(facts: Facts, name: str) -> list[str]:
    return [value.value for value in facts.get(MDT + name, ())]
