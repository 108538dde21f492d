"""Work that is done one at a time."""

import threading

import pytest

from werkzaam.api.turns import Turns
from werkzaam.errors import StoreBusy


def busy() -> StoreBusy:
    return StoreBusy(7, "Try again in {retry_after} seconds.")


def test_few_wait_and_all_others_are_refused_at_once() -> None:
    turns = Turns(busy, 20, waiting=2)
    done: list[int] = []
    waiting = threading.Barrier(3)

    def work(number: int) -> None:
        waiting.wait(20)
        with turns.turn():
            done.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in (1, 2)]
    with turns.turn():
        for thread in threads:
            thread.start()
        waiting.wait(20)
        # both have a place in the row once none is left
        while turns._row._value:
            threading.Event().wait(0.001)
        with pytest.raises(StoreBusy, match="in 7 seconds"), turns.turn():
            raise AssertionError
        assert done == []
    for thread in threads:
        thread.join(20)
    assert sorted(done) == [1, 2]
    with turns.turn():
        pass


def test_none_waits_for_long_and_a_failure_ends_a_turn() -> None:
    turns = Turns(busy, 0.01)
    with turns.turn(), pytest.raises(StoreBusy), turns.turn():
        raise AssertionError
    with pytest.raises(OSError, match="full"), turns.turn():
        raise OSError("full")
    with turns.turn():
        pass
