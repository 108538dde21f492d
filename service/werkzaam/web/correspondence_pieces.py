"""What a page shows of judgements across documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.pieces import Named, Place
from werkzaam.web.statement_pieces import Detail, Marked, StatementCard


@dataclass(frozen=True)
class SideView:
    """One of the things in a correspondence: by its ``words``, where it stands, what it means.

    ``card``: for a statement, all that tells how sure it is; ``facts``: whom a figure is about,
    over which period, and how a reference compares with the bibliography.
    """

    kind: str
    words: Named
    meaning: Named
    places: Sequence[Place]
    card: StatementCard | None
    facts: Sequence[Detail]


@dataclass(frozen=True)
class SideGroup:
    """Sides that have one part in a correspondence; ``documents``: those that were searched."""

    id: str
    heading: str
    sides: Sequence[SideView] = ()
    documents: Sequence[Named] = ()


@dataclass(frozen=True)
class CorrespondenceLine:
    """A judgement across documents as a page on one of its things tells it: ``heading`` says what it
    means for that thing, ``kind`` what the code list calls it. ``judged``: by whom and when."""

    heading: str
    kind: Marked
    href: str
    reason: Named
    shared: Named | None
    groups: Sequence[SideGroup]
    judged: str
    status: Marked | None


@dataclass(frozen=True)
class CorrespondenceView:
    """The judgements on a page. ``own``: the page is about the one there is; ``cut`` says how many
    of them are shown."""

    lines: Sequence[CorrespondenceLine]
    own: bool
    cut: str
