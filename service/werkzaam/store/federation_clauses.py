"""The SERVICE clauses of a query, where each may be asked of another host.

See `SPARQL 1.1 Federated Query <https://www.w3.org/TR/sparql11-federated-query/>`_.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.characters import quoted
from werkzaam.errors import QueryRefused
from werkzaam.store.dataset_clause import named_iri, read_prologue
from werkzaam.store.federation_hosts import Address, Hosts, address_on
from werkzaam.store.sparql_tokens import Token, line_and_column
from werkzaam.store.variable_scope import variables_in_scope

MOST_CLAUSES: Final = 5
_MOST_HOSTS_SHOWN: Final = 20
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True)
class ServiceClause:
    """``text[start:end]`` of a query: ``question`` is the query to ask at ``address``, without a
    limit; its solutions give ``variables``. ``silent``: without an answer, one empty solution."""

    start: int
    end: int
    address: Address
    silent: bool
    question: str
    variables: tuple[str, ...]


def service_clauses(text: str, found: Sequence[Token], hosts: Hosts) -> tuple[ServiceClause, ...]:
    """The clauses in order; ``found`` are the tokens of ``text`` without comments.

    Raises QueryRefused, with the place, for one that may not be asked.
    """
    reading = _Reading(text, found, hosts)
    clauses: list[ServiceClause] = []
    inside = [False]
    for place, token in enumerate(found):
        if token.kind == "mark" and token.text in "([{":
            inside.append(inside[-1] or _depends(found[max(0, place - 2) : place + 1]))
        elif token.kind == "mark" and token.text in ")]}":
            inside = inside[:-1] or [False]
        elif token.keyword == "SERVICE":
            if inside[-1]:
                raise reading.dependent(token)
            clauses.append(reading.clause(place, clauses))
    return tuple(clauses)


def _depends(opening: Sequence[Token]) -> bool:
    """Whether ``opening``, a bracket and the two tokens before it, opens a group whose solutions
    depend on what is around it."""
    before = [token.keyword for token in opening[:-1]]
    if opening[-1].text != "{":
        return False
    return before[-1:] in (["EXISTS"], ["LATERAL"]) or before[:1] == ["GRAPH"]


class _Reading:
    def __init__(self, text: str, found: Sequence[Token], hosts: Hosts) -> None:
        self._text = text
        self._found = found
        self._hosts = hosts
        self._prologue = read_prologue(found)

    def clause(self, place: int, earlier: Sequence[ServiceClause]) -> ServiceClause:
        """The clause whose SERVICE stands at ``place``."""
        call = self._found[place]
        if earlier and call.start < earlier[-1].end:
            raise self._nested(call)
        if len(earlier) == MOST_CLAUSES:
            raise self._too_many(call)
        following = self._found[place + 1 : place + 4]
        silent = bool(following) and following[0].keyword == "SILENT"
        opening = place + 2 + silent
        named = following[silent : silent + 2]
        if len(named) < 2 or named[0].kind not in ("iri", "name") or named[1].text != "{":
            raise not_written_out(self._text, call)
        address = self._address(named[0])
        closing = self._closing(opening)
        pattern = self._text[named[1].start : self._found[closing].end]
        return ServiceClause(
            call.start,
            self._found[closing].end,
            address,
            silent,
            f"{self._declarations()}SELECT * {pattern}",
            variables_in_scope(self._found[opening : closing + 1]),
        )

    def dependent(self, token: Token) -> QueryRefused:
        line, column = line_and_column(self._text, token.start)
        return QueryRefused(
            "A SERVICE inside EXISTS, GRAPH or LATERAL is not run (line {line}, column {column}): what "
            "it gives would depend on what is around it. Put it outside, and join what it gives.",
            line=line,
            column=column,
        )

    def _address(self, token: Token) -> Address:
        iri = named_iri(token, self._prologue) or ""
        address = address_on(iri, self._hosts)
        if address is not None:
            return address
        line, column = line_and_column(self._text, token.start)
        raise QueryRefused(
            "{address} is not on a host that this service may ask (line {line}, column {column}). "
            "It may ask: {hosts}. Take that part out, or have the operator list the host in "
            "WERKZAAM_SERVICE_HOSTS.",
            address=quoted(iri),
            line=line,
            column=column,
            hosts=", ".join(map(str, self._hosts[:_MOST_HOSTS_SHOWN])),
        )

    def _declarations(self) -> str:
        parts = []
        for token in self._found:
            if token.keyword in _FORMS:
                break
            parts.append(f"{token.text} ")
        return "".join(parts)

    def _closing(self, opening: int) -> int:
        depth = 0
        for place in range(opening, len(self._found)):
            text = self._found[place].text
            depth += (text == "{") - (text == "}")
            if depth == 0:
                return place
        raise not_written_out(self._text, self._found[opening])

    def _nested(self, token: Token) -> QueryRefused:
        line, column = line_and_column(self._text, token.start)
        return QueryRefused(
            "A SERVICE inside a SERVICE is not run (line {line}, column {column}). Put the two side "
            "by side.",
            line=line,
            column=column,
        )

    def _too_many(self, token: Token) -> QueryRefused:
        line, column = line_and_column(self._text, token.start)
        return QueryRefused(
            "A query may have at most {most} SERVICE parts; here is one more (line {line}, column "
            "{column}). Ask in several queries.",
            most=MOST_CLAUSES,
            line=line,
            column=column,
        )


def not_written_out(text: str, token: Token) -> QueryRefused:
    """The refusal of a call at ``token`` that is not of the one kind that may be asked."""
    line, column = line_and_column(text, token.start)
    return QueryRefused(
        "A SERVICE must be written out here as `SERVICE <address> {{ … }}` (line {line}, column "
        "{column}): a variable for the address is not run. Write the address itself.",
        line=line,
        column=column,
    )
