"""What a number in an answer counts: the query for its members, and the name of its row."""

from collections.abc import Mapping

import pyoxigraph as ox

from werkzaam.catalogue.query_text import prologue
from werkzaam.domain.answers import Row, Term
from werkzaam.domain.identifiers import BASE
from werkzaam.domain.queries import Behind, CataloguedQuery

_BETWEEN = "~"
_UNBOUND = "UNDEF"
MEMBER = "member"


def row_name(query: CataloguedQuery, row: Row) -> str:
    """What names ``row`` in an address: its identifiers and categories, ours without their base;
    nothing stands for an empty one."""
    terms = (row.get(name) for name in query.key_columns)
    return _BETWEEN.join(term.value.removeprefix(BASE) if term else "" for term in terms)


def members_query(
    query: CataloguedQuery, behind: Behind, row: Row, given: Mapping[str, str]
) -> str:
    """The SELECT that finds every ``?member`` counted in ``row``.

    ``given``: the parameters as SPARQL. A column of the same name goes before a parameter.
    """
    bound = {
        parameter.name: given.get(parameter.name, _UNBOUND)
        for parameter in query.parameters
        if parameter.name not in query.key_columns
    }
    bound |= {name: _written(row.get(name)) for name in query.key_columns}
    names = " ".join(f"?{name}" for name in bound)
    values = f"VALUES ({names}) {{ ({' '.join(bound.values())}) }}" if bound else ""
    pattern = behind.counts.strip()
    return (
        f"{prologue(query.text)}SELECT DISTINCT ?{MEMBER} WHERE {{\n"
        f"{values}\n{pattern}\n}} ORDER BY ?{MEMBER}"
    )


def _written(term: Term | None) -> str:
    if term is None:
        return _UNBOUND
    if term.kind == "uri":
        return str(ox.NamedNode(term.value))
    if term.language:
        return str(ox.Literal(term.value, language=term.language))
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return str(ox.Literal(term.value, datatype=datatype))
