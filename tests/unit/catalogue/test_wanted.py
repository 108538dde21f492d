"""What was asked of the catalogue is remembered, so that it can be asked ahead."""

from typing import Any

import pytest
from tests.unit.catalogue.test_members import read

from werkzaam.catalogue.questions import MOST_WANTED, Catalogue
from werkzaam.domain.versions import Version
from werkzaam.errors import InvalidParameter
from werkzaam.store.interface import Answer, Question

EMPTY = b'{"head": {"vars": []}, "results": {"bindings": []}}'


class Empty:
    """A store that finds nothing."""

    version = Version(1, "digest")

    def ask(self, _: Question) -> Answer:
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
