"""The pieces of an answer after the first, between the thread that waits and the one that gives up."""

import threading
import time
from threading import Event
from typing import Any

import pytest

from werkzaam.errors import QueryStopped
from werkzaam.store.asked_query import Asked, RestOfAnswer
from werkzaam.store.interface import Question
from werkzaam.store.query_policy import read_query


class OddReader:
    """A reader whose next piece never comes."""

    def __init__(self) -> None:
        self.asked = Event()
        self.waits = False
        self.killed: list[bool] = []

    def piece(self, _: bytes, deadline: float, stop: Event) -> tuple[bytes, bool]:
        """Wait until it is told to stop."""
        self.waits = True
        self.asked.set()
        stop.wait(max(0.0, deadline - time.monotonic()))
        self.waits = False
        raise QueryStopped("stopped")

    def kill(self) -> None:
        """Remember whether somebody still waited on its descriptors."""
        self.killed.append(self.waits)


def test_a_reader_is_let_go_of_once_and_not_while_a_thread_waits_for_it() -> None:
    reader: Any = OddReader()
    text = "SELECT * {}"
    asked = Asked(Question(text, "text/csv"), read_query(text), time.monotonic() + 20, None)
    done: list[None] = []
    rest = RestOfAnswer(reader, asked, lambda: done.append(None))

    def wait() -> None:
        with pytest.raises(QueryStopped):
            next(rest)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert reader.asked.wait(20)
    rest.close()
    waiting.join()
    assert reader.killed == [False]
    assert done == [None]
    assert list(rest) == []
