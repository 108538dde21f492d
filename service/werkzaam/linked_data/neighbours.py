"""What a thing points at and what points at it, cut where a page or a file would grow without end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.store.interface import Store

MOST_PER_PROPERTY = 50
_MOST_POINTING = 400
_EACH = "  # each\n"
_LIMIT = re.compile(r"LIMIT \d+")


@dataclass(frozen=True)
class Pointing:
    """``count`` subjects that have the thing as a value of ``property``; the first of them."""

    property: str
    count: int
    subjects: tuple[str, ...]


def outgoing(store: Store, iri: str) -> Mapping[str, Sequence[Term]]:
    """All values of ``iri`` by property."""
    found: dict[str, list[Term]] = {}
    for row in rows_of(store, query_text("outgoing", thing=in_brackets(iri))):
        found.setdefault(row["property"].value, []).append(row["value"])
    return found


def incoming(store: Store, iri: str) -> list[Pointing]:
    """Who points at ``iri``, by property: at most 50 for each and 400 in all, with the full count."""
    thing = in_brackets(iri)
    counted = {
        row["property"].value: int(row["count"].value)
        for row in rows_of(store, query_text("incoming-counts", thing=thing))
    }
    if not counted:
        return []
    most = max(1, min(MOST_PER_PROPERTY, _MOST_POINTING // len(counted)))
    subjects: dict[str, list[str]] = {}
    for row in rows_of(store, _incoming_query(list(counted)[:_MOST_POINTING], thing, most)):
        subjects.setdefault(row["property"].value, []).append(row["subject"].value)
    return [Pointing(name, count, tuple(subjects.get(name, ()))) for name, count in counted.items()]


def _incoming_query(properties: Sequence[str], thing: str, most: int) -> str:
    head, group, tail = query_text("incoming", thing=thing).split(_EACH)
    group = _LIMIT.sub(f"LIMIT {most}", group)
    groups = [group.replace("<urn:werkzaam:property>", in_brackets(name)) for name in properties]
    return head + "  UNION\n".join(groups) + tail
