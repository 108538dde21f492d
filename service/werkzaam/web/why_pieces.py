"""What the page that explains a triple is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.web.pieces import Named
from werkzaam.web.statement_pieces import StatementCard


@dataclass(frozen=True)
class TripleView:
    """A triple in words. ``graphs`` assert it; where there are none, ``why`` explains it."""

    subject: Named
    predicate: Named
    object: Named
    graphs: Sequence[str]
    why: str


@dataclass(frozen=True)
class GroundView:
    """One way in which a rule gives the triple."""

    cards: Sequence[StatementCard]
    triples: Sequence[TripleView]


@dataclass(frozen=True)
class ReasonView:
    """A rule in words, its query, and the ways in which it gives the triple, ``count`` in all;
    ``cut`` says that some are left out."""

    title: str
    because: str
    not_said: str
    file: str
    query: str
    grounds: Sequence[GroundView]
    count: int
    cut: str


@dataclass(frozen=True)
class WhyPage:
    """``/why``: a triple, and why it is in the dataset."""

    template: ClassVar[str] = "why.html.jinja"
    triple: TripleView
    reasons: Sequence[ReasonView]
    sentence: str
    json: str
    permalink: str
    version: int
