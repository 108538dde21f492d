"""What was asked is asked ahead after a change."""

import threading
import time
from typing import cast

from werkzaam.catalogue.questions import Catalogue, Wanted
from werkzaam.catalogue.warming import Warming
from werkzaam.errors import StoreBusy

ONE: Wanted = ("one", (), "nl")
TWO: Wanted = ("two", (("goal", "fame"),), "en")
THREE: Wanted = ("three", (), "nl")


class Asked:
    """A catalogue of which three questions were asked, the second of which is never answered again."""

    def __init__(self, *wanted: Wanted) -> None:
        self.wanted = list(wanted)
        self.asked: list[Wanted] = []
        self.hold = threading.Event()
        self.hold.set()

    def take_wanted(self) -> list[Wanted]:
        found, self.wanted = self.wanted, []
        return found

    def get(self, name: str) -> str:
        return name

    def answer(self, query: str, given: dict[str, str], *, language: str, ahead: bool) -> None:
        assert ahead
        self.asked.append(cast(Wanted, (query, tuple(given.items()), language)))
        assert self.hold.wait(20)
        if query == "two":
            raise StoreBusy(1, "busy")


def begun(catalogue: Asked) -> Warming:
    return Warming(cast(Catalogue, catalogue), quiet_seconds=0.05)


def until_rounds(warming: Warming, number: int) -> None:
    ends = time.monotonic() + 20
    while warming.rounds < number:
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_what_was_asked_is_asked_again_once_it_is_quiet() -> None:
    catalogue = Asked(ONE, TWO, THREE)
    warming = begun(catalogue)
    for _ in range(5):
        warming.moved()
    until_rounds(warming, 1)
    assert catalogue.asked == [ONE, TWO, THREE]


def test_what_nobody_looked_at_since_is_not_asked_again() -> None:
    catalogue = Asked(ONE, TWO)
    warming = begun(catalogue)
    warming.moved()
    until_rounds(warming, 1)
    catalogue.wanted.append(TWO)
    warming.moved()
    until_rounds(warming, 2)
    assert catalogue.asked == [ONE, TWO, TWO]


def test_while_changes_follow_each_other_nothing_is_asked() -> None:
    catalogue = Asked(ONE)
    warming = Warming(cast(Catalogue, catalogue), quiet_seconds=600)
    for _ in range(50):
        warming.moved()
        ends = time.monotonic() + 20
        while warming._moved.is_set():
            assert time.monotonic() < ends
    assert catalogue.asked == []


def test_the_next_change_goes_on_with_what_is_left() -> None:
    catalogue = Asked(ONE, TWO, THREE)
    catalogue.hold.clear()
    warming = begun(catalogue)
    warming.moved()
    ends = time.monotonic() + 20
    while not catalogue.asked:
        assert time.monotonic() < ends
    catalogue.wanted.append(ONE)
    warming.moved()
    catalogue.hold.set()
    until_rounds(warming, 1)
    assert catalogue.asked == [ONE, ONE, TWO, THREE]
