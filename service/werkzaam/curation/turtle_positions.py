"""Where a Turtle file says what: the line on which a subject or an IRI first stands.

Lines count from 1. Of use only for a file that parses.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from urllib.parse import urljoin

from werkzaam.curation.turtle_tokens import Statement, Token, statements, tokens

_LOCAL_ESCAPE = re.compile(r"\\(.)")
_CHARACTER = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class Prefix:
    """A prefix declaration: ``name`` without its colon."""

    name: str
    namespace: str
    line: int


@dataclass
class Positions:
    """First lines by IRI; the lines of comments and of blank nodes; the prefixes declared."""

    subjects: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    comments: list[int] = field(default_factory=list)
    blank_nodes: list[int] = field(default_factory=list)
    prefixes: list[Prefix] = field(default_factory=list)


@dataclass
class Names:
    """The prefixes and the base in force while a file is read."""

    prefixes: dict[str, str] = field(default_factory=dict)
    base: str = ""

    def declare(self, statement: Statement) -> str | None:
        """Take up a directive; the name of the prefix, or None for a base."""
        name = statement.tokens[1]
        if name.kind == "name":
            namespace = self.iri(statement.tokens[2]) if len(statement.tokens) > 2 else None
            self.prefixes[name.text[:-1]] = namespace or ""
            return name.text[:-1]
        self.base = self.iri(name) or self.base
        return None

    def iri(self, token: Token) -> str | None:
        """The IRI that ``token`` names; None for anything else and for an unknown prefix."""
        if token.kind == "iri":
            return urljoin(self.base, _unescaped(token.text[1:-1]))
        if token.kind != "name":
            return _TYPE if token.kind == "word" and token.text == "a" else None
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(prefix)
        return None if namespace is None else namespace + _LOCAL_ESCAPE.sub(r"\1", local)


def positions(text: str) -> Positions:
    """Read ``text`` once, from its first line to its last."""
    found = Positions()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(token: Token) -> int:
        return bisect_right(starts, token.start)

    found.comments = [line(token) for token in tokens(text) if token.kind == "comment"]
    names = Names()
    for statement in statements(text):
        if statement.is_directive:
            prefix = names.declare(statement) if len(statement.tokens) > 1 else None
            if prefix is not None:
                place = line(statement.tokens[0])
                found.prefixes.append(Prefix(prefix, names.prefixes[prefix], place))
            continue
        subject = names.iri(statement.tokens[0])
        if subject is not None:
            found.subjects.setdefault(subject, line(statement.tokens[0]))
        for token in statement.tokens:
            iri = names.iri(token)
            if iri is not None:
                found.mentions.setdefault(iri, line(token))
        found.blank_nodes += [line(token) for token in _blank_nodes(statement)]
    return found


def _blank_nodes(statement: Statement) -> list[Token]:
    """The tokens that open or name a blank node; an empty list ``()`` is none."""
    following = (*statement.tokens[1:], None)
    return [
        token
        for token, after in zip(statement.tokens, following, strict=True)
        if token.kind == "blank"
        or (token.kind == "mark" and token.text == "[")
        or (token.kind == "mark" and token.text == "(" and after is not None and after.text != ")")
    ]


def _unescaped(text: str) -> str:
    return _CHARACTER.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
