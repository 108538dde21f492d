"""What the evidence map is made of: goals, elements, judgements, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.lookups import ScaleValue
from werkzaam.web.pieces import Place
from werkzaam.web.project_pieces import ElementProjects
from werkzaam.web.statement_pieces import ElementDepth


@dataclass(frozen=True)
class Assessment:
    """What a document says about an element, with all that tells how sure it is; ``sheet`` leads to
    what defends it."""

    iri: str
    value: ScaleValue
    gist: str
    voice: str
    basis: str
    hedges: Sequence[str]
    quantities: Sequence[str]
    figures: Sequence[str]
    places: Sequence[Place]
    review: str
    review_meaning: str
    parts: Sequence["Assessment"] = ()
    href: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class GoalStatement:
    """A document that lists an element for a goal."""

    goal: str
    gist: str
    voice: str
    basis: str
    places: Sequence[Place]
    href: str = ""


@dataclass(frozen=True)
class MapRow:
    """An element on the map. ``href`` opens it, or closes it when it is ``open``.

    ``records_href`` leads to the projects that ``records`` counts, ``records_sheet`` to what defends
    it; ``projects`` are those of an
    open element, ``depth`` is what else the documents say about it.
    """

    id: str
    iri: str
    label: str
    definition: str
    href: str
    open: bool
    assessments: Sequence[Assessment]
    goals: Sequence[GoalStatement]
    records: str
    resource: str = ""
    records_href: str = ""
    projects: ElementProjects | None = None
    depth: ElementDepth | None = None
    records_sheet: str = ""


@dataclass(frozen=True)
class MapGroup:
    """A goal with the elements listed for it. ``within``: the label of the goal it is a part of."""

    id: str
    label: str
    definition: str
    rows: Sequence[MapRow]
    within: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """A value of the scale and how many elements on this map have it; ``sheet`` defends that."""

    value: ScaleValue
    elements: int
    sheet: str = ""
