"""Turtle text as tokens and statements with their places.

Follows the terminals of `RDF 1.1 Turtle §6.5 <https://www.w3.org/TR/turtle/#sec-grammar-grammar>`_.
This is no parser: pyoxigraph decides what is Turtle.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["comment", "string", "iri", "name", "blank", "at", "number", "word", "mark"]

_FIRST = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NEXT = _FIRST + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"

_PATTERN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<string>\"{{3}}(?:\\.|[^\\])*?\"{{3}}|'{{3}}(?:\\.|[^\\])*?'{{3}}
              |"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
  | (?P<blank>_:[{_FIRST}_0-9](?:[{_NEXT}.]*[{_NEXT}])?)
  | (?P<name>(?:[{_FIRST}](?:[{_NEXT}.]*[{_NEXT}])?)?:
             (?:(?:[{_FIRST}_:0-9]|{_ESCAPED})
                (?:[{_NEXT}:]|{_ESCAPED}|\.+(?=[{_NEXT}:%\\]))*)?)
  | (?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:[eE][+-]?\d+)?))
  | (?P<word>[A-Za-z]+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the file: ``text`` from offset ``start`` on."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Statement:
    """One directive, or all that is said of one subject, with the dot at its end if it has one."""

    tokens: tuple[Token, ...]

    @property
    def is_directive(self) -> bool:
        """True for a prefix or base declaration, in either spelling."""
        return _directive(self.tokens[0]) != ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order, comments included, white space left out."""
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup
        if kind != "space":
            yield Token(kind, match.group(), match.start())  # type: ignore[arg-type]


def statements(text: str) -> Iterator[Statement]:
    """The statements of ``text`` in order, without comments; a last one may lack its dot."""
    open_: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.kind == "comment":
            continue
        open_.append(token)
        if token.kind == "mark":
            depth += (token.text in "[(") - (token.text in "])")
        if _is_complete(open_, depth):
            yield Statement(tuple(open_))
            open_ = []
            depth = 0
    if open_:
        yield Statement(tuple(open_))


def _is_complete(found: list[Token], depth: int) -> bool:
    last = found[-1]
    if last.kind == "mark" and last.text == "." and depth <= 0:
        return True
    # The SPARQL spelling of a directive has no dot.
    sizes = {"PREFIX": 3, "BASE": 2}
    return len(found) == sizes.get(_directive(found[0]), 0)


def _directive(token: Token) -> str:
    if token.kind == "at" and token.text in ("@prefix", "@base"):
        return token.text
    keyword = token.text.upper()
    return keyword if token.kind == "word" and keyword in ("PREFIX", "BASE") else ""
