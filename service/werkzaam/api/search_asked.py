"""What stands in the address of a search, checked against the index that will be searched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from werkzaam.api.query_keys import whole_number
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.errors import InvalidParameter
from werkzaam.messages import say
from werkzaam.search.asked import Asked
from werkzaam.search.entries import FACETS, QUESTION, Text, best
from werkzaam.search.index import Hits, Index

MOST_HITS: Final = 200
"""Hits in one answer."""
FEW_HITS: Final = 20
"""Hits in an answer that does not say how many."""
MOST_SUGGESTIONS: Final = 20
FEW_SUGGESTIONS: Final = 8

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Wanted:
    """A search that can be run: ``text`` as it was typed, and a part of the hits."""

    text: str
    asked: Asked
    limit: int
    after: int

    @property
    def given(self) -> dict[str, str]:
        """Text and choices as keys of an address."""
        chosen = {name: slug_of(name, value) for name, value in self.asked.only.items()}
        return {"q": self.text, **chosen}


@dataclass(frozen=True)
class Found:
    """What was ``wanted``, the ``hits``, and the index they come from."""

    wanted: Wanted
    hits: Hits
    index: Index

    @property
    def after_these(self) -> int:
        """How many hits there are up to and with the last one here."""
        return self.wanted.after + len(self.hits.entries)

    @property
    def truncated(self) -> bool:
        """Whether hits come after the last one here."""
        return self.after_these < self.hits.total


def read_wanted(
    index: Index, given: Mapping[str, str], called: Mapping[str, str] | None = None
) -> Wanted:
    """What the keys ``given`` of an address ask of ``index``; ``called`` says what a caller knows a facet
    as, where that is another name.

    Raises InvalidParameter for a value of a facet that nothing has, with those that there are, except for
    a class of the model; BadRequest for too long a text.
    """
    text = given.get("q", "")
    known_as = {name: name for name in FACETS} | dict(called or {})
    only = {
        name: _value(index, name, given[name], known_as[name]) for name in FACETS if given.get(name)
    }
    limit = (
        min(whole_number("limit", given["limit"], 1), MOST_HITS) if "limit" in given else FEW_HITS
    )
    after = whole_number("after", given.get("after", "0"), 0)
    return Wanted(text, index.asked(text, only), limit, after)


def run(index: Index, wanted: Wanted) -> Found:
    """The hits of ``wanted``."""
    return Found(wanted, index.find(wanted.asked, wanted.limit, wanted.after), index)


def slug_of(facet: str, value: str) -> str:
    """A ``value`` of ``facet`` as it stands in an address: the end of its IRI, a class in kebab-case."""
    end = last_segment(value)
    return _HUMP.sub("-", end).lower() if facet == "type" else end


def name_of(index: Index, value: str, language: Language) -> Text:
    """What the value of a facet is called; the end of its IRI where it has no name."""
    if value == QUESTION:
        return Text(say("Question", language), language)
    return best(index.names(value), language) if index.names(value) else Text(last_segment(value))


def _value(index: Index, facet: str, given: str, name: str) -> str:
    """The value of ``facet`` that is ``given`` by its IRI, the end of it, or a class in kebab-case."""
    known = index.values(facet)
    for value in (*known, *(index.classes if facet == "type" else ())):
        if given in (value, last_segment(value), slug_of(facet, value)):
            return value
    slugs = [slug_of(facet, value) for value in known]
    raise InvalidParameter(
        name,
        slugs,
        "There is no {name} {value} to choose. Choose one of: {slugs}.",
        value=quoted(given),
        slugs=", ".join(slugs),
    )
