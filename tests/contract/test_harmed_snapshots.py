"""A snapshot that is not what was written: passed over, and every version is as it was."""

import os
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.domain.changes import Delivery, Upload
from werkzaam.store.journal import Journal

Harm = Callable[[Path], object]
RECORD = "https://w3id.org/mdt-kennisgraaf/id/project/p"


def submit(journal: Journal, word: str) -> None:
    quads = {RECORD: f'<{RECORD}> <u:p> "{word}" <u:g> .\n'.encode()}
    journal.append_submission(Delivery("ann", "f.csv", Upload(word.encode()), "p", "1", quads, {}))


def another_text(snapshot: Path) -> None:
    head, _, packed = snapshot.read_bytes().partition(b"\n")
    text = zlib.decompress(packed) + b"<u:x> <u:p> <u:o> <u:g> .\n"
    snapshot.write_bytes(head + b"\n" + zlib.compress(text, 1))


def turn_its_byte(snapshot: Path) -> None:
    data = bytearray(snapshot.read_bytes())
    data[-9] ^= 1
    snapshot.write_bytes(data)


def replaced(make: Harm) -> Harm:
    def harm(snapshot: Path) -> None:
        snapshot.unlink()
        make(snapshot)

    return harm


def without_folder(snapshot: Path) -> None:
    snapshot.parent.rmdir()


def file_for_folder(snapshot: Path) -> None:
    snapshot.parent.rmdir()
    snapshot.parent.write_text("")


SNAPSHOT_HARMS: dict[str, Harm] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "a byte turned": turn_its_byte,
    "another text": another_text,
    "a folder": replaced(Path.mkdir),
    "a link to itself": replaced(lambda path: path.symlink_to(path)),
    "gone with its folder": replaced(without_folder),
    "its folder a file": replaced(file_for_folder),
}


@pytest.mark.parametrize("name", SNAPSHOT_HARMS)
def test_a_harmed_snapshot_changes_nothing_that_is_served(tmp_path: Path, name: str) -> None:
    folder = tmp_path
    with closing(Journal.open(folder)) as journal:
        for number in range(20):
            submit(journal, f"more {number}")
        whole = journal.state()
    (snapshot,) = (folder / "snapshots").iterdir()
    SNAPSHOT_HARMS[name](snapshot)
    with closing(Journal.open(folder)) as journal:
        assert journal.state() == whole
        assert journal.verify() == []
    with closing(Journal.open(folder, read_only=True)) as journal:
        assert journal.state() == whole
