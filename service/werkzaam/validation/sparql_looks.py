"""What a query in SPARQL looks at, read from its triple patterns: so that no more is loaded than that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.validation.columns import RDF
from werkzaam.validation.sparql_tokens import Pattern, Token

_OF_FORM: Final = frozenset({"STR", "LANG", "DATATYPE", "ISLITERAL", "ISIRI", "ISURI", "ISBLANK"})


@dataclass(frozen=True)
class Needs:
    """What a query looks at: all, or the ``properties`` named; of ``rdf:type`` the ``classes`` only, unless
    that is None; and all that is said of the subjects of the properties ``about``."""

    everything: bool
    properties: frozenset[str]
    classes: frozenset[str] | None
    about: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Uses:
    """How the query uses a variable that may hold a literal: as the value of the ``properties`` (None: of
    any), in as many ``places``; by what it is ``written`` as, by what it is ``worth``."""

    properties: frozenset[str] | None
    places: int
    written: bool
    worth: bool


def needs_of(tokens: Sequence[Token], patterns: Sequence[Pattern] | None) -> Needs:
    """What a query with full IRIs looks at."""
    names = frozenset(token.iri for token in tokens if token.iri)
    if patterns is None or any("!" in {token.text for token in p.path} for p in patterns):
        return Needs(True, names, None)
    anchors: set[str] = set()
    for pattern in (pattern for pattern in patterns if pattern.by_variable):
        found = [
            other.path[0].iri
            for other in patterns
            if other.subject == pattern.subject and len(other.path) == 1 == other.depth
        ]
        if not any(found):
            return Needs(True, names, None)
        anchors.add(next(filter(None, found)))
    typed = [pattern for pattern in patterns if f"{RDF}type" in pattern.properties]
    limited = all(len(pattern.path) == 1 and pattern.value.iri for pattern in typed)
    return Needs(False, names, names if limited else None, frozenset(anchors))


def all_reached(patterns: Sequence[Pattern]) -> bool:
    """Whether each pattern begins with ``$this``, or with what another leads to from there, forwards, in the
    same group or one around it: a variable means something else in each group of its own."""
    if any(pattern.goes_back for pattern in patterns):
        return False
    left, known = list(patterns), set()
    before = -1
    while len(left) != before:
        before = len(left)
        here = [p for p in left if p.subject.is_this or (p.subject, p.scope) in known]
        left = [pattern for pattern in left if pattern not in here]
        known |= {(p.value, inner.scope) for p in here for inner in patterns if _within(inner, p)}
    return not left


def _within(inner: Pattern, outer: Pattern) -> bool:
    return inner.scope[: outer.depth] == outer.scope


def uses_of(patterns: Sequence[Pattern], body: Sequence[Token]) -> Mapping[str, Uses]:
    """How each variable that may hold a literal is used in the body of a query."""
    subjects = {pattern.subject.variable for pattern in patterns if pattern.depth == 1}
    found = {}
    for name in {pattern.value.variable for pattern in patterns} - subjects - {"", "this"}:
        given = [pattern for pattern in patterns if pattern.value.variable == name]
        properties = None
        if not any(pattern.by_variable or pattern.goes_back for pattern in given):
            properties = frozenset().union(*(pattern.properties for pattern in given))
        total = sum(token.variable == name for token in body)
        formal = sum(
            body[i].variable == name and body[i - 1].text == "(" and body[i - 2].word in _OF_FORM
            for i in range(2, len(body))
        )
        asked = sum(pattern.subject.variable == name for pattern in patterns) + len(given)
        found[name] = Uses(properties, len(given), formal > 0, total > formal + asked)
    return found
