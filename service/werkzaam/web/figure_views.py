"""A figure sheet ready to be drawn: with the ways to everything on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.web.pieces import Named, Place


@dataclass(frozen=True)
class LineView:
    """A fact about the figure; ``absence`` stands where there is no value."""

    key: str
    label: str
    values: Sequence[Named]
    meaning: str
    absence: str


@dataclass(frozen=True)
class ItemView:
    """A statement or thing in short; ``sheet`` leads to its own sheet, if it is a figure, ``why`` to
    the reason for the edge that was counted."""

    what: Named
    kind: str
    figure: str
    sheet: str
    told: Sequence[tuple[str, str]]
    places: Sequence[Place]
    why: str = ""


@dataclass(frozen=True)
class ReasonView:
    """Why figures and statements are set beside this one: a tension or correspondence with the way to
    it. ``beside``: the numbers of those that are meant, where it is not all it stands with."""

    kind: str
    reason: Named
    href: str
    review: str
    beside: Sequence[int] = ()


@dataclass(frozen=True)
class WeighedView:
    """Figures and statements that are set beside this one, each once, numbered from ``first``, with all
    reasons for it."""

    first: int
    others: Sequence[ItemView]
    reasons: Sequence[ReasonView]


@dataclass(frozen=True)
class ReferenceView:
    """A reference in the text, with how it compares with the bibliography."""

    cited_as: Named
    match: str
    source: Named | None


@dataclass(frozen=True)
class RuleView:
    """How a count came about."""

    text: str
    title: str
    question: str
    asked: Sequence[tuple[str, str]]
    sparql: str
    sparql_page: str


@dataclass(frozen=True)
class Note:
    """A footnote to copy. ``id``: of its text on the page."""

    id: str
    language: str
    label: str
    text: str


@dataclass(frozen=True)
class FigurePage:
    """``/figures/…``; ``kind`` in words. ``cut`` says which of the counted are listed, ``earlier``
    and ``later`` lead to the others."""

    template: ClassVar[str] = "figure.html.jinja"
    kind: str
    title: Named
    figure: str
    value: str
    is_count: bool
    gist: Named
    notes: Sequence[Note]
    lines: Sequence[LineView]
    places: Sequence[Place]
    references: Sequence[ReferenceView]
    weighed: Sequence[WeighedView]
    same: Sequence[ItemView]
    together: Sequence[ItemView]
    cites: Sequence[ItemView]
    rule: RuleView | None
    members: Sequence[ItemView]
    counted: int
    cut: str
    empty: str
    without_passage: bool
    resource: str
    version: int
    permalink: str
    json: str
    version_link: str
    earlier: str = ""
    later: str = ""
