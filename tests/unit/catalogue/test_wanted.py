"""What was asked of the catalogue is remembered, so that it can be asked ahead."""

from threading import Event
from typing import Any

import pytest
from tests.unit.catalogue.test_members import read

from werkzaam.catalogue.questions import MOST_WANTED, Catalogue
from werkzaam.domain.versions import Version
from werkzaam.errors import InvalidParameter, NotFound
from werkzaam.store.interface import Answer, Question

EMPTY = b'{"head": {"vars": []}, "results": {"bindings": []}}'


class Empty:
    """A store that finds nothing."""

    version = Version(1, "digest")

    def __init__(self) -> None:
        self.asked: list[tuple[str, Event | None]] = []

    def ask(self, question: Question, stop: Event | None = None) -> Answer:
        self.asked.append((question.caller, stop))
        return Answer(EMPTY, self.version)


@pytest.fixture
def catalogue() -> Catalogue:
    store: Any = Empty()
    return Catalogue([read()], store)


def test_the_last_asked_comes_first_and_once(catalogue: Catalogue) -> None:
    query = read()
    for language in ("nl", "en", "nl"):
        catalogue.answer(query, {}, language=language)
    catalogue.answer(query, {}, language="en", ahead=True)
    assert catalogue.take_wanted() == [(query.name, (), "nl"), (query.name, (), "en")]
    assert catalogue.take_wanted() == []


def test_what_cannot_be_asked_is_not_remembered(catalogue: Catalogue) -> None:
    with pytest.raises(InvalidParameter):
        catalogue.answer(read(), {"phase": "no such"})
    assert catalogue.take_wanted() == []


def test_the_oldest_are_forgotten(catalogue: Catalogue) -> None:
    names = [(f"topic/{number}", (), "nl") for number in range(MOST_WANTED + 5)]
    for name in names:
        catalogue._note(name)  # type: ignore[arg-type]
    assert catalogue.take_wanted() == names[:4:-1]


def test_who_asks_takes_a_turn_and_may_leave() -> None:
    store: Any = Empty()
    gone = Event()
    Catalogue([read()], store).answer(read(), {}, caller="192.0.2.1", stop=gone)
    assert store.asked == [("192.0.2.1", gone)]


def test_a_name_that_is_none_is_told_on_one_line(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound) as caught:
        catalogue.get("a/b\nc\u202e" + "x" * 5000)
    said = str(caught.value)
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 500
