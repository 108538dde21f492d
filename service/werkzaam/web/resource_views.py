"""What the first page about a thing is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzaam.web.correspondence_pieces import CorrespondenceView
from werkzaam.web.figure_views import Note
from werkzaam.web.pieces import Named, Pointers, PropertyRow
from werkzaam.web.resource_pieces import NetworkView, OriginView, SubmissionView
from werkzaam.web.statement_pieces import (
    DerivedLine,
    Described,
    Detail,
    DocumentView,
    ImpliedLine,
    MentionTable,
)


@dataclass(frozen=True)
class ResourcePage:
    """``/doc/{kind}/{slug}``. ``formats``: the same document for programs, by media type.

    ``facts`` come first; ``look_alikes`` are labelled by the difference. ``origin``: where a project
    record comes from; ``submission``: what was in it. ``correspondences``: judgements across documents;
    ``citations``: footnotes to copy. ``network``: the nearest things; ``schema``: what search engines
    read; ``more``: where what does not fit is.
    """

    template: ClassVar[str] = "resource.html.jinja"
    iri: str
    title: Named
    kinds: Sequence[Named]
    definition: Named
    groups: Sequence[Described]
    rows: Sequence[PropertyRow]
    pointers: Sequence[Pointers]
    formats: Sequence[Named]
    facts: Sequence[Detail] = ()
    look_alikes: Detail | None = None
    derived: Sequence[DerivedLine] = ()
    implied: Sequence[ImpliedLine] = ()
    mentions: Sequence[MentionTable] = ()
    mentions_first: bool = False
    document: DocumentView | None = None
    origin: OriginView | None = None
    submission: SubmissionView | None = None
    correspondences: CorrespondenceView | None = None
    citations: Sequence[Note] = ()
    network: NetworkView | None = None
    schema: str = ""
    more: str = ""
