"""Questions asked ahead after a change."""

import threading
import time
from typing import cast

from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.warming import Warming
from werkzaam.errors import StoreBusy


class Asked:
    """A catalogue of three questions, the second of which is never answered."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.hold = threading.Event()
        self.hold.set()

    def all(self) -> list[str]:
        return ["one", "two", "three"]

    def answer(self, query: str, given: object, *, language: str, ahead: bool) -> None:
        assert ahead
        assert given == {}
        self.asked.append((query, language))
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


def test_every_question_is_asked_in_both_languages_once_it_is_quiet() -> None:
    catalogue = Asked()
    warming = begun(catalogue)
    for _ in range(5):
        warming.moved()
    until_rounds(warming, 1)
    assert sorted(catalogue.asked) == sorted(
        (query, language) for query in catalogue.all() for language in ("nl", "en")
    )


def test_while_changes_follow_each_other_nothing_is_asked() -> None:
    catalogue = Asked()
    warming = Warming(cast(Catalogue, catalogue), quiet_seconds=600)
    for _ in range(50):
        warming.moved()
        ends = time.monotonic() + 20
        while warming._moved.is_set():
            assert time.monotonic() < ends
    assert catalogue.asked == []


def test_the_next_change_begins_anew() -> None:
    catalogue = Asked()
    catalogue.hold.clear()
    warming = begun(catalogue)
    warming.moved()
    ends = time.monotonic() + 20
    while not catalogue.asked:
        assert time.monotonic() < ends
    warming.moved()
    catalogue.hold.set()
    until_rounds(warming, 1)
    assert len(catalogue.asked) == 7
