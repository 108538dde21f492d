"""What the pages need from the graph beside the catalogued questions: small queries, kept as files."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.store.interface import Question, Store

_FOLDER = Path(__file__).parent / "lookups"
_RESULTS = "application/sparql-results+json"


@dataclass(frozen=True)
class ScaleValue:
    """A value of a scale: whether MDT has an element, or what effect MDT has on a component."""

    iri: str
    label: str
    definition: str
    symbol: str
    reports_projects: bool

    @property
    def slug(self) -> str:
        """The last segment of the IRI."""
        return last_segment(self.iri)


@dataclass(frozen=True)
class Code:
    """A value of a code list in one language."""

    label: str
    definition: str


@dataclass(frozen=True)
class Counts:
    """How much the graph holds now; ``readings`` are statements of ours, not of a source."""

    elements: int
    goals: int
    concepts: int
    statements: int
    readings: int
    tensions: int
    sources: int
    documents: int
    projects: int


@dataclass(frozen=True)
class KindCount:
    """A kind of thing, what it means, and how many there are; ``sheet`` defends the number."""

    iri: str
    label: str
    definition: str
    number: int
    sheet: str = ""


@dataclass(frozen=True)
class Source:
    """A document as the bibliography has it. ``mark`` is what is stamped on it, ``href`` leads to it."""

    iri: str
    title: str
    creators: str
    issued: date | None
    publisher: str
    mark: str
    href: str = ""


@dataclass(frozen=True)
class ReviewCount:
    """How many source statements have come to this stage of checking; ``sheet`` defends it."""

    label: str
    definition: str
    statements: int
    iri: str = ""
    sheet: str = ""


def look_up(store: Store, name: str, language: Language, **things: str) -> tuple[Row, ...]:
    """The rows of ``lookups/<name>.rq`` in ``language``; ``things`` are IRIs from the store, each
    for the place of its name."""
    text = _text(name).replace("@language@", language)
    for place, iri in things.items():
        text = text.replace(f"@{place}@", f"<{iri}>")
    return read_results(store.ask(Question(text, _RESULTS)).body).rows


def scale(store: Store, language: Language) -> dict[str, ScaleValue]:
    """The scale in its order, by IRI."""
    return {
        row["presence"].value: ScaleValue(
            row["presence"].value,
            row["label"].value,
            row["definition"].value,
            row["symbol"].value,
            row["reportsProjects"].value in ("true", "1"),
        )
        for row in look_up(store, "scale", language)
    }


def effects(store: Store, language: Language) -> dict[str, ScaleValue]:
    """The scale for the effect of MDT on a component of integration in its order, by IRI."""
    return {
        row["effect"].value: ScaleValue(
            row["effect"].value,
            row["label"].value,
            row["definition"].value,
            row["symbol"].value,
            reports_projects=False,
        )
        for row in look_up(store, "effects", language)
    }


def codes(store: Store, language: Language) -> dict[str, Code]:
    """How far checked, how a page number is known, how firm a claim is: the values by IRI."""
    return {
        row["code"].value: Code(row["label"].value, row["definition"].value)
        for row in look_up(store, "codes", language)
    }


def counts(store: Store) -> Counts:
    """How much the graph holds now."""
    row = look_up(store, "counts", "nl")[0]
    return Counts(*(int(row[field.name].value) for field in fields(Counts)))


def kind_counts(store: Store, language: Language) -> list[KindCount]:
    """Every kind of which there is something, apart from values of code lists, most first."""
    return [
        KindCount(
            row["kind"].value,
            row["label"].value,
            row["definition"].value,
            int(row["number"].value),
        )
        for row in look_up(store, "kind-counts", language)
    ]


def documents(store: Store, language: Language) -> list[Source]:
    """The documents, oldest first."""
    return [
        Source(
            row["document"].value,
            row["title"].value,
            text_of(row, "creators"),
            date.fromisoformat(row["issued"].value) if "issued" in row else None,
            text_of(row, "publisher"),
            text_of(row, "mark"),
        )
        for row in look_up(store, "documents", language)
    ]


def review_counts(store: Store, language: Language) -> list[ReviewCount]:
    """Every stage of checking with its number of statements, also none."""
    return [
        ReviewCount(
            row["label"].value,
            row["definition"].value,
            int(row["statements"].value),
            row["status"].value,
        )
        for row in look_up(store, "review-counts", language)
    ]


def text_of(row: Row, name: str) -> str:
    """The text under ``name``; empty where there is none."""
    term = row.get(name)
    return term.value if term else ""


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text("utf-8")
