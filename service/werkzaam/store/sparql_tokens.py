"""SPARQL text as tokens with their places, as far as refusing and rewriting need.

Follows the terminals of `SPARQL 1.1 §19.8 <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>`_.
This is no parser: the engine decides what is SPARQL. Time grows with the length of the text and no
faster: a string that is not closed reaches to the end of its line, a prefix has 257 characters.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal[
    "comment", "string", "iri", "name", "blank", "variable", "language", "number", "word", "mark"
]

_LOCAL_ITEM = r"(?:[\w·:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_PATTERN = re.compile(
    r"""
    \s*+(?:
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"{3}(?:\\.|[^\\])*?(?:\"{3}|\\?\Z)|'{3}(?:\\.|[^\\])*?(?:'{3}|\\?\Z)
              |"(?:\\.|[^"\\\n\r])*+(?:"|\\?\Z|(?=[\n\r]))|'(?:\\.|[^'\\\n\r])*+(?:'|\\?\Z|(?=[\n\r])))
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<blank>_:[\w·.\-]+)
  | (?P<name>(?:[^\W\d_][\w·\-.]{0,256}+)?:(?:ITEM(?:ITEM|[\-.](?=[\w·:%\\\-.]))*)?)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d_]\w*)
  | (?P<mark>.)
  | \Z)
    """.replace("ITEM", _LOCAL_ITEM),
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the query: ``text[start:end]``."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for anything that is not a word."""
        return self.text.upper() if self.kind == "word" else ""


def scan(text: str) -> Iterator[re.Match[str]]:
    """A match for each token of ``text``, for who has no time for more: ``lastgroup`` is its kind, and
    the group of that name its text; at the end a match without a kind."""
    return _PATTERN.finditer(text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order, comments included, white space left out."""
    for match in scan(text):
        kind = match.lastgroup
        if kind is not None:
            yield Token(kind, match[kind], match.start(kind), match.end())  # type: ignore[arg-type]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The place of ``offset`` in ``text``, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
