"""From a figure on a page or in an answer to its sheet."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from werkzaam.api.links import Links
from werkzaam.catalogue.members import row_name
from werkzaam.catalogue.tallies import TOPIC
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.linked_data.things import is_thing

Sheets = Callable[[str, Row], str]
"""By the name of a column and a row: the way to the sheet of what stands there; empty for none."""

_WITH_SHEET = ("measurement", "assessment", "source")


def figure_href(iri: str, links: Links) -> str:
    """The way to the sheet of a measurement, assessment or source; empty for anything else."""
    kind = iri.removeprefix(THINGS).partition("/")[0]
    known = kind in _WITH_SHEET and is_thing(iri)
    return links.path(f"/figures/{quote(iri.removeprefix(THINGS))}") if known else ""


def tally_href(links: Links, tally: str, /, **given: str) -> str:
    """The way to the sheet of a count on a page."""
    return links.path(f"/figures/{TOPIC}/{tally}", **given)


def rows_href(links: Links, query: CataloguedQuery, given: Mapping[str, str]) -> str:
    """The way to the sheet of how many rows an answer has."""
    return links.path(f"/figures/queries/{query.name}", **given)


def cell_href(
    links: Links, query: CataloguedQuery, column: str, row: Row, given: Mapping[str, str]
) -> str:
    """The way to the sheet of what stands in ``column`` of ``row``; empty where it is no figure."""
    behind = query.behind(column)
    if behind is None:
        return ""
    if behind.stated_by:
        thing = row.get(behind.stated_by)
        return figure_href(thing.value, links) if thing else ""
    counted = behind.words or column
    path = f"/figures/queries/{query.name}/{counted}"
    return links.path(path, **given, row=row_name(query, row))


def sheets_of(links: Links, query: CataloguedQuery, given: Mapping[str, str]) -> Sheets:
    """The ways to the sheets of an answer to ``query`` that was asked with ``given``."""
    return lambda column, row: cell_href(links, query, column, row, given)


def cell_json_url(
    links: Links,
    query: CataloguedQuery,
    column: str,
    row: Row,
    given: Mapping[str, str],
    version: int,
) -> str:
    """As ``cell_href``, for programs: where the sheet is as JSON, in full. It is of the ``version`` of
    the answer, so that an answer that is kept keeps its figures."""
    href = cell_href(replace(links, version=version), query, column, row, given)
    return f"{links.public_url}/v1{href.removeprefix(links.prefix)}" if href else ""
