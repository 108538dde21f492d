"""What an answer does not say: the rows that are left out, what is unknown in it, how many projects it
could draw on, of which version it is and when that was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzaam.api.answer_coverage import Coverage, coverage_json
from werkzaam.api.answer_rights import licence_of, say_rights
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row
from werkzaam.domain.not_known import NOT_KNOWN
from werkzaam.domain.queries import ABOVE_ZERO, BELOW, Column, Language

_Said = tuple[str, str | None]
"""A column and the value in it that says that something is not known, None for a number."""


@dataclass(frozen=True)
class Unknown:
    """In how many rows ``column`` says that something is not known: by ``value`` of a code list, called
    ``label``, or without a value by a number, which ``label`` then tells: ``> 0``, ``0`` or ``< column``."""

    column: str
    value: str | None
    label: str
    rows: int

    def said(self, labels: Mapping[str, str]) -> str:
        """What is not known, in words; ``labels``: what the columns are called."""
        if self.value is None and self.label.startswith(BELOW):
            return BELOW + labels[self.label.removeprefix(BELOW)]
        return self.label


@dataclass(frozen=True)
class Limits:
    """What an answer does not say. ``unknown_rows``: rows with anything unknown in them; ``empty``:
    empty cells by column; ``coverage``: None where the question is not about projects; ``date``: when
    the version was made, UTC; ``links`` by their relation (``permalink``, ``first``, ``previous``,
    ``next``), None for one that there is not."""

    answered: Answered
    unknown: Sequence[Unknown]
    unknown_rows: int
    empty: Mapping[str, int]
    coverage: Coverage | None = None
    date: str | None = None
    links: Mapping[str, str | None] | None = None

    @property
    def passed_over(self) -> int:
        """How many rows before the first one here were left out."""
        return min(self.answered.table.after, self.answered.table.total)

    @property
    def beyond(self) -> int:
        """How many rows after the last one here were left out."""
        table = self.answered.table
        return table.total - self.passed_over - len(table.rows)


def limits_of(
    answered: Answered,
    *,
    coverage: Coverage | None = None,
    date: str | None = None,
    links: Mapping[str, str | None] | None = None,
) -> Limits:
    """The limits of ``answered``, its cells counted."""
    table = answered.table
    labels = {column.of: column.name for column in answered.query.columns if column.of}
    numbers = [column for column in answered.query.columns if column.not_known]
    counts: dict[_Said, int] = {}
    names: dict[_Said, str] = {}
    empty = dict.fromkeys(table.columns, 0)
    rows = 0
    for row in table.rows:
        found = _not_known(row, labels, numbers)
        rows += bool(found)
        for key, label in found.items():
            counts[key] = counts.get(key, 0) + 1
            names.setdefault(key, label)
        for name in table.columns:
            empty[name] += name not in row
    unknown = [Unknown(*key, names[key], number) for key, number in counts.items()]
    missing = {name: number for name, number in empty.items() if number}
    return Limits(answered, unknown, rows, missing, coverage, date, links)


def day_of(time: str | None) -> str | None:
    """The day, UTC, of ``time``: what is called a date has no time in it, by the `API Design Rules
    <https://logius-standaarden.github.io/API-Design-Rules/#/core/date-time/date-omit-time-portion>`_."""
    return time and time[:10]


def limits_json(limits: Limits, language: Language) -> dict[str, Any]:
    """The limits as a JSON object; what is not known here is null."""
    table, coverage = limits.answered.table, limits.coverage
    links = limits.links or {}
    left_out = (("after", limits.passed_over), ("limit", limits.beyond))
    return {
        "limit": table.limit,
        "after": table.after,
        "total": table.total,
        "returned": len(table.rows),
        "leftOut": [{"rows": rows, "because": key} for key, rows in left_out if rows],
        "unknown": {
            "rows": limits.unknown_rows,
            "values": [vars(one) for one in limits.unknown],
        },
        "empty": dict(limits.empty),
        "coverage": coverage and coverage_json(coverage, language),
        "version": limits.answered.version.number,
        "date": day_of(limits.date),
        "licence": licence_of(limits.answered.query),
        "rights": say_rights(limits.answered.query, language),
        **{name: links.get(name) for name in ("permalink", "first", "previous", "next")},
    }


def _label(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _not_known(row: Row, labels: Mapping[str, str], numbers: Sequence[Column]) -> dict[_Said, str]:
    """What ``row`` says is not known, and what that is called: by ``labels`` of columns, or ``numbers``."""
    found: dict[_Said, str] = {}
    for name, term in row.items():
        if term.value in NOT_KNOWN:
            found[name, term.value] = _label(row, labels.get(name, "")) or term.value
    for column in numbers:
        if _is_not_known(column, row):
            found[column.name, None] = column.not_known
    return found


def _is_not_known(column: Column, row: Row) -> bool:
    """Whether the number in ``column`` says that something is not known."""
    number, when = _number(row, column.name), column.not_known
    if number is None:
        return False
    if when.startswith(BELOW):
        whole = _number(row, when.removeprefix(BELOW))
        return whole is not None and number < whole
    return (number > 0) == (when == ABOVE_ZERO)


def _number(row: Row, name: str) -> Decimal | None:
    try:
        number = Decimal(row[name].value) if name in row else Decimal("NaN")
    except InvalidOperation:
        return None
    return None if number.is_nan() else number
