"""What the text of a catalogued query says: its columns, and where its parameters are bound."""

from collections.abc import Sequence
from itertools import pairwise

from werkzaam.store.sparql_tokens import Token, line_and_column, tokens

_FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


def significant(text: str) -> list[Token]:
    """The tokens of ``text`` without comments."""
    return [token for token in tokens(text) if token.kind != "comment"]


def selected_variables(found: Sequence[Token]) -> list[str]:
    """The names that the outer SELECT gives, in order; empty for SELECT * or another form."""
    names: list[str] = []
    depth = 0
    started = False
    for token in found:
        if not started:
            started = token.keyword == "SELECT"
            continue
        if token.text == "{" or token.keyword == "WHERE":
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if token.kind == "variable":
            _note(names, token, depth, found)
    return names


def _note(names: list[str], token: Token, depth: int, found: Sequence[Token]) -> None:
    if depth == 0 or _before(token, found) == "AS":
        names.append(token.text[1:])


def _before(token: Token, found: Sequence[Token]) -> str:
    return found[found.index(token) - 1].keyword


def prologue(text: str) -> str:
    """What stands before the SELECT of ``text``, without comments."""
    found = significant(text)
    select = next(place for place, token in enumerate(found) if token.keyword == "SELECT")
    return "".join(f"{token.text} " for token in found[:select])


def prefixes(text: str) -> list[tuple[str, str]]:
    """The prefixes that ``text`` declares, without colon, and their namespaces, in order."""
    found = significant(text)
    return [
        (found[place + 1].text[:-1], found[place + 2].text[1:-1])
        for place, token in enumerate(found[:-2])
        if token.keyword == "PREFIX"
    ]


def query_form(text: str) -> str:
    """``SELECT``, ``CONSTRUCT``, ``ASK`` or ``DESCRIBE``; empty where ``text`` is no query."""
    return next((token.keyword for token in significant(text) if token.keyword in _FORMS), "")


def is_ordered(found: Sequence[Token]) -> bool:
    """Whether the query itself, and not only one inside it, has an ORDER BY."""
    depth = 0
    for token, after in pairwise(found):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and (token.keyword, after.keyword) == ("ORDER", "BY"):
            return True
    return False


def binding_places(found: Sequence[Token], name: str) -> list[Sequence[Token]]:
    """The five tokens of every ``VALUES ?name { UNDEF }``."""
    wanted = ["VALUES", None, "{", "UNDEF", "}"]
    return [
        found[place : place + 5]
        for place in range(len(found) - 4)
        if found[place + 1].text in (f"?{name}", f"${name}")
        and all(
            part is None or part == (token.keyword or token.text)
            for part, token in zip(wanted, found[place : place + 5], strict=True)
        )
    ]


def line_of(text: str, token: Token) -> int:
    """The line (from 1) on which ``token`` stands."""
    return line_and_column(text, token.start)[0]


def without_answers(text: str) -> str:
    """The query ``text`` with a filter that lets nothing through, on the line of its first group of
    conditions; the engine still reads all of it."""
    begins = "WHERE" if query_form(text) == "CONSTRUCT" else "SELECT"
    started = False
    for token in significant(text):
        started = started or token.keyword == begins
        if started and token.text == "{":
            place = token.start + 1
            return f"{text[:place]} FILTER(false){text[place:]}"
    return text
