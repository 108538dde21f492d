"""Made-up projects: like the examples, as many as wanted, the same ones each time.

All stand under ``id/voorbeeld/`` and say that they are made up. As quads a project has 14 statements,
as a row of a spreadsheet it has the columns of ``graph_data/examples/projects.csv``.
"""

import csv
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from werkzaam.domain.changes import Committed, Delivery, Upload
from werkzaam.domain.identifiers import EXAMPLES, GRAPHS, TERMS, THINGS
from werkzaam.store.journal import Journal

PROJECT_STATEMENTS = 14
_CHUNK = 5_000
_SEED = 20260901
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DCTERMS = "http://purl.org/dc/terms/"
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_PLACES = ("Voorbeeldstad", "Voorbeelddorp", "Voorbeeldhaven", "Voorbeeldveld")
_ELEMENTS = {
    "begrenzing": "Begrenzing",
    "wederkerigheid": "Wederkerigheid",
    "afstemming": "Afstemming",
    "werken-aan-empathie": "Werken aan empathie",
    "vormen-van-contact": "Vormen van contact",
    "training-voor-maatjes": "Training voor maatjes",
    "samenwerking-tussen-groepen": "Samenwerking tussen groepen",
}
_GOALS = {
    "netwerk-vergroten": "Het netwerk van jongeren vergroten",
    "sociaal-contact": "Ontmoetingen om het sociale contact te bevorderen",
}
_COLUMNS = {
    "identificatie": "identifier",
    "titel": "title",
    "samenvatting": "summary",
    "subsidieronde": "round",
    "penvoerder": "applicant",
    "gemeenten": "place",
    "startdatum": "start",
    "einddatum": "end",
    "deelnemers": "participants",
    "doelen": "goal_words",
    "werkzame elementen: wel": "element_words",
    "gecodeerd door": "coder",
    "bronnen": "source",
}


@dataclass(frozen=True)
class Project:
    """One made-up project."""

    number: int
    place: str
    element: str
    goal: str
    start: date
    participants: int

    round = "VOORBEELD"
    coder = "analist"
    source = "Verzonnen voor een meting"

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return f"meetproject-{self.number:05}"

    @property
    def iri(self) -> str:
        """What it is called."""
        return EXAMPLES + self.slug

    @property
    def identifier(self) -> str:
        """Its number in the spreadsheet."""
        return f"Meetproject {self.number:05}"

    title = identifier

    @property
    def summary(self) -> str:
        """What it does."""
        return f"Verzonnen project in {self.place}, alleen om te meten."

    @property
    def applicant(self) -> str:
        """Who asked for it."""
        return f"Stichting Voorbeeld {self.place}"

    @property
    def end(self) -> date:
        """Its last day."""
        return self.start + timedelta(days=700)

    @property
    def goal_words(self) -> str:
        """The goal as it is written in a spreadsheet."""
        return _GOALS[self.goal]

    @property
    def element_words(self) -> str:
        """The working element as it is written in a spreadsheet."""
        return _ELEMENTS[self.element]

    def lines(self) -> bytes:
        """Its statements as sorted N-Quads."""
        graph = f"<{GRAPHS}records>"
        statements = [
            f"<{subject}> <{verb}> {value} {graph} ." for subject, verb, value in self._said()
        ]
        return "\n".join(sorted(statements)).encode() + b"\n"

    def _said(self) -> Iterator[tuple[str, str, str]]:
        coding = f"{self.iri}/element/{self.element}"
        yield self.iri, _TYPE, f"<{TERMS}Project>"
        yield self.iri, _DCTERMS + "identifier", f'"{self.identifier}"'
        yield self.iri, _DCTERMS + "title", f'"{self.title}"@nl'
        yield self.iri, _DCTERMS + "description", f'"{self.summary}"@nl'
        yield self.iri, TERMS + "municipalityAsStated", f'"{self.place}"'
        yield self.iri, TERMS + "inSubsidyRound", f"<{EXAMPLES}subsidieronde>"
        yield self.iri, TERMS + "aimsAtGoal", f"<{THINGS}goal/{self.goal}>"
        yield self.iri, TERMS + "participantCount", f'"{self.participants}"^^<{_INTEGER}>'
        yield self.iri, TERMS + "startDate", f'"{self.start}"^^<{_DATE}>'
        yield self.iri, TERMS + "hasElementCoding", f"<{coding}>"
        yield coding, _TYPE, f"<{TERMS}ElementCoding>"
        yield coding, TERMS + "codedElement", f"<{THINGS}working-element/{self.element}>"
        yield coding, TERMS + "codingState", f"<{THINGS}coding-state/addressed>"
        yield coding, TERMS + "codedBy", f"<{THINGS}coder/analyst>"


def projects(count: int, first: int = 1) -> Iterator[Project]:
    """Projects ``first`` and after; each is the same whatever stands before it."""
    for number in range(first, first + count):
        chance = random.Random(_SEED + number)
        yield Project(
            number,
            chance.choice(_PLACES),
            chance.choice(list(_ELEMENTS)),
            chance.choice(list(_GOALS)),
            date(2022, 1, 1) + timedelta(days=chance.randrange(700)),
            chance.randrange(10, 200, 5),
        )


def spreadsheet(made: Iterable[Project]) -> bytes:
    """The projects as CSV that the gate takes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for project in made:
        writer.writerow([getattr(project, name) for name in _COLUMNS.values()])
    return text.getvalue().encode()


def delivery(made: Iterable[Project], agent: str = "local") -> Delivery:
    """The projects as if they had passed the gate."""
    several = list(made)
    data = spreadsheet(several)
    upload = Upload(data)
    report = {
        "conforms": True,
        "validated": True,
        "file": {"name": "metingen.csv", "sha256": sha256(data).hexdigest(), "encoding": "utf-8"},
        "mapping": {"name": "projects", "version": "1.0.0"},
        "counts": {"violation": 0, "warning": 0, "info": 0},
        "findings": [],
    }
    records = {project.iri: project.lines() for project in several}
    rows = {project.iri: place for place, project in enumerate(several, 2)}
    return Delivery(
        agent, "metingen.csv", upload, "projects", "1.0.0", records, json.loads(json.dumps(report)),
        rows=rows,
    )  # fmt: skip


def fill(folder: Path, count: int) -> list[Committed]:
    """Write ``count`` projects into the journal of ``folder``, past the gate, in large parts."""
    journal = Journal.open(folder)
    try:
        return [
            journal.append_submission(delivery(projects(min(_CHUNK, count - done), done + 1)))
            for done in range(0, count, _CHUNK)
        ]
    finally:
        journal.close()
