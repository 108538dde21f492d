"""A data folder that is not as it was left: the start is refused with the reason and the remedy, and
every byte stays."""

import gc
import logging
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam import app, cli, serving
from werkzaam.domain.changes import Delivery, Upload
from werkzaam.store.journal import Journal
from werkzaam.store.journal_restoring import restore

Harm = Callable[[Path], object]
FILE = "journal.sqlite"
LOG = "journal.sqlite-wal"
RECORD = "https://w3id.org/mdt-kennisgraaf/id/project/p"
KILLED = """
import os, sys
from pathlib import Path
from werkzaam.domain.changes import Delivery, Upload
from werkzaam.store.journal import Journal

journal = Journal.open(Path(sys.argv[1]))
for number in range(4):
    quads = f'<u:r{number}> <u:p> "{number}" <u:g> .\\n'.encode()
    sent = Delivery("ann", "f.csv", Upload(b"%d" % number), "projects", "1", {f"u:r{number}": quads}, {})
    journal.append_submission(sent)
os.kill(os.getpid(), 9)
"""


def submit(journal: Journal, word: str) -> None:
    quads = f'<{RECORD}> <u:p> "{word}" <u:g> .\n'.encode()
    said = {RECORD: quads}
    journal.append_submission(
        Delivery("ann", "f.csv", Upload(word.encode()), "projects", "1", said, {"n": word})
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a few changes, closed as it should be."""
    with closing(Journal.open(tmp_path / "data")) as journal:
        journal.record_content("d", b"<u:s> <u:p> <u:o> <u:g> .\n", "content")
        for word in ("one", "two", "three"):
            submit(journal, word)
    return tmp_path / "data"


@pytest.fixture
def killed_folder(tmp_path: Path) -> Path:
    """A data folder whose writer was killed: its changes stand in the write-ahead log alone."""
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "data"])
    assert done.returncode == -signal.SIGKILL
    return tmp_path / "data"


@pytest.fixture
def start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[[Path], tuple[int, str]]]:
    """Start the service in this process, up to where it would answer: exit code and words."""
    (tmp_path / "content").mkdir()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    root = logging.getLogger()
    logs, level = list(root.handlers), root.level
    interval = sys.getswitchinterval()
    monkeypatch.setattr(app, "create_app", lambda _, close: close)
    monkeypatch.setattr(serving, "serve", lambda close, *_: close())

    def run(folder: Path) -> tuple[int, str]:
        monkeypatch.setenv("WERKZAAM_DATA_DIR", str(folder))
        monkeypatch.setenv("WERKZAAM_CONTENT_DIR", str(tmp_path / "content"))
        monkeypatch.setenv("WERKZAAM_READERS", "1")
        monkeypatch.setenv("WERKZAAM_PORT", "0")
        code = cli.main(["serve"])
        return code, capfd.readouterr().err

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)
    gc.unfreeze()
    sys.setswitchinterval(interval)
    root.handlers[:] = logs
    root.setLevel(level)


def bytes_of(folder: Path) -> dict[str, bytes | Path]:
    """All that counts in a folder: not the locks, nor what SQLite makes anew at each opening."""
    made = (".lock", "-shm")
    found: dict[str, bytes | Path] = {
        path.name: path.readlink() if path.is_symlink() else path.read_bytes()
        for path in folder.iterdir()
        if (path.is_file() or path.is_symlink()) and not path.name.endswith(made)
    }
    return {name: what for name, what in found.items() if name != LOG or what}


def edit(*statements: str) -> Harm:
    def harm(folder: Path) -> None:
        with closing(sqlite3.connect(folder / FILE)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return harm


def in_place(make: Callable[[Path], object], name: str = FILE) -> Harm:
    def harm(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return harm


def cut(part: float, name: str = FILE) -> Harm:
    def harm(folder: Path) -> None:
        size = (folder / name).stat().st_size
        os.truncate(folder / name, int(size * part) if part < 1 else size - int(part))

    return harm


def turn_a_byte(path: Path) -> None:
    with closing(sqlite3.connect(path / FILE)) as connection, connection:
        ((patch,),) = connection.execute("SELECT patch FROM changes WHERE number = 3").fetchall()
        turned = patch[:20] + bytes([patch[20] ^ 1]) + patch[21:]
        connection.execute("UPDATE changes SET patch = ? WHERE number = 3", (turned,))


def wipe_an_index(folder: Path) -> None:
    """Damage that no reading of the changes meets."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        ((size,),) = connection.execute("PRAGMA page_size").fetchall()
        ((page,),) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'submissions_by_upload'"
        ).fetchall()
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (a)")


def loop(path: Path) -> None:
    path.symlink_to(path)


HARMS: dict[str, tuple[Harm, str]] = {
    "empty": (in_place(Path.touch), "is damaged (it is empty)"),
    "cut to a byte": (cut(0.00002), "is damaged"),
    "cut in the first page": (cut(0.01), "is damaged"),
    "cut in half": (cut(0.5), "is damaged"),
    "cut by a page": (cut(4096), "is damaged"),
    "no database": (in_place(lambda p: p.write_bytes(b"letters " * 999)), "is damaged"),
    "another database": (in_place(foreign), "not a journal of Werkzaam"),
    "a newer schema": (edit("PRAGMA user_version = 99"), "newer version"),
    "a byte turned": (turn_a_byte, "change 3"),
    "a patch replaced": (
        edit("UPDATE changes SET patch = (SELECT patch FROM changes WHERE number = 2) WHERE number = 3"),
        "change 3",
    ),
    "a row removed in the middle": (edit("DELETE FROM changes WHERE number = 2"), "Change 2 is missing"),
    "the last row removed": (edit("DELETE FROM changes WHERE number = 4"), "Changes after 3 are missing"),
    "the last row removed without trace": (
        edit("DELETE FROM changes WHERE number = 4", "UPDATE sqlite_sequence SET seq = 3"),
        "lacks change 4",
    ),
    "a hash changed": (
        edit("UPDATE changes SET hash = replace(hash, 'a', 'b') WHERE number = 2"),
        "change 2",
    ),
    "standings edited": (edit("UPDATE standings SET in_force = 0"), "change 2"),
    "a record edited": (
        edit("UPDATE submission_records SET record = record || 'x' WHERE submission IN "
             "(SELECT submission FROM changes WHERE number = 4)"),
        "change 4",
    ),
    "a report edited": (edit("UPDATE reports SET json = '{}'"), "change 2"),
    "an index wiped": (wipe_an_index, "is damaged"),
    "a folder in its place": (in_place(Path.mkdir), "cannot be opened"),
    "a link to itself": (in_place(loop), "cannot be opened"),
    "a link to nothing": (in_place(lambda p: p.symlink_to("nothing")), "cannot be opened"),
    "a pipe in its place": (in_place(os.mkfifo), "cannot be opened (it is not a file)"),
    "a folder for the writers' lock": (in_place(Path.mkdir, "journal.lock"), "journal.lock"),
    "a folder for the lock": (in_place(Path.mkdir, "service.lock"), "service.lock"),
    "a lock that is a link to itself": (in_place(loop, "service.lock"), "service.lock"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMS)
def test_a_harmed_folder_is_refused_and_left_as_it_is(
    folder: Path, start: Callable[[Path], tuple[int, str]], name: str
) -> None:
    harm, words = HARMS[name]
    harm(folder)
    before = bytes_of(folder)
    code, said = start(folder)
    assert code == 3, said
    assert words in said
    assert str(folder) in said
    assert "Traceback" not in said
    assert bytes_of(folder) == before


def test_a_folder_without_harm_is_not_refused(
    folder: Path, start: Callable[[Path], tuple[int, str]]
) -> None:
    assert start(folder)[0] == 0
    with closing(Journal.open(folder, read_only=True)) as journal:
        assert journal.verify() == []


@pytest.mark.parametrize(
    "harm", [cut(0, LOG), cut(0.01, LOG), cut(0.5, LOG), cut(1, LOG), in_place(lambda _: None, LOG)]
)
def test_a_log_that_was_cut_off_is_missed(
    killed_folder: Path, start: Callable[[Path], tuple[int, str]], harm: Harm
) -> None:
    log, journal = killed_folder / LOG, (killed_folder / FILE).read_bytes()
    kept = log.read_bytes()
    harm(killed_folder)
    code, said = start(killed_folder)
    assert (code, "lacks change 4" in said) == (3, True)
    assert (killed_folder / FILE).read_bytes() == journal
    log.write_bytes(kept)
    assert start(killed_folder)[0] == 0


def test_what_is_lost_can_be_let_go(
    killed_folder: Path, start: Callable[[Path], tuple[int, str]]
) -> None:
    (killed_folder / LOG).unlink()
    assert start(killed_folder)[0] == 3
    (killed_folder / "journal.head").unlink()
    assert start(killed_folder)[0] == 0
    with closing(Journal.open(killed_folder)) as journal:
        submit(journal, "new")
        assert journal.verify() == []


def test_a_backup_restored_after_a_loss_begins_anew(
    killed_folder: Path, start: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    backup = tmp_path / "backup.sqlite"
    with closing(Journal.open(killed_folder)) as journal:
        journal.backup(backup)
        submit(journal, "later")
    (killed_folder / FILE).unlink()
    assert restore(backup, killed_folder) == []
    assert start(killed_folder)[0] == 0
    with closing(Journal.open(killed_folder, read_only=True)) as journal:
        assert journal.last_number() == 5
        assert journal.verify() == []
