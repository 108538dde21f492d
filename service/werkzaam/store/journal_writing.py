"""What is written for each kind of change, inside the caller's transaction."""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from werkzaam.domain.changes import Change, ChangeData, ChangeKind, Committed, Delivery, Submission
from werkzaam.errors import Conflict, Forbidden, NotFound
from werkzaam.store import journal_chain, journal_records
from werkzaam.store.journal_chain import CHANGE_COLUMNS, Draft
from werkzaam.store.journal_patch import Lines, difference, document


def append_content(
    connection: sqlite3.Connection, digest: str, data: ChangeData, agent: str, now: datetime
) -> Change:
    """Record new content; the last change again where nothing differs from it, digest included."""
    last = last_content(connection)
    if last and last.content_digest == digest and not data.added and not data.removed:
        return last
    draft = Draft(storable(agent), "content", "", data, content_digest=digest)
    return journal_chain.append(connection, draft, now)


def append_submission(
    connection: sqlite3.Connection, delivery: Delivery, curator: bool, now: datetime
) -> Committed:
    """Record a delivery, or give the submission that says just this already."""
    records = journal_records.checked_records(delivery)
    same = journal_records.same_in_force(connection, delivery)
    if same is not None:
        submission = find_submission(connection, same)
        return Committed(find_change(connection, submission.change), submission, new=False)
    data = _replacement(connection, delivery, records, curator)
    name = secrets.token_hex(8)
    report = storable(json.dumps(delivery.report, ensure_ascii=False, sort_keys=True))
    named = (delivery.agent, delivery.file_name, delivery.upload.sha256)
    mapping = (delivery.mapping, delivery.mapping_version)
    placed = {
        record: (delivery.rows.get(record), document(quads)) for record, quads in records.items()
    }
    facts = journal_chain.facts((name, *map(storable, (*named, *mapping))), report, placed)
    standings = ((name, 1),)
    draft = Draft(
        *(facts[1], "submission", storable(delivery.message), data),
        submission=name,
        submission_facts=facts,
        standings=standings,
    )
    change = journal_chain.append(connection, draft, now)
    connection.execute(
        "INSERT INTO uploads (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (delivery.upload.sha256, len(delivery.upload.data), delivery.upload.data),
    )
    journal_records.store_submission(connection, change.number, facts, report, placed)
    journal_chain.add_standings(connection, change.number, standings)
    return Committed(change, find_submission(connection, name), new=True)


def _replacement(
    connection: sqlite3.Connection, delivery: Delivery, records: dict[str, Lines], curator: bool
) -> ChangeData:
    near = journal_records.nested(connection, records)
    if near:
        raise Conflict(
            near,
            "A record cannot lie below another: {records}. Choose other identifiers.",
            records=", ".join(near),
        )
    held = {record: journal_records.holding(connection, record) for record in records}
    anothers = sorted(r for r, now in held.items() if now and now.agent != delivery.agent)
    if anothers and not curator:
        raise Conflict(
            anothers,
            "Another agent holds {records}. Ask a curator, or choose other identifiers.",
            records=", ".join(anothers),
        )
    before = [now.quads for now in held.values() if now]
    return difference(frozenset().union(*before), frozenset().union(*records.values()))


def withdraw(
    connection: sqlite3.Connection, submission_id: str, agent: str, curator: bool, now: datetime
) -> Change:
    """Take a submission out of force; where it is already, the change that did."""
    submission = _own(connection, submission_id, agent, curator)
    if submission.state == "withdrawn":
        row = connection.execute(
            "SELECT max(change) FROM standings WHERE submission = ?", (submission_id,)
        ).fetchone()
        return find_change(connection, row[0])
    standings = ((submission_id, 0),)
    draft = Draft(
        *(storable(agent), "withdrawal", "", _restoring(connection, submission)),
        submission=submission_id,
        standings=standings,
    )
    change = journal_chain.append(connection, draft, now)
    journal_chain.add_standings(connection, change.number, standings)
    return change


def withdrawing(
    connection: sqlite3.Connection, submission_id: str, agent: str, curator: bool
) -> ChangeData:
    """What ``withdraw`` would add and remove; nothing where it is out of force already."""
    submission = _own(connection, submission_id, agent, curator)
    if submission.state == "withdrawn":
        return ChangeData(b"", b"")
    return _restoring(connection, submission)


def _own(
    connection: sqlite3.Connection, submission_id: str, agent: str, curator: bool
) -> Submission:
    submission = find_submission(connection, submission_id)
    if submission.agent != agent and not curator:
        raise Forbidden("The submission {id} is another agent's.", id=submission_id)
    return submission


def _restoring(connection: sqlite3.Connection, submission: Submission) -> ChangeData:
    old: set[bytes] = set()
    new: set[bytes] = set()
    for record in submission.records:
        standing = journal_records.holding(connection, record)
        if standing is None or standing.submission != submission.id:
            continue
        old |= standing.quads
        before = journal_records.holding(connection, record, without=submission.id)
        new |= before.quads if before else frozenset()
    return difference(frozenset(old), frozenset(new))


def last_content(connection: sqlite3.Connection) -> Change | None:
    """The last change of kind content."""
    row = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes WHERE kind = 'content' "  # noqa: S608
        "ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return Change(*row) if row else None


def last_change(connection: sqlite3.Connection) -> Change | None:
    """The last change; None before the first."""
    row = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes ORDER BY number DESC LIMIT 1"  # noqa: S608
    ).fetchone()
    return Change(*row) if row else None


def find_change(connection: sqlite3.Connection, number: int) -> Change:
    """One change. Raises NotFound."""
    row = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound("There is no change {number}.", number=number)
    return Change(*row)


def patches(
    connection: sqlite3.Connection, kinds: Sequence[ChangeKind], after: int, upto: int
) -> list[bytes]:
    """The packed patches of the changes of ``kinds`` above ``after`` and up to ``upto``, in order."""
    rows = connection.execute(
        "SELECT patch FROM changes WHERE number > ? AND number <= ? "
        "AND kind IN (SELECT value FROM json_each(?)) ORDER BY number",
        (after, upto, json.dumps(kinds)),
    )
    return [patch for (patch,) in rows]


def has_any(connection: sqlite3.Connection, kinds: Sequence[ChangeKind], upto: int) -> bool:
    """Whether any change up to ``upto`` is of ``kinds``."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM changes WHERE number <= ? "
        "AND kind IN (SELECT value FROM json_each(?)))",
        (upto, json.dumps(kinds)),
    ).fetchone()
    return bool(found[0])


def find_changes(connection: sqlite3.Connection, after: int, limit: int) -> tuple[Change, ...]:
    """At most ``limit`` changes above ``after``, in order."""
    rows = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes WHERE number > ? ORDER BY number LIMIT ?",  # noqa: S608
        (after, limit),
    )
    return tuple(Change(*row) for row in rows)


def find_changes_back(
    connection: sqlite3.Connection, before: int | None, limit: int
) -> tuple[Change, ...]:
    """At most ``limit`` changes below ``before`` (None: all), latest first."""
    rows = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes WHERE ?1 IS NULL OR number < ?1 "  # noqa: S608
        "ORDER BY number DESC LIMIT ?2",
        (before, limit),
    )
    return tuple(Change(*row) for row in rows)


def find_submission(connection: sqlite3.Connection, submission_id: str) -> Submission:
    """One submission. Raises NotFound."""
    found = journal_records.submissions(connection, "s.id = ?", (submission_id,))
    if not found:
        raise NotFound("There is no submission {id}.", id=submission_id)
    return found[0]


def storable(text: str) -> str:
    """The text, with what UTF-8 cannot hold (lone surrogates of a file name) written out."""
    return text.encode("utf-8", "backslashreplace").decode()
