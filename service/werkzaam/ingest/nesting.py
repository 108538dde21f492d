"""How deep linked data is nested, seen before it is parsed.

The parser takes time by the square of the depth of `RDF/XML
<https://www.w3.org/TR/rdf-syntax-grammar/>`_, and much for brackets within brackets of `Turtle
<https://www.w3.org/TR/turtle/>`_ and `TriG <https://www.w3.org/TR/trig/>`_.
"""

import re
from typing import Final
from xml.parsers import expat

from werkzaam.ingest.formats import Format

MOST_NESTED: Final = 100
"""How many elements or brackets may be open at a time."""

_OPENING: Final = (b"(", b"[", b"{", b"<<")
_PARTS: Final = re.compile(
    rb"""
    (?P<open> <<\(? | [(\[{] )
  | (?P<close> \)?>> | [)\]}] )
  | \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: \"{3} | \Z )
  | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?: '{3} | \Z )
  | " (?: [^"\\\r\n] | \\. )*+ "?
  | ' (?: [^'\\\r\n] | \\. )*+ '?
  | < [^<>\s]*+ >?
  | \#[^\r\n]*+
  | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


def is_nested_too_deep(data: bytes, kind: Format) -> bool:
    """Whether more than ``MOST_NESTED`` parts of ``data`` lie within each other; JSON-LD has a limit of
    its own. Raises ExpatError for XML that is not well formed, also where it is cut off, which the
    parser of statements takes for whole."""
    if kind == "rdfxml":
        return _is_deep_xml(data)
    return kind != "jsonld" and _has_deep_brackets(data)


class _TooDeep(Exception):
    """More elements are open than may be."""


def _is_deep_xml(data: bytes) -> bool:
    depth = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_NESTED:
            raise _TooDeep

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(data, True)
    except _TooDeep:
        return True
    return False


def _has_deep_brackets(data: bytes) -> bool:
    """What stands in texts, addresses and comments is no bracket."""
    if sum(map(data.count, _OPENING)) <= MOST_NESTED:
        return False
    depth = 0
    for part in _PARTS.finditer(data):
        if part["open"]:
            depth += 1
            if depth > MOST_NESTED:
                return True
        elif part["close"]:
            depth = max(0, depth - 1)
    return False
