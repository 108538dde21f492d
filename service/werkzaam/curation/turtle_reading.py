"""A Turtle file as triples, or a refusal with the line."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.curation.turtle_tokens import tokens
from werkzaam.errors import ContentError

_PLACE = re.compile(r"^Parser error at line \d+(?: between columns \d+ and \d+| column \d+)?: ")
_DEEPEST = 50
_MOST_BYTES = 20 << 20
_MOST_SHARED = 6


@dataclass(frozen=True)
class Turtle:
    """What a file says, and the prefixes it declares."""

    text: str
    triples: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str]


def read_turtle(data: bytes, path: str) -> Turtle:
    """Parse ``data``. Blank nodes get names of their own, so files can be merged.

    Raises ContentError where it is not UTF-8, not RDF 1.1 Turtle, has a relative IRI, is
    very large, nests deeply, or has blank nodes in a net.
    """
    if len(data) > _MOST_BYTES:
        raise ContentError(
            path,
            None,
            "This file has {bytes} bytes; at most {most} are read. Split it.",
            bytes=len(data),
            most=_MOST_BYTES,
        )
    try:
        text = data.decode()
        _refuse_deep_nesting(text, path)
        parser = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        triples = tuple(parser)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise ContentError(path, line, "This file is not UTF-8. Save it as UTF-8.") from None
    except SyntaxError as fault:
        raise ContentError(
            path,
            fault.lineno,
            "This is not Turtle: {reason}.",
            reason=_PLACE.sub("", fault.msg).rstrip("."),
        ) from None
    _refuse_shared_blank_nodes(triples, path)
    if any(_is_newer(triple.object) for triple in triples):
        raise ContentError(
            path,
            None,
            "This file has a triple inside a triple, or a text direction (RDF 1.2). Protégé and "
            "pySHACL cannot read that. Give the statement an IRI of its own.",
        )
    return Turtle(text, triples, parser.prefixes)


def _refuse_deep_nesting(text: str, path: str) -> None:
    """Naming nested blank nodes takes time that grows much faster than their depth."""
    if text.count("[") + text.count("(") <= _DEEPEST:
        return
    depth = 0
    for token in tokens(text):
        if token.kind == "mark":
            depth += (token.text in "[(") - (token.text in "])")
        if depth > _DEEPEST:
            raise ContentError(
                path,
                text.count("\n", 0, token.start) + 1,
                "Brackets nest deeper than {depth} here. Give the inner nodes IRIs.",
                depth=_DEEPEST,
            )


def _refuse_shared_blank_nodes(triples: Iterable[ox.Quad], path: str) -> None:
    """Naming blank nodes in order takes time without bound when they form nets instead of trees."""
    referred = Counter(
        triple.object
        for triple in triples
        if isinstance(triple.subject, ox.BlankNode) and isinstance(triple.object, ox.BlankNode)
    )
    shared = sum(count > 1 for count in referred.values())
    if shared > _MOST_SHARED:
        raise ContentError(
            path,
            None,
            "In this file {count} blank nodes are each the value of several others; at most {most} "
            "can be put in order. Give them IRIs.",
            count=shared,
            most=_MOST_SHARED,
        )


def _is_newer(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    if isinstance(term, ox.Literal):
        return term.direction is not None
    return isinstance(term, ox.Triple)
