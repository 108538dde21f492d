"""What differs between two answers to one question: rows that came, went, and have other cells."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import CataloguedQuery

Pair = tuple[Row, Row]
"""A row then and now."""


@dataclass(frozen=True)
class Difference:
    """The rows that differ between two answers: new, gone, and of one name with other cells."""

    added: Sequence[Row]
    removed: Sequence[Row]
    changed: Sequence[Pair]


def compare(query: CataloguedQuery, then: Table, now: Table) -> Difference:
    """Which rows of ``now`` are not in ``then``, and the reverse. A row whose identifiers and categories
    stand once in what differs on either side is the same row with other cells."""
    gone, new = _less(then.rows, now.rows), _less(now.rows, then.rows)
    gone_by, new_by = _by_key(query, gone), _by_key(query, new)
    alone = {
        key
        for key in gone_by.keys() & new_by.keys()
        if key and len(gone_by[key]) == len(new_by[key]) == 1
    }
    return Difference(
        added=[row for row in new if _key(query, row) not in alone],
        removed=[row for row in gone if _key(query, row) not in alone],
        changed=[(row, new_by[key][0]) for row in gone if (key := _key(query, row)) in alone],
    )


def changed_columns(pair: Pair) -> list[str]:
    """The names of the columns in which the two rows differ."""
    then, now = pair
    return [name for name in dict.fromkeys((*then, *now)) if then.get(name) != now.get(name)]


def _less(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """``rows`` without those that stand in ``others``, each as often as it stands there."""
    left = Counter(_whole(row) for row in others)
    found = []
    for row in rows:
        whole = _whole(row)
        if left[whole]:
            left[whole] -= 1
        else:
            found.append(row)
    return found


def _whole(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset(row.items())


def _key(query: CataloguedQuery, row: Row) -> tuple[Term | None, ...]:
    return tuple(row.get(name) for name in query.key_columns)


def _by_key(
    query: CataloguedQuery, rows: Sequence[Row]
) -> dict[tuple[Term | None, ...], list[Row]]:
    found: dict[tuple[Term | None, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(query, row)].append(row)
    return found
