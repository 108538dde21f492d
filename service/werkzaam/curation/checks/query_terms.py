"""The IRIs that a query or a rule names, with their lines."""

import re

from werkzaam.domain.identifiers import term
from werkzaam.store.sparql_tokens import Token, line_and_column, tokens

_PATTERN_LINE = "#+       "
_HEADER_CLASS = re.compile(r"""\bclass:\s*["']?mdt:(\w+)""")


def query_mentions(data: bytes) -> dict[str, int]:
    """Each IRI in ``data`` and the line, from 1, where it first stands; prologue and comments aside.

    A class that a header offers to choose from counts as named, and so does what the header says a
    figure counts. Bytes that are not UTF-8 give
    nothing: that is a finding of its own.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {}
    found = _header_classes(text)
    prefixes: dict[str, str] = {}
    words = [token for token in tokens(text) if token.kind != "comment"]
    place = 0
    while place < len(words):
        size = _declaration(words[place : place + 3], prefixes)
        if not size:
            iri = _iri(words[place], prefixes)
            if iri is not None and iri not in found:
                found[iri] = line_and_column(text, words[place].start)[0]
        place += size or 1
    return _in_patterns(text, prefixes) | found


def _in_patterns(text: str, prefixes: dict[str, str]) -> dict[str, int]:
    """What the graph patterns in the header name: the blocks of text in its YAML."""
    return {
        iri: number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.startswith(_PATTERN_LINE)
        for token in tokens(line.removeprefix(_PATTERN_LINE))
        if (iri := _iri(token, prefixes)) is not None
    }


def _header_classes(text: str) -> dict[str, int]:
    lines = enumerate(text.split("\n"), start=1)
    header = [(number, line) for number, line in lines if line.startswith("#+")]
    return {
        term(match[1]): number
        for number, line in reversed(header)
        for match in _HEADER_CLASS.finditer(line)
    }


def _declaration(words: list[Token], prefixes: dict[str, str]) -> int:
    """How many tokens a declaration takes that begins here; a prefix is taken up."""
    keyword = words[0].keyword
    if keyword == "BASE":
        return 2
    if keyword != "PREFIX" or len(words) < 3:
        return 0
    prefixes[words[1].text[:-1]] = words[2].text[1:-1]
    return 3


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name":
        return None
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if prefix in prefixes else None
