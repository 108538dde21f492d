"""The text of a constraint in SPARQL: what it looks at, and the same question for many nodes at once.

``$this`` is bound beforehand (`SHACL §5.3.1 <https://www.w3.org/TR/shacl/#pre-binding>`_). Asked of one node after
another that is slow; so where it means the same, each group that speaks of ``$this`` begins with a triple that
only the nodes in question have. Elsewhere the term itself is written in the place of ``$this``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from werkzaam.validation.columns import RDF
from werkzaam.validation.shape_paths import Unsupported
from werkzaam.validation.sparql_looks import (
    Needs,
    Uses,
    all_reached,
    needs_of,
    uses_of,
)
from werkzaam.validation.sparql_tokens import (
    Pattern,
    Token,
    connected,
    filters_of,
    patterns_of,
    tokens_of,
)
from werkzaam.validation.sparql_twins import read_twins

_REFUSED: Final = frozenset(
    {"MINUS", "VALUES", "SERVICE", "GRAPH", "FROM", "LATERAL", "PREFIX", "BASE"}
)
_NOT_BOUND: Final = ("shapesGraph", "currentShape")
_AGGREGATES: Final = frozenset(
    {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "HAVING"}
)
_BY_TURN: Final = frozenset({"LIMIT", "OFFSET"})
# rdflib makes a group of nothing where there is none: harmless only where a count must be above a number
_COUNTED: Final = re.compile(
    r"^(?!.*SELECT.*SELECT).*HAVING \( COUNT \( (DISTINCT )?[?$]\w+ \) > \d+ \)$", re.DOTALL | re.I
)
_GLUED: Final = frozenset({"CONCAT", "COALESCE"})  # the engine wants no space after these
_OTHER_REGEX: Final = re.compile(r"\(\?[^:]|\\\\[1-9bBdDwWsS]|\\[1-9]")
_PREFIXES: Final = {
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
}


@dataclass(frozen=True)
class Question:
    """A SELECT query with its prefixes, in which ``$this`` stands for a node."""

    tokens: tuple[Token, ...]
    prefixes: Mapping[str, str]

    @cached_property
    def selects_this(self) -> bool:
        """Whether the first clause names ``$this``."""
        return any(token.is_this or token.text == "*" for token in self.tokens[: self._body])

    @cached_property
    def patterns(self) -> list[Pattern] | None:
        """Its triple patterns; None where they are not understood."""
        return patterns_of(self._expanded)

    @cached_property
    def needs(self) -> Needs:
        """What it looks at."""
        return needs_of(self._expanded, self.patterns)

    @cached_property
    def is_local(self) -> bool:
        """Whether it looks at nothing but what can be reached from ``$this``, forwards."""
        return self.patterns is not None and all_reached(self.patterns)

    @cached_property
    def uses(self) -> Mapping[str, Uses] | None:
        """How it uses each variable that may hold a literal; None where that is not known."""
        return None if self.patterns is None else uses_of(self.patterns, self.tokens[self._body :])

    @cached_property
    def goes_for_many(self) -> bool:
        """Whether it can be asked of many nodes at once."""
        words = {token.word for token in self.tokens}
        grouped = not words & _AGGREGATES or self._groups_by_this()
        nested = sum(token.word == "SELECT" for token in self.tokens) > 1
        return grouped and not nested and not words & _BY_TURN

    def for_many(self, mark: str) -> str:
        """The query about the nodes for which the pattern ``mark`` holds; it answers with ``?this`` too."""
        start = self._body
        head = [token.text for token in self.tokens[:start]]
        if not self.selects_this:
            place = 1 + next(i for i, token in enumerate(self.tokens) if token.word == "SELECT")
            place += self.tokens[place].word in ("DISTINCT", "REDUCED")
            head.insert(place, "?this")
        return self._text([*head, *(self._in_order(mark) or self._marked(start, mark))])

    def for_one(self, term: str) -> str:
        """The query with ``term`` in the place of ``$this``. Raises Unsupported."""
        if any(token.word == "BOUND" for token in self.tokens):
            raise Unsupported("a question whether something is bound, where $this is written out")
        parts: list[str] = []
        clause: list[str] | None = None
        for place, token in enumerate(self.tokens):
            if token.word == "SELECT":
                clause = []
            elif clause is not None and (token.text == "{" or token.word == "WHERE"):
                parts += clause or ["(1 AS ?_one)"]
                clause = None
            if clause is None or token.word in ("SELECT", "DISTINCT", "REDUCED"):
                parts.append(self._written(place, term) if token.is_this else token.text)
            elif not token.is_this:
                clause.append(token.text)
        return self._text(parts)

    @property
    def _body(self) -> int:
        return next(place for place, token in enumerate(self.tokens) if token.text == "{")

    def _written(self, place: int, term: str) -> str:
        before = [token.word for token in self.tokens[max(0, place - 2) : place]]
        return f"({term})" if "BY" in before else term

    def _text(self, parts: Iterable[str]) -> str:
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())
        glued: list[str] = []
        for part in parts:
            if part == "(" and glued and glued[-1].upper() in _GLUED:
                glued[-1] += part
            else:
                glued.append(part)
        return head + " ".join(glued)

    def _groups_by_this(self) -> bool:
        places = [i for i, token in enumerate(self.tokens) if token.word == "GROUP"]
        if len(places) != 1:
            return False
        names = []
        for token in self.tokens[places[0] + 2 :]:
            if not token.variable:
                break
            names.append(token.is_this)
        return any(names)

    def _in_order(self, mark: str) -> list[str]:
        """The text from the first ``{``, each triple pattern joined to those before it by LATERAL; nothing
        where the group has other parts, unless ``sparql_twins`` knows them.

        The engine's own order was measured to be quadratic: for paths, and for one node as well.
        """
        tokens = self._expanded
        filters = filters_of(tokens, self._body)
        twins = read_twins(tokens, self._body, self.patterns or ())
        if twins is not None:
            return ["{", mark, *twins.group, "}", *self._after()]
        if filters is None or not self.patterns:
            return []
        plain = [pattern for pattern in self.patterns if pattern.depth == 1]
        joined = [f"LATERAL {{ {p.text} }}" for p in connected(plain, ("this",))]
        kept = [token.text for one in filters for token in one]
        return ["{", mark, *joined, *kept, "}", *self._after()]

    def _after(self) -> Iterator[str]:
        """What stands after the main group."""
        depth = 0
        for place in range(self._body, len(self.tokens)):
            text = self.tokens[place].text
            depth += (text == "{") - (text == "}")
            if not depth:
                return (token.text for token in self.tokens[place + 1 :])
        return iter(())

    def _marked(self, start: int, mark: str) -> Iterator[str]:
        """The text from the first ``{``, with the mark in each group that speaks of ``$this``; in a group
        of ``EXISTS`` it is bound already."""
        for place in range(start, len(self.tokens)):
            yield self.tokens[place].text
            if self.tokens[place].text != "{" or self.tokens[place - 1].word == "EXISTS":
                continue
            if place == start or self._speaks_of_this(place):
                yield mark

    def _speaks_of_this(self, place: int) -> bool:
        depth = 0
        for token in self.tokens[place:]:
            depth += (token.text == "{") - (token.text == "}")
            if token.is_this:
                return True
            if not depth:
                return False
        return False

    @cached_property
    def _expanded(self) -> Sequence[Token]:
        """The tokens with names in full and each variable with ``?``. Raises Unsupported."""
        found = []
        for token in self.tokens:
            if token.kind == "name":
                prefix, _, name = token.text.partition(":")
                if prefix not in self.prefixes:
                    raise Unsupported(f"the prefix {prefix}: is not declared")
                token = Token("iri", f"<{self.prefixes[prefix]}{name}>")
            elif token.text == "a" and token.kind == "word":
                token = Token("iri", f"<{RDF}type>")
            elif token.variable:
                token = Token("variable", f"?{token.variable}")
            found.append(token)
        return found


def read_question(text: str, prefixes: Mapping[str, str], path: str | None) -> Question:
    """The query ``text``; ``path`` takes the place of ``$PATH``. Raises Unsupported."""
    tokens: list[Token] = []
    for token in tokens_of(text):
        if token.variable == "PATH":
            if path is None:
                raise Unsupported("$PATH without a path")
            tokens += tokens_of(path)
        else:
            tokens.append(token)
    for reason in _refusals(tokens):
        raise Unsupported(reason)
    question = Question(tuple(tokens), {**_PREFIXES, **prefixes})
    question.needs  # noqa: B018 (a prefix that is not declared comes out now)
    return question


def _refusals(tokens: Sequence[Token]) -> Iterator[str]:
    """Why it is not asked."""
    words = [token.word for token in tokens]
    pairs = list(zip(words, [*tokens[1:], None], strict=True))
    text = " ".join(token.text for token in tokens)
    refused = sorted(_REFUSED.intersection(words))
    no_select = "SELECT" not in words or all(token.text != "{" for token in tokens)
    checks = {
        "a constraint in SPARQL is no SELECT": no_select,
        f"{', '.join(refused)} in a constraint in SPARQL": bool(refused),
        "$this is bound anew": any(w == "AS" and after and after.is_this for w, after in pairs),
        "groups that pySHACL may read in its own way": "GROUP" in words
        and not _COUNTED.search(text),
        "a value that is reckoned": _is_reckoned(tokens),
        "a SELECT within that does not name $this": not all(map(_names_this, _clauses(tokens)[1:])),
        "$shapesGraph or $currentShape": any(token.variable in _NOT_BOUND for token in tokens),
        "a pattern that two engines may read in two ways": _has_other_regex(tokens),
        "a constraint in SPARQL without $this": not any(token.is_this for token in tokens),
    }
    return (reason for reason, found in checks.items() if found)


def _is_reckoned(tokens: Sequence[Token]) -> bool:
    """Whether the value of a result is the outcome of arithmetic: engines give it different datatypes."""
    ends = [place for place, token in enumerate(tokens) if token.variable in ("value", "path")]
    named = [place for place in ends if tokens[place - 1].word == "AS"]
    return any(_has_arithmetic(tokens, place) for place in named)


def _has_arithmetic(tokens: Sequence[Token], end: int) -> bool:
    depth = 1
    for token in reversed(tokens[:end]):
        depth += (token.text == ")") - (token.text == "(")
        if not depth:
            return False
        if token.text in ("+", "-", "*", "/") or token.word in ("SUM", "AVG"):
            return True
    return False


def _clauses(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The tokens after each SELECT up to its group."""
    starts = [place for place, token in enumerate(tokens) if token.word == "SELECT"]
    ends = [place for place, token in enumerate(tokens) if token.text == "{"]
    return [tokens[start : min((e for e in ends if e > start), default=start)] for start in starts]


def _names_this(clause: Sequence[Token]) -> bool:
    return any(token.is_this for token in clause)


def _has_other_regex(tokens: Sequence[Token]) -> bool:
    return any(token.word in ("REGEX", "REPLACE") for token in tokens) and any(
        token.kind == "text" and _OTHER_REGEX.search(token.text) for token in tokens
    )
