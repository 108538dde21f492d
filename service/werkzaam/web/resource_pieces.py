"""What the page about a project record or a submission is made of, beside what every page has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.web.pieces import Named


@dataclass(frozen=True)
class OriginView:
    """Where a record stands: ``place`` in the file of ``submission``, which came in at ``day``.

    ``time`` is the same moment for programs (ISO 8601).
    """

    place: str
    submission: Named
    time: str
    day: str


@dataclass(frozen=True)
class SubmittedRow:
    """A record and the row it stands in; a row without ``text`` is unknown. ``anchor`` names it on
    the page."""

    row: Named
    record: Named
    anchor: str = ""


@dataclass(frozen=True)
class SubmittedColumn:
    """A column: its letters, its title, the properties it feeds, and the state it means."""

    letters: Named
    title: str
    properties: Sequence[Named]
    state: Named | None


@dataclass(frozen=True)
class SubmissionView:
    """A submission: ``facts`` in words, the records that stand because of it, its columns.

    ``cut`` says how many of the records are shown.
    """

    facts: Sequence[tuple[str, Named]]
    rows: Sequence[SubmittedRow]
    columns: Sequence[SubmittedColumn]
    cut: str


@dataclass(frozen=True)
class NetworkLine:
    """A line of text in the picture; ``y`` is its baseline."""

    y: int
    text: str


@dataclass(frozen=True)
class NetworkBox:
    """A neighbour in the picture, in units of the view box. ``name`` is read out for its link."""

    x: int
    y: int
    width: int
    height: int
    words: Sequence[NetworkLine]
    label: Sequence[NetworkLine]
    href: str
    name: str
    language: str


@dataclass(frozen=True)
class Neighbour:
    """A thing beside this one: from here by ``property`` or, where ``incoming``, to here."""

    property: Named
    other: Named
    incoming: bool


@dataclass(frozen=True)
class NetworkView:
    """The nearest things around one: as a picture, and as a list that says the same.

    ``count``: how many there are in all, of which these are some. ``spine`` is the line between the
    two columns of the picture, from top to bottom.
    """

    neighbours: Sequence[Neighbour]
    count: int
    width: int
    height: int
    title: Sequence[NetworkLine]
    title_height: int
    boxes: Sequence[NetworkBox]
    spine: tuple[int, int, int]


@dataclass(frozen=True)
class EdgeRow:
    """One thing that is said of a thing, or that points at it."""

    incoming: bool
    property: Named
    other: Named


@dataclass(frozen=True)
class EdgesPage:
    """A later page of ``/doc`` or ``/def``: what did not fit on the first, ``first`` to ``last`` of
    ``count``."""

    template: ClassVar[str] = "resource_edges.html.jinja"
    title: Named
    home: str
    number: int
    pages: int
    first: int
    last: int
    count: int
    rows: Sequence[EdgeRow]
    previous: str
    next: str
    formats: Sequence[Named]


@dataclass(frozen=True)
class TermRow:
    """A class or property of the model."""

    term: Named
    definition: Named


@dataclass(frozen=True)
class TermGroup:
    """Terms of one kind."""

    id: str
    label: str
    terms: Sequence[TermRow]


@dataclass(frozen=True)
class OntologyPage:
    """``/def``: the terms of the model by kind."""

    template: ClassVar[str] = "ontology.html.jinja"
    title: Named
    definition: Named
    version: str
    iri: str
    groups: Sequence[TermGroup]
    formats: Sequence[Named]
    contexts: Sequence[Named]


@dataclass(frozen=True)
class GraphRow:
    """A graph of the dataset and how many statements it holds."""

    graph: Named
    statements: int
    here: bool


@dataclass(frozen=True)
class GraphPage:
    """``/graph/{name}``: what a graph holds, beside the others."""

    template: ClassVar[str] = "graph.html.jinja"
    name: str
    iri: str
    about: str
    statements: int
    formats: Sequence[Named]
    others: Sequence[GraphRow]
