"""The answer of another service as a VALUES clause.

Reads `SPARQL 1.1 Query Results JSON Format <https://www.w3.org/TR/sparql11-results-json/>`_. Terms
are written by the library that reads them again.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.characters import quoted
from werkzaam.errors import FederationFailed, QueryRefused
from werkzaam.store.federation_hosts import Host

MEDIA_TYPES: Final = ("application/sparql-results+json", "application/json")
_UNDEFINED: Final = "UNDEF"


def values_clause(variables: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """``rows`` of terms as SPARQL writes them, one for each of ``variables``."""
    names = " ".join(f"?{name}" for name in variables)
    data = " ".join(f"({' '.join(row)})" for row in rows)
    return f"VALUES ({names}) {{ {data} }}"


def one_empty_solution(variables: Sequence[str]) -> str:
    """A VALUES clause that binds nothing and lets everything through."""
    return values_clause(variables, [[_UNDEFINED] * len(variables)])


def solutions_as_values(host: Host, body: bytes, variables: Sequence[str], most_rows: int) -> str:
    """The solutions in ``body`` as a VALUES clause for ``variables``; others are left out.

    Raises FederationFailed where ``body`` holds no solutions, QueryRefused for more than
    ``most_rows`` and for terms that have no name outside their answer.
    """
    try:
        found = json.loads(body)["results"]["bindings"]
        rows = [[_term(host, row.get(name), name) for name in variables] for row in found]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FederationFailed(
            "The answer of {host} is no SPARQL results in JSON. Look whether the address is that of a "
            "SPARQL service.",
            host=str(host),
        ) from None
    if len(rows) > most_rows:
        raise QueryRefused(
            "{host} has more than {most} solutions for its part of the query. Ask it for less: a "
            "narrower pattern, or a sub-select with LIMIT.",
            host=str(host),
            most=most_rows,
        )
    return values_clause(variables, rows)


def _term(host: Host, term: dict[str, Any] | None, name: str) -> str:
    """``term`` of the results format in SPARQL. Raises ValueError or KeyError where it is none."""
    if term is None:
        return _UNDEFINED
    kind = term["type"]
    if kind == "uri":
        return str(ox.NamedNode(term["value"]))
    if kind in ("literal", "typed-literal"):
        return str(_literal(term))
    if kind == "bnode":
        raise QueryRefused(
            "The answer of {host} has a blank node for {variable}, and that has no name outside the "
            "answer. Leave it out inside the SERVICE: FILTER(!isBlank({variable})).",
            host=str(host),
            variable=f"?{name}",
        )
    raise QueryRefused(
        "The answer of {host} has a term of the kind {kind} for {variable}, which is not SPARQL 1.1. "
        "Leave {variable} out of the SERVICE.",
        host=str(host),
        kind=quoted(str(kind)),
        variable=f"?{name}",
    )


def _literal(term: dict[str, Any]) -> ox.Literal:
    value, language, datatype = term["value"], term.get("xml:lang"), term.get("datatype")
    if not isinstance(value, str):
        raise TypeError
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None)
