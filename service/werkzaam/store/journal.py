"""The journal: every change of the dataset, in one SQLite file, each written whole or not at all.

Dataset version N is changes 1 … N. One ``Journal`` may be used by several threads, and several
processes may have one open on the same folder.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

from werkzaam.domain.changes import (
    Change,
    ChangeCounts,
    ChangeData,
    Committed,
    Delivery,
    JournalFault,
    Submission,
    SubmissionOrigin,
    Upload,
)
from werkzaam.errors import Conflict, NotFound, StoreBusy, StoreUnavailable
from werkzaam.store import journal_head, journal_records, journal_updates, journal_writing
from werkzaam.store.journal_database import Database
from werkzaam.store.journal_origins import origins
from werkzaam.store.journal_patch import apply, difference, document, lines, read_patch, unpack
from werkzaam.store.journal_schema import FILE_NAME
from werkzaam.store.journal_states import States
from werkzaam.store.journal_verify import RECORD_KINDS, faults

_RETRY_SECONDS: Final = 5
_COUNTS_KEPT: Final = 10_000


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Journal:
    """The journal of one data folder. Any method may raise StoreUnavailable."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self.database = database
        self._states = States(database)
        self._counts = lru_cache(_COUNTS_KEPT)(self._states.counts)
        self._clock = clock

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, wait_seconds: float = 5.0) -> Self:
        """Open the journal in ``folder``, making folder and journal if need be.

        ``read_only`` makes nothing. ``wait_seconds`` is how long to wait for another writer.
        """
        return cls(Database(folder / FILE_NAME, read_only=read_only, wait_seconds=wait_seconds))

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def record_content(self, digest: str, quads: bytes, agent: str) -> Change:
        """Make ``quads`` the whole content, as one change of what differs.

        The same digest as the last content with no difference writes nothing and gives that change.
        """
        new = lines(quads)
        with self.database.writing() as connection:
            old = _content(connection, _last_number(connection))
            data = difference(old, new)
            return journal_writing.append_content(connection, digest, data, agent, self._clock())

    def append_content(self, digest: str, added: bytes, removed: bytes, agent: str) -> Change:
        """Record a difference that the caller found.

        Raises Conflict where it adds what is there or removes what is not: the content changed
        since, or was compared with something else.
        """
        more, less = lines(added), lines(removed)
        data = ChangeData(document(more), document(less))
        with self.database.writing() as connection:
            old = _content(connection, _last_number(connection))
            if more & old or less - old:
                raise Conflict(
                    (), "The content changed since it was compared. Compare it once more."
                )
            return journal_writing.append_content(connection, digest, data, agent, self._clock())

    def append_submission(
        self, delivery: Delivery, *, curator: bool = False, after: int | None = None
    ) -> Committed:
        """Record a delivery: its records replace what those records said before.

        Raises StoreBusy where ``after`` is given and is not the last change any more.

        The same bytes by the same agent and mapping, all still standing: that submission, and
        nothing is written. Raises Conflict where another agent holds a record and the caller is no curator,
        or where a record lies below another; BadRequest for records that are not well formed.
        """
        with self.database.writing() as connection:
            if after not in (None, _last_number(connection)):
                raise StoreBusy(
                    _RETRY_SECONDS,
                    "The data changed while this file was checked. Try again in {retry_after} "
                    "seconds.",
                )
            return journal_writing.append_submission(connection, delivery, curator, self._clock())

    def append_update(
        self, data: ChangeData, agent: str, message: str, *, after: int | None
    ) -> Change:
        """Record an update by the quads it adds and removes; one that does neither writes nothing.

        Raises StoreBusy where ``after`` is given and is not the last change any more, BadRequest for
        a line that is no quad or names no graph, Conflict where a graph is touched that holds
        records or what is derived.
        """
        data = journal_updates.checked(data)
        with self.database.writing() as connection:
            if after not in (None, _last_number(connection)):
                raise StoreBusy(
                    _RETRY_SECONDS,
                    "The data changed while this update was worked out. Try again in {retry_after} "
                    "seconds.",
                )
            return journal_updates.append_update(connection, data, agent, message, self._clock())

    def withdraw(
        self, submission_id: str, agent: str, *, curator: bool = False, after: int | None = None
    ) -> Change:
        """Take a submission back: each of its records is again what the latest in force says.

        Once withdrawn, the same change is given again. Raises NotFound for an unknown submission,
        Forbidden where it is another agent's and the caller is no curator, StoreBusy as
        ``append_submission``.
        """
        with self.database.writing() as connection:
            if after not in (None, _last_number(connection)):
                raise StoreBusy(
                    _RETRY_SECONDS,
                    "The data changed while this was checked. Try again in {retry_after} seconds.",
                )
            now = self._clock()
            return journal_writing.withdraw(connection, submission_id, agent, curator, now)

    def withdrawing(
        self, submission_id: str, agent: str, *, curator: bool = False
    ) -> tuple[int, ChangeData]:
        """The number of the last change, and what ``withdraw`` would change after it. Raises as that."""
        with self.database.reading() as connection:
            data = journal_writing.withdrawing(connection, submission_id, agent, curator)
            return _last_number(connection), data

    def holders(self, records: Iterable[str]) -> dict[str, str]:
        """Which submission says what each of ``records`` says now; those that nobody holds left out."""
        with self.database.reading() as connection:
            held = {record: journal_records.holding(connection, record) for record in records}
        return {record: now.submission for record, now in held.items() if now}

    def last_number(self) -> int:
        """The number of the last change, 0 before the first: cheap enough to ask often."""
        with self.database.reading() as connection:
            return _last_number(connection)

    def changes(self, after: int = 0, limit: int = 100) -> tuple[Change, ...]:
        """At most ``limit`` changes with a number above ``after``, in order."""
        with self.database.reading() as connection:
            return journal_writing.find_changes(connection, after, limit)

    def changes_back(self, before: int | None = None, limit: int = 100) -> tuple[Change, ...]:
        """At most ``limit`` changes with a number below ``before`` (None: all), latest first."""
        with self.database.reading() as connection:
            return journal_writing.find_changes_back(connection, before, limit)

    def counts(self, number: int) -> ChangeCounts:
        """How many quads change ``number`` added and removed. Raises NotFound."""
        return self._counts(number)

    def change(self, number: int) -> Change:
        """Change ``number``. Raises NotFound."""
        with self.database.reading() as connection:
            return journal_writing.find_change(connection, number)

    def data(self, number: int) -> ChangeData:
        """What change ``number`` added and removed. Raises NotFound."""
        with self.database.reading() as connection:
            journal_writing.find_change(connection, number)
            row = connection.execute(
                "SELECT patch FROM changes WHERE number = ?", (number,)
            ).fetchone()
            return read_patch(unpack(row[0]))

    def state(self, upto: int | None = None) -> bytes:
        """All quads of version ``upto`` (default: the last), as sorted N-Quads. Raises NotFound."""
        return self._states.document(upto)

    def content_state(self, upto: int | None = None) -> bytes:
        """The quads that content changes up to ``upto`` add up to. Raises NotFound."""
        return self._states.document_of(("content",), upto)

    def records_state(self, upto: int | None = None) -> bytes:
        """The quads that submissions and withdrawals up to ``upto`` add up to. Raises NotFound."""
        return self._states.document_of(RECORD_KINDS, upto)

    def net(self, before: int, after: int, *, most: int | None = None) -> ChangeData:
        """What differs from version ``before`` to ``after``, whichever is later. Raises NotFound.

        Exactly ``state(after)`` less ``state(before)``, and the reverse; 0 is the empty version.
        Raises BadRequest where the changes between them touch more than ``most`` quads.
        """
        return self._states.net(before, after, most)

    def last_content_digest(self) -> str | None:
        """The digest of the content last recorded; None before the first."""
        with self.database.reading() as connection:
            last = journal_writing.last_content(connection)
        return last.content_digest if last else None

    def submission(self, submission_id: str) -> Submission:
        """One submission. Raises NotFound."""
        with self.database.reading() as connection:
            return journal_writing.find_submission(connection, submission_id)

    def submissions(self, agent: str | None = None) -> tuple[Submission, ...]:
        """All submissions, or those of ``agent``, latest first."""
        with self.database.reading() as connection:
            if agent is None:
                return journal_records.submissions(connection)
            return journal_records.submissions(connection, "s.agent = ?", (agent,))

    def held_by_others(self, records: Iterable[str], agent: str) -> frozenset[str]:
        """Those of ``records`` that another than ``agent`` holds."""
        with self.database.reading() as connection:
            return journal_records.held_by_others(connection, records, agent)

    def origins(self, upto: int) -> tuple[SubmissionOrigin, ...]:
        """Every submission up to change ``upto`` as it stood then, with the records it held."""
        with self.database.reading() as connection:
            return tuple(origins(connection, upto))

    def upload(self, sha256: str) -> Upload:
        """The file with this hash. Raises NotFound."""
        return Upload(self._one("SELECT data FROM uploads WHERE sha256 = ?", sha256))

    def report(self, submission_id: str) -> dict[str, Any]:
        """The validation report of a submission. Raises NotFound."""
        text = self._one("SELECT json FROM reports WHERE submission = ?", submission_id)
        report: dict[str, Any] = json.loads(text)
        return report

    def verify(self) -> list[JournalFault]:
        """Every fault in the file, the chain, the uploads and the state; empty when all is well."""
        found: list[JournalFault] = []
        try:
            with self.database.reading() as connection:
                known = journal_head.acknowledged(self.database.path)
                found.extend(faults(connection))
                journal_head.check(connection, self.database.path, known)
            wrong = () if found else self._states.wrong_snapshots()
            found.extend(
                JournalFault(number, "Its snapshot is not what the changes add up to: delete it.")
                for number in wrong
            )
        except StoreUnavailable as fault:
            found.append(JournalFault(None, str(fault)))
        return found

    def backup(self, path: Path) -> None:
        """Copy the journal as it is now to the new file ``path``. Raises BadRequest if it exists."""
        self.database.backup(path)

    def compact(self) -> None:
        """Shrink the file and renew the snapshots; every version can be read as before."""
        self.database.compact()
        self._states.renew()

    def sizes(self) -> tuple[int, int]:
        """How many bytes the journal takes, and how many the snapshots beside it."""
        return self.database.size(), self._states.snapshots.size()

    def _one(self, statement: str, key: str) -> Any:
        with self.database.reading() as connection:
            row = connection.execute(statement, (key,)).fetchone()
        if row is None:
            raise NotFound("The journal holds nothing called {name}.", name=key)
        return row[0]


def _last_number(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT max(number) FROM changes").fetchone()[0] or 0


def _content(connection: sqlite3.Connection, last: int) -> frozenset[bytes]:
    state: set[bytes] = set()
    for patch in journal_writing.patches(connection, ("content",), 0, last):
        apply(state, read_patch(unpack(patch)))
    return frozenset(state)
