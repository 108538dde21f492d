"""A query in SPARQL as tokens, and the triple patterns in it. No grammar is checked: the engine does that.

What is not understood gives None, and is then taken to look at everything.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<text>(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}
            |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?:@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?)
      | (?P<variable>[?$]\w+)
      | (?P<name>[\w.-]*:(?:[\w%-](?:[\w.:%-]*[\w:%-])?)?)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark>\^\^|&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)
_TERMS: Final = frozenset({"iri", "text", "variable", "number"})
_ENDINGS: Final = frozenset({"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"})
_SKIPPED: Final = frozenset({"OPTIONAL", "UNION", "EXISTS", "NOT", "WHERE"})


@dataclass(frozen=True)
class Token:
    """A piece of the text; ``kind`` is a name of a group of the pattern above."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """The word in capitals, else nothing."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of the variable, else nothing."""
        return self.text[1:] if self.kind == "variable" else ""

    @property
    def is_this(self) -> bool:
        """Whether it is ``$this``."""
        return self.variable == "this"

    @property
    def iri(self) -> str:
        """The IRI, else nothing."""
        return self.text[1:-1] if self.kind == "iri" else ""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern. ``scope``: the groups in which it stands, from the main one."""

    subject: Token
    path: tuple[Token, ...]
    value: Token
    scope: tuple[int, ...]

    @property
    def depth(self) -> int:
        """1 in the main group, more within others."""
        return len(self.scope)

    @property
    def goes_back(self) -> bool:
        """Whether its path leads backwards, or to anything but some."""
        return any(token.text in ("^", "!") for token in self.path)

    @property
    def by_variable(self) -> bool:
        """Whether its property is a variable."""
        return any(token.variable for token in self.path)

    @property
    def variables(self) -> set[str]:
        """The variables in it."""
        found = {token.variable for token in (self.subject, *self.path, self.value)}
        return found - {""}

    @property
    def text(self) -> str:
        """As it is written."""
        return " ".join(token.text for token in (self.subject, *self.path, self.value))

    @property
    def properties(self) -> set[str]:
        """The properties that it names."""
        return {token.iri for token in self.path if token.iri}


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of ``text``, without spaces and comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match.group())


def patterns_of(tokens: Sequence[Token]) -> list[Pattern] | None:
    """The triple patterns of a query with full IRIs; None where it is not understood."""
    try:
        return list(_Patterns(tokens).read())
    except (_NotUnderstood, IndexError):
        return None


class _NotUnderstood(Exception):
    """There is something that this reading does not know."""


class _Patterns:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = next(i for i, token in enumerate(tokens) if token.text == "{")
        self._scope: tuple[int, ...] = ()

    def read(self, joined: bool = False) -> Iterator[Pattern]:
        """The patterns of the group that begins here, and of those within it. ``joined``: it is one with the
        group around it."""
        around = self._scope
        self._scope = around if joined else (*around, self._place)
        self._place += 1
        while self._tokens[self._place].text != "}":
            token = self._tokens[self._place]
            if token.text == "{":
                yield from self.read(is_plain_group(self._tokens, self._place))
            elif token.text == "." or token.word in _SKIPPED:
                self._place += 1
            elif token.word in ("FILTER", "BIND"):
                yield from self._expression()
            elif token.word == "SELECT":
                self._skip_to("{")
            elif token.word in _ENDINGS:
                self._skip_to("}")
            else:
                yield from self._same_subject()
        self._place += 1
        self._scope = around

    def _same_subject(self) -> Iterator[Pattern]:
        subject = self._term()
        while self._tokens[self._place].text not in (".", "}", "{"):
            path = self._path()
            yield Pattern(subject, path, self._term(), self._scope)
            while self._tokens[self._place].text == ",":
                self._place += 1
                yield Pattern(subject, path, self._term(), self._scope)
            if self._tokens[self._place].text != ";":
                return
            self._place += 1

    def _term(self) -> Token:
        token = self._tokens[self._place]
        if token.kind not in _TERMS and token.word not in ("TRUE", "FALSE"):
            raise _NotUnderstood
        self._place += 1
        if token.kind == "text" and self._tokens[self._place].text == "^^":
            token = Token("text", f"{token.text}^^{self._tokens[self._place + 1].text}")
            self._place += 2
        return token

    def _path(self) -> tuple[Token, ...]:
        start = self._place
        while True:
            while self._tokens[self._place].text in ("^", "!"):
                self._place += 1
            if self._tokens[self._place].text == "(":
                self._skip_balanced()
            elif self._tokens[self._place].kind in ("iri", "variable"):
                self._place += 1
            else:
                raise _NotUnderstood
            while self._tokens[self._place].text in ("*", "+", "?"):
                self._place += 1
            if self._tokens[self._place].text not in ("/", "|"):
                return tuple(self._tokens[start : self._place])
            self._place += 1

    def _expression(self) -> Iterator[Pattern]:
        """The patterns within an expression."""
        self._place += 1
        if self._tokens[self._place].word in ("NOT", "EXISTS"):
            return
        self._skip_to("(")
        depth = 0
        while True:
            text = self._tokens[self._place].text
            if text == "{":
                yield from self.read()
                continue
            depth += (text == "(") - (text == ")")
            self._place += 1
            if not depth:
                return

    def _skip_to(self, text: str) -> None:
        while self._tokens[self._place].text != text:
            self._place += 1

    def _skip_balanced(self) -> None:
        depth = 0
        while True:
            token = self._tokens[self._place]
            depth += (token.text == "(") - (token.text == ")")
            self._place += 1
            if not depth:
                return


def is_plain_group(tokens: Sequence[Token], place: int) -> bool:
    """Whether the group at ``place`` is simply joined with what stands around it."""
    after = tokens[end_of(tokens, place)]
    return tokens[place - 1].word not in _SKIPPED and after.word != "UNION"


def end_of(tokens: Sequence[Token], start: int) -> int:
    """The place after what is opened at ``start``."""
    opening = tokens[start].text
    closing = {"{": "}", "(": ")"}[opening]
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place].text == opening) - (tokens[place].text == closing)
        if not depth:
            return place + 1
    return len(tokens)


def filters_of(tokens: Sequence[Token], start: int) -> list[Sequence[Token]] | None:
    """The filters of the group at ``start``, if it holds nothing else than these, triples, and groups of the
    same kind whose filters speak of their own variables only; else None."""
    found: list[Sequence[Token]] = []
    place, last = start + 1, end_of(tokens, start) - 1
    while place < last:
        token, end = tokens[place], place + 1
        if token.word == "FILTER":
            end = _filter_end(tokens, place)
            found.append(tokens[place:end])
        elif token.text == "{":
            end = end_of(tokens, place)
            inner = filters_of(tokens, place) if is_plain_group(tokens, place) else None
            if inner is None or not _is_closed(tokens[place:end], inner):
                return None
            found += inner
        elif token.word not in ("", "TRUE", "FALSE"):
            return None
        place = end
    return found


def _filter_end(tokens: Sequence[Token], start: int) -> int:
    """The place after a filter."""
    opening = "{" if tokens[start + 1].word in ("NOT", "EXISTS") else "("
    place = next(i for i in range(start, len(tokens)) if tokens[i].text == opening)
    return end_of(tokens, place)


def _is_closed(group: Sequence[Token], filters: Sequence[Sequence[Token]]) -> bool:
    """Whether the filters speak of nothing but what the patterns of their own group bind."""
    spoken = {token.variable for one in filters for token in one} - {"", "this"}
    bound = [pattern.variables for pattern in patterns_of(group) or () if pattern.depth == 1]
    return spoken <= set().union(*bound)


def connected(patterns: Iterable[Pattern], known: Iterable[str]) -> Iterator[Pattern]:
    """The patterns in an order in which each, where it can, begins with a variable that is known."""
    left = list(patterns)
    bound = set(known)
    while left:
        best = min(left, key=lambda pattern: _cost(pattern, bound))
        left.remove(best)
        bound |= best.variables
        yield best


def _cost(pattern: Pattern, bound: set[str]) -> tuple[int, int]:
    ends = [token.variable for token in (pattern.subject, pattern.value)]
    return all(name and name not in bound for name in ends), len(pattern.variables - bound)
