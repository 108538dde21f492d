"""What the cards of source statements are made of, and what else shows the depth of a thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.lookups import ScaleValue
from werkzaam.web.pieces import Named, Place


@dataclass(frozen=True)
class Marked:
    """A value of a code list in words, with what it means. ``slug`` is the end of its IRI."""

    label: str
    meaning: str
    slug: str


@dataclass(frozen=True)
class Triple:
    """What a claim relates, in words: subjects, relation, objects. ``polarity``: only where the
    claim is not simply asserted."""

    subjects: Sequence[Named]
    relation: str
    objects: Sequence[Named]
    polarity: Marked | None = None


@dataclass(frozen=True)
class SourceLine:
    """A source, what kind of work it is, and how that is known."""

    source: Named
    kind: str
    known_from: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class ReferenceLine:
    """A reference in the text: as it is written there, how it compares with the bibliography, and
    the source it leads to, where it leads to one."""

    cited_as: Named
    match: Marked | None
    source: SourceLine | None


@dataclass(frozen=True)
class TensionLine:
    """Statements that do not go well together: of which kind, why, and the other ones."""

    kind: str
    reason: Named
    href: str
    others: Sequence[Named]


@dataclass(frozen=True)
class Detail:
    """Any other property of a statement with its values."""

    label: Named
    values: Sequence[Named]


@dataclass(frozen=True)
class Reporting:
    """What a statement reports of how things went: its ``kind`` by the content, and the findings.

    ``announced``: the kind that the heading above it announces, where that is another; ``chapter``:
    whose chapter it stands in, where that is not its own voice. ``limits``: limitations of the
    research that touch it by our reading.
    """

    kind: str
    slug: str
    symbol: str
    findings: Sequence[Named] = ()
    announced: str = ""
    chapter: str = ""
    limits: Sequence[Named] = ()


@dataclass(frozen=True)
class StatementCard:
    """A source statement of any kind, with all that tells how sure it is; ``sheet`` leads to what
    defends a figure or judgement."""

    iri: str
    kind: str
    href: str
    about: Sequence[Named]
    value: ScaleValue | None
    gist: str
    voice: str
    basis: str
    hedges: Sequence[str]
    quantities: Sequence[str]
    figures: Sequence[str]
    places: Sequence[Place]
    review: str
    review_meaning: str
    triple: Triple | None = None
    references: Sequence[ReferenceLine] = ()
    tensions: Sequence[TensionLine] = ()
    details: Sequence[Detail] = ()
    note: Named | None = None
    reporting: Reporting | None = None
    sheet: str = ""


@dataclass(frozen=True)
class Described:
    """Statements that are the same thing to what the page is about; ``brief``: too many for all.

    ``cut`` says how many of them are shown, and ``more_href`` leads to all of them.
    """

    id: str
    heading: str
    statements: Sequence[StatementCard]
    brief: bool = False
    cut: str = ""
    more_href: str = ""


@dataclass(frozen=True)
class DerivedLine:
    """Edges by one property that follow from statements; ``incoming``: from others to the thing.

    ``others``: each with the way to what explains its edge.
    """

    property: Named
    incoming: bool
    others: Sequence[tuple[Named, str]]


@dataclass(frozen=True)
class ImpliedLine:
    """A property and value that follow from the model, with the way to what explains them."""

    property: Named
    value: Named
    why: str


@dataclass(frozen=True)
class MentionLine:
    """A word or reference as it stands in the text, where, what it means and what is special."""

    words: Named
    passage: Named
    target: Named | None
    match: Marked | None
    only: str


@dataclass(frozen=True)
class MentionTable:
    """The mentions of one kind."""

    id: str
    heading: str
    lines: Sequence[MentionLine]
    with_target: bool
    with_match: bool
    with_passage: bool


@dataclass(frozen=True)
class DocumentView:
    """What stands in a document: statements by kind, and its passages with page and number of
    statements; each ends with the way to what defends the number."""

    kinds: Sequence[tuple[Named, int, str]]
    passages: Sequence[tuple[Named, str, int, str]]


@dataclass(frozen=True)
class ElementDepth:
    """What the documents say about how a working element works, beside the judgements on MDT."""

    links: Sequence[DerivedLine]
    rests: str
    sources: Sequence[SourceLine]
    groups: Sequence[Described]
    tensions: Sequence[TensionLine]
