"""Made-up projects for the questions about projects, and a reckoning of their numbers in plain Python.

Beside the examples there are some by hand: two coders who agree, a coding told from the other side, one
that says not coded, amounts that are equal, partners, an absence that is stated, a project with nothing,
and two that say most things in another form: by a code, per stage, in words of their own, or that it is unknown.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import GRAPHS, TERMS, THINGS, last_segment
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload

ROUNDS = [{}, {"subsidyRound": "5a"}, {"subsidyRound": "subsidieronde"}, {"subsidyRound": "1"}]
ROUND_NAMES = ["all rounds", "5a", "of the examples", "without projects"]
in_rounds = pytest.mark.parametrize("given", ROUNDS, ids=ROUND_NAMES)
BY_HAND = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix p: <https://w3id.org/mdt-kennisgraaf/id/project/> .
@prefix element: <https://w3id.org/mdt-kennisgraaf/id/working-element/> .
@prefix state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/> .
@prefix coder: <https://w3id.org/mdt-kennisgraaf/id/coder/> .
@prefix round: <https://w3id.org/mdt-kennisgraaf/id/subsidy-round/> .
@prefix group: <https://w3id.org/mdt-kennisgraaf/id/target-group/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix role: <https://w3id.org/mdt-kennisgraaf/id/involvement-role/> .
@prefix absence: <https://w3id.org/mdt-kennisgraaf/id/absence-kind/> .
@prefix stage: <https://w3id.org/mdt-kennisgraaf/id/participant-stage/> .
@prefix kind: <https://w3id.org/mdt-kennisgraaf/id/participant-kind/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
p:a a mdt:Project ; dcterms:title "Voorbeeldproject A"@nl ; mdt:inSubsidyRound round:5a ;
    mdt:applicantAsStated "Stichting Voorbeeld Een" ;
    mdt:municipalityAsStated "Voorbeeldstad" , "Voorbeelddorp" ;
    mdt:grantedAmount 1000.5 ; mdt:requestedAmount 2000.0 ; mdt:participantCount 10 ;
    mdt:targetsGroup group:nieuwkomers , group:jongeren ; mdt:aimsAtGoal goal:welbevinden ;
    mdt:hasInvolvement p:a-o1 , p:a-o2 ; mdt:hasElementCoding p:a-1 , p:a-2 , p:a-3 .
p:a-o1 mdt:organisationNameAsStated "Stichting Voorbeeld Een" ; mdt:involvementRole role:applicant .
p:a-o2 mdt:organisationNameAsStated "Vereniging Voorbeeld Twee" ; mdt:involvementRole role:partner .
p:a-1 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:analyst .
p:a-2 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:self-declared .
p:a-3 mdt:codingOf p:a ; mdt:codedElement element:begrenzing ; mdt:codingState state:explicitly-not-addressed .
p:b a mdt:Project ; dcterms:title "Voorbeeldproject B"@nl ; mdt:inSubsidyRound round:5a ;
    mdt:municipalityAsStated "Voorbeeldstad" ; mdt:applicantAsStated "Vereniging Voorbeeld Twee" ;
    mdt:grantedAmount 1000.5 ; mdt:hasElementCoding p:b-1 ; mdt:hasStatedAbsence p:b-x .
p:b-x mdt:absentProperty mdt:requestedAmount ; mdt:absenceKind absence:no-information .
p:b-1 mdt:codedElement element:houvast ; mdt:codingState state:not-coded .
p:c a mdt:Project ; dcterms:title "Voorbeeldproject C"@nl ; mdt:inSubsidyRound round:4b ;
    mdt:requestedAmount 500.0 ; mdt:targetsGroup group:jongeren ; mdt:aimsAtGoal goal:welbevinden ;
    mdt:hasElementCoding p:c-1 , p:c-2 .
p:c-1 mdt:codedElement element:begrenzing ; mdt:codingState state:addressed .
p:c-2 mdt:codedElement element:houvast ; mdt:codingState state:not-mentioned ; mdt:codedBy coder:analyst .
p:d a mdt:Project ; dcterms:title "Voorbeeldproject D"@nl .
p:e a mdt:Project ; dcterms:title "Voorbeeldproject E"@nl ; mdt:inSubsidyRound round:5a ;
    mdt:municipalityCode "GM0344" ; mdt:hasInvolvement p:e-o1 ;
    mdt:inMunicipality <https://identifier.overheid.nl/tooi/id/gemeente/gm0344> ;
    mdt:hasParticipantFigure p:e-f1 , p:e-f2 ;
    mdt:goalAsStated "Elkaar leren kennen" ; mdt:targetGroupAsStated "Buren" .
p:e-o1 mdt:organisationNameAsStated "Stichting Voorbeeld Een" ; mdt:involvementRole role:applicant .
p:e-f1 mdt:participantStage stage:planned ; mdt:participantKind kind:not-split ; mdt:participantNumber 40 .
p:e-f2 mdt:participantStage stage:reached ; mdt:participantKind kind:not-split ; mdt:participantNumber 35 .
p:f a mdt:Project ; dcterms:title "Voorbeeldproject F"@nl ; mdt:inSubsidyRound round:5a ;
    mdt:hasInvolvement p:f-o1 ; mdt:hasParticipantFigure p:f-f1 ; mdt:hasStatedAbsence p:f-x .
p:f-o1 mdt:organisationNameAsStated "Vereniging Voorbeeld Twee" ; mdt:involvementRole role:partner .
p:f-f1 mdt:participantStage stage:planned ; mdt:participantKind kind:not-split ; mdt:absenceKind absence:no-information .
p:f-x mdt:absentProperty mdt:municipalityCode ; mdt:absenceKind absence:not-applicable .
"""


def made_up(content: Content, root: Path) -> bytes:
    """The records of the examples and those by hand, as N-Quads."""
    data = (root / "graph_data" / "examples" / "projects.csv").read_bytes()
    outcome = judge(content, b"", Upload(data, "projects.csv", "projects"), True)
    assert outcome.report.conforms
    graph = ox.NamedNode(GRAPHS + "records")
    triples = ox.parse(BY_HAND.encode(), format=ox.RdfFormat.TURTLE)
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    by_hand = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(outcome.records.values()) + by_hand


@dataclass(frozen=True)
class Project:
    """A project as plain values; IRIs by their last segment. A coding is element, state and coder."""

    slug: str
    said: dict[str, list[str]]
    codings: tuple[tuple[str, str, str], ...]
    roles: tuple[tuple[str, str], ...]
    absent: frozenset[str]
    figures: tuple[str, ...]

    def all(self, name: str) -> list[str]:
        """Every value of the property ``name``."""
        return self.said.get(name, [])

    def amount(self, name: str) -> Decimal | None:
        """The number that the property ``name`` has, if any."""
        return Decimal(self.said[name][0]) if name in self.said else None

    @property
    def municipalities(self) -> list[str]:
        """The municipalities by name; by code where no name is given."""
        return self.all("municipalityAsStated") or self.all("municipalityCode")

    def in_other_form(self, name: str) -> bool:
        """Whether it states ``name`` only as something else that comes to the same."""
        others = {
            "applicantAsStated": any(role == "applicant" for _, role in self.roles),
            "municipalityAsStated": bool(self.municipalities),
            "participantCount": bool(self.figures),
            "targetsGroup": bool(self.all("targetGroupAsStated")),
            "aimsAtGoal": bool(self.all("goalAsStated")),
        }
        return not self.all(name) and others.get(name, False)

    @property
    def is_coded(self) -> bool:
        """Whether anybody coded it for any element."""
        return bool(self.codings)

    @property
    def addressed(self) -> set[str]:
        """The elements that some coder says it addresses."""
        return {element for element, state, _ in self.codings if state == "addressed"}

    @property
    def coded_for(self) -> set[str]:
        """The elements that it was coded for."""
        return {element for element, _, _ in self.codings}


Things = dict[str, dict[str, list[str]]]


def projects(records: bytes) -> list[Project]:
    """The projects in ``records``; what says not coded is no coding."""
    things: Things = defaultdict(lambda: defaultdict(list))
    told_from = defaultdict(list)
    for quad in ox.parse(records, format=ox.RdfFormat.N_QUADS):
        subject, value = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
        predicate = _last(quad.predicate.value)
        things[subject][predicate].append(value)
        if predicate == "codingOf":
            told_from[value].append(subject)
    return [
        _project(iri, things, told_from[iri])
        for iri, said in sorted(things.items())
        if TERMS + "Project" in said["type"]
    ]


def _project(iri: str, things: Things, told: list[str]) -> Project:
    said = things[iri]
    codings = {
        (*(_last(one.get(name, [""])[0]) for name in _CODING), coding)
        for coding in (*said.get("hasElementCoding", []), *told)
        if (one := things[coding])["codingState"] != [THINGS + "coding-state/not-coded"]
    }
    return Project(
        _last(iri),
        {property_: sorted(map(_slug, values)) for property_, values in said.items()},
        tuple((element, state, coder) for element, state, coder, _ in sorted(codings)),
        tuple(_roles(said, things)),
        frozenset(_absent(said, things)),
        tuple(
            number
            for figure in said.get("hasParticipantFigure", [])
            for number in things[figure]["participantNumber"]
        ),
    )


_ABSENT_WITH = {"municipalityCode": "municipalityAsStated"}


def _absent(said: dict[str, list[str]], things: Things) -> Iterator[str]:
    for absence in said.get("hasStatedAbsence", []):
        for property_ in map(_last, things[absence]["absentProperty"]):
            yield _ABSENT_WITH.get(property_, property_)
    if any(things[figure]["absenceKind"] for figure in said.get("hasParticipantFigure", [])):
        yield "participantCount"


_CODING = ("codedElement", "codingState", "codedBy")


def _roles(said: dict[str, list[str]], things: Things) -> Iterator[tuple[str, str]]:
    yield from ((name, "applicant") for name in said.get("applicantAsStated", []))
    for involvement in said.get("hasInvolvement", []):
        one = things[involvement]
        yield one["organisationNameAsStated"][0], _last(one["involvementRole"][0])


def _slug(value: str) -> str:
    return _last(value) if value.startswith(THINGS) else value


def _last(iri: str) -> str:
    return re.split("[/#]", iri)[-1]


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is stated; None where nothing is."""
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated, Decimal()) if stated else None


Numbers = dict[str, dict[str, Decimal]]


def rows(catalogue: Catalogue, name: str, given: dict[str, str]) -> tuple[Row, ...]:
    """The rows of an answer in English."""
    return catalogue.answer(catalogue.get(name), given, language="en").table.rows


def numbers(catalogue: Catalogue, name: str, given: dict[str, str], key: str) -> Numbers:
    """By the value in the column ``key``: every number of its row."""
    found: Numbers = {}
    for row in rows(catalogue, name, given):
        thing = last_segment(row[key].value) if key in row else ""
        assert thing not in found
        found[thing] = {
            column: Decimal(term.value)
            for column, term in row.items()
            if term.datatype and term.datatype.rsplit("#", 1)[1] in ("integer", "decimal")
        }
    return found


def of_round(
    loaded: list[Project], given: dict[str, str], name: str = "subsidyRound"
) -> list[Project]:
    """Those of the round that is given under ``name``, or all."""
    wanted = given.get(name)
    return [p for p in loaded if not wanted or wanted in p.all("inSubsidyRound")]


def stated(**counts: Decimal | int | None) -> dict[str, Decimal]:
    """The counts, without those that there are none of."""
    return {name: Decimal(value) for name, value in counts.items() if value is not None}
