"""What a figure sheet is made of: the same for programs and for readers, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A text in ``language``; ``iri`` is the thing that it names, if it names one."""

    text: str
    language: str = ""
    iri: str = ""


@dataclass(frozen=True)
class Line:
    """A fact about a figure. Without ``values``, ``absence`` says why there are none; ``meaning``
    explains a value of a code list."""

    key: str
    label: str
    values: Sequence[Words]
    meaning: str = ""
    absence: str = ""


@dataclass(frozen=True)
class Spot:
    """Where it says so. ``origin``: how the page number is known, the end of an IRI."""

    document: Words
    passage: str
    section: str
    page: str
    origin: str
    origin_words: str


@dataclass(frozen=True)
class Work:
    """A document to cite: ``name`` with authors, title and date; ``brief`` title and year;
    ``places``: each page that is meant, ``origin`` how its number is known; ``headings``: where there
    are no pages."""

    iri: str
    name: str
    brief: str
    places: Sequence[str] = ()
    origin: str = ""
    headings: Sequence[str] = ()


@dataclass(frozen=True)
class Item:
    """A statement or another thing, told in short, beside a figure or counted in it. ``row``: what
    else names the row of an answer, where rows are counted."""

    what: Words
    kind: str
    figure: str = ""
    voice: str = ""
    basis: str = ""
    hedges: Sequence[str] = ()
    population: str = ""
    period: str = ""
    is_figure: bool = False
    spots: Sequence[Spot] = ()
    row: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class WeighedLine:
    """A tension or a correspondence: of which kind, why, and its other sides."""

    iri: str
    kind: str
    reason: Words
    review: str
    others: Sequence[Item]


@dataclass(frozen=True)
class ReferenceWords:
    """A reference in the text, how it compares with the bibliography, and its source."""

    cited_as: Words
    match: str
    source: Words | None


@dataclass(frozen=True)
class Rule:
    """How a count came about: the question, what it was asked with, and the query for the members.

    ``question`` is a name in the catalogue, empty for a count of a page.
    """

    text: str
    question: str
    title: str
    asked: Sequence[tuple[str, str]]
    given: Sequence[tuple[str, str]]
    sparql: str


@dataclass(frozen=True)
class Sheet:
    """All that defends one figure. ``name`` is its address after ``/figures/``; ``kind``:
    measurement, assessment, source or count; ``figure``: the value in words, hedged.

    ``weighed``: what does not fit or corresponds; ``same``: other figures of the same thing in the
    same unit, judged by nobody; ``together``: judgements and figures that belong to it; ``cites``:
    statements that refer to it. ``members``: of the ``counted`` things, where we counted, those after
    the first ``before``; ``number``: how many, of which these may be parts. ``whole``: of how many, and
    ``of_what``. ``brief_footnotes`` fit in a letter.
    """

    name: str
    kind: str
    title: Words
    figure: str
    gist: Words
    lines: Sequence[Line]
    spots: Sequence[Spot] = ()
    references: Sequence[ReferenceWords] = ()
    weighed: Sequence[WeighedLine] = ()
    same: Sequence[Item] = ()
    together: Sequence[Item] = ()
    cites: Sequence[Item] = ()
    rule: Rule | None = None
    members: Sequence[Item] = ()
    counted: Sequence[str] = ()
    number: str = ""
    before: int = 0
    empty: str = ""
    whole: str = ""
    of_what: str = ""
    works: Sequence[Work] = ()
    footnotes: dict[str, str] = field(default_factory=dict)
    brief_footnotes: dict[str, str] = field(default_factory=dict)
