"""A nursery is ended once, though those who watch it and those who stop the service do so together."""

import os
from pathlib import Path

import pytest

from werkzaam.confinement.limits import Limits
from werkzaam.domain.versions import Version
from werkzaam.store.nursery import Nursery, Task

LIMITS = Limits(memory_bytes=1 << 30)


def test_what_two_threads_end_is_closed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nursery = Nursery(Task(lambda: (), (), LIMITS, Version(1, "")))
    handle, close, closed = nursery.handle, os.close, list[int]()

    def meanwhile(number: int) -> None:
        """Close, just after another thread came by to end the same."""
        if number == handle and not closed:
            closed.append(number)
            nursery.kill()
        close(number)

    monkeypatch.setattr(os, "close", meanwhile)
    nursery.kill()
    assert closed == [handle]
    assert not Path(f"/proc/{nursery.pid}/cmdline").exists()
