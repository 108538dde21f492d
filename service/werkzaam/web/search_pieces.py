"""What the page with search results is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.search.highlights import Marked
from werkzaam.web.pieces import Named


@dataclass(frozen=True)
class FacetValue:
    """A value that hits can be chosen by; ``href`` chooses it, or lets it go where it is
    ``selected``."""

    label: str
    language: str
    count: int
    href: str
    selected: bool


@dataclass(frozen=True)
class FacetView:
    """One way to choose among the hits; ``rest`` are the values that fewer hits have."""

    id: str
    label: str
    values: Sequence[FacetValue]
    rest: Sequence[FacetValue]


@dataclass(frozen=True)
class HitView:
    """One hit. ``also``: another name by which it was found; ``section`` and ``page``: where its
    document says it."""

    label: Marked
    href: str
    kind: Named
    also: Marked | None
    snippet: Marked
    documents: Sequence[Named]
    section: Named | None
    page: str


@dataclass(frozen=True)
class SearchResults:
    """The hits of a search; ``notes`` tell how they were found where that is not as it was asked.

    ``chosen``: the values that hits were chosen by, each with the way to let it go.
    """

    said: str
    notes: Sequence[str]
    hits: Sequence[HitView]
    first: int
    facets: Sequence[FacetView]
    chosen: Sequence[FacetValue]
    previous: str
    following: str
    shown: str
    json: str
    csv: str


@dataclass(frozen=True)
class SearchPage:
    """``/search``; without ``results`` nothing was asked yet, or ``errors`` say what is wrong."""

    template: ClassVar[str] = "search.html.jinja"
    action: str
    words: str
    hidden: Sequence[tuple[str, str]]
    errors: Sequence[tuple[str, str]]
    examples: Sequence[Named]
    results: SearchResults | None
