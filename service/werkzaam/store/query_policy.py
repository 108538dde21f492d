"""What a query may be before it is evaluated: read-only, within this dataset, of bounded depth.

Keywords are found among tokens, never by substring: a literal or comment may say SERVICE.
The engine reads keywords without looking for the end of a word (``1SERVICE<…>`` and
``trueSERVICE:x`` are calls to it, measured in pyoxigraph 0.5.13), so a word that merely contains
one is refused as well, and so is a name with a prefix that is not declared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urljoin

from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.sparql_tokens import Token, line_and_column, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MOST_CHARACTERS: Final = 200_000
DEEPEST_NESTING: Final = 100

_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
)  # fmt: skip
_NEED_PROJECTION: Final = ("SELECT", "DISTINCT", "REDUCED", "DESCRIBE")
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VOLATILE: Final = ("RAND", "NOW", "UUID", "STRUUID", "BNODE")
_REACHES_OUT: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)


@dataclass(frozen=True)
class ReadQuery:
    """A query that may be evaluated: its form and the graphs that it names itself.

    ``text`` has no dataset clause any more. ``repeatable``: asked again on the same data it gives
    the same answer.
    """

    text: str
    form: Form
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    repeatable: bool


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
    for token, following in zip(found, [*found[1:], None], strict=False):
        opens = following is not None and following.text == "{"
        if _reaches_out(token, opens):
            raise _call(text, token)


def _reaches_out(token: Token, opens: bool) -> bool:
    """Whether the engine could read ``token`` as a call; ``opens``: a ``{`` comes after it."""
    if token.kind == "word":
        return bool(_REACHES_OUT.search(token.text))
    if token.kind == "name":
        return opens and token.text[:7].upper() == "SERVICE"
    return token.kind == "iri" and _may_be_expression(token.text.upper())


def _may_be_expression(iri: str) -> bool:
    """Whether an IRI is an expression with a call behind it, had its ``<`` been less-than.

    The expression ends with ``)``, the call is open, and ``#`` hides the ``>``.
    """
    end = iri.find(")")
    call = iri.find("SERVICE", end) if end >= 0 else -1
    return call >= 0 and iri.find("#", call) >= 0


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
    """Cut the dataset clauses out of the text (line breaks stay) and keep the graphs they name."""
    prologue = _read_prologue(found)
    default: list[str] = []
    named: list[str] = []
    pieces: list[str] = []
    kept_to = 0
    for place in _dataset_clauses(found, form):
        following = found[place + 1 : place + 3]
        is_named = bool(following) and following[0].keyword == "NAMED"
        graph = following[-1] if is_named else (following[0] if following else found[place])
        (named if is_named else default).append(_graph(text, graph, prologue))
        pieces.append(text[kept_to : found[place].start])
        pieces.append(re.sub(r"[^\n]", " ", text[found[place].start : graph.end]))
        kept_to = graph.end
    pieces.append(text[kept_to:])
    repeatable = not any(token.keyword in _VOLATILE for token in found)
    return ReadQuery("".join(pieces), form, tuple(default), tuple(named), repeatable)


def _dataset_clauses(found: Sequence[Token], form: Form) -> Iterator[int]:
    """Where FROM stands between the projection (or the template) and the pattern.

    A FROM anywhere else stays in the text, and the engine calls it the syntax error it is.
    """
    depth = 0
    before = ""
    for place, token in enumerate(found):
        if depth == 0 and (token.keyword == "WHERE" or _opens_pattern(token, before, form)):
            return
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
        if token.keyword == "FROM" and depth == 0 and before not in _NEED_PROJECTION:
            yield place
        before = token.keyword


def _opens_pattern(token: Token, before: str, form: Form) -> bool:
    return token.text == "{" and not (form == "CONSTRUCT" and before == "CONSTRUCT")


@dataclass(frozen=True)
class _Prologue:
    base: str
    prefixes: Mapping[str, str]


def _read_prologue(found: Sequence[Token]) -> _Prologue:
    base = ""
    prefixes: dict[str, str] = {}
    for place, token in enumerate(found[:-2]):
        if token.keyword == "BASE":
            base = _iri(found[place + 1].text, base)
        elif token.keyword == "PREFIX":
            prefixes[found[place + 1].text] = _iri(found[place + 2].text, base)
    return _Prologue(base, prefixes)


def _iri(text: str, base: str) -> str:
    """The IRI in angle brackets ``text``: escapes undone, resolved against ``base``."""
    plain = _CODEPOINT.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), text[1:-1])
    return urljoin(base, plain) if base else plain


def _graph(text: str, token: Token, prologue: _Prologue) -> str:
    if token.kind == "iri":
        return _iri(token.text, prologue.base)
    prefix, colon, local = token.text.partition(":")
    if token.kind == "name" and prefix + colon in prologue.prefixes:
        return prologue.prefixes[prefix + colon] + re.sub(r"\\(.)", r"\1", local)
    line, column = line_and_column(text, token.start)
    raise QuerySyntaxError(
        line,
        column,
        "After FROM comes the IRI of a graph (line {line}, column {column}).",
    )
