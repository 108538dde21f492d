"""The variables that a group of patterns gives to what stands around it.

See `SPARQL 1.1 §18.2.1 <https://www.w3.org/TR/sparql11-query/#variableScope>`_.
"""

from collections.abc import Sequence

from werkzaam.store.sparql_tokens import Token


def variables_in_scope(group: Sequence[Token]) -> tuple[str, ...]:
    """The names in order, each once; ``group`` are tokens without comments, from ``{`` to its ``}``.

    Left out are variables of FILTER and MINUS, and those that a sub-select does not give.
    """
    found: dict[str, None] = {}
    _Walk(group).group(0, found)
    return tuple(found)


class _Walk:
    """Each step begins at a place among the tokens and returns the place behind what it read."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def group(self, place: int, found: dict[str, None]) -> int:
        end = self._closing(place)
        place += 1
        if self._tokens[place].keyword == "SELECT":
            self._select(place + 1, end, found)
            return end + 1
        while place < end:
            place = self._step(place, found)
        return end + 1

    def _step(self, place: int, found: dict[str, None]) -> int:
        token = self._tokens[place]
        if token.keyword in ("FILTER", "MINUS"):
            return self._behind_brackets(place)
        if token.keyword == "BIND":
            behind = self._behind_brackets(place)
            self._note(behind - 2, found)
            return behind
        if token.text == "{":
            return self.group(place, found)
        self._note(place, found)
        return place + 1

    def _select(self, place: int, end: int, found: dict[str, None]) -> None:
        everything = False
        while place < end and not self._opens_pattern(place):
            everything = everything or self._tokens[place].text == "*"
            if self._tokens[place].text == "(":
                place = self._closing(place)
                self._note(place - 1, found)
            self._note(place, found)
            place += 1
        if not everything:
            return
        place = self.group(self._next(place, "{"), found)
        while place < end and self._tokens[place].keyword != "VALUES":
            place += 1
        for last in range(place, end):
            self._note(last, found)

    def _opens_pattern(self, place: int) -> bool:
        return self._tokens[place].text == "{" or self._tokens[place].keyword == "WHERE"

    def _note(self, place: int, found: dict[str, None]) -> None:
        if self._tokens[place].kind == "variable":
            found[self._tokens[place].text[1:]] = None

    def _behind_brackets(self, place: int) -> int:
        return self._closing(self._next(place, "({")) + 1

    def _next(self, place: int, marks: str) -> int:
        last = len(self._tokens) - 1
        while place < last and self._tokens[place].text not in marks:
            place += 1
        return place

    def _closing(self, place: int) -> int:
        """Where the bracket at ``place`` is closed; the last token if nowhere."""
        depth = 0
        for at in range(place, len(self._tokens)):
            token = self._tokens[at]
            if token.kind == "mark":
                depth += (token.text in "([{") - (token.text in ")]}")
            if depth == 0:
                return at
        return len(self._tokens) - 1
