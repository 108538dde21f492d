"""Which submission a record's statements come from, now and after the next change.

A record belongs to the latest submission in force that holds it. All functions work inside the
caller's transaction.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzaam.domain.changes import Delivery, Submission, SubmissionState
from werkzaam.errors import BadRequest
from werkzaam.store.journal_chain import Placed
from werkzaam.store.journal_patch import Lines, lines, pack, unpack

_IN_FORCE: Final = (
    "(SELECT t.in_force FROM standings t WHERE t.submission = {0}.id "
    "ORDER BY t.change DESC LIMIT 1) = 1"
)
_LATER: Final = (
    "EXISTS (SELECT 1 FROM submission_records q JOIN submissions o ON o.id = q.submission "  # noqa: S608
    f"WHERE q.record = r.record AND o.change > s.change AND {_IN_FORCE.format('o')})"
)
_SEPARATOR = re.compile(r"[/#]")


@dataclass(frozen=True)
class Holding:
    """What a record says and whose submission says it."""

    submission: str
    agent: str
    quads: Lines


def holding(
    connection: sqlite3.Connection, record: str, without: str | None = None
) -> Holding | None:
    """The latest submission in force that holds ``record``, leaving out the one called ``without``."""
    row = connection.execute(
        "SELECT s.id, s.agent, r.quads FROM submission_records r "  # noqa: S608
        "JOIN submissions s ON s.id = r.submission "
        f"WHERE r.record = ? AND s.id IS NOT ? AND {_IN_FORCE.format('s')} "
        "ORDER BY s.change DESC LIMIT 1",
        (record, without),
    ).fetchone()
    return Holding(row[0], row[1], _stored(row[2])) if row else None


def held_by_others(
    connection: sqlite3.Connection, records: Iterable[str], agent: str
) -> frozenset[str]:
    """Those of ``records`` that now say what a submission of another than ``agent`` says."""
    held = ((record, holding(connection, record)) for record in records)
    return frozenset(record for record, now in held if now and now.agent != agent)


def all_in_force(connection: sqlite3.Connection) -> set[bytes]:
    """The quads of every record as its latest submission in force has them."""
    found: set[bytes] = set()
    for (quads,) in connection.execute(
        "SELECT r.quads FROM submission_records r JOIN submissions s ON s.id = r.submission "  # noqa: S608
        f"WHERE {_IN_FORCE.format('s')} AND NOT {_LATER}"
    ):
        found |= _stored(quads)
    return found


def checked_records(delivery: Delivery) -> dict[str, Lines]:
    """The records of a delivery as lines. Raises BadRequest where one says something about another."""
    if not delivery.records:
        raise BadRequest("There is no record in this file. Give at least one.")
    records = {record: lines(quads) for record, quads in delivery.records.items()}
    for record, quads in records.items():
        own = tuple(f"<{record}{ending}".encode() for ending in (">", "/", "#"))
        foreign = next((line for line in sorted(quads) if not line.startswith(own)), None)
        if foreign is not None:
            raise BadRequest(
                "The record {record} states something about another thing: {line}.",
                record=record,
                line=foreign.decode()[:200],
            )
    return records


def nested(connection: sqlite3.Connection, records: Iterable[str]) -> list[str]:
    """Those of ``records`` that lie below, or above, another record here or in force."""
    given = set(records)
    above = {upper for record in given for upper in _above(record)}
    taken = {upper for upper in above if upper in given or holding(connection, upper)}
    return sorted(
        record
        for record in given
        if not taken.isdisjoint(_above(record))
        or any(holding(connection, lower) for lower in _below(connection, record))
    )


def _below(connection: sqlite3.Connection, record: str) -> list[str]:
    found = connection.execute(
        "SELECT DISTINCT record FROM submission_records "
        "WHERE (record >= ?1 || '/' AND record < ?1 || '0') "
        "OR (record >= ?1 || '#' AND record < ?1 || '$')",
        (record,),
    )
    return [name for (name,) in found]


def _above(record: str) -> list[str]:
    return [record[: found.start()] for found in _SEPARATOR.finditer(record)]


def same_in_force(connection: sqlite3.Connection, delivery: Delivery) -> str | None:
    """The agent's submission of the same bytes by the same mapping whose records all still stand as
    it says, and are those of ``delivery``: of one file not the same records may enter each time."""
    found = connection.execute(
        "SELECT s.id FROM submissions s "  # noqa: S608
        "WHERE s.agent = ? AND s.upload = ? AND s.mapping = ? AND s.mapping_version = ? "
        f"AND {_IN_FORCE.format('s')} AND NOT EXISTS "
        f"(SELECT 1 FROM submission_records r WHERE r.submission = s.id AND {_LATER}) "
        "ORDER BY s.change DESC",
        (delivery.agent, delivery.upload.sha256, delivery.mapping, delivery.mapping_version),
    ).fetchall()
    wanted = tuple(sorted(delivery.records))
    return next((name for (name,) in found if _record_names(connection, name) == wanted), None)


def store_submission(
    connection: sqlite3.Connection,
    number: int,
    facts: Sequence[str],
    report: str,
    records: Mapping[str, Placed],
) -> None:
    """Write the submission of change ``number``, its report and its records with their rows."""
    connection.execute(
        "INSERT INTO submissions (change, id, agent, file_name, upload, mapping, mapping_version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *facts[:6]),
    )
    connection.execute("INSERT INTO reports (submission, json) VALUES (?, ?)", (facts[0], report))
    connection.executemany(
        "INSERT INTO submission_records (record, submission, row, quads) VALUES (?, ?, ?, ?)",
        [(record, facts[0], row, pack(quads)) for record, (row, quads) in records.items()],
    )


def submissions(
    connection: sqlite3.Connection, condition: str = "TRUE", values: Sequence[Any] = ()
) -> tuple[Submission, ...]:
    """The submissions that fulfil ``condition`` (SQL over ``s``, never a caller's), latest first."""
    rows = connection.execute(
        "SELECT s.id, s.change, s.agent, c.time, s.file_name, s.upload, s.mapping, "  # noqa: S608
        f"s.mapping_version, {_IN_FORCE.format('s')}, EXISTS (SELECT 1 FROM submission_records r "
        f"WHERE r.submission = s.id AND NOT {_LATER}) "
        "FROM submissions s JOIN changes c ON c.number = s.change "
        f"WHERE {condition} ORDER BY s.change DESC",
        values,
    ).fetchall()
    found = []
    for *facts, in_force, holds_some in rows:
        records, state = _record_names(connection, facts[0]), _state(in_force, holds_some)
        fields: tuple[Any, ...] = (*facts, records, state)
        found.append(Submission(*fields))
    return tuple(found)


def _record_names(connection: sqlite3.Connection, submission: str) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT record FROM submission_records WHERE submission = ? ORDER BY record", (submission,)
    )
    return tuple(name for (name,) in found)


def _state(in_force: int, holds_some: int) -> SubmissionState:
    if not in_force:
        return "withdrawn"
    return "in_force" if holds_some else "replaced"


def _stored(quads: bytes) -> Lines:
    return frozenset(line for line in unpack(quads).split(b"\n") if line)
