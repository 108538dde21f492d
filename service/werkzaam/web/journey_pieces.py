"""What the page about the journey is made of: a matrix of phases and voices, and opened statements.

A ``sheet`` leads to what defends a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.pieces import Named
from werkzaam.web.statement_pieces import StatementCard


@dataclass(frozen=True)
class FindingEntry:
    """A finding in a cell: by its name, or by the gist of the one statement that reports it.

    ``nobody``: a bottleneck that no proposal addresses; ``addressed`` says by how many proposals
    another bottleneck is. ``places`` are where it is reported, in words.
    """

    name: Named
    statements: str
    places: Sequence[Named]
    nobody: bool = False
    addressed: str = ""
    sheet: str = ""
    addressed_sheet: str = ""


@dataclass(frozen=True)
class KindGroup:
    """The findings of one kind in a cell. ``first`` are seen at once, ``rest`` after opening it;
    a kind without judgement has neither."""

    kind: str
    symbol: str
    heading: str
    statements: str
    href: str
    first: Sequence[FindingEntry]
    rest: Sequence[FindingEntry]
    more: str
    sheet: str = ""


@dataclass(frozen=True)
class MatrixCell:
    """What one voice reports in one phase; ``reason`` says why there is nothing.

    ``absent``: kinds that this voice reports elsewhere, in words. ``opened``: its statements stand
    below the matrix.
    """

    voice: Named
    statements: str
    href: str
    groups: Sequence[KindGroup]
    absent: str = ""
    reason: str = ""
    opened: bool = False
    sheet: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A phase, or what stands in none, with a cell for each voice."""

    id: str
    label: Named
    definition: Named
    statements: str
    href: str
    cells: Sequence[MatrixCell]
    sheet: str = ""


@dataclass(frozen=True)
class VoiceColumn:
    """The head of a column."""

    label: Named
    href: str


@dataclass(frozen=True)
class Unaddressed:
    """A bottleneck that no proposal addresses, with who reports it and in which phases."""

    name: Named
    statements: str
    voices: Sequence[Named]
    phases: Sequence[Named]
    sheet: str = ""


@dataclass(frozen=True)
class KindEntry:
    """A kind of finding for the legend, with how many statements of it are shown."""

    kind: str
    symbol: str
    label: str
    meaning: str
    statements: str
    sheet: str = ""


@dataclass(frozen=True)
class OpenedGroup:
    """Statements of one kind below the matrix."""

    id: str
    symbol: str
    kind: str
    heading: str
    cards: Sequence[StatementCard]


@dataclass(frozen=True)
class OpenedCell:
    """The statements of a cell, a row or a column. ``chosen`` is what was chosen, in words.

    ``span`` says which of them are here where there are more; ``earlier`` and ``later`` lead to the
    others.
    """

    chosen: Sequence[Named]
    count: str
    groups: Sequence[OpenedGroup]
    close: str
    reason: str = ""
    span: str = ""
    earlier: str = ""
    later: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class MatrixView:
    """The matrix with what stands around it. ``weighed`` says how many bottlenecks no proposal addresses,
    and is empty where nothing can be said of that; ``notes`` say what an empty matrix does not mean.
    ``everything`` leads to the page without filters, where there are some."""

    rows: Sequence[MatrixRow]
    columns: Sequence[VoiceColumn]
    unaddressed: Sequence[Unaddressed]
    weighed: str
    legend: Sequence[KindEntry]
    statements: int
    everything: str = ""
    notes: Sequence[str] = ()
    sheet: str = ""
    weighed_sheet: str = ""
    weighed_number: int = 0


@dataclass(frozen=True)
class Downloads:
    """The ways to the questions behind the page. ``whole``: the files follow every filter;
    ``unaddressed`` is the question on what no proposal addresses."""

    csv: str
    json: str
    unaddressed: str
    whole: bool
