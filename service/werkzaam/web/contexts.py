"""What each template is given: one frozen record per page. Templates hold no addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from werkzaam.domain.queries import Language
from werkzaam.ingest.limits import MOST_BYTES
from werkzaam.web.alternates import Alternate, WholeDataset
from werkzaam.web.changes_pieces import ChangesPage, DifferencePage
from werkzaam.web.figure_views import FigurePage
from werkzaam.web.journey_pieces import Downloads, MatrixView, OpenedCell
from werkzaam.web.lookups import Counts, KindCount, ReviewCount, Source
from werkzaam.web.map_pieces import LegendEntry, MapGroup
from werkzaam.web.model_pieces import EffectEntry, LayerView, Picture
from werkzaam.web.permalink_pieces import PermalinkPage
from werkzaam.web.pieces import (
    AnswerTable,
    FormField,
    Headline,
    Named,
    NavigationLink,
    QuestionLink,
    Results,
    RowSearch,
    Snippet,
    Topic,
)
from werkzaam.web.resource_pieces import EdgesPage, GraphPage, OntologyPage
from werkzaam.web.resource_views import ResourcePage as ResourcePage
from werkzaam.web.search_pieces import SearchPage
from werkzaam.web.submit_pieces import Notice, ReportView, SignedIn, TableToFillIn
from werkzaam.web.why_pieces import WhyPage


@dataclass(frozen=True)
class Frame:
    """What stands around every page; ``dataset_version`` is the one that it shows."""

    language: Language
    content_language: Language
    home: str
    about: str
    accessibility: str
    changes: str
    style: str
    script: str
    icon: str
    navigation: Sequence[NavigationLink]
    switch_language: Language
    switch_href: str
    package_version: str
    dataset_version: int
    newest_version: int
    demo: bool
    alternates: Sequence[Alternate] = ()
    search: str = ""
    suggestions: str = ""


@dataclass(frozen=True)
class HomePage:
    """``/``; ``sheets`` leads to what defends each of the ``counts``."""

    template: ClassVar[str] = "home.html.jinja"
    question: QuestionLink | None
    headline: Headline | None
    topics: Sequence[Topic]
    counts: Counts
    review: Sequence[ReviewCount]
    marks: Sequence[str]
    map: str
    journey: str
    kinds: str
    sparql: str
    openapi: str
    sheets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionsPage:
    """``/queries``; ``search`` in ``questions``, of which ``topics`` hold those that were found."""

    template: ClassVar[str] = "questions.html.jinja"
    topics: Sequence[Topic]
    json: str
    search: RowSearch


@dataclass(frozen=True)
class Answer:
    """The answer to a question that could be asked as the form had it. ``limits``: what it does not say,
    by name; ``nothing``: that there is no project to draw on, where there is none; ``kept``: the address
    that says later whether it is still the answer. ``csv`` is for spreadsheet programs, ``plain_csv`` for
    others."""

    headline: Headline
    table: AnswerTable
    count: str
    sparql: str
    sparql_page: str
    csv: str
    json: str
    search: RowSearch
    permalink: str
    version_link: str
    version: int
    snippets: Sequence[Snippet]
    xlsx: str = ""
    turtle: str = ""
    kept: str = ""
    limits: Sequence[tuple[str, str]] = ()
    plain_csv: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class QuestionPage:
    """``/queries/{topic}/{question}``; without an ``answer`` the fields say what is wrong."""

    template: ClassVar[str] = "question.html.jinja"
    title: str
    question: str
    description: str
    all_questions: str
    action: str
    fields: Sequence[FormField]
    errors: Sequence[tuple[str, str]]
    hidden: Sequence[tuple[str, str]]
    answer: Answer | None


@dataclass(frozen=True)
class MapPage:
    """``/map``"""

    template: ClassVar[str] = "map.html.jinja"
    action: str
    fields: Sequence[FormField]
    errors: Sequence[tuple[str, str]]
    hidden: Sequence[tuple[str, str]]
    groups: Sequence[MapGroup]
    legend: Sequence[LegendEntry]
    elements: int
    csv: str
    json: str
    question: str
    elements_sheet: str = ""


@dataclass(frozen=True)
class ModelPage:
    """``/model``"""

    template: ClassVar[str] = "model.html.jinja"
    action: str
    fields: Sequence[FormField]
    hidden: Sequence[tuple[str, str]]
    layers: Sequence[LayerView]
    pictures: Sequence[Picture]
    legend: Sequence[EffectEntry]
    components: int
    csv: str
    json: str
    questions: str
    components_sheet: str = ""


@dataclass(frozen=True)
class JourneyPage:
    """``/journey``; without a ``view`` the fields say what is wrong, or there is nothing to show.

    There are no ``downloads`` where the content lacks the questions behind them.
    """

    template: ClassVar[str] = "journey.html.jinja"
    action: str
    fields: Sequence[FormField]
    errors: Sequence[tuple[str, str]]
    hidden: Sequence[tuple[str, str]]
    documents: Sequence[Named]
    view: MatrixView | None
    opened: OpenedCell | None
    downloads: Downloads | None


@dataclass(frozen=True)
class SparqlPage:
    """``/sparql`` for a browser."""

    template: ClassVar[str] = "sparql.html.jinja"
    action: str
    query: str
    examples: Sequence[QuestionLink]
    endpoint: str
    hidden: Sequence[tuple[str, str]]
    results: Results | None = None
    error: str = ""
    place: str = ""
    snippets: Sequence[Snippet] = field(default=())


@dataclass(frozen=True)
class SubmitPage:
    """``/submit``; ``report`` is on the file that was just sent, of at most ``most_bytes``."""

    template: ClassVar[str] = "submit.html.jinja"
    action: str
    session_action: str
    withdraw_action: str
    tables: Sequence[TableToFillIn]
    question: str
    map: str
    signed_in: SignedIn | None
    notice: Notice | None = None
    report: ReportView | None = None
    errors: Sequence[tuple[str, str]] = ()
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True)
class AboutPage:
    """``/about``"""

    template: ClassVar[str] = "about.html.jinja"
    documents: Sequence[Source]
    kinds: Sequence[KindCount]
    review: Sequence[ReviewCount]
    map: str
    whole: WholeDataset


@dataclass(frozen=True)
class ErrorPage:
    """Any error; ``ways`` lead to what may have been meant."""

    template: ClassVar[str] = "error.html.jinja"
    status: int
    heading: str
    detail: str
    home: str
    questions: str
    ways: Sequence[Named] = ()


Page = (
    HomePage
    | QuestionsPage
    | QuestionPage
    | PermalinkPage
    | MapPage
    | ModelPage
    | JourneyPage
    | SparqlPage
    | ResourcePage
    | EdgesPage
    | OntologyPage
    | GraphPage
    | FigurePage
    | WhyPage
    | ChangesPage
    | DifferencePage
    | SubmitPage
    | SearchPage
    | AboutPage
    | ErrorPage
)
