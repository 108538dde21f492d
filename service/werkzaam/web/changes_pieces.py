"""What the pages about changes are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from werkzaam.web.pieces import FormField, Named


@dataclass(frozen=True)
class Comparison:
    """The form that asks for two versions."""

    action: str
    fields: Sequence[FormField]
    hidden: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ChangeRow:
    """A change in the list; ``clock`` is the time in UTC, ``href`` leads to what it changed."""

    number: int
    time: str
    day: datetime
    clock: str
    kind: str
    message: str
    added: int
    removed: int
    href: str


@dataclass(frozen=True)
class ChangesPage:
    """``/changes``: what happened to the dataset, latest first."""

    template: ClassVar[str] = "changes.html.jinja"
    rows: Sequence[ChangeRow]
    comparison: Comparison
    newest: str
    older: str
    json: str
    feed: str = ""


@dataclass(frozen=True)
class ChangedLine:
    """A statement that was added or removed, and the graph it stands in."""

    property: Named
    value: Named
    graph: str


@dataclass(frozen=True)
class ChangedView:
    """A thing and what was added and removed about it. ``cut`` says that some of it is left out."""

    id: str
    thing: Named
    kinds: Sequence[Named]
    added: Sequence[ChangedLine]
    removed: Sequence[ChangedLine]
    cut: str = ""


@dataclass(frozen=True)
class DifferencePage:
    """``/changes/diff``: what differs between two versions, by thing."""

    template: ClassVar[str] = "difference.html.jinja"
    before: int
    after: int
    said: str
    things: Sequence[ChangedView]
    shown: str
    note: str
    comparison: Comparison
    changes: str
    start: str
    following: str
    json: str
    patch: str
