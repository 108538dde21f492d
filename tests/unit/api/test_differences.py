"""Differences between versions: bounded, one at a time, and the small ones worked out once."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.api import differences
from werkzaam.api.differences import Differences
from werkzaam.domain.changes import ChangeData
from werkzaam.errors import BadRequest, StoreBusy
from werkzaam.store.journal import Journal


def quads(count: int) -> bytes:
    return b"".join(f"<u:s{n:04d}> <u:p> <u:o> <u:g> .\n".encode() for n in range(count))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path)) as opened:
        opened.record_content("1", quads(10), "c")
        opened.record_content("2", quads(40), "c")
        opened.record_content("3", quads(10), "c")
        yield opened


def test_a_small_difference_is_worked_out_once(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Differences(journal)
    first = found.between(0, 1)
    assert first == ChangeData(quads(10), b"")
    monkeypatch.setattr(journal, "net", None)
    assert found.between(0, 1) is first


def test_a_large_one_is_not_kept_and_old_ones_make_room(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "_MOST_BYTES", len(quads(10)))
    monkeypatch.setattr(differences, "_MOST_KEPT", 2)
    found = Differences(journal)
    assert found.between(1, 2) is not found.between(1, 2)
    first = found.between(0, 1)
    found.between(1, 3)
    assert found.between(0, 1) is first
    found.between(1, 1)
    assert found.between(0, 1) is first
    found.between(2, 2)
    found.between(3, 3)
    assert found.between(0, 1) is not first


def test_one_that_touches_too_much_is_refused(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "_MOST_QUADS", 39)
    found = Differences(journal)
    for before, after in ((0, 3), (3, 0)):
        with pytest.raises(BadRequest, match="more than 39 quads.*nearer to each other"):
            found.between(before, after)
    assert found.between(0, 1).added == quads(10)


def test_callers_take_turns(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "_WAIT_SECONDS", 0)
    found = Differences(journal)
    begun, go_on = threading.Event(), threading.Event()
    net = journal.net

    def slow(before: int, after: int, *, most: int | None) -> ChangeData:
        begun.set()
        assert go_on.wait(20)
        return net(before, after, most=most)

    monkeypatch.setattr(journal, "net", slow)
    thread = threading.Thread(target=found.between, args=(0, 1))
    thread.start()
    assert begun.wait(20)
    with pytest.raises(StoreBusy, match="being compared"):
        found.between(0, 1)
    go_on.set()
    thread.join(20)
    assert found.between(0, 1).added == quads(10)
