"""A walk over the tokens of a SPARQL text, for what has to be cut out of it or put into it."""

from collections.abc import Sequence
from typing import NoReturn

from werkzaam.domain.characters import quoted
from werkzaam.errors import QuerySyntaxError
from werkzaam.store.sparql_tokens import Token, line_and_column


class TokenWalk:
    """``at`` is the place among ``found``, the tokens of ``text`` without comments."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._found = found
        self.at = 0

    @property
    def ended(self) -> bool:
        """Whether all tokens are passed."""
        return self.at >= len(self._found)

    def token(self, at: int) -> Token:
        """The token at ``at``, which there is."""
        return self._found[at]

    def keyword(self) -> str:
        """The keyword that stands here; empty where none does."""
        return "" if self.ended else self._found[self.at].keyword

    def here(self, expected: str) -> Token:
        """The token that stands here. Raises QuerySyntaxError at the end: ``expected`` is missing."""
        if self.ended:
            self.fail(expected)
        return self._found[self.at]

    def next(self, expected: str = "more") -> Token:
        """The same, and pass it."""
        token = self.here(expected)
        self.at += 1
        return token

    def accept(self, word: str) -> bool:
        """Pass ``word``, a keyword or a mark, if it stands here; whether it did."""
        stands = not self.ended and self._found[self.at].text.upper() == word
        self.at += stands
        return stands

    def expect(self, word: str) -> None:
        """Pass ``word``. Raises QuerySyntaxError where it does not stand here."""
        if not self.accept(word):
            self.fail(word)

    def block(self) -> tuple[int, int]:
        """Pass the block in braces that begins here; the places of its first token and after its
        last. Raises QuerySyntaxError where none begins, or where it has no end."""
        start = self.at
        self.expect("{")
        depth = 1
        while depth:
            token = self.next("}")
            if token.kind == "mark":
                depth += (token.text == "{") - (token.text == "}")
        return start, self.at

    def slice(self, start: int, end: int) -> str:
        """The text from the token at ``start`` to before the one at ``end``; there is one at least."""
        return self._text[self._found[start].start : self._found[end - 1].end]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the token at ``at``, or of the end."""
        ended = at >= len(self._found)
        return line_and_column(self._text, len(self._text) if ended else self._found[at].start)

    def fail(self, expected: str) -> NoReturn:
        """Raises QuerySyntaxError: ``expected`` does not stand here."""
        line, column = self.place(self.at)
        raise QuerySyntaxError(
            line,
            column,
            "The update is not SPARQL 1.1: at line {line}, column {column}, {expected} was expected, "
            "but {near} stands there.",
            expected=expected,
            near="the end" if self.ended else quoted(self._found[self.at].text),
        )
