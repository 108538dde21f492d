"""What a query may be before it is evaluated: read-only, within this dataset, of bounded depth.

Keywords are found among tokens, never by substring: a literal or comment may say SERVICE.
What the engine could read as a call stands in ``outward_calls``; a name with a prefix that is not
declared is refused because the engine would then read it otherwise.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.dataset_clause import cut_dataset
from werkzaam.store.federation_clauses import ServiceClause, service_clauses
from werkzaam.store.federation_hosts import NOWHERE, Hosts
from werkzaam.store.outward_calls import refuse_calls
from werkzaam.store.sparql_tokens import Token, line_and_column, scan, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MOST_CHARACTERS: Final = 200_000
DEEPEST_NESTING: Final = 100

_MOST_REMEMBERED: Final = 4_000
_FORMS: Final[Mapping[str, Form]] = {form: form for form in get_args(Form)}
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
_VOLATILE: Final = frozenset(("RAND", "NOW", "UUID", "STRUUID", "BNODE"))
_RARE: Final = ("SERVICE", "LOAD", "FROM")
_HEADER: Final = re.compile(r"(?:[ \t]*#[^\r\n]*[\r\n]+)*")


@dataclass(frozen=True)
class ReadQuery:
    """A query that may be evaluated: its form and the graphs that it names itself.

    ``text`` has no dataset clause any more. ``repeatable``: asked again on the same data it gives
    the same answer. ``services`` are the parts of ``text`` that other hosts are to answer first.
    """

    text: str
    form: Form
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    repeatable: bool
    services: tuple[ServiceClause, ...] = ()


def read_query(text: str, hosts: Hosts = NOWHERE) -> ReadQuery:
    """Check ``text`` against the policy. Raises QueryRefused or QuerySyntaxError with the place.

    A SERVICE is refused unless it names an address on one of ``hosts``.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryRefused(
            "The query has {length} characters; at most {most} are read. Shorten it.",
            length=len(text),
            most=MOST_CHARACTERS,
        )
    if len(text) > _MOST_REMEMBERED:
        return _read(text, hosts)
    return _remembered(text, hosts)


def _read(text: str, hosts: Hosts) -> ReadQuery:
    return at_a_glance(text) or look_closely(text, hosts)


_remembered = lru_cache(maxsize=1024)(_read)


def at_a_glance(text: str) -> ReadQuery | None:
    """The query, where one pass shows that there is nothing in it to refuse or to cut out; else None.

    Nearly all queries are of this kind, and each is read before it is answered.
    """
    words = None if _is_rare(text) else _declared_words(text)
    if words is None:
        return None
    form = _FORMS.get(next((word for word in words if word in _FORMS or word in _UPDATES), ""))
    return form and ReadQuery(text, form, (), (), _VOLATILE.isdisjoint(words))


def _is_rare(text: str) -> bool:
    if "\\u" in text or "\\U" in text:
        return True
    # comments at the top are comments whatever follows: those of a catalogued question are long
    header = _HEADER.match(text)
    rest = text[header.end() if header else 0 :]
    capitals = rest.upper()
    if any(rare in capitals for rare in _RARE):
        return True
    return sum(map(rest.count, "([{")) > DEEPEST_NESTING


def _declared_words(text: str) -> list[str] | None:
    """The words of ``text`` in capitals; None if it has a prefix that is not declared."""
    words: list[str] = []
    declared: set[str] = set()
    before = ""
    for match in scan(text):
        kind = match.lastgroup
        if kind == "word":
            before = match["word"].upper()
            words.append(before)
        elif kind == "name":
            prefix = match["name"].partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return None
            before = ""
        elif kind != "comment":
            before = ""
    return words


def look_closely(text: str, hosts: Hosts = NOWHERE) -> ReadQuery:
    """The same for any query, with the reason and its place where it is refused."""
    found = shallow_tokens(text)
    refuse_calls(text, found, hosts)
    refuse_undeclared(text, found)
    form = _form(text, found)
    services = service_clauses(text, found, hosts) if hosts else ()
    return _without_dataset(text, found, form, services)


def refuse_undeclared(text: str, found: Sequence[Token]) -> None:
    """Raises QuerySyntaxError for a name whose prefix is not declared before it."""
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


def shallow_tokens(text: str) -> list[Token]:
    """The tokens of ``text`` without comments.

    Raises QueryRefused where brackets are nested more than ``DEEPEST_NESTING`` deep, and then reads
    no further: such a text costs next to nothing.
    """
    found: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.kind == "comment":
            continue
        found.append(token)
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth > DEEPEST_NESTING:
            line, column = line_and_column(text, token.start)
            raise QueryRefused(
                "The query is nested more than {deepest} deep (line {line}, column {column}). "
                "Write it flatter.",
                deepest=DEEPEST_NESTING,
                line=line,
                column=column,
            )
    return found


def _form(text: str, found: Sequence[Token]) -> Form:
    for token in found:
        if (form := _FORMS.get(token.keyword)) is not None:
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


def _without_dataset(
    text: str, found: Sequence[Token], form: Form, services: tuple[ServiceClause, ...]
) -> ReadQuery:
    """The query with its clauses cut out: what is left stands where it stood, so does ``services``."""
    cut = cut_dataset(text, found, constructs=form == "CONSTRUCT")
    repeatable = not services and not any(token.keyword in _VOLATILE for token in found)
    return ReadQuery(cut.text, form, cut.default_graphs, cut.named_graphs, repeatable, services)
