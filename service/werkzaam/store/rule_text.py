"""A derivation rule as text, and as the triple patterns that a change can reach it by.

A rule is a CONSTRUCT query of a plain kind: one triple to derive, triples to derive it from, ``FILTER
NOT EXISTS`` over triples, and other ``FILTER``s. No paths, no OPTIONAL, no UNION, no blank nodes: so
each of its triples can be bound to a change, and so every result can be explained. It makes no new
terms, so deriving ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.errors import ContentError
from werkzaam.store.sparql_tokens import Token, tokens

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"

Pattern = tuple[str, str, str]


@dataclass(frozen=True)
class Derivation:
    """A CONSTRUCT query whose triples are added to the inferred graph; ``path`` names its file."""

    path: str
    query: str


@dataclass(frozen=True)
class Rule:
    """What a derivation says. A term of a pattern is SPARQL: ``?name``, ``<IRI>`` or a literal.

    ``head``: the triple that follows; ``body``: those that it follows from; ``without``: groups of
    triples of which none may hold together; ``filters``: conditions, in brackets.
    """

    path: str
    head: Pattern
    body: Sequence[Pattern]
    without: Sequence[Sequence[Pattern]]
    filters: Sequence[str]

    def where(self, left_out: Pattern | None = None, *, certain: bool = True) -> str:
        """The conditions as SPARQL, without the pattern ``left_out``; unless ``certain``, without
        what must not hold. Blank nodes match nothing: a bound one could not be written down."""
        parts = [_written(pattern) for pattern in self.body if pattern != left_out]
        parts += [f"FILTER{condition}" for condition in self.filters]
        parts += [f"FILTER(!isBlank({name}))" for name in variables(self.body)]
        if certain:
            parts += [
                f"FILTER NOT EXISTS {{ {' '.join(map(_written, group))} }}"
                for group in self.without
            ]
        return " ".join(parts)


def variables(patterns: Sequence[Pattern]) -> list[str]:
    """The variables of ``patterns`` in order, each once."""
    return list(dict.fromkeys(term for one in patterns for term in one if term.startswith("?")))


def read_rule(derivation: Derivation) -> Rule:
    """What ``derivation`` says. Raises ContentError where it is not SPARQL, or not of the plain kind."""
    try:
        # not kept in a name: an error's frames may be freed by another thread, which no answer survives
        constructs = isinstance(ox.Store().query(derivation.query), ox.QueryTriples)
    except SyntaxError as fault:
        raise ContentError(
            derivation.path, None, "This rule is not SPARQL: {reason}.", reason=str(fault)
        ) from None
    if not constructs:
        raise ContentError(derivation.path, None, "A rule is a CONSTRUCT query. Rewrite it as one.")
    return _Reading(derivation).rule()


def _written(pattern: Pattern) -> str:
    return " ".join(pattern) + " ."


class _Reading:
    """One reading of a rule, token by token; the engine has found it to be SPARQL."""

    def __init__(self, derivation: Derivation) -> None:
        self._text = derivation.query
        self._path = derivation.path
        self._left: list[Token] = [
            token for token in tokens(derivation.query) if token.kind != "comment"
        ][::-1]
        self._prefixes: dict[str, str] = {}

    def rule(self) -> Rule:
        while self._next_is("PREFIX"):
            _, name, iri = (self._take() for _ in range(3))
            self._prefixes[name.text] = iri.text[1:-1]
        self._expect("CONSTRUCT")
        self._expect("{")
        head = self._term(), self._term(), self._term()
        while self._next_is("."):
            self._take()
        self._expect("}")
        self._expect("WHERE")
        rule = self._conditions(head)
        if self._left:
            raise self._not_plain(self._left[-1])
        return rule

    def _conditions(self, head: Pattern) -> Rule:
        body: list[Pattern] = []
        without: list[list[Pattern]] = []
        filters: list[str] = []
        self._expect("{")
        while not self._next_is("}"):
            if not self._next_is("FILTER"):
                body += self._triples()
                continue
            self._take()
            if self._next_is("NOT"):
                self._expect("NOT")
                self._expect("EXISTS")
                without.append(list(self._denied()))
            else:
                filters.append(self._condition())
        self._take()
        return Rule(self._path, head, body, without, filters)

    def _denied(self) -> Iterator[Pattern]:
        """The triples of a group that must not hold; each names its property."""
        self._expect("{")
        while not self._next_is("}"):
            first = self._left[-1]
            for pattern in self._triples():
                if pattern[1].startswith("?"):
                    raise self._not_plain(first)
                yield pattern
        self._take()

    def _triples(self) -> Iterator[Pattern]:
        """One subject with its properties and values, up to the dot or the end of the group."""
        subject = self._term()
        predicate = self._term()
        yield subject, predicate, self._term()
        while self._next_is(";", ","):
            if self._take().text == ";":
                predicate = self._term()
            yield subject, predicate, self._term()
        if self._next_is("."):
            self._take()

    def _condition(self) -> str:
        """A condition in brackets, with names written out."""
        self._expect("(")
        parts, depth = ["("], 1
        while depth:
            token = self._take()
            if token.keyword == "EXISTS":
                raise self._not_plain(token)
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            follows = bool(self._left) and self._left[-1].start == token.end
            parts.append(self._written_out(token) + ("" if follows else " "))
        return "".join(parts).rstrip()

    def _term(self) -> str:
        token = self._take()
        if token.text == "a":
            return RDF_TYPE
        if token.kind in ("iri", "name", "variable"):
            return self._written_out(token)
        if token.text in ("true", "false"):
            return str(ox.Literal(token.text, datatype=ox.NamedNode(_BOOLEAN)))
        raise self._not_plain(token)

    def _written_out(self, token: Token) -> str:
        if token.kind != "name":
            return token.text
        prefix, _, local = token.text.partition(":")
        return f"<{self._prefixes[prefix + ':']}{local}>"

    def _next_is(self, *texts: str) -> bool:
        return bool(self._left) and self._left[-1].text.upper() in texts

    def _take(self) -> Token:
        return self._left.pop()

    def _expect(self, text: str) -> None:
        token = self._take()
        if token.text.upper() != text:
            raise self._not_plain(token)

    def _not_plain(self, token: Token) -> ContentError:
        return ContentError(
            self._path,
            self._text.count("\n", 0, token.start) + 1,
            "A rule cannot have {word} here. It derives one triple from triples, with FILTER and "
            "FILTER NOT EXISTS and nothing else: no path, OPTIONAL, UNION or blank node.",
            word=token.text,
        )
