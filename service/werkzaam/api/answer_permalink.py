"""A permalink of an answer: which question, asked how, of which version, and what the answer was; opened
later it says whether the answer is still the same, and else which rows differ."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.api.answer_wishes import RESERVED
from werkzaam.api.links import Links
from werkzaam.api.negotiation import known_language
from werkzaam.api.query_keys import whole_number
from werkzaam.api.service import Service
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import digest_of
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import BadRequest, InvalidParameter, NotFound

HASH_KEY: Final = "hash"
LANGUAGE_KEY: Final = "contentLang"
"""The language of the answer; that of the words around it is the reader's."""
MOST_LISTED: Final = 100
"""Rows of each kind that are listed; all are counted."""
_QUESTION_DIGITS: Final = 16
_ANSWER_DIGITS: Final = 32
_SEAL: Final = re.compile(rf"([0-9a-f]{{{_QUESTION_DIGITS}}})-([0-9a-f]{{{_ANSWER_DIGITS}}})")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")

Pair = tuple[Row, Row]


@dataclass(frozen=True)
class Kept:
    """What a permalink holds: the question and how it was asked, the version, and the hashes of the
    question and of the answer."""

    query: CataloguedQuery
    parameters: Mapping[str, str]
    language: Language
    limit: int | None
    after: int
    version: int
    question_hash: str
    answer_hash: str


@dataclass(frozen=True)
class Difference:
    """The rows that differ between two answers: new, gone, and of one name with other cells."""

    added: Sequence[Row]
    removed: Sequence[Row]
    changed: Sequence[Pair]


@dataclass(frozen=True)
class Opened:
    """A permalink opened now. ``then``: the answer on its version, None where it is not needed or that
    version is not here; ``reproduced``: whether that is the answer that was kept, None where there is
    no telling; ``difference``: None without ``then``."""

    kept: Kept
    now: Answered
    same: bool
    question_same: bool
    then: Answered | None = None
    reproduced: bool | None = None
    difference: Difference | None = None


def seal_of(answered: Answered) -> str:
    """The hashes of the question and of the answer, as a permalink holds them: the beginning of the
    SHA-256 of the query file and of the answer as plain CSV."""
    return f"{_question_hash(answered.query)}-{digest_of(answered.table)[:_ANSWER_DIGITS]}"


def permalink(links: Links, answered: Answered, language: Language) -> str:
    """The address that says later whether ``answered``, in ``language``, is still the answer."""
    table = answered.table
    return links.url(
        f"/queries/{answered.query.name}/permalink",
        **answered.given,
        contentLang=language,
        limit=None if table.limit is None else str(table.limit),
        after=str(table.after) if table.after else None,
        version=str(answered.version.number),
        hash=seal_of(answered),
    )


def read_permalink(query: CataloguedQuery, given: Mapping[str, str]) -> Kept:
    """The permalink whose keys are ``given``; what is empty was not. Raises BadRequest where it is not
    whole."""
    given = {name: value for name, value in given.items() if value}
    for name in (LANGUAGE_KEY, "version", HASH_KEY):
        if name not in given:
            raise InvalidParameter(
                name, (), "This address is no whole permalink: {name} is missing from it."
            )
    language = known_language(given[LANGUAGE_KEY])
    version, seal = _NUMBER.fullmatch(given["version"]), _SEAL.fullmatch(given[HASH_KEY])
    if version is None or seal is None or language is None:
        name = LANGUAGE_KEY if language is None else HASH_KEY if version else "version"
        raise BadRequest(
            "{value} is no {name} of a permalink. Open the address as it was given.",
            value=quoted(given[name]),
            name=name,
        )
    own = (*RESERVED, HASH_KEY, LANGUAGE_KEY)
    return Kept(
        query=query,
        parameters={n: value for n, value in given.items() if n not in own},
        language=language,
        limit=whole_number("limit", given["limit"], 1) if "limit" in given else None,
        after=whole_number("after", given.get("after", "0"), 0),
        version=int(given["version"]),
        question_hash=seal[1],
        answer_hash=seal[2],
    )


def open_permalink(service: Service, kept: Kept, caller: str = "") -> Opened:
    """What ``kept`` says now, asked in the turn of ``caller``. Raises as ``Catalogue.answer``."""
    now = _answer(service, kept, caller)
    question_same = _question_hash(kept.query) == kept.question_hash
    if _is_kept(now, kept):
        return Opened(kept, now, True, question_same)
    try:
        then = _answer(service.at(str(kept.version)), kept, caller)
    except NotFound:
        return Opened(kept, now, False, question_same)
    found = compare(kept.query, then.table, now.table)
    return Opened(kept, now, False, question_same, then, _is_kept(then, kept), found)


def compare(query: CataloguedQuery, then: Table, now: Table) -> Difference:
    """Which rows of ``now`` are not in ``then``, and the reverse. A row whose identifiers and categories
    stand once in what differs on either side is the same row with other cells."""
    gone, new = _less(then.rows, now.rows), _less(now.rows, then.rows)
    gone_by, new_by = _by_key(query, gone), _by_key(query, new)
    alone = {
        key
        for key in gone_by.keys() & new_by.keys()
        if key and len(gone_by[key]) == len(new_by[key]) == 1
    }
    return Difference(
        added=[row for row in new if _key(query, row) not in alone],
        removed=[row for row in gone if _key(query, row) not in alone],
        changed=[(row, new_by[key][0]) for row in gone if (key := _key(query, row)) in alone],
    )


def changed_columns(pair: Pair) -> list[str]:
    """The names of the columns in which the two rows differ."""
    then, now = pair
    return [name for name in dict.fromkeys((*then, *now)) if then.get(name) != now.get(name)]


def _answer(service: Service, kept: Kept, caller: str) -> Answered:
    return service.catalogue.answer(
        kept.query,
        kept.parameters,
        language=kept.language,
        limit=kept.limit,
        after=kept.after,
        caller=caller,
    )


def _is_kept(answered: Answered, kept: Kept) -> bool:
    return digest_of(answered.table).startswith(kept.answer_hash)


def _question_hash(query: CataloguedQuery) -> str:
    return hashlib.sha256(query.text.encode()).hexdigest()[:_QUESTION_DIGITS]


def _less(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """``rows`` without those that stand in ``others``, each as often as it stands there."""
    left = Counter(_whole(row) for row in others)
    found = []
    for row in rows:
        whole = _whole(row)
        if left[whole]:
            left[whole] -= 1
        else:
            found.append(row)
    return found


def _whole(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset(row.items())


def _key(query: CataloguedQuery, row: Row) -> tuple[Term | None, ...]:
    return tuple(row.get(name) for name in query.key_columns)


def _by_key(
    query: CataloguedQuery, rows: Sequence[Row]
) -> dict[tuple[Term | None, ...], list[Row]]:
    found: dict[tuple[Term | None, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(query, row)].append(row)
    return found
