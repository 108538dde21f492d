"""Appending a change, and the chain of hashes that binds each change to all before it.

A hash is SHA-256 over a JSON array of everything the change recorded, the hash before it included;
`RFC 8785 <https://www.rfc-editor.org/rfc/rfc8785>`_ would write the same bytes, as the array holds
no objects and no fractions.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from werkzaam.domain.changes import Change, ChangeData, ChangeKind
from werkzaam.store.journal_patch import pack, unpack, write_patch

FIRST_HASH: Final = "0" * 64
CHANGE_COLUMNS: Final = (
    "number, time, agent, kind, message, content_digest, submission, previous_hash, hash"
)

Standing = tuple[str, int]
Placed = tuple[int | None, bytes]


@dataclass(frozen=True)
class Draft:
    """A change before it has a number: ``standings`` say which submissions are in force from it on.

    ``submission_facts`` is what ``submission_facts()`` will read back; empty for other kinds.
    """

    agent: str
    kind: ChangeKind
    message: str
    data: ChangeData
    content_digest: str | None = None
    submission: str | None = None
    submission_facts: Sequence[str] = ()
    standings: Sequence[Standing] = ()


def append(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Change:
    """Write the row of the change inside the caller's transaction, and give the change.

    Times never go back: after a clock did, a change has the time of the one before it.
    """
    number, time, previous = 1, iso(now), FIRST_HASH
    last = connection.execute(
        "SELECT number, time, hash FROM changes ORDER BY number DESC LIMIT 1"
    ).fetchone()
    if last:
        number, time, previous = last[0] + 1, max(time, last[1]), last[2]
    patch = write_patch(draft.data)
    fields = (number, time, draft.agent, draft.kind, draft.message)
    links = (draft.content_digest, draft.submission)
    digest = chained(
        previous, (*fields, *links), patch, draft.submission_facts, sorted(draft.standings)
    )
    change = Change(*fields, *links, previous, digest)
    connection.execute(
        f"INSERT INTO changes ({CHANGE_COLUMNS}, patch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*fields, *links, previous, digest, pack(patch)),
    )
    return change


def add_standings(
    connection: sqlite3.Connection, number: int, standings: Sequence[Standing]
) -> None:
    """Record which submissions came into force (1) or out of it (0) with change ``number``."""
    connection.executemany(
        "INSERT INTO standings (submission, change, in_force) VALUES (?, ?, ?)",
        [(submission, number, in_force) for submission, in_force in standings],
    )


def chained(
    previous: str,
    fields: Sequence[Any],
    patch: bytes,
    submission_facts: Sequence[str],
    standings: Sequence[Standing],
) -> str:
    """The hash of a change from all that it recorded."""
    whole = [previous, *fields, sha256(patch), list(submission_facts), [list(s) for s in standings]]
    return sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode())


def recomputed(connection: sqlite3.Connection, change: Change) -> str:
    """The hash of ``change`` from what the tables hold now.

    Raises DamagedData where they cannot be read.
    """
    row = connection.execute(
        "SELECT patch FROM changes WHERE number = ?", (change.number,)
    ).fetchone()
    standings = connection.execute(
        "SELECT submission, in_force FROM standings WHERE change = ? ORDER BY submission",
        (change.number,),
    ).fetchall()
    fields = (change.number, change.time, change.agent, change.kind, change.message)
    links = (change.content_digest, change.submission)
    facts = stored_facts(connection, change.number)
    return chained(change.previous_hash, (*fields, *links), unpack(row[0]), facts, standings)


def stored_facts(connection: sqlite3.Connection, number: int) -> tuple[str, ...]:
    """What the hash of a submission covers beside its change; empty where ``number`` is none."""
    row = connection.execute(
        "SELECT s.id, s.agent, s.file_name, s.upload, s.mapping, s.mapping_version, r.json "
        "FROM submissions s LEFT JOIN reports r ON r.submission = s.id WHERE s.change = ?",
        (number,),
    ).fetchone()
    if row is None:
        return ()
    records = connection.execute(
        "SELECT record, row, quads FROM submission_records WHERE submission = ? ORDER BY record",
        (row[0],),
    )
    *named, report = row
    kept = {record: (place, unpack(quads)) for record, place, quads in records}
    return facts(named, report or "", kept)


def facts(named: Sequence[str], report: str, records: Mapping[str, Placed]) -> tuple[str, ...]:
    """A submission as its change's hash covers it: the report and the quads by their hashes.

    ``named``: id, agent, file name, hash of the upload, mapping and its version. ``records``: of
    each its row and its quads.
    """
    each = [
        f"{record}\n{'' if row is None else row}\n{sha256(quads)}\n"
        for record, (row, quads) in sorted(records.items())
    ]
    return (*named, sha256(report.encode()), sha256("".join(each).encode()))


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def iso(moment: datetime) -> str:
    """The moment in UTC, always as long, so that texts sort as times do.

    `RFC 3339 <https://www.rfc-editor.org/rfc/rfc3339>`_ with microseconds.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
