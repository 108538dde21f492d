"""What a query may be before it is evaluated: read-only, within this dataset, of bounded depth.

Keywords are found among tokens, never by substring: a literal or comment may say SERVICE.
The engine reads keywords without looking for the end of a word (``1SERVICE<…>`` and
``trueSERVICE:x`` are calls to it, measured in pyoxigraph 0.5.13), so a word that merely contains
one is refused as well, and so is a name with a prefix that is not declared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.sparql_tokens import Token, line_and_column, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MOST_CHARACTERS: Final = 200_000
DEEPEST_NESTING: Final = 100

_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
)  # fmt: skip
_REACHES_OUT: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)


@dataclass(frozen=True)
class ReadQuery:
    """A query that may be evaluated: its form and the graphs that it names itself.

    ``text`` has no dataset clause any more.
    """

    text: str
    form: Form
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def read_query(text: str) -> ReadQuery:
    """Check ``text`` against the policy. Raises QueryRefused or QuerySyntaxError with the place."""
    if len(text) > MOST_CHARACTERS:
        raise QueryRefused(
            "The query has {length} characters; at most {most} are read. Shorten it.",
            length=len(text),
            most=MOST_CHARACTERS,
        )
    found = [token for token in tokens(text) if token.kind != "comment"]
    _refuse_calls(text, found)
    _refuse_undeclared(text, found)
    _refuse_depth(text, found)
    form = _form(text, found)
    return _without_dataset(text, found, form)


def _refuse_calls(text: str, found: Sequence[Token]) -> None:
    for token in found:
        if token.kind == "word" and _REACHES_OUT.search(token.text):
            raise _call(text, token)
        if token.kind == "iri" and _REACHES_OUT.search(token.text, _end_of_expression(token)):
            raise _call(text, token)


def _end_of_expression(token: Token) -> int:
    """Where in an IRI an expression could end, had the engine taken its ``<`` for less-than."""
    place = token.text.find(")")
    return len(token.text) if place < 0 else place


def _call(text: str, token: Token) -> QueryRefused:
    line, column = line_and_column(text, token.start)
    return QueryRefused(
        "SERVICE and LOAD are not run here: this service reaches no other host (line {line}, "
        "column {column}). Take that part out, or run it where the other data is and combine the "
        "answers.",
        line=line,
        column=column,
    )


def _refuse_undeclared(text: str, found: Sequence[Token]) -> None:
    declared: set[str] = set()
    before = ""
    for token in found:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "name" and before == "PREFIX":
            declared.add(prefix)
        elif token.kind == "name" and prefix not in declared:
            line, column = line_and_column(text, token.start)
            raise QuerySyntaxError(
                line,
                column,
                "The prefix {prefix} is not declared (line {line}, column {column}). Put "
                "`PREFIX {prefix} <…>` at the top.",
                prefix=prefix,
            )
        before = token.keyword


def _refuse_depth(text: str, found: Sequence[Token]) -> None:
    depth = 0
    for token in found:
        if token.kind != "mark":
            continue
        if token.text in "([{":
            depth += 1
        elif token.text in ")]}":
            depth -= 1
        if depth > DEEPEST_NESTING:
            line, column = line_and_column(text, token.start)
            raise QueryRefused(
                "The query is nested more than {deepest} deep (line {line}, column {column}). "
                "Write it flatter.",
                deepest=DEEPEST_NESTING,
                line=line,
                column=column,
            )


def _form(text: str, found: Sequence[Token]) -> Form:
    for token in found:
        for form in _FORMS:
            if token.keyword == form:
                return form
        if token.keyword in _UPDATES:
            line, column = line_and_column(text, token.start)
            raise QueryRefused(
                "This is an update ({keyword}, line {line}, column {column}); here only queries "
                "are answered.",
                keyword=token.keyword,
                line=line,
                column=column,
            )
    raise QuerySyntaxError(
        1,
        1,
        "The query has none of SELECT, ASK, CONSTRUCT or DESCRIBE. Begin with one of them, after "
        "the prefixes.",
    )


def _without_dataset(text: str, found: Sequence[Token], form: Form) -> ReadQuery:
    """Cut the FROM clauses out of the text (line breaks stay) and keep the graphs they name."""
    prefixes = _prefixes(found)
    default: list[str] = []
    named: list[str] = []
    pieces: list[str] = []
    kept_to = 0
    for place, token in enumerate(found):
        if token.keyword != "FROM":
            continue
        following = found[place + 1 : place + 3]
        is_named = bool(following) and following[0].keyword == "NAMED"
        graph = following[-1] if is_named else (following[0] if following else token)
        (named if is_named else default).append(_graph(text, graph, prefixes))
        pieces.append(text[kept_to : token.start])
        pieces.append(re.sub(r"[^\n]", " ", text[token.start : graph.end]))
        kept_to = graph.end
    pieces.append(text[kept_to:])
    return ReadQuery("".join(pieces), form, tuple(default), tuple(named))


def _prefixes(found: Sequence[Token]) -> dict[str, str]:
    return {
        found[place + 1].text: found[place + 2].text[1:-1]
        for place, token in enumerate(found[:-2])
        if token.keyword == "PREFIX"
    }


def _graph(text: str, token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    if token.kind == "name" and prefix + colon in prefixes:
        return prefixes[prefix + colon] + local
    line, column = line_and_column(text, token.start)
    raise QuerySyntaxError(
        line,
        column,
        "After FROM comes the IRI of a graph (line {line}, column {column}).",
    )
