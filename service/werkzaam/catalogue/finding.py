"""Which questions of the catalogue hold the words that somebody looks for."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from werkzaam.domain.queries import LANGUAGES, CataloguedQuery
from werkzaam.errors import BadRequest

MOST_CHARACTERS: Final = 200
"""Of the words that are looked for at once."""
_KEPT: Final = 64


def find_questions(
    queries: Iterable[CataloguedQuery],
    words: str,
    tags: Sequence[str] = (),
    topic: str | None = None,
) -> list[CataloguedQuery]:
    """Those of ``queries`` that hold all ``words`` in title, question, description or tags, in Dutch or
    English, have every one of ``tags``, and are of ``topic`` where one is given. Raises BadRequest for too
    many ``words``."""
    return [
        query
        for query in queries
        if topic in (None, _topic(query))
        and set(tags) <= set(query.tags)
        and holds(_text(query), words)
    ]


def topics_of(queries: Iterable[CataloguedQuery]) -> dict[str, int]:
    """The topics of ``queries``, and how many questions each has."""
    return dict(sorted(Counter(_topic(query) for query in queries).items()))


def tags_of(queries: Iterable[CataloguedQuery]) -> dict[str, int]:
    """The tags of ``queries``, and how many questions have each."""
    return dict(sorted(Counter(tag for query in queries for tag in query.tags).items()))


def holds(text: str, words: str) -> bool:
    """Whether ``text`` holds each of ``words``, accents and capitals aside. Raises BadRequest for more than
    MOST_CHARACTERS of them."""
    sought = _sought(words)
    if not sought:
        return True
    plain = folded(text)
    return all(word in plain for word in sought)


def folded(text: str) -> str:
    """``text`` without capitals and accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()


@lru_cache(_KEPT)
def _sought(words: str) -> tuple[str, ...]:
    """The ``words`` without capitals and accents, worked out once for all the texts of a search."""
    if len(words) > MOST_CHARACTERS:
        raise BadRequest(
            "This is {length} characters long. Search for at most {most}.",
            length=len(words),
            most=MOST_CHARACTERS,
        )
    return tuple(dict.fromkeys(folded(words).split()))


def _topic(query: CataloguedQuery) -> str:
    return query.name.partition("/")[0]


def _text(query: CataloguedQuery) -> str:
    said = (query.title, query.question, query.description)
    texts = [words.in_(language) for words in said for language in LANGUAGES]
    return " ".join((query.name, *texts, *query.tags))
