"""What pages are made of: fields, tables, headlines, rows of the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.lookups import ScaleValue
from werkzaam.web.project_pieces import ElementProjects


@dataclass(frozen=True)
class NavigationLink:
    """An entry of the main navigation."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Option:
    """A value that can be chosen in a form."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class FormField:
    """A field of a form; ``options`` makes it a list. ``error`` says what is wrong with ``value``."""

    name: str
    label: str
    value: str = ""
    options: Sequence[Option] = ()
    kind: str = "text"
    hint: str = ""
    error: str = ""

    @property
    def id(self) -> str:
        """The id of the input element."""
        return f"field-{self.name}"


@dataclass(frozen=True)
class Place:
    """Where a document says something, and how the page number is known."""

    document: str
    section: str
    page: str
    origin: str
    origin_meaning: str = ""
    document_href: str = ""
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of an answer. ``kind``: text, number, presence, places or none."""

    kind: str
    text: str = ""
    iri: str = ""
    language: str = ""
    symbol: str = ""
    slug: str = ""
    places: Sequence[Place] = ()
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """The head of a column; ``shape``: long, short or number."""

    label: str
    shape: str


@dataclass(frozen=True)
class AnswerTable:
    """An answer ready to be drawn; ``left_out`` names the columns without any value, and ``cut``
    says that only the first rows are here."""

    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    left_out: Sequence[str] = ()
    cut: str = ""


@dataclass(frozen=True)
class Fact:
    """A value of the scale, and which elements a document gives it."""

    value: ScaleValue
    elements: Sequence[str]


@dataclass(frozen=True)
class Headline:
    """An answer in words: one sentence, what it is made of, and what may not be read into it."""

    sentence: str
    facts: Sequence[Fact] = ()
    records: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Snippet:
    """The same question asked from a program."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class QuestionLink:
    """A question with the way to its page."""

    title: str
    question: str
    href: str


@dataclass(frozen=True)
class Topic:
    """Questions that belong together."""

    id: str
    label: str
    questions: Sequence[QuestionLink]


@dataclass(frozen=True)
class Assessment:
    """What a document says about an element, with all that tells how sure it is."""

    iri: str
    value: ScaleValue
    gist: str
    voice: str
    basis: str
    hedges: Sequence[str]
    quantities: Sequence[str]
    figures: Sequence[str]
    places: Sequence[Place]
    review: str
    review_meaning: str
    parts: Sequence["Assessment"] = ()
    href: str = ""


@dataclass(frozen=True)
class GoalStatement:
    """A document that lists an element for a goal."""

    goal: str
    gist: str
    voice: str
    basis: str
    places: Sequence[Place]
    href: str = ""


@dataclass(frozen=True)
class MapRow:
    """An element on the map. ``href`` opens it, or closes it when it is ``open``.

    ``records_href`` leads to the projects that ``records`` counts; ``projects`` are those of an
    open element.
    """

    id: str
    iri: str
    label: str
    definition: str
    href: str
    open: bool
    assessments: Sequence[Assessment]
    goals: Sequence[GoalStatement]
    records: str
    resource: str = ""
    records_href: str = ""
    projects: ElementProjects | None = None


@dataclass(frozen=True)
class MapGroup:
    """A goal with the elements listed for it."""

    id: str
    label: str
    definition: str
    rows: Sequence[MapRow]


@dataclass(frozen=True)
class LegendEntry:
    """A value of the scale and how many elements on this map have it."""

    value: ScaleValue
    elements: int


@dataclass(frozen=True)
class Results:
    """What a free query gave: a table, a yes or no, or text. ``more``: rows were left out."""

    table: AnswerTable | None = None
    boolean: bool | None = None
    text: str = ""
    count: str = ""
    more: bool = False


@dataclass(frozen=True)
class Named:
    """Something by its name; ``href`` leads to it, where anything does."""

    text: str
    href: str = ""
    language: str = ""
    iri: str = ""


@dataclass(frozen=True)
class StatementCard:
    """A source statement of any kind, with all that tells how sure it is."""

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


@dataclass(frozen=True)
class Described:
    """Statements that are the same thing to what the page is about; ``brief``: too many for all."""

    id: str
    heading: str
    statements: Sequence[StatementCard]
    brief: bool = False


@dataclass(frozen=True)
class PropertyRow:
    """A property with its values. ``label`` stands for one that the graph has no name for.

    ``cells``: for each value the cell it came from; empty where none came from a file.
    """

    label: str
    property: Named
    values: Sequence[Named]
    cut: str = ""
    cells: Sequence[Named | None] = ()


@dataclass(frozen=True)
class Pointers:
    """Who points at a thing by one property; ``cut`` says how many of ``count`` are shown."""

    property: Named
    subjects: Sequence[Named]
    count: int
    cut: str = ""
