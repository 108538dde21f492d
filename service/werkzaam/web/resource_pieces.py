"""What the page about a project record or a submission is made of, beside what every page has."""

from collections.abc import Sequence
from dataclasses import dataclass

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
