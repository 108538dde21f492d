"""Readers between two versions, with a nursery and readers that are only remembered."""

import os
import threading
from dataclasses import dataclass
from typing import Any

import pytest

from werkzaam.confinement.limits import Limits
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import StoreUnavailable
from werkzaam.store import nursery, reader_supply
from werkzaam.store.lanes import LaneLimits, Lanes
from werkzaam.store.nursery import Task
from werkzaam.store.reader_supply import ReaderSupply

FIRST, SECOND = Version(1, ""), Version(2, "")
NEVER, OPEN = os.pipe()


@dataclass(eq=False)
class Reader:
    """A reader that does nothing."""

    version: Version
    pid: int = 0
    alive: bool = True
    slowed: bool = False
    preempted: bool = False
    handle: int = NEVER

    @property
    def is_running(self) -> bool:
        return self.alive

    def reply(self, *_: object) -> None:
        """Send nothing."""

    def slow_down(self) -> None:
        self.slowed = True

    def preempt(self) -> None:
        """It would be stopped a moment later."""

    def stop(self) -> None:
        self.alive = False

    def kill(self) -> None:
        self.alive = False


class Nursery:
    """A nursery without a process."""

    def __init__(self, task: Task) -> None:
        self.version = task.version
        self.alive = True
        self.handle = NEVER
        self.quads = 0

    def follow(self, version: Version, _: ChangeData) -> None:
        self.version = version

    def fork(self) -> Reader:
        return Reader(self.version)

    def kill(self) -> None:
        self.alive = False


class MovingLanes(Lanes):
    """Lanes during whose ``put`` the dataset moves, as far as it can."""

    supply: ReaderSupply | None = None
    moving: threading.Thread | None = None

    def put(self, reader: Any, *, last: bool = False) -> bool:
        if self.supply and not self.moving:
            change = ChangeData(b"", b"")
            self.moving = threading.Thread(target=self.supply.advance, args=(SECOND, change))
            self.moving.start()
            self.moving.join(0.3)
        return super().put(reader, last=last)


@pytest.fixture
def supply(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(reader_supply, "Nursery", Nursery)
    lanes = MovingLanes(LaneLimits(1, 1, 9, 9))
    made = ReaderSupply(lambda _: [], (), Limits(), FIRST, lanes)
    yield made, lanes
    made.close()


def test_a_reader_that_is_given_back_during_a_change_is_not_kept(supply: Any) -> None:
    made, lanes = supply
    ticket = lanes.enter("a", lambda: None)
    lanes.leave(ticket)
    lanes.supply = made
    made.give_back(ticket.reader)
    lanes.moving.join()
    assert {reader.version for reader in lanes.exchange_idle(())} == {SECOND}


def test_a_reader_that_is_being_preempted_is_given_to_nobody(supply: Any) -> None:
    made, lanes = supply
    slow = [lanes.enter("a", lambda: None) for _ in range(2)]
    assert lanes.overdue(slow[0])
    lanes.put(Reader(FIRST))
    assert not lanes.overdue(slow[1])
    reader = slow[1].reader
    lanes.enter("b", lambda: None)
    lanes.leave(slow[1])
    made.give_back(reader)
    assert not reader.alive


def test_no_pipe_stays_open_where_there_is_no_room_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = [(3, 4), (5, 6)]
    closed: list[int] = []

    def pipe() -> tuple[int, int]:
        if not opened:
            raise OSError(24, "Too many open files")
        return opened.pop(0)

    monkeypatch.setattr(os, "pipe", pipe)
    monkeypatch.setattr(os, "close", closed.append)
    with pytest.raises(StoreUnavailable, match="Too many open files"):
        nursery._pipes(3)
    assert closed == [3, 4, 5, 6]
