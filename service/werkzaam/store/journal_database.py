"""One connection to the journal file: short transactions, and no exception of SQLite gets out.

Write-ahead log with `synchronous=FULL <https://www.sqlite.org/pragma.html#pragma_synchronous>`_:
what was committed is on the disk. Threads take turns; other processes may read and write beside it.

Writers of all processes also take turns on a lock file, so that a commit and the checkpoint that may
follow it never meet another: SQLite before 3.51.3 could then damage the file
(`WAL-reset bug <https://www.sqlite.org/wal.html#walresetbug>`_).
"""

import contextlib
import errno
import fcntl
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from werkzaam.errors import BadRequest, StoreUnavailable
from werkzaam.store import journal_head, journal_schema
from werkzaam.store.journal_refusals import DamagedData, damaged, unavailable
from werkzaam.store.journal_verify import BEFORE_ALL, chain_faults, file_faults

_TURN: Final = "journal.lock"
_PAUSE_SECONDS: Final = 0.002
_MOST_CHECKED_WHOLE: Final = 64 << 20
"""Of a larger file, whose uploads alone can take seconds to read, what is served is still proven."""


def stands(path: Path) -> bool:
    """Whether something is at ``path``, a journal or not. Raises StoreUnavailable where that cannot
    be told."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as fault:
        raise unavailable(path, fault) from None
    return True


class Database:
    """The journal file ``path``. Not to be shared across a fork."""

    def __init__(self, path: Path, *, read_only: bool = False, wait_seconds: float = 5.0) -> None:
        """Open it, making it if need be (never when ``read_only``). Raises StoreUnavailable."""
        self.path = path
        self._wait = wait_seconds
        self.read_only = read_only
        self._lock = threading.Lock()
        self._proven = BEFORE_ALL
        with self.guarded():
            if not read_only:
                self._make_or_prove()
            self._connection = self._connect(read_only)
            try:
                journal_schema.check(self._connection, path)
                self._bring_up_to_date()
            except BaseException:
                self._connection.close()
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the journal. Raises StoreUnavailable."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is committed at the end, or nothing. Raises StoreUnavailable."""
        with self._turn():
            with self._transaction("BEGIN IMMEDIATE") as connection:
                self.prove(connection)
                yield connection
                head = journal_head.last(connection)
            journal_head.acknowledge(self.path, head)

    def prove(self, connection: sqlite3.Connection) -> None:
        """Refuse a journal that is not what was written: every hash, once, and the last change.

        To be called first in a transaction. What was proven before is not looked at again. Raises
        StoreUnavailable.
        """
        known = journal_head.acknowledged(self.path)
        for fault in chain_faults(connection, self._proven):
            raise damaged(self.path, str(fault))
        journal_head.check(connection, self.path, known)
        self._proven = journal_head.last(connection) or BEFORE_ALL

    def backup(self, target: Path) -> None:
        """Copy the journal as it is now to ``target``, beside readers and writers.

        Raises BadRequest where ``target`` exists, StoreUnavailable where it cannot be written.
        """
        with self.guarded(), contextlib.closing(self._connect(read_only=True)) as source:
            try:
                journal_schema.copy(source, target)
            except FileExistsError:
                raise BadRequest(
                    "The backup {file} exists. Give a name that does not.", file=target
                ) from None
            except OSError as fault:
                raise StoreUnavailable(
                    "The backup {file} cannot be written ({reason}). Name a file in a folder that "
                    "is there and has room.",
                    file=target,
                    reason=fault.strerror,
                ) from None

    def compact(self) -> None:
        """Give back the room that is free in the file, and empty the write-ahead log.

        Readers go on meanwhile and writers wait. Raises StoreUnavailable.
        """
        with self._turn(), self._lock, self.guarded():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def size(self) -> int:
        """How many bytes the file and its write-ahead log take."""
        log = self.path.with_name(self.path.name + "-wal")
        with self.guarded():
            return sum(path.stat().st_size for path in (self.path, log) if path.exists())

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        with self._lock, self.guarded():
            self._connection.close()

    def _make_or_prove(self) -> None:
        """Look before anything is written: closing a connection that may write would clear the log of
        a journal that has to be kept as it is found."""
        left_behind = journal_schema.left_behind(self.path)
        if not stands(self.path):
            if left_behind:
                raise StoreUnavailable(
                    "The journal {file} is gone, but its -wal is there: a new one would read that "
                    "as its own. Put the journal back, or move the -wal and -shm aside.",
                    file=self.path,
                )
            journal_schema.create(self.path)
        with contextlib.closing(self._connect(read_only=True)) as looking:
            journal_schema.check(looking, self.path)
            looking.execute("BEGIN")
            self.prove(looking)
            if self.path.stat().st_size <= _MOST_CHECKED_WHOLE:
                for fault in file_faults(looking):
                    raise damaged(self.path, str(fault))

    def _bring_up_to_date(self) -> None:
        if journal_schema.is_newest(self._connection):
            return
        if self.read_only:
            raise StoreUnavailable(
                "The journal {file} has the tables of an older version of Werkzaam. Start the "
                "service once, or run `werkzaam journal compact`: that brings it up to date.",
                file=self.path,
            )
        with self._turn():
            journal_schema.migrate(self._connection)

    def _connect(self, read_only: bool) -> sqlite3.Connection:
        found = self.path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise unavailable(self.path, OSError(errno.EINVAL, "it is not a file"))
        if found.st_size == 0:
            raise damaged(self.path, "it is empty")
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
            uri=True,
            timeout=self._wait,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        with self.guarded(), contextlib.ExitStack() as stack:
            if not self.read_only:
                lock = os.open(self.path.with_name(_TURN), os.O_RDWR | os.O_CREAT, 0o600)
                stack.callback(os.close, lock)
                self._wait_for(lock)
            yield

    def _wait_for(self, lock: int) -> None:
        until = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE_SECONDS)
            else:
                return

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self.guarded():
            connection = self._connection
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """What goes wrong inside with file, disk or bytes becomes StoreUnavailable."""
        try:
            yield
        except (sqlite3.Error, OSError, DamagedData) as fault:
            raise unavailable(self.path, fault) from None
