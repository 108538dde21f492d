"""Which tokens of a text the engine could read as a call to another host.

The engine reads keywords without looking for the end of a word (``1SERVICE<…>`` and
``trueSERVICE:x`` are calls to it), and ends a name at its second row of dots (``a:b.c.SERVICE<…>``),
so a word or a name that merely contains one is refused as well. And where it cannot read a piece the
way the grammar first offers, it reads it another way: a long string that is not closed is two short
ones to it, ``<1&&'>`` is no IRI behind a number. Text with such a piece and the word behind it is
refused, for nobody can tell what is text and what is called. All of it measured in pyoxigraph 0.5.13.

Other engines undo ``\\u0053`` before they read anything, as `SPARQL 1.1 §19.2
<https://www.w3.org/TR/sparql11-query/#codepointEscape>`_ has it: so both readings must be clean.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from werkzaam.errors import QueryRefused
from werkzaam.store.dataset_clause import unescaped
from werkzaam.store.federation_clauses import not_written_out
from werkzaam.store.federation_hosts import Hosts
from werkzaam.store.sparql_tokens import Token, line_and_column, tokens

_CALLS: Final = re.compile("SERVICE|LOAD", re.IGNORECASE | re.ASCII)
_BEHIND_DOTS: Final = re.compile(r"\..*\.SERVICE", re.IGNORECASE | re.ASCII)
_LONG: Final = ("'''", '"""')
_TEXT: Final = re.compile(
    r"""(?:[^\\]|\\(?:[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}
    |U(?!0000[dD][89a-fA-F])(?:0010|000[0-9A-Fa-f])[0-9A-Fa-f]{4}))*+""",
    re.VERBOSE,
)
_CHANGES_STATE: Final = re.compile(r"['#()\[\]]")
_ABSOLUTE: Final = re.compile("<[A-Za-z][A-Za-z0-9+.-]*://")


def refuse_calls(text: str, found: Sequence[Token], hosts: Hosts) -> None:
    """Refuse what reaches out; ``found`` are the tokens of ``text`` without comments.

    Where there are ``hosts``, the word SERVICE and no more is left for ``service_clauses``. Raises
    QueryRefused with the place.
    """
    _refuse_calls(text, found, hosts)
    plain = unescaped(text)
    if plain != text:
        _refuse_calls(plain, [t for t in tokens(plain) if t.kind != "comment"], hosts)


def _refuse_calls(text: str, found: Sequence[Token], hosts: Hosts) -> None:
    for token, following in zip(found, [*found[1:], None], strict=False):
        opens = following is not None and following.text == "{"
        if _reaches_out(token, opens) and not hosts:
            raise _call(text, token)
        if _reaches_out(token, opens) and token.keyword != "SERVICE":
            raise not_written_out(text, token)
    for token in _unclear(found):
        if _CALLS.search(text, token.start):
            raise _not_clear(text, token)


def _reaches_out(token: Token, opens: bool) -> bool:
    """Whether the engine could read ``token`` as a call; ``opens``: a ``{`` comes after it."""
    if token.kind == "word":
        return bool(_CALLS.search(token.text))
    if token.kind == "name":
        local = token.text.partition(":")[2]
        starts = token.text[:7].upper() == "SERVICE"
        return (opens and starts) or bool(_BEHIND_DOTS.search(local))
    return token.kind == "iri" and _may_be_expression(token.text.upper())


def _may_be_expression(iri: str) -> bool:
    """Whether an IRI is an expression with a call behind it, had its ``<`` been less-than.

    The expression ends with ``)``, the call is open, and ``#`` hides the ``>``.
    """
    end = iri.find(")")
    call = iri.find("SERVICE", end) if end >= 0 else -1
    return call >= 0 and iri.find("#", call) >= 0


def _unclear(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens behind which the engine could see text where here is none, or none where here is."""
    opened: list[str] = []
    before: Token | None = None
    for token in found:
        if token.kind == "mark" and token.text in "([{":
            opened.append(token.text)
        elif token.kind == "mark" and token.text in ")]}":
            opened = opened[:-1]
        elif token.kind == "string" and token.text.startswith(_LONG):
            if not _is_whole(token.text):
                yield token
        elif token.kind == "iri" and before is not None:
            in_expression = opened[-1:] == ["("]
            if _may_be_less_than(token, before, in_expression=in_expression):
                yield token
        before = token


def _is_whole(string: str) -> bool:
    closed = len(string) >= 6 and string.endswith(string[:3])
    return closed and _TEXT.fullmatch(string, 3, len(string) - 3) is not None


def _may_be_less_than(iri: Token, before: Token, *, in_expression: bool) -> bool:
    """Whether the ``<`` of ``iri`` could be an operator, and what is behind it begin or end a text or
    a bracket."""
    if not _CHANGES_STATE.search(iri.text) or _ABSOLUTE.match(iri.text):
        return False
    if before.text == "<" and before.end == iri.start:
        return True
    return in_expression and (before.kind != "mark" or before.text in ")]}>")


def _call(text: str, token: Token) -> QueryRefused:
    line, column = line_and_column(text, token.start)
    return QueryRefused(
        "SERVICE and LOAD are not run here: this service reaches no other host (line {line}, "
        "column {column}). Take that part out, or run it where the other data is and combine the "
        "answers.",
        line=line,
        column=column,
    )


def _not_clear(text: str, token: Token) -> QueryRefused:
    line, column = line_and_column(text, token.start)
    return QueryRefused(
        "It is not clear where this ends (line {line}, column {column}), and there is SERVICE or "
        "LOAD behind it. Put a space after a `<` that means less than, write an IRI in full, close a "
        "long string and mend its escapes.",
        line=line,
        column=column,
    )
