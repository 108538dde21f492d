"""A permalink of an answer: which question, asked how, of which version, and what the answer was; opened
later it says whether the answer is still the same, and else which rows differ."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from werkzaam.api.answer_difference import Difference, compare
from werkzaam.api.answer_wishes import RESERVED
from werkzaam.api.links import Links
from werkzaam.api.negotiation import known_language
from werkzaam.api.query_keys import whole_number
from werkzaam.api.service import Service
from werkzaam.catalogue.query_text import significant
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import digest_of, part_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import BadRequest, Gone, InvalidParameter, NotFound

HASH_KEY: Final = "hash"
LANGUAGE_KEY: Final = "contentLang"
"""The language of the answer; that of the words around it is the reader's."""
MOST_LISTED: Final = 100
"""Rows of each kind that are listed; all are counted."""
SEAL_PATTERN: Final = "[0-9a-f]{16}-[0-9]{1,9}-[0-9a-f]{32}"
HASH_PATTERN: Final = SEAL_PATTERN + "-[0-9a-f]{8}"
_QUESTION_DIGITS: Final = 16
_ANSWER_DIGITS: Final = 32
_CHECK_DIGITS: Final = 8
_HASH: Final = re.compile(HASH_PATTERN)
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_MOST_TEXTS: Final = 1000


@dataclass(frozen=True)
class Kept:
    """What a permalink holds: the name of the question and how it was asked, the version, the seal of
    the question and of the answer, and the ``check`` over all of these."""

    name: str
    parameters: Mapping[str, str]
    language: Language
    limit: int | None
    after: int
    version: int
    seal: str
    check: str

    @property
    def is_part(self) -> bool:
        """Whether a part of an answer was kept."""
        return self.limit is not None or self.after > 0

    @property
    def question_hash(self) -> str:
        """The hash of the question."""
        return self.seal.partition("-")[0]

    @property
    def answer_hash(self) -> str:
        """The hash of the rows that were kept."""
        return self.seal.rpartition("-")[2]


@dataclass(frozen=True)
class Opened:
    """A permalink opened now, on ``version``. ``now``: the answer, whole whatever part was kept; None
    where ``refused`` says that the question cannot be asked so any more. ``then``: the same on its own
    version, None where it is not needed or cannot be had; ``reproduced``: whether that is the answer that
    was kept, None where there is no telling. ``difference``: between the two, None without both.
    ``part_same``: whether the rows of the part that was kept are still the same; None where the whole
    was."""

    kept: Kept
    query: CataloguedQuery
    version: int
    now: Answered | None
    same: bool
    question_same: bool
    refused: BadRequest | None = None
    then: Answered | None = None
    reproduced: bool | None = None
    difference: Difference | None = None
    part_same: bool | None = None


def seal_of(answered: Answered) -> str:
    """The question and the answer as a permalink holds them: the beginning of the SHA-256 of the SPARQL
    without its comments, so without what describes it; how many rows the whole answer has; and the
    beginning of the SHA-256 of the rows as plain CSV."""
    table = answered.table
    rows = digest_of(table)[:_ANSWER_DIGITS]
    return f"{_question_hash(answered.query.text)}-{table.total}-{rows}"


def permalink(links: Links, answered: Answered, language: Language) -> str:
    """The address that says later whether ``answered``, in ``language``, is still the answer."""
    table, number = answered.table, answered.version.number
    given = {name: value for name, value in answered.given.items() if value}
    seal, name = seal_of(answered), answered.query.name
    kept = Kept(name, given, language, table.limit, table.after, number, seal, "")
    return links.url(
        f"/queries/{name}/permalink",
        **given,
        contentLang=language,
        limit=None if table.limit is None else str(table.limit),
        after=str(table.after) if table.after else None,
        version=str(number),
        hash=f"{seal}-{check_of(kept)}",
    )


def read_permalink(name: str, given: Mapping[str, str]) -> Kept:
    """The permalink of the question called ``name`` whose keys are ``given``; what is empty was not.
    Raises BadRequest where it is not whole."""
    given = {key: value for key, value in given.items() if value}
    for key in (LANGUAGE_KEY, "version", HASH_KEY):
        if key not in given:
            raise InvalidParameter(
                key, (), "This address is no whole permalink: {name} is missing from it."
            )
    language = known_language(given[LANGUAGE_KEY])
    version, found = _NUMBER.fullmatch(given["version"]), _HASH.fullmatch(given[HASH_KEY])
    if version is None or found is None or language is None:
        key = LANGUAGE_KEY if language is None else HASH_KEY if version else "version"
        raise BadRequest(
            "{value} is no {name} of a permalink. Open the address as it was given.",
            value=quoted(given[key]),
            name=key,
        )
    own = (*RESERVED, HASH_KEY, LANGUAGE_KEY)
    seal, _, check = given[HASH_KEY].rpartition("-")
    return Kept(
        name=name,
        parameters={n: value for n, value in given.items() if n not in own},
        language=language,
        limit=whole_number("limit", given["limit"], 1) if "limit" in given else None,
        after=whole_number("after", given.get("after", "0"), 0),
        version=int(given["version"]),
        seal=seal,
        check=check,
    )


def check_of(kept: Kept) -> str:
    """What tells an address that was mistyped from one that was given: of everything it holds."""
    parts = [kept.name, sorted(kept.parameters.items()), kept.language, kept.limit, kept.after]
    whole = json.dumps([*parts, kept.version, kept.seal])
    return hashlib.sha256(whole.encode()).hexdigest()[:_CHECK_DIGITS]


def known_permalink(
    service: Service, name: str, given: Mapping[str, str]
) -> tuple[CataloguedQuery, Kept]:
    """The question called ``name`` and its permalink whose keys are ``given``.

    Raises BadRequest for an address that was never given so, NotFound for a question or a version that
    never was, Gone for a question that is asked no more.
    """
    try:
        kept = read_permalink(name, given)
    except BadRequest:
        service.catalogue.get(name)
        raise
    last = service.store.version.number
    if kept.version > last:
        raise NotFound(
            "There is no version {number} of the dataset; there are versions 1 to {last}.",
            number=kept.version,
            last=last,
        )
    return _query_of(service, kept), kept


def open_permalink(
    service: Service, query: CataloguedQuery, kept: Kept, caller: str = ""
) -> Opened:
    """What ``kept``, a permalink of ``query``, says now, asked in the turn of ``caller``. Raises what the
    store raises."""
    now, refused = _answer(service, query, kept, caller)
    question_same = _question_hash(query.text) == kept.question_hash
    version = (now or service.store).version.number
    opened = Opened(kept, query, version, now, _is_kept(now, kept), question_same, refused)
    return opened if opened.same else _compared(service, opened, caller)


def part_kept(answered: Answered, kept: Kept) -> Answered:
    """The part of ``answered``, a whole answer, that ``kept`` asks for."""
    return replace(answered, table=part_of(answered.table, kept.limit, kept.after))


def _query_of(service: Service, kept: Kept) -> CataloguedQuery:
    if kept.check != check_of(kept):
        service.catalogue.get(kept.name)
        raise BadRequest(
            "This is not the address that was given: something in it is other than it was. Open it as "
            "it was given."
        )
    try:
        return service.catalogue.get(kept.name)
    except NotFound:
        raise Gone(
            "The question {name} is not asked here any more. Its answer was kept on version {version}.",
            name=quoted(kept.name),
            version=kept.version,
        ) from None


def _compared(service: Service, opened: Opened, caller: str) -> Opened:
    """``opened``, of which the answer is another now, beside the answer on its own version."""
    kept, query, now = opened.kept, opened.query, opened.now
    if kept.is_part and now:
        rows = digest_of(part_kept(now, kept).table)
        opened = replace(opened, part_same=rows.startswith(kept.answer_hash))
    try:
        then, _ = _answer(service.at(str(kept.version)), query, kept, caller)
    except NotFound:
        return opened
    if then is None:
        return opened
    found = compare(query, then.table, now.table) if now else None
    return replace(opened, then=then, reproduced=_is_kept(then, kept), difference=found)


def _answer(
    service: Service, query: CataloguedQuery, kept: Kept, caller: str
) -> tuple[Answered | None, BadRequest | None]:
    """The whole answer, or why the question cannot be asked so."""
    ask = service.catalogue.answer
    try:
        return ask(query, kept.parameters, language=kept.language, caller=caller), None
    except BadRequest as refused:
        return None, refused


def _is_kept(answered: Answered | None, kept: Kept) -> bool:
    """Whether the rows and the number of all rows are those that were kept."""
    if answered is None:
        return False
    return _answer_in(seal_of(part_kept(answered, kept))) == _answer_in(kept.seal)


def _answer_in(seal: str) -> str:
    return seal.partition("-")[2]


@lru_cache(_MOST_TEXTS)
def _question_hash(text: str) -> str:
    words = " ".join(token.text for token in significant(text))
    return hashlib.sha256(words.encode()).hexdigest()[:_QUESTION_DIGITS]
