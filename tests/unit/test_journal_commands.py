"""``werkzaam journal``: copied, put back, made smaller and written out."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.cli import main
from werkzaam.data_folder import held
from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.store.journal import Journal

QUADS = [f"<u:s{n}> <u:p> <u:o> <u:g> .\n".encode() for n in range(4)]
RECORD = "https://example.org/id/project/a"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a journal of four changes; the commands read it."""
    folder = tmp_path / "data"
    with closing(Journal.open(folder)) as journal:
        journal.record_content("d", QUADS[0] + QUADS[1], "content")
        said = {RECORD: f'<{RECORD}> <u:p> "x" <u:g> .\n'.encode()}
        name = journal.append_submission(
            Delivery("ann", "f", Upload(b"u"), "p", "1", said, {})
        ).submission.id
        journal.append_update(ChangeData(QUADS[2], QUADS[0]), "ann", "", after=2)
        journal.withdraw(name, "ann")
    monkeypatch.setenv("WERKZAAM_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Let the commands read another folder, in which nothing is."""

    def move() -> Path:
        monkeypatch.setenv("WERKZAAM_DATA_DIR", str(tmp_path / "other"))
        return tmp_path / "other"

    return move


def run(*words: str) -> int:
    return main(["journal", *words])


def test_what_was_backed_up_can_be_put_back(
    folder: Path, tmp_path: Path, elsewhere: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.sqlite"
    assert run("backup", str(copy)) == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert run("backup", str(copy)) == 2
    other = elsewhere()
    assert run("restore", str(copy)) == 0
    assert "4 changes are verified and restored" in capsys.readouterr().err
    assert {path.name for path in other.iterdir()} == {
        *("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"),
        "service.lock",
    }
    with closing(Journal.open(folder)) as old, closing(Journal.open(other)) as new:
        assert new.verify() == []
        assert new.changes() == old.changes()
        assert [new.state(n) for n in range(5)] == [old.state(n) for n in range(5)]
        assert new.append_update(ChangeData(QUADS[3], b""), "ann", "", after=4).number == 5


def test_a_journal_that_was_not_closed_is_put_back_with_its_log(
    folder: Path, elsewhere: Callable[[], Path]
) -> None:
    with closing(Journal.open(folder)) as journal:
        journal.append_update(ChangeData(QUADS[3], b""), "ann", "", after=4)
        assert (folder / "journal.sqlite-wal").stat().st_size > 0
        other = elsewhere()
        assert run("restore", str(folder / "journal.sqlite")) == 0
    with closing(Journal.open(other)) as restored:
        assert restored.last_number() == 5


def edited(statement: str) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return edit


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (edited("UPDATE changes SET message = 'x' WHERE number = 2"), "change 2: What it rec"),
        (edited("DELETE FROM changes WHERE number = 4"), "Changes after 3 are missing"),
        (edited("PRAGMA application_id = 7"), "not a journal of Werkzaam"),
        (lambda path: path.write_bytes(b""), "not a journal of Werkzaam"),
        (lambda path: path.write_bytes(b"no database at all" * 99), "not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "damaged|malformed"),
    ],
)
def test_a_bad_backup_is_not_put_back(
    folder: Path,
    elsewhere: Callable[[], Path],
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], object],
    said: str,
) -> None:
    damage(folder / "journal.sqlite")
    other = elsewhere()
    assert run("restore", str(folder / "journal.sqlite")) == 1
    told = capsys.readouterr()
    assert re.search(said, told.out)
    assert "Nothing is restored" in told.err
    assert [path.name for path in other.iterdir()] == ["service.lock"]


def test_a_backup_of_a_newer_version_is_not_put_back(
    folder: Path, elsewhere: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "journal.sqlite"
    edited("PRAGMA user_version = 99")(file)
    other = elsewhere()
    assert run("restore", str(file)) == 3
    assert f"The journal {file} was written by a newer" in capsys.readouterr().err
    assert [path.name for path in other.iterdir()] == ["service.lock"]


@pytest.mark.parametrize("left", ["journal.sqlite", "journal.sqlite-wal"])
def test_nothing_is_overwritten(folder: Path, elsewhere: Callable[[], Path], left: str) -> None:
    other = elsewhere()
    other.mkdir()
    (other / left).write_bytes(b"mine")
    assert run("restore", str(folder / "journal.sqlite")) == 1
    assert (other / left).read_bytes() == b"mine"


def test_restoring_waits_for_no_service_and_for_no_file(
    folder: Path, elsewhere: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    other = elsewhere()
    with held(other):
        assert run("restore", str(folder / "journal.sqlite")) == 3
    assert "in use by another service" in capsys.readouterr().err
    assert run("restore", str(folder / "nowhere")) == 2
    assert [path.name for path in other.iterdir()] == ["service.lock"]


def test_a_smaller_file_loses_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Journal.open(folder)) as journal:
        for number in range(30):
            quad = f'<u:s> <u:p> "{number}" <u:g> .\n'.encode()
            journal.append_update(ChangeData(quad, b""), "ann", "x" * 9000, after=None)
        versions = [journal.state(number) for number in range(35)]
        changes = journal.changes()
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE free (x BLOB)")
        connection.execute("INSERT INTO free VALUES (zeroblob(1000000))")
        connection.execute("DROP TABLE free")
    assert run("compact") == 0
    told = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    before, after = (int(part.split()[0]) for part in told["journal"].split(" bytes before, "))
    assert after < before - 900_000
    assert sum(p.stat().st_size for p in folder.glob("journal.sqlite*")) <= after + 32768
    assert [p.name[:9] for p in (folder / "snapshots").iterdir()] == ["000000034"]
    with closing(Journal.open(folder)) as journal:
        assert journal.verify() == []
        assert journal.changes() == changes
        assert [journal.state(number) for number in range(35)] == versions
        assert journal.append_update(ChangeData(QUADS[3], b""), "a", "", after=34).number == 35


def test_a_journal_with_faults_is_not_made_smaller(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited("UPDATE changes SET message = 'x'")(folder / "journal.sqlite")
    kept = (folder / "journal.sqlite").read_bytes()
    assert run("compact") == 3
    assert "werkzaam journal verify" in capsys.readouterr().err
    assert (folder / "journal.sqlite").read_bytes() == kept


def test_a_version_is_written_out_as_quads(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("export") == 0
    assert capfdbinary.readouterr().out == QUADS[1] + QUADS[2]
    assert run("export", "--version", "1", "--format", "nquads") == 0
    assert capfdbinary.readouterr().out == QUADS[0] + QUADS[1]
    file = folder / "two.nq"
    assert run("export", "--version", "2", "-o", str(file)) == 0
    assert capfdbinary.readouterr().out == b""
    assert len(list(ox.parse(path=file, format=ox.RdfFormat.N_QUADS))) == 3
    assert run("export", "-o", str(folder / "nowhere" / "x")) == 3


def test_a_range_is_written_out_as_a_patch(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with closing(Journal.open(folder)) as journal:
        first, second, third, last = (f'"{change.hash}"'.encode() for change in journal.changes())
    record = f'<{RECORD}> <u:p> "x" <u:g> .\n'.encode()
    head = b"H id %b .\nH prev %b .\nTX .\n"
    assert run("export", "--from", "1", "--to", "3") == 0
    assert capfdbinary.readouterr().out == head % (third, first) + (
        b"D " + QUADS[0] + b"A " + record + b"A " + QUADS[2] + b"TC .\n"
    )
    assert run("export", "--from", "2") == 0
    assert capfdbinary.readouterr().out == head % (last, second) + (
        b"D " + record + b"D " + QUADS[0] + b"A " + QUADS[2] + b"TC .\n"
    )
    whole = b"H id %b .\nTX .\nA " % last + QUADS[1] + b"A " + QUADS[2] + b"TC .\n"
    for words in (["--to", "4"], ["--format", "patch"]):
        assert run("export", *words) == 0
        assert capfdbinary.readouterr().out == whole


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "1", "--version", "2"],
        ["--to", "1", "--format", "nquads"],
        ["--version", "9"],
        ["--version", "-1"],
        ["--from", "1", "--to", "9"],
    ],
)
def test_what_cannot_be_written_out_is_told(folder: Path, words: list[str]) -> None:
    assert folder.exists()
    assert run("export", *words) == 2
