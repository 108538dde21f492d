"""A journal that was edited, cut, locked or has no room: found, said, and nothing half written."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.domain.changes import Delivery, Upload
from werkzaam.errors import StoreUnavailable
from werkzaam.store.journal import Journal
from werkzaam.store.tokens import Tokens

RECORD = "https://example.org/id/project/a"
OTHER = "https://example.org/id/project/b"


def delivery(word: str, record: str = RECORD, size: int = 0) -> Delivery:
    quads = f'<{record}> <u:p> "{word}" <u:g> .\n'.encode()
    data = word.encode() + os.urandom(size)
    said = {record: quads}
    rows = {record: 2}
    return Delivery("ann", "f.csv", Upload(data), "projects", "1", said, {"n": word}, rows=rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    journal = Journal.open(tmp_path)
    journal.record_content("d", b"<u:s> <u:p> <u:o> <u:g> .\n", "content")
    first = journal.append_submission(delivery("one")).submission.id
    journal.append_submission(delivery("two"))
    journal.append_submission(delivery("three", OTHER))
    journal.withdraw(first, "ann")
    journal.record_content("e", b"", "content")
    journal.close()
    return tmp_path


def edit(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


SWAP = (
    "CREATE TEMP TABLE kept AS SELECT number, hash FROM changes",
    "UPDATE changes SET hash = number",
    "UPDATE changes SET hash = (SELECT k.hash FROM kept k WHERE k.number = "
    "CASE changes.number WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE changes.number END)",
)


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE changes SET message = 'x' WHERE number = 1",),
        ("UPDATE changes SET agent = 'eve' WHERE number = 5",),
        ("UPDATE changes SET time = '2020' WHERE number = 1",),
        ("UPDATE changes SET content_digest = 'f' WHERE number = 1",),
        SWAP,
        ("DELETE FROM changes WHERE number = 1",),
        ("DELETE FROM changes WHERE number = 3",),
        ("DELETE FROM changes WHERE number = 6",),
        ("UPDATE changes SET patch = (SELECT patch FROM changes WHERE number = 2)",),
        ("UPDATE uploads SET data = CAST('eve' AS BLOB)",),
        ("UPDATE uploads SET size = 0",),
        ("DELETE FROM uploads",),
        ("UPDATE submissions SET file_name = 'g.csv'",),
        ("UPDATE submissions SET mapping = 'other'",),
        ("UPDATE reports SET json = '{}'",),
        ("DELETE FROM reports",),
        ("UPDATE submission_records SET record = record || 'x'",),
        ("DELETE FROM submission_records",),
        ("UPDATE submission_records SET row = 3",),
        ("UPDATE submission_records SET row = NULL",),
        ("UPDATE submission_records SET quads = (SELECT min(quads) FROM submission_records)",),
        ("UPDATE submission_records SET quads = x'00'",),
        ("UPDATE standings SET in_force = 1",),
        ("DELETE FROM standings WHERE in_force = 0",),
    ],
)
def test_verify_finds_an_edit(folder: Path, statements: tuple[str, ...]) -> None:
    assert Journal.open(folder).verify() == []
    edit(folder, *statements)
    found = Journal.open(folder, read_only=True).verify()
    assert found
    assert all(str(fault) for fault in found)


def test_verify_finds_any_byte_of_a_patch_turned(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        patch: bytes = connection.execute("SELECT patch FROM changes WHERE number = 3").fetchone()[
            0
        ]
        for place in range(len(patch)):
            turned = bytearray(patch)
            turned[place] ^= 0x40
            connection.execute("UPDATE changes SET patch = ? WHERE number = 3", (turned,))
            connection.commit()
            assert Journal.open(folder, read_only=True).verify(), place


@pytest.mark.parametrize("call", ["state", "content_state", "records_state"])
def test_a_damaged_patch_says_so_when_it_is_read(folder: Path, call: str) -> None:
    edit(folder, "UPDATE changes SET patch = x'00'")
    with pytest.raises(StoreUnavailable, match="is damaged.*verify.*backup"):
        getattr(Journal.open(folder, read_only=True), call)()


def test_nothing_is_built_on_what_is_not_proven(folder: Path) -> None:
    journal = Journal.open(folder)
    edit(folder, "UPDATE changes SET message = 'x' WHERE number = 6")
    assert journal.append_submission(delivery("four")).change.number == 7
    edit(folder, "UPDATE changes SET message = 'x' WHERE number = 7")
    for write in (
        lambda: journal.append_submission(delivery("five")),
        lambda: journal.record_content("f", b"", "content"),
        lambda: journal.withdraw(journal.submissions()[0].id, "ann"),
        lambda: Tokens(journal.database).create("admin"),
    ):
        with pytest.raises(StoreUnavailable, match="change 7"):
            write()
    assert journal.last_number() == 7


def test_a_change_that_was_acknowledged_is_missed(folder: Path) -> None:
    copy = (folder / "journal.sqlite").read_bytes()
    with closing(Journal.open(folder)) as journal:
        assert journal.append_submission(delivery("four")).change.number == 7
    (folder / "journal.sqlite").write_bytes(copy)
    with pytest.raises(StoreUnavailable, match="lacks change 7.*its last change is 6.*remove"):
        Journal.open(folder)
    for read_only in (True, False):
        (folder / "journal.head").write_bytes(b"half a li" if read_only else b"")
        assert Journal.open(folder, read_only=read_only).verify() == []


def test_another_history_in_its_place_is_found(folder: Path) -> None:
    copy = (folder / "journal.sqlite").read_bytes()
    with closing(Journal.open(folder)) as journal:
        journal.append_submission(delivery("four"))
    told = (folder / "journal.head").read_bytes()
    (folder / "journal.head").unlink()
    (folder / "journal.sqlite").write_bytes(copy)
    with closing(Journal.open(folder)) as journal:
        journal.append_submission(delivery("another"))
        journal.append_submission(delivery("five"))
    (folder / "journal.head").write_bytes(told)
    assert "lacks change 7" in str(Journal.open(folder, read_only=True).verify()[0])
    with pytest.raises(StoreUnavailable, match="lacks change 7"):
        Journal.open(folder)


def test_what_cannot_be_kept_beside_it_is_no_failure(folder: Path) -> None:
    (folder / "journal.head").unlink()
    (folder / "journal.head").mkdir()
    journal = Journal.open(folder)
    assert journal.append_submission(delivery("four")).change.number == 7
    assert journal.verify() == []


def cut_to(size: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, size)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.write_bytes(b"no database at all " * 300), "is damaged"),
        (cut_to(0), "it is empty"),
        (cut_to(50), "is damaged"),
        (cut_to(4096), "is damaged"),
        (cut_to(3 * 4096), "is damaged"),
        (lambda path: edit(path.parent, "PRAGMA application_id = 7"), "not a journal"),
        (lambda path: edit(path.parent, "PRAGMA user_version = 2"), "newer version"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_journal_is_refused_and_left_alone(
    folder: Path, harm: Callable[[Path], None], words: str, read_only: bool
) -> None:
    path = folder / "journal.sqlite"
    harm(path)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=words) as refused:
        Journal.open(folder, read_only=read_only)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def test_a_journal_that_is_damaged_while_open(folder: Path) -> None:
    journal = Journal.open(folder)
    with (folder / "journal.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 40)
    assert journal.verify()
    with pytest.raises(StoreUnavailable, match="is damaged"):
        journal.state()


def test_a_full_disk(folder: Path) -> None:
    journal = Journal.open(folder)
    with journal.database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreUnavailable, match="disk is full.*Free space"):
        journal.append_submission(delivery("large", size=1 << 20))
    assert journal.last_number() == 6
    assert Journal.open(folder).verify() == journal.verify() == []
    with journal.database.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    assert journal.append_submission(delivery("large", size=1 << 20)).change.number == 7


def test_a_folder_that_can_only_be_read(folder: Path) -> None:
    journal = Journal.open(folder, read_only=True)
    with pytest.raises(StoreUnavailable, match="cannot be written.*WERKZAAM_DATA_DIR"):
        journal.append_submission(delivery("four"))
    assert journal.last_number() == 6
    assert journal.verify() == []


def test_another_that_writes_too_long(folder: Path) -> None:
    journal = Journal.open(folder, wait_seconds=0.05)
    with Journal.open(folder).database.writing():
        assert journal.last_number() == 6
        with pytest.raises(StoreUnavailable, match="is locked by another.*Try again"):
            journal.append_submission(delivery("four"))
    assert journal.append_submission(delivery("four")).change.number == 7


def test_a_foreign_program_that_holds_the_file(folder: Path) -> None:
    journal = Journal.open(folder, wait_seconds=0.05)
    with closing(sqlite3.connect(folder / "journal.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="is locked by another.*Try again"):
            journal.append_submission(delivery("four"))
    assert journal.append_submission(delivery("four")).change.number == 7


def test_writers_take_turns_outside_sqlite_too(folder: Path) -> None:
    journal = Journal.open(folder, wait_seconds=0.05)
    with (folder / "journal.lock").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with pytest.raises(StoreUnavailable, match="is locked by another"):
            journal.append_submission(delivery("four"))
    assert journal.append_submission(delivery("four")).change.number == 7


def test_an_error_inside_leaves_nothing(folder: Path) -> None:
    journal = Journal.open(folder)

    def fail_halfway() -> None:
        with journal.database.writing() as connection:
            connection.execute("DELETE FROM standings")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert journal.verify() == []
    assert journal.append_submission(delivery("four")).change.number == 7


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_that_cannot_be(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        Journal.open(tmp_path / "file" / "data", read_only=read_only)


def test_read_only_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        Journal.open(tmp_path, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_cannot_be_written_and_a_closed_journal(folder: Path) -> None:
    journal = Journal.open(folder)
    with pytest.raises(StoreUnavailable):
        journal.backup(folder / "nowhere" / "copy.sqlite")
    journal.close()
    with pytest.raises(StoreUnavailable):
        journal.last_number()
