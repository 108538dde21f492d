"""Whether there is another that agrees in some things and differs in one, asked of all nodes at once.

    SELECT $this … WHERE { patterns FILTER EXISTS { patterns FILTER(STR(?theirs) != STR(?ours)) } }

An engine goes through all that agree, for each node anew: that is quadratic where thousands agree. There is one
that differs if the least or the greatest of them does; so these two are reckoned once for each group that
agrees. The same with ``<`` and ``>``, and with ``LCASE(STR(…))``: texts alone, which have one order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.validation.sparql_tokens import (
    Pattern,
    Token,
    connected,
    end_of,
    filters_of,
)

_TURNED: Final = {"!=": "!=", "<": ">", ">": "<"}
_FORMS: Final = ("STR (", "LCASE ( STR (")
_TEXT, _LEAST, _GREATEST = "?_text", "?_least", "?_greatest"


@dataclass(frozen=True)
class Twins:
    """A question of that form. ``filters``: of the main group; ``theirs`` stands in ``relation`` to ``ours``."""

    outer: Sequence[Pattern]
    inner: Sequence[Pattern]
    filters: Sequence[str]
    theirs: str
    relation: str
    ours: str

    @property
    def group(self) -> list[str]:
        """The inside of the main group, after what says of which nodes it is asked."""
        keys = sorted(_variables(self.inner) & (_variables(self.outer) | {"this"}))
        named = " ".join(f"?{key}" for key in keys)
        inner = " ".join(f"LATERAL {{ {p.text} }}" for p in connected(self.inner, ()))
        ends = f"(MIN({_TEXT}) AS {_LEAST}) (MAX({_TEXT}) AS {_GREATEST})"
        return [
            *(f"LATERAL {{ {pattern.text} }}" for pattern in connected(self.outer, ("this",))),
            *self.filters,
            f"{{ SELECT {named} {ends} WHERE {{ {{ }} {inner}",
            f"BIND({self.theirs} AS {_TEXT}) FILTER(BOUND({_TEXT})) }} GROUP BY {named} }}",
            f"FILTER({self._condition})",
        ]

    @property
    def _condition(self) -> str:
        least = f"{_LEAST} {self.relation} {self.ours}"
        greatest = f"{_GREATEST} {self.relation} {self.ours}"
        return {"<": least, ">": greatest}.get(self.relation, f"{least} || {greatest}")


def read_twins(tokens: Sequence[Token], start: int, patterns: Sequence[Pattern]) -> Twins | None:
    """The question whose main group begins at ``start``, in full IRIs; None where it is of another form."""
    places = [i for i, token in enumerate(tokens) if token.word == "EXISTS"]
    places = [i for i in places if tokens[i - 1].word == "FILTER"]
    if len(places) != 1 or any(token.text == "*" for token in tokens[:start]):
        return None
    place = places[0] + 1
    outer = [p for p in patterns if p.scope == (start,)]
    inner = [p for p in patterns if p.scope == (start, place)]
    rest = [*tokens[: place - 2], *tokens[end_of(tokens, place) :]]
    kept, within = filters_of(rest, start), filters_of(tokens, place)
    if kept is None or within is None or len(within) != 1:
        return None
    sides = _sides(within[0])
    if sides is None or not _agree(outer, inner, sides):
        return None
    mine, relation, other = sides
    if mine[1] in _variables(inner) - _variables(outer) - {"this"}:
        theirs, ours = mine[0], other[0]
    else:
        theirs, relation, ours = other[0], _TURNED[relation], mine[0]
    filters = [" ".join(token.text for token in one) for one in kept]
    return Twins(outer, inner, filters, theirs, relation, ours)


Side = tuple[str, str]


def _sides(tokens: Sequence[Token]) -> tuple[Side, str, Side] | None:
    """What is compared, each as its text and its variable."""
    places = [i for i, token in enumerate(tokens) if token.text in _TURNED]
    if len(places) != 1:
        return None
    left, right = tokens[2 : places[0]], tokens[places[0] + 1 : -1]
    forms = {_form(left), _form(right)}
    if len(forms) != 1 or None in forms:
        return None
    return _side(left), tokens[places[0]].text, _side(right)


def _side(tokens: Sequence[Token]) -> Side:
    name = next(token.variable for token in tokens if token.variable)
    return " ".join(token.text for token in tokens), name


def _form(tokens: Sequence[Token]) -> str | None:
    """What is made of a variable."""
    names = [i for i, token in enumerate(tokens) if token.variable]
    if len(names) != 1:
        return None
    before = " ".join(token.text for token in tokens[: names[0]]).upper()
    after = [token.text for token in tokens[names[0] + 1 :]]
    closed = before in _FORMS and after == [")"] * before.count("(")
    return before if closed else None


def _agree(
    outer: Sequence[Pattern], inner: Sequence[Pattern], sides: tuple[Side, str, Side]
) -> bool:
    """Whether one side is known without and one only within, and there is something that both share."""
    without, within = _variables(outer) | {"this"}, _variables(inner)
    names = {sides[0][1], sides[2][1]}
    own = names & (within - without)
    return len(own) == 1 and bool((names - own) & without) and bool(within & without)


def _variables(patterns: Sequence[Pattern]) -> set[str]:
    return set().union(*(pattern.variables for pattern in patterns))
