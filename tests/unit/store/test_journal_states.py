"""Whole versions, what differs between two, and the snapshots that make both quick."""

import logging
import os
import random
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.domain.identifiers import RECORDS_GRAPH
from werkzaam.errors import NotFound
from werkzaam.store.journal import Journal
from werkzaam.store.journal_snapshots import MOST_KEPT

WORDS = [f"<u:s{n}> <u:p> <u:o> <u:g> .".encode() for n in range(12)]


def text(lines: set[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in sorted(lines))


def delivery(chance: random.Random) -> Delivery:
    said = {
        f"u:r{n}": f'<u:r{n}> <u:p> "{chance.choice("xyz")}" <{RECORDS_GRAPH}> .\n'.encode()
        for n in chance.sample("abcdef", 2)
    }
    return Delivery("ann", "f", Upload(chance.randbytes(8)), "p", "1", said, {})


class Filled:
    """A journal that is written at random, and beside it by hand what each version is."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._chance = random.Random(7)
        self._content: set[bytes] = set()
        self._state: set[bytes] = set()
        self.versions = [b""]

    def go_on(self, *, updates: bool) -> None:
        """Write one change more."""
        kinds = [
            self.content,
            self.submission,
            self.withdrawal,
            *([self.update] if updates else []),
        ]
        self._chance.choice(kinds)()
        records = set(filter(None, self._journal.records_state().split(b"\n")))
        self.versions.append(text(self._state | records))

    def content(self) -> None:
        new = set(self._chance.sample(WORDS, 6))
        self._state = (self._state - (self._content - new)) | (new - self._content)
        self._content = new
        self._journal.record_content(str(len(self.versions)), text(new), "c")

    def update(self) -> None:
        more, less = (set(self._chance.sample(WORDS, count)) for count in (2, 3))
        self._journal.append_update(ChangeData(text(more), text(less)), "u", "", after=None)
        self._state = (self._state - less) | more

    def submission(self) -> None:
        self._journal.append_submission(delivery(self._chance))

    def withdrawal(self) -> None:
        standing = [s.id for s in self._journal.submissions("ann") if s.state != "withdrawn"]
        if standing:
            self._journal.withdraw(self._chance.choice(standing), "ann")
        else:
            self.submission()


def filled(folder: Path, changes: int, *, updates: bool = True) -> list[bytes]:
    """A journal of ``changes`` changes of every kind; of each version what it is, by hand."""
    with closing(Journal.open(folder)) as journal:
        made = Filled(journal)
        for number in range(changes):
            made.go_on(updates=updates)
            assert journal.last_number() == number + 1
    return made.versions


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_every_version_can_be_read_whatever_was_read_before(tmp_path: Path) -> None:
    versions = filled(tmp_path, 70)
    for order in (range(71), range(70, -1, -1), random.Random(1).sample(range(71), 71)):
        with closing(Journal.open(tmp_path)) as journal:
            for number in order:
                assert journal.state(number) == versions[number], number
            assert journal.state() == versions[70]
    assert 0 < len(names(tmp_path / "snapshots")) <= MOST_KEPT


@pytest.mark.parametrize("updates", [True, False])
def test_a_difference_is_what_one_version_has_and_the_other_has_not(
    tmp_path: Path, updates: bool
) -> None:
    versions = [
        set(filter(None, one.split(b"\n"))) for one in filled(tmp_path, 40, updates=updates)
    ]
    with closing(Journal.open(tmp_path)) as journal:
        pairs = [*pairwise(range(41)), (0, 40), (40, 0), (7, 7), (33, 5), (17, 39)]
        for before, after in pairs:
            old, new = versions[before], versions[after]
            expected = ChangeData(text(new - old), text(old - new))
            assert journal.net(before, after) == expected, (before, after)
        for before, after in ((0, 41), (41, 3), (-1, 3)):
            with pytest.raises(NotFound, match="no change"):
                journal.net(before, after)


def test_what_an_update_removed_and_content_added_again_is_no_difference(tmp_path: Path) -> None:
    line = WORDS[0] + b"\n"
    with closing(Journal.open(tmp_path)) as journal:
        journal.record_content("1", line, "c")
        journal.append_update(ChangeData(b"", line), "u", "", after=1)
        journal.record_content("2", b"", "c")
        journal.record_content("3", line, "c")
        assert journal.net(1, 4) == ChangeData(b"", b"")
        assert journal.net(2, 3) == ChangeData(b"", b"")
        assert journal.net(2, 4) == ChangeData(line, b"")
        assert journal.state() == line


def test_a_version_far_from_the_last_snapshot_becomes_one(tmp_path: Path, snapshots: Path) -> None:
    filled(tmp_path, 40)
    with closing(Journal.open(tmp_path)) as journal:
        journal.state(15)
        assert names(snapshots) == []
        journal.state(20)
        (name,) = names(snapshots)
        assert name == f"000000020-{journal.change(20).hash[:16]}.nq.z"
        assert snapshots.stat().st_mode & 0o077 == 0
        assert (snapshots / name).stat().st_mode & 0o077 == 0
        journal.state(35)
        assert names(snapshots) == [name]
        journal.state(36)
        assert len(names(snapshots)) == 2


def test_few_are_kept_and_those_that_are_used(tmp_path: Path, snapshots: Path) -> None:
    filled(tmp_path, 16 * (MOST_KEPT + 3))
    with closing(Journal.open(tmp_path)) as journal:
        for number in range(16, 16 * (MOST_KEPT + 3) + 1, 16):
            journal.state(number)
            journal.state(16)
    left = [int(name[:9]) for name in names(snapshots)]
    assert len(left) == MOST_KEPT
    assert left[0] == 16
    assert left[-1] == 16 * (MOST_KEPT + 3)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-9],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b"werkzaam-snapshot-1", b"werkzaam-snapshot-2"),
        lambda data: data.split(b"\n")[0] + b"\n",
    ],
)
def test_a_damaged_snapshot_is_passed_over_and_made_anew(
    tmp_path: Path, snapshots: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(damage)
    versions = filled(tmp_path, 30)
    with closing(Journal.open(tmp_path)) as journal:
        journal.state()
        (name,) = names(snapshots)
        whole = (snapshots / name).read_bytes()
        (snapshots / name).write_bytes(damage(whole))
        with caplog.at_level(logging.WARNING):
            assert journal.state() == versions[30]
        assert [record.message for record in caplog.records] == ["snapshot ignored"]
        assert (snapshots / name).read_bytes() == whole
        assert journal.verify() == []


def test_a_snapshot_of_another_journal_is_not_read(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    filled(one, 30)
    with closing(Journal.open(one)) as journal:
        journal.state()
    with closing(Journal.open(two)) as journal:
        for number in range(30):
            journal.record_content(str(number), WORDS[number % 12] + b"\n", "c")
        (one / "snapshots").rename(two / "snapshots")
        assert journal.state() == WORDS[29 % 12] + b"\n"


def test_a_snapshot_that_says_another_thing_than_the_changes_is_a_fault(tmp_path: Path) -> None:
    filled(tmp_path, 30)
    with closing(Journal.open(tmp_path)) as journal:
        journal.state()
        journal._states.snapshots.keep(30, journal.change(30).hash, b"<u:x> <u:p> <u:o> .\n")
        assert journal.state() == b"<u:x> <u:p> <u:o> .\n"
        (fault,) = journal.verify()
        assert "change 30: Its snapshot is not what the changes add up to" in str(fault)


def test_where_nothing_can_be_written_there_are_no_snapshots(
    tmp_path: Path, snapshots: Path, caplog: pytest.LogCaptureFixture
) -> None:
    versions = filled(tmp_path, 30)
    with closing(Journal.open(tmp_path, read_only=True)) as journal:
        assert journal.state() == versions[30]
    assert not snapshots.exists()
    snapshots.write_text("in the way")
    with closing(Journal.open(tmp_path)) as journal:
        assert journal.state() == versions[30]
    assert [record.message for record in caplog.records] == ["snapshot not written"]


def test_what_a_killed_writer_left_is_cleared_away(tmp_path: Path, snapshots: Path) -> None:
    filled(tmp_path, 30)
    snapshots.mkdir()
    old, young = snapshots / "a.new", snapshots / "b.new"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    with closing(Journal.open(tmp_path)) as journal:
        journal.state()
    assert not old.exists()
    assert young.exists()
