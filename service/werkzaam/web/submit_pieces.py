"""What the page about submissions is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.pieces import Named


@dataclass(frozen=True)
class FaultyCell:
    """Where a finding is: in a table, or at ``path`` in JSON. ``message`` and ``fix`` only where they
    differ within the group."""

    column: str
    title: str
    row: int | None
    value: str
    message: str = ""
    fix: str = ""
    sheet: str = ""
    path: str = ""


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one constraint: the ``first`` cells, the ``others``, and how many there are.

    ``severity`` is a word; ``message`` and ``fix`` are empty where each cell has its own. ``title``
    is empty for a constraint that has none.
    """

    id: str
    constraint: str
    severity: str
    message: str
    fix: str
    count: str
    first: Sequence[FaultyCell]
    others: Sequence[FaultyCell]
    show_all: str = ""
    left_out: str = ""
    title: str = ""

    @property
    def own_messages(self) -> bool:
        """Whether each cell says what is wrong with it."""
        return not self.message

    @property
    def sheets(self) -> bool:
        """Whether any cell is on a sheet that has a name."""
        return any(cell.sheet for cell in (*self.first, *self.others))


@dataclass(frozen=True)
class UnmatchedRow:
    """A value that is in no list: in which column, how often, and what it is nearest to."""

    column: str
    value: str
    times: str
    nearest: str


@dataclass(frozen=True)
class Download:
    """A file that stands in the page itself; ``href`` is a ``data:`` address."""

    id: str
    words: str
    href: str
    name: str
    size: str


@dataclass(frozen=True)
class TableToFillIn:
    """A kind of table, and where it can be had to fill in: as a workbook and as CSV."""

    mapping: str
    title: str
    workbook: str
    csv: str
    chosen: bool = False


@dataclass(frozen=True)
class CoverageRow:
    """What the answer says of an element ``before`` and ``after`` a file is recorded."""

    element: Named
    before: str
    after: str


@dataclass(frozen=True)
class CoverageView:
    """What recording a file would change in the answer; ``rows`` only where something changes."""

    sentence: str
    loaded: str
    rows: Sequence[CoverageRow]
    left_out: str = ""


@dataclass(frozen=True)
class ReportView:
    """A report as it is read: what the file is about, the sentence, the facts, the findings and what
    would change.

    ``coverage``: None unless the file conforms and was not recorded. ``unmatched``: values in no list.
    ``downloads``: the findings as files, or ``no_download`` why one of them is not there.
    """

    conforms: bool
    sentence: str
    facts: Sequence[tuple[str, str]]
    groups: Sequence[FindingGroup]
    change: str = ""
    left_out: str = ""
    coverage: CoverageView | None = None
    summary: str = ""
    unmatched: Sequence[UnmatchedRow] = ()
    downloads: Sequence[Download] = ()
    no_download: str = ""


@dataclass(frozen=True)
class SubmissionRow:
    """A submission; ``withdrawable`` until it is withdrawn. ``agent``: who made it, for a curator.

    ``original``, ``report`` and ``remarks`` are where the file, the report and the file with remarks
    can be saved.
    """

    id: str
    time: str
    day: str
    file_name: str
    state: str
    count: str
    records: Sequence[Named]
    withdrawable: bool
    agent: str = ""
    original: str = ""
    report: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class SignedIn:
    """Who the reader is, what forms must send along, and what was submitted before.

    ``everyone``: the submissions are those of all agents.
    """

    agent: str
    csrf: str
    submissions: Sequence[SubmissionRow]
    everyone: bool = False
    left_out: str = ""


@dataclass(frozen=True)
class Notice:
    """What was just done; ``refused`` says how many records were not recorded, ``save`` that they can
    be saved, ``part`` where, and ``part_kind`` as what kind of file."""

    id: str
    text: str
    refused: str = ""
    save: str = ""
    part: str = ""
    part_kind: str = ""
