"""A journal made by an older version of Werkzaam: opened, brought up to date, or refused."""

import hashlib
import json
import sqlite3
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.errors import StoreUnavailable
from werkzaam.store import journal_schema
from werkzaam.store.journal import Journal

# as the first version that was released made it
SCHEMA_1 = """
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
QUAD = b"<u:s> <u:p> <u:o> <u:g> .\n"
RECORD = b'<u:r> <u:p> "x" <u:r> .\n'
STEPS = (
    "ALTER TABLE changes ADD COLUMN weight INTEGER NOT NULL DEFAULT 7; "
    "CREATE INDEX changes_by_weight ON changes (weight)",
    "CREATE TABLE extra (name TEXT) STRICT; INSERT INTO extra VALUES ('there')",
)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def chained(values: list[object]) -> str:
    return digest(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())


def made_by_hand(folder: Path) -> Path:
    """A journal of two changes in schema 1, written without any code of ours."""
    path = folder / "journal.sqlite"
    first, second = (b"TX .\nA " + line + b"TC .\n" for line in (QUAD, RECORD))
    time = "2026-11-01T10:00:00.000000Z"
    one = chained(["0" * 64, 1, time, "local", "content", "", "d1", None, digest(first), [], []])
    said = digest(f"u:r\n2\n{digest(RECORD)}\n".encode())
    about = ["s1", "ann", "f.csv", digest(b"file"), "projects", "1"]
    facts = [*about, digest(b"{}"), said]
    two = chained(
        [one, 2, time, "ann", "submission", "", None, "s1", digest(second), facts, [["s1", 1]]]
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA application_id = 0x575A4B4A")
        connection.executescript(f"BEGIN; {SCHEMA_1} PRAGMA user_version = 1; COMMIT;")
        connection.execute("BEGIN")
        change = "INSERT INTO changes VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?)"
        connection.execute(
            change, (1, time, "local", "content", "d1", None, zlib.compress(first), "0" * 64, one)
        )
        connection.execute(
            change, (2, time, "ann", "submission", None, "s1", zlib.compress(second), one, two)
        )
        connection.execute("INSERT INTO uploads VALUES (?, 4, ?)", (digest(b"file"), b"file"))
        name, agent, *rest = about
        connection.execute(
            "INSERT INTO submissions VALUES (?, 2, ?, ?, ?, ?, ?)", (name, agent, *rest)
        )
        connection.execute("INSERT INTO reports VALUES ('s1', '{}')")
        connection.execute(
            "INSERT INTO submission_records VALUES ('u:r', 's1', 2, ?)", (zlib.compress(RECORD),)
        )
        connection.execute("INSERT INTO standings VALUES ('s1', 2, 1)")
        connection.execute("COMMIT")
    return path


def schema_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return number


@pytest.mark.parametrize("steps", [(), STEPS])
def test_a_journal_of_the_first_schema_opens_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...]
) -> None:
    path = made_by_hand(tmp_path)
    monkeypatch.setattr(journal_schema, "STEPS", steps)
    with closing(Journal.open(tmp_path)) as journal:
        assert journal.verify() == []
        assert journal.state() == RECORD + QUAD
        assert journal.records_state() == RECORD
        assert journal.withdraw("s1", "ann").number == 3
        journal.append_update(ChangeData(b"", QUAD), "ann", "", after=3)
        assert journal.state() == b""
        assert journal.verify() == []
    assert schema_of(path) == 1 + len(steps)


def test_each_step_is_taken_once_and_a_new_journal_has_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    path = made_by_hand(old)
    monkeypatch.setattr(journal_schema, "STEPS", STEPS[:1])
    Journal.open(old).close()
    assert schema_of(path) == 2
    monkeypatch.setattr(journal_schema, "STEPS", STEPS)
    for folder in (old, old, new):
        Journal.open(folder).close()
        with closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
            assert connection.execute("SELECT name FROM extra").fetchall() == [("there",)]
            assert connection.execute("SELECT DISTINCT weight FROM changes").fetchall() in (
                [(7,)],
                [],
            )
    assert schema_of(path) == schema_of(new / "journal.sqlite") == 3


def test_several_that_open_it_at_once_take_each_step_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by_hand(tmp_path)
    monkeypatch.setattr(journal_schema, "STEPS", STEPS)
    together = threading.Barrier(4)

    def opened(_: int) -> int:
        together.wait(20)
        with closing(Journal.open(tmp_path)) as journal:
            return journal.last_number()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, range(4))) == [2] * 4


def test_a_step_that_fails_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_by_hand(tmp_path)
    monkeypatch.setattr(journal_schema, "STEPS", (STEPS[0] + "; INSERT INTO nowhere VALUES (1)",))
    with pytest.raises(StoreUnavailable, match="could not be used"):
        Journal.open(tmp_path)
    monkeypatch.undo()
    assert schema_of(path) == 1
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(changes)")]
    assert "weight" not in columns
    with closing(Journal.open(tmp_path)) as journal:
        assert journal.verify() == []


def test_an_older_one_that_may_only_be_read_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_by_hand(tmp_path)
    Journal.open(tmp_path, read_only=True).close()
    monkeypatch.setattr(journal_schema, "STEPS", STEPS)
    with pytest.raises(StoreUnavailable, match="`werkzaam journal compact`: that brings it"):
        Journal.open(tmp_path, read_only=True)
    assert schema_of(path) == 1


@pytest.mark.parametrize(("number", "said"), [(0, "schema is gone"), (2, "newer version")])
def test_a_schema_that_is_not_known_is_refused(tmp_path: Path, number: int, said: str) -> None:
    path = made_by_hand(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(StoreUnavailable, match=said):
        Journal.open(tmp_path)


def test_no_journal_is_made_beside_what_another_left(tmp_path: Path) -> None:
    path = made_by_hand(tmp_path)
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.with_name(path.name + "-wal").write_bytes(b"left")
    with pytest.raises(StoreUnavailable, match="move the -wal and -shm aside"):
        Journal.open(tmp_path)
    assert not path.exists()
