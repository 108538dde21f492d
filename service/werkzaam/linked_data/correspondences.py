"""What analysts judged across documents about one thing: of which kind, why, and the other sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.linked_data.statements import (
    Node,
    Statement,
    iris_of,
    listed_statements,
    named_around,
)
from werkzaam.store.interface import Store

SIDES: Final = ("regards", "inTheLightOf", "setsBeside")
"""The properties of a correspondence that lead to what it is about, in the order of a page."""
MOST_SHOWN: Final = 40


@dataclass(frozen=True)
class Correspondence(Node):
    """A judgement across documents. ``role``: what the thing that was asked about is in it: itself,
    shared, or one of SIDES; ``sides``: by those names what it is about, each with its passages."""

    role: str
    sides: Mapping[str, Sequence[Statement]]


@dataclass(frozen=True)
class Correspondences:
    """The first ``shown`` of the ``count`` that there are."""

    shown: Sequence[Correspondence] = ()
    count: int = 0


def correspondences_of(store: Store, iri: str) -> Correspondences:
    """The correspondences that ``iri`` takes part in, or is: two queries, one where there are none."""
    facts: dict[str, dict[str, list[Term]]] = {}
    roles: dict[str, str] = {}
    for row in rows_of(store, query_text("correspondences", thing=in_brackets(iri))):
        name = row["correspondence"].value
        roles.setdefault(name, row["role"].value)
        values = facts.setdefault(name, {}).setdefault(row["property"].value, [])
        values.extend([row["value"]] if row["value"] not in values else ())
    nodes = [Node(name, facts[name]) for name in list(facts)[:MOST_SHOWN]]
    wanted = dict.fromkeys(
        value.value for node in nodes for name in SIDES for value in node.values(name)
    )
    found = {one.iri: one for one in listed_statements(store, list(wanted))} if wanted else {}
    return Correspondences(
        [_with_sides(node, roles[node.iri], found) for node in nodes], len(facts)
    )


def named_in(correspondences: Sequence[Correspondence]) -> list[str]:
    """Everything that a page on ``correspondences`` needs the names of."""
    named: list[str] = []
    for one in correspondences:
        named += [*one.facts, *iris_of(one.facts)]
        for things in one.sides.values():
            named += named_around(things)
    return named


def _with_sides(node: Node, role: str, found: Mapping[str, Statement]) -> Correspondence:
    sides = {
        name: [found[value.value] for value in node.values(name) if value.value in found]
        for name in SIDES
    }
    return Correspondence(node.iri, node.facts, role, sides)
