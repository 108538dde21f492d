"""Files of whole versions: made once, few kept, never half."""

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from werkzaam.api import dumps
from werkzaam.api.dump_kinds import KINDS
from werkzaam.api.dumps import FOLDER, Dump, Dumps, Extent
from werkzaam.errors import StoreBusy, StoreUnavailable
from werkzaam.store.journal import Journal

NQ, TTL, JSONLD = KINDS


def quads(count: int, graph: str = "u:g") -> bytes:
    return b"".join(f'<u:s{n:04d}> <u:p> "o" <{graph}> .\n'.encode() for n in range(count))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path)) as opened:
        opened.record_content("1", quads(3) + quads(2, "u:h"), "c")
        opened.record_content("2", quads(5), "c")
        yield opened


def wanted(journal: Journal, number: int = 1, made: object = NQ, **more: bool) -> Dump:
    return Dump(journal.change(number), made, more.get("packed", False), more.get("demo", False))  # type: ignore[arg-type]


def test_a_file_is_made_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Dumps(journal)
    path = found.take(wanted(journal))
    assert path.read_bytes() == journal.state(1)
    monkeypatch.setattr(journal, "state", None)
    assert found.take(wanted(journal)) == path


def test_a_statement_in_two_graphs_is_written_once_where_there_are_no_graphs(
    journal: Journal,
) -> None:
    text = Dumps(journal).take(wanted(journal, made=TTL)).read_text()
    assert text.count('"o"') == 3
    assert Dumps(journal).take(wanted(journal)).read_bytes().count(b'"o"') == 5


def test_how_much_was_recorded_is_counted_once(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Dumps(journal)
    assert found.extent(1) == Extent(3, len(journal.state(1)))
    assert found.extent(2) == Extent(5, len(quads(5)))
    assert found.extent(0) == Extent(0, 0)
    last = found.extent(2)
    monkeypatch.setattr(journal, "state", None)
    assert found.extent(2) is last


def test_the_same_version_gives_the_same_bytes(journal: Journal) -> None:
    for made in KINDS:
        for packed in (False, True):
            one = wanted(journal, made=made, packed=packed)
            first = Dumps(journal).take(one)
            data = first.read_bytes()
            first.unlink()
            assert Dumps(journal).take(one).read_bytes() == data
    packed_nq = Dumps(journal).take(wanted(journal, packed=True)).read_bytes()
    assert gzip.decompress(packed_nq) == journal.state(1)
    # RFC 1952 §2.3: flags (no name), then the time, which is none
    assert packed_nq[3:8] == bytes(5)


def test_each_file_has_a_tag_of_its_own(journal: Journal) -> None:
    every = [
        wanted(journal, number, made, packed=packed, demo=demo).tag
        for number in (1, 2)
        for made in KINDS
        for packed in (False, True)
        for demo in (False, True)
    ]
    assert len(set(every)) == len(every)


def test_made_up_data_says_so(journal: Journal) -> None:
    found = Dumps(journal)
    assert b"fictitious" in found.take(wanted(journal, demo=True)).read_bytes().splitlines()[0]
    for made in (TTL, JSONLD):
        assert b"fictitious" in found.take(wanted(journal, made=made, demo=True)).read_bytes()
        assert b"fictitious" not in found.take(wanted(journal, made=made)).read_bytes()


def test_its_tag_does_not_betray_who_made_the_change(journal: Journal) -> None:
    one = wanted(journal)
    told = json.dumps((one.tag, one.file_name))
    for change in (
        replace(one.change, hash="0" * 64),
        replace(one.change, previous_hash="1" * 64),
        replace(one.change, agent="somebody"),
    ):
        other = replace(one, change=change)
        assert json.dumps((other.tag, other.file_name)) == told
    later = replace(one, change=replace(one.change, time="2026-01-01T00:00:00.000000Z"))
    assert later.tag != one.tag


def in_folder(tmp_path: Path) -> set[str]:
    return {file.name for file in (tmp_path / FOLDER).iterdir()}


def test_few_files_are_kept_and_each_that_is_read(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "MOST_KEPT", 2)
    found = Dumps(journal)
    first = found.take(wanted(journal, 1))
    second = found.take(wanted(journal, 2))
    found.let_go(first)
    found.let_go(second)
    left = tmp_path / FOLDER / "x.part"
    left.touch()
    for place, old in enumerate((first, second), start=1):
        os.utime(old, (place, place))
    third = found.take(wanted(journal, 1, TTL))
    assert in_folder(tmp_path) == {second.name, third.name}
    # the one that is read is no older than the other, and stays
    found.take(wanted(journal, 2))
    os.utime(second, (1, 1))
    found.let_go(third)
    fourth = found.take(wanted(journal, 1, JSONLD))
    assert in_folder(tmp_path) == {second.name, fourth.name}


def test_they_take_no_more_bytes_than_they_may(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Dumps(journal)
    first, second = found.take(wanted(journal, 1)), found.take(wanted(journal, 1, demo=True))
    monkeypatch.setattr(dumps, "_LEAST_FILES", 1)
    monkeypatch.setattr(dumps, "MOST_BYTES", first.stat().st_size + second.stat().st_size)
    with pytest.raises(StoreBusy, match="are being read"):
        found.take(wanted(journal, 1, TTL))
    assert in_folder(tmp_path) == {first.name, second.name}
    # one that is there is given all the same
    assert found.take(wanted(journal, 1)) == first
    found.let_go(first)
    with pytest.raises(StoreBusy):
        found.take(wanted(journal, 1, TTL))
    found.let_go(first)
    third = found.take(wanted(journal, 1, JSONLD))
    assert in_folder(tmp_path) == {second.name, third.name}


def test_a_file_that_fails_is_not_left_half(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dumps, "_write_plain", fail)
    with pytest.raises(StoreUnavailable, match="No space left"):
        Dumps(journal).take(wanted(journal))
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_one_is_made_at_a_time(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_WAIT_SECONDS", 0.01)
    found = Dumps(journal)
    with found._turns.turn(), pytest.raises(StoreBusy):
        found.take(wanted(journal))
    path = found.take(wanted(journal))
    with found._turns.turn():
        assert found.take(wanted(journal)) == path
