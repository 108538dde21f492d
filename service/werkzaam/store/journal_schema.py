"""The tables of the journal, and how a new one comes to be.

A journal is made beside its place and then linked into it, so the file is whole from the first
moment: an empty one is always a fault.
"""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from werkzaam.errors import StoreUnavailable
from werkzaam.store.journal_refusals import damaged

FILE_NAME: Final = "journal.sqlite"
FIRST_SCHEMA: Final = 1
STEPS: tuple[str, ...] = ()
"""SQL from each schema to the next, the first from 1 to 2. One that was released never changes."""
_APPLICATION: Final = 0x575A4B4A

_TABLES: Final = """
CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  time TEXT NOT NULL,
  agent TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('content', 'submission', 'withdrawal', 'update', 'rollback')),
  message TEXT NOT NULL,
  content_digest TEXT CHECK ((kind = 'content') = (content_digest IS NOT NULL)),
  submission TEXT REFERENCES submissions (id) DEFERRABLE INITIALLY DEFERRED,
  patch BLOB NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX changes_by_kind ON changes (kind, number);
CREATE TABLE uploads (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE submissions (
  id TEXT PRIMARY KEY,
  change INTEGER NOT NULL UNIQUE REFERENCES changes (number),
  agent TEXT NOT NULL,
  file_name TEXT NOT NULL,
  upload TEXT NOT NULL REFERENCES uploads (sha256),
  mapping TEXT NOT NULL,
  mapping_version TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_by_upload ON submissions (upload);
CREATE INDEX submissions_by_agent ON submissions (agent, change);
CREATE TABLE reports (
  submission TEXT PRIMARY KEY REFERENCES submissions (id),
  json TEXT NOT NULL
) STRICT;
CREATE TABLE submission_records (
  record TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions (id),
  row INTEGER CHECK (row > 0),
  quads BLOB NOT NULL,
  PRIMARY KEY (record, submission)
) STRICT;
CREATE INDEX records_by_submission ON submission_records (submission, record);
CREATE TABLE standings (
  submission TEXT NOT NULL REFERENCES submissions (id),
  change INTEGER NOT NULL REFERENCES changes (number),
  in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)),
  PRIMARY KEY (submission, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_by_change ON standings (change);
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('submitter', 'curator', 'admin')),
  agent TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  revoked TEXT
) STRICT;
"""


def create(path: Path) -> None:
    """Make an empty journal at ``path``; whoever else made one there first wins.

    Raises OSError or sqlite3.Error.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError), beside(path) as made:
        with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA user_version = {FIRST_SCHEMA}; COMMIT;"
            )
            migrate(connection)
        put_in_place(made, path)


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy the journal open in ``source`` to ``target``, which is there whole or not at all.

    Raises FileExistsError where ``target`` exists, OSError or sqlite3.Error.
    """
    with beside(target) as made:
        with contextlib.closing(sqlite3.connect(made)) as opened:
            source.backup(opened)
        put_in_place(made, target)


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty file that nobody else reads, in the folder of ``target``; it is gone at the end."""
    number, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".new", dir=target.parent)
    os.close(number)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)


def left_behind(path: Path) -> Path | None:
    """The write-ahead log of the journal ``path``, where it holds anything.

    Without its journal it is a danger: SQLite would read it as that of a new one.
    """
    log = path.with_name(path.name + "-wal")
    return log if log.exists() and log.stat().st_size else None


def put_in_place(made: Path, path: Path) -> None:
    """Give the file ``made`` the name ``path`` for good; FileExistsError where that is taken."""
    for part in (made, path.parent):
        if part != made:
            os.link(made, path)
        number = os.open(part, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no journal, and one that a newer version wrote. Raises StoreUnavailable."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise damaged(path, "it is not a journal of Werkzaam")
    version = _schema(connection)
    if version < FIRST_SCHEMA:
        raise damaged(path, "the number of its schema is gone")
    if version > newest():
        raise StoreUnavailable(
            "The journal {file} was written by a newer version of Werkzaam (schema {found}, this "
            "one reads up to {known}). Install that version; this journal is left as it is.",
            file=path,
            found=version,
            known=newest(),
        )
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def newest() -> int:
    """The schema that this version of Werkzaam writes."""
    return FIRST_SCHEMA + len(STEPS)


def is_newest(connection: sqlite3.Connection) -> bool:
    """Whether the journal needs no step any more."""
    return _schema(connection) == newest()


def migrate(connection: sqlite3.Connection) -> None:
    """Take every step that is left, each whole or not at all. Raises sqlite3.Error.

    The caller holds the writers' turn, so that no other process takes the same step.
    """
    for number in range(_schema(connection), newest()):
        step = STEPS[number - FIRST_SCHEMA]
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number + 1}; COMMIT;"
            )
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _schema(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number
