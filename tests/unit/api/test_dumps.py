"""Files of whole versions: made once, few kept, never half."""

import gzip
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.api import dumps
from werkzaam.api.dump_kinds import KINDS
from werkzaam.api.dumps import FOLDER, Dump, Dumps
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
    path = found.path(wanted(journal))
    assert path.read_bytes() == journal.state(1)
    monkeypatch.setattr(journal, "state", None)
    assert found.path(wanted(journal)) == path


def test_a_statement_in_two_graphs_is_written_once_where_there_are_no_graphs(
    journal: Journal,
) -> None:
    text = Dumps(journal).path(wanted(journal, made=TTL)).read_text()
    assert text.count('"o"') == 3
    assert Dumps(journal).path(wanted(journal)).read_bytes().count(b'"o"') == 5


def test_the_same_version_gives_the_same_bytes(journal: Journal) -> None:
    for made in KINDS:
        for packed in (False, True):
            one = wanted(journal, made=made, packed=packed)
            first = Dumps(journal).path(one)
            data = first.read_bytes()
            first.unlink()
            assert Dumps(journal).path(one).read_bytes() == data
    packed_nq = Dumps(journal).path(wanted(journal, packed=True)).read_bytes()
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
    assert b"fictitious" in found.path(wanted(journal, demo=True)).read_bytes().splitlines()[0]
    for made in (TTL, JSONLD):
        assert b"fictitious" in found.path(wanted(journal, made=made, demo=True)).read_bytes()
        assert b"fictitious" not in found.path(wanted(journal, made=made)).read_bytes()


def test_few_files_are_kept_and_none_that_may_just_be_read(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "MOST_KEPT", 2)
    found = Dumps(journal)
    first = found.path(wanted(journal, 1))
    second = found.path(wanted(journal, 2))
    left = tmp_path / FOLDER / "x.part"
    left.touch()
    for old in (first, left):
        os.utime(old, (1, 1))
    third = found.path(wanted(journal, 1, TTL))
    assert {file.name for file in (tmp_path / FOLDER).iterdir()} == {second.name, third.name}
    found.path(wanted(journal, 1, JSONLD))
    assert second.exists()
    assert third.exists()


def test_a_file_that_fails_is_not_left_half(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dumps, "_write_plain", fail)
    with pytest.raises(StoreUnavailable, match="No space left"):
        Dumps(journal).path(wanted(journal))
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_one_is_made_at_a_time(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_WAIT_SECONDS", 0.01)
    found = Dumps(journal)
    with found._turn, pytest.raises(StoreBusy):
        found.path(wanted(journal))
    assert found.path(wanted(journal)).exists()
