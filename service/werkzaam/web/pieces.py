"""What pages are made of: fields, tables, headlines, things by their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.lookups import ScaleValue


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
    """Where a document says something, and how the page number is known; ``url`` is the address of
    the passage in full, for paper."""

    document: str
    section: str
    page: str
    origin: str
    origin_meaning: str = ""
    document_href: str = ""
    href: str = ""
    url: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of an answer. ``kind``: text, number, presence, places or none.

    ``about`` leads to the statement or other thing that a text stands for. ``quiet``: it
    is one of a few words that come back all the time. ``sheet`` leads to what defends a figure, and
    ``called`` says which one it is. ``items``: the statements of a text that holds several.
    ``details`` stand small beneath it.
    """

    kind: str
    text: str = ""
    iri: str = ""
    language: str = ""
    symbol: str = ""
    slug: str = ""
    places: Sequence[Place] = ()
    href: str = ""
    about: str = ""
    quiet: bool = False
    sheet: str = ""
    called: str = ""
    items: Sequence[str] = ()
    details: Sequence["Labelled"] = ()


@dataclass(frozen=True)
class Labelled:
    """A cell with the label of its column, outside that column."""

    label: str
    cell: Cell


@dataclass(frozen=True)
class Case:
    """The rows of one case: what it is called, and what all of them say. ``cut`` says that some of
    them are not here."""

    title: Cell
    facts: Sequence[Labelled]
    rows: Sequence[Sequence[Cell]]
    cut: str = ""


@dataclass(frozen=True)
class Heading:
    """The head of a column; ``shape``: wide, long, short, places or number."""

    label: str
    shape: str


@dataclass(frozen=True)
class AnswerTable:
    """An answer ready to be drawn; ``left_out`` names the columns without any value, and ``once``
    holds those with one value in all rows. ``cases``: the same rows by what they belong to."""

    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    left_out: Sequence[str] = ()
    once: Sequence[Labelled] = ()
    cases: Sequence[Case] = ()


@dataclass(frozen=True)
class RowSearch:
    """The search in the rows of an answer. ``said`` tells what stands here and what does not;
    ``live``: all rows are here, so that a script can search as the reader types."""

    action: str
    hidden: Sequence[tuple[str, str]]
    words: str = ""
    said: str = ""
    all_rows: str = ""
    without: str = ""
    live: bool = False


@dataclass(frozen=True)
class Fact:
    """A value of the scale, and which elements a document gives it; ``sheet`` defends the count."""

    value: ScaleValue
    elements: Sequence[str]
    sheet: str = ""


@dataclass(frozen=True)
class Headline:
    """An answer in words: one sentence, what it is made of, and what may not be read into it.

    ``number``: what the sentence counts, and ``sheet`` the way to what defends it.
    """

    sentence: str
    facts: Sequence[Fact] = ()
    records: str = ""
    caution: str = ""
    number: int | None = None
    sheet: str = ""


@dataclass(frozen=True)
class Snippet:
    """The same question asked from a program."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class QuestionLink:
    """A question with the way to its page; ``words`` are others to find it by."""

    title: str
    question: str
    href: str
    words: str = ""


@dataclass(frozen=True)
class Topic:
    """Questions that belong together; ``href`` leads to them among all questions."""

    id: str
    label: str
    questions: Sequence[QuestionLink]
    href: str = ""


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
class PropertyRow:
    """A property with its values. ``label`` stands for one that the graph has no name for.

    ``cells``: for each value the cell it came from; empty where none came from a file. ``derived``:
    the values follow from statements by a rule.
    """

    label: str
    property: Named
    values: Sequence[Named]
    cut: str = ""
    cells: Sequence[Named | None] = ()
    derived: bool = False


@dataclass(frozen=True)
class Pointers:
    """Who points at a thing by one property; ``cut`` says how many of ``count`` are shown."""

    property: Named
    subjects: Sequence[Named]
    count: int
    cut: str = ""
    derived: bool = False
    sheet: str = ""
