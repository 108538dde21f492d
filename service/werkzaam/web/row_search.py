"""The search in the rows of an answer: which of them are wanted, and what stands beside the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from werkzaam.api.links import Links
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.web.languages import INTERFACE_KEY
from werkzaam.web.pieces import RowSearch
from werkzaam.web.row_filter import Found
from werkzaam.web.wording import say

_ROWS_AT_FIRST: Final = 100
_MOST_ROWS: Final = 2000
_ROWS_KEY: Final = "rows"
_FILTER_KEY: Final = "filter"
SEARCH_KEYS: Final = (_ROWS_KEY, _FILTER_KEY)
"""The keys of an address that say which rows are wanted."""
_ALL: Final = "all"
_TABLE: Final = "#row-search"


@dataclass(frozen=True)
class WantedRows:
    """Which rows of an answer: those with ``words``, and ``every`` one of them or the first."""

    words: str
    every: bool

    @property
    def most(self) -> int:
        """How many rows at the most."""
        return _MOST_ROWS if self.every else _ROWS_AT_FIRST

    @property
    def keys(self) -> dict[str, str]:
        """What asks for these rows in an address."""
        return {_FILTER_KEY: self.words} if self.words else {}


def wanted_rows(request: Request) -> WantedRows:
    """The rows that ``request`` asks for."""
    keys = request.query_params
    return WantedRows(keys.get(_FILTER_KEY, "").strip(), keys.get(_ROWS_KEY) == _ALL)


def row_search(
    links: Links,
    query: CataloguedQuery,
    given: Mapping[str, str],
    wishes: WantedRows,
    number: int,
    found: Found,
) -> RowSearch:
    """The search in the rows; ``number`` is how many the whole answer has."""
    page = f"/queries/{query.name}"
    every = {_ROWS_KEY: _ALL} if wishes.every else {}
    language: Language = "en" if given[INTERFACE_KEY] == "en" else "nl"
    cut = len(found.rows) < found.number
    more = links.path(page, **given, **{**wishes.keys, _ROWS_KEY: _ALL}) + _TABLE
    return RowSearch(
        action=links.path(page) + _TABLE,
        hidden=[*given.items(), *every.items()],
        words=wishes.words,
        said=_said(wishes.words, number, found, language),
        all_rows=more if cut and not wishes.every else "",
        without=links.path(page, **given, **every) + _TABLE if wishes.words else "",
        live=not cut and not wishes.words,
    )


def _said(words: str, number: int, found: Found, language: Language) -> str:
    """Which rows stand here; empty where all do."""
    said = []
    if words:
        said.append(
            say("{found} of {number} rows hold these words.", language,
                found=found.number, number=number)
        )  # fmt: skip
    if len(found.rows) < found.number:
        said.append(
            say("The first {shown} of {number} rows. All of them are in the CSV file.", language,
                shown=len(found.rows), number=found.number)
        )  # fmt: skip
        said.append(say("The search looks in all of them.", language))
    return " ".join(said)
