"""What the page about submissions is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.pieces import Named


@dataclass(frozen=True)
class FaultyCell:
    """Where a finding is. ``message`` and ``fix`` only where they differ within the group."""

    column: str
    title: str
    row: int | None
    value: str
    message: str = ""
    fix: str = ""


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
    """A report as it is read: the sentence, the facts, the findings and what would change.

    ``coverage``: None unless the file conforms and was not recorded.
    """

    conforms: bool
    sentence: str
    facts: Sequence[tuple[str, str]]
    groups: Sequence[FindingGroup]
    change: str = ""
    left_out: str = ""
    coverage: CoverageView | None = None


@dataclass(frozen=True)
class SubmissionRow:
    """A submission; ``withdrawable`` until it is withdrawn. ``agent``: who made it, for a curator.

    ``original`` and ``report`` are where the file and the report can be saved.
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
    """What was just done."""

    id: str
    text: str
