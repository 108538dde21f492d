"""What the page of a permalink is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.web.pieces import AnswerTable


@dataclass(frozen=True)
class ChangedCell:
    """A cell that is not as it was; empty where there was or is nothing."""

    column: str
    then: str
    now: str


@dataclass(frozen=True)
class ChangedRow:
    """A row of which cells are not as they were."""

    name: str
    cells: Sequence[ChangedCell]


@dataclass(frozen=True)
class PermalinkPage:
    """``/queries/<topic>/<question>/permalink``: ``same`` or not, ``said`` in a sentence; ``facts`` of
    then and now; the rows that differ, the first of each kind where ``cut`` says so."""

    template: ClassVar[str] = "permalink.html.jinja"
    title: str
    question: str
    all_questions: str
    question_page: str
    same: bool
    said: str
    notes: Sequence[str]
    facts: Sequence[tuple[str, str]]
    added: AnswerTable | None
    removed: AnswerTable | None
    changed: Sequence[ChangedRow]
    cut: str
    json: str
