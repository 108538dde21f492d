"""The dataset that a query names itself: FROM and FROM NAMED, cut out of its text.

See `SPARQL 1.1 §13.2 <https://www.w3.org/TR/sparql11-query/#specifyingDataset>`_.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from werkzaam.errors import QuerySyntaxError
from werkzaam.store.sparql_tokens import Token, line_and_column

_NEED_PROJECTION: Final = ("SELECT", "DISTINCT", "REDUCED", "DESCRIBE")
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class CutQuery:
    """``text`` without its dataset clauses (line breaks stay), and the graphs that they named."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def cut_dataset(text: str, found: Sequence[Token], *, constructs: bool) -> CutQuery:
    """Cut the dataset clauses out of ``text``; ``found`` are its tokens without comments, and whether
    it is a CONSTRUCT. Raises QuerySyntaxError where no graph comes after FROM."""
    prologue = read_prologue(found)
    default: list[str] = []
    named: list[str] = []
    pieces: list[str] = []
    kept_to = 0
    for place in _dataset_clauses(found, constructs):
        following = found[place + 1 : place + 3]
        is_named = bool(following) and following[0].keyword == "NAMED"
        graph = following[-1] if is_named else (following[0] if following else found[place])
        (named if is_named else default).append(_graph(text, graph, prologue))
        pieces.append(text[kept_to : found[place].start])
        pieces.append(re.sub(r"[^\n]", " ", text[found[place].start : graph.end]))
        kept_to = graph.end
    pieces.append(text[kept_to:])
    return CutQuery("".join(pieces), tuple(default), tuple(named))


def _dataset_clauses(found: Sequence[Token], constructs: bool) -> Iterator[int]:
    """Where FROM stands between the projection (or the template) and the pattern.

    A FROM anywhere else stays in the text, and the engine calls it the syntax error it is.
    """
    depth = 0
    before = ""
    for place, token in enumerate(found):
        if depth == 0 and (token.keyword == "WHERE" or _opens_pattern(token, before, constructs)):
            return
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
        if token.keyword == "FROM" and depth == 0 and before not in _NEED_PROJECTION:
            yield place
        before = token.keyword


def _opens_pattern(token: Token, before: str, constructs: bool) -> bool:
    return token.text == "{" and not (constructs and before == "CONSTRUCT")


@dataclass(frozen=True)
class Prologue:
    """What a query declares before its form: the base IRI (empty for none), and prefix (with its
    colon) to IRI."""

    base: str
    prefixes: Mapping[str, str]


def read_prologue(found: Sequence[Token]) -> Prologue:
    """The declarations among the tokens ``found`` (without comments)."""
    base = ""
    prefixes: dict[str, str] = {}
    for place, token in enumerate(found[:-2]):
        if token.keyword == "BASE":
            base = _iri(found[place + 1].text, base)
        elif token.keyword == "PREFIX":
            prefixes[found[place + 1].text] = _iri(found[place + 2].text, base)
    return Prologue(base, prefixes)


def unescaped(text: str) -> str:
    """``text`` with its escapes of code points undone, wherever they stand."""
    return _CODEPOINT.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), text)


def _iri(text: str, base: str) -> str:
    """The IRI in angle brackets ``text``: escapes undone, resolved against ``base``."""
    plain = unescaped(text[1:-1])
    with contextlib.suppress(ValueError):
        return urljoin(base, plain) if base else plain
    return plain


def named_iri(token: Token, prologue: Prologue) -> str | None:
    """The IRI that ``token`` stands for; None where it stands for none."""
    if token.kind == "iri":
        return _iri(token.text, prologue.base)
    prefix, colon, local = token.text.partition(":")
    if token.kind == "name" and prefix + colon in prologue.prefixes:
        return prologue.prefixes[prefix + colon] + re.sub(r"\\(.)", r"\1", local)
    return None


def _graph(text: str, token: Token, prologue: Prologue) -> str:
    iri = named_iri(token, prologue)
    if iri is not None:
        return iri
    line, column = line_and_column(text, token.start)
    raise QuerySyntaxError(
        line,
        column,
        "After FROM comes the IRI of a graph (line {line}, column {column}).",
    )
