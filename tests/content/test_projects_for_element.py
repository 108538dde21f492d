"""The projects behind each count: as many as the question that counts them says, in any engine."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import graph_of_file
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.derivation import Rules
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.replica import Source, build

ROOT = Path(__file__).parents[2]
LISTED = "coverage/projects-for-working-element"
COUNTED = "coverage/projects-per-working-element"
STATES = {
    "addressed": "addressed",
    "explicitlyNotAddressed": "explicitly-not-addressed",
    "notMentioned": "not-mentioned",
}
# coders who differ and who agree, a coding told from the other side or from both, one that says not coded,
# a project without a round, and one without a title
BY_HAND = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix id: <https://w3id.org/mdt-kennisgraaf/id/> .
@prefix p: <https://w3id.org/mdt-kennisgraaf/id/project/> .
@prefix element: <https://w3id.org/mdt-kennisgraaf/id/working-element/> .
@prefix state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/> .
@prefix coder: <https://w3id.org/mdt-kennisgraaf/id/coder/> .
@prefix round: <https://w3id.org/mdt-kennisgraaf/id/subsidy-round/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
p:a a mdt:Project ; dcterms:title "A"@nl ; mdt:inSubsidyRound round:5a ;
    mdt:hasElementCoding p:a-9 , p:a-1 , p:a-2 , p:a-3 , p:a-8 .
p:a-9 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:self-declared .
p:a-8 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:inferred-from-text .
p:a-1 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:analyst .
p:a-2 mdt:codedElement element:houvast ; mdt:codingState state:not-mentioned ; mdt:codedBy coder:self-declared .
p:a-3 mdt:codingOf p:a ; mdt:codedElement element:begrenzing ; mdt:codingState state:addressed .
p:b a mdt:Project ; dcterms:title "B"@nl ; mdt:hasElementCoding p:b-1 .
p:b-1 mdt:codedElement element:houvast ; mdt:codingState state:not-coded ; mdt:codedBy coder:analyst .
p:b-2 mdt:codingOf p:b ; mdt:codedElement element:wederkerigheid ; mdt:codingState state:explicitly-not-addressed .
p:c a mdt:Project ; mdt:inSubsidyRound round:5a ; mdt:hasElementCoding p:c-1 .
p:c-1 mdt:codedElement element:houvast ; mdt:codingState state:addressed ; mdt:codedBy coder:analyst .
"""


def examples(content: Content) -> bytes:
    data = (ROOT / "graph_data" / "examples" / "projects.csv").read_bytes()
    outcome = judge(content, b"", Upload(data, "projects.csv", "projects"), True)
    assert outcome.report.conforms
    return b"".join(outcome.records.values())


def by_hand() -> bytes:
    graph = ox.NamedNode("https://w3id.org/mdt-kennisgraaf/graph/records")
    triples = ox.parse(BY_HAND.encode(), format=ox.RdfFormat.TURTLE)
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


@pytest.fixture(scope="module", params=["examples", "by hand"])
def records(request: pytest.FixtureRequest, content: Content) -> bytes:
    return examples(content) if request.param == "examples" else by_hand()


@pytest.fixture(scope="module")
def catalogue(content: Content, records: bytes) -> Iterator[Catalogue]:
    limits = StoreLimits(seconds=60, readers=1)
    store = open_content(content, read_rules(content), limits, records=records, demo=True)
    yield Catalogue(load_queries(content), store)
    store.close()


def rows(catalogue: Catalogue, name: str, **given: str) -> tuple[Row, ...]:
    return catalogue.answer(catalogue.get(name), given, language="en").table.rows


def slug(row: Row, name: str) -> str:
    return row[name].value.rsplit("/", 1)[1] if name in row else ""


def listed(found: tuple[Row, ...]) -> dict[str, Counter[str]]:
    """By element: how many different projects in each state, and coded at all."""
    projects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in found:
        for state in (slug(row, "state"), "coded"):
            projects[slug(row, "element")][state].add(row["project"].value)
    return {
        element: Counter({state: len(those) for state, those in states.items()})
        for element, states in projects.items()
    }


def choices(catalogue: Catalogue, name: str) -> list[str]:
    parameter = catalogue.get(LISTED).parameter(name)
    assert parameter is not None
    return ["", *(choice.slug for choice in catalogue.choices(parameter))]


def test_as_many_are_listed_as_are_counted(catalogue: Catalogue) -> None:
    some = 0
    for goal in choices(catalogue, "goal"):
        for subsidy_round in choices(catalogue, "subsidyRound"):
            given = {"goal": goal, "subsidyRound": subsidy_round}
            found = listed(rows(catalogue, LISTED, **given))
            for row in rows(catalogue, COUNTED, **given):
                own = found.pop(slug(row, "element"), Counter())
                said = {name: int(row[name].value) if name in row else 0 for name in STATES}
                assert said == {name: own[state] for name, state in STATES.items()}
                assert (int(row["coded"].value) if "coded" in row else 0) == own["coded"]
                some += own["coded"]
            assert found == {}
    assert some


def test_an_element_narrows_the_list_to_its_own(catalogue: Catalogue) -> None:
    every = rows(catalogue, LISTED)
    for element in choices(catalogue, "element")[1:]:
        own = tuple(row for row in every if slug(row, "element") == element)
        assert rows(catalogue, LISTED, element=element) == own


def test_every_row_stands_once_and_in_the_same_order_in_both_languages(
    catalogue: Catalogue,
) -> None:
    names = ("coding", "codedBy", "subsidyRound")
    english = [[row.get(name) for name in names] for row in rows(catalogue, LISTED)]
    query = catalogue.get(LISTED)
    dutch = catalogue.answer(query, {}, language="nl").table.rows
    assert [[row.get(name) for name in names] for row in dutch] == english
    assert len({str(row) for row in english}) == len(english) > 0


def test_the_order_leaves_nothing_to_chance(catalogue: Catalogue) -> None:
    elements, states = choices(catalogue, "element"), ["", *STATES.values()]
    order = [
        (
            elements.index(slug(row, "element")),
            states.index(slug(row, "state")),
            row["projectTitle"].value if "projectTitle" in row else "",
            row["project"].value,
            row["coding"].value,
        )
        for row in rows(catalogue, LISTED)
    ]
    assert order == sorted(order)


def test_another_engine_gives_the_same_rows(
    catalogue: Catalogue, content: Content, records: bytes
) -> None:
    sources = [
        Source(file.path, graph, file.data)
        for file in content.files
        if (graph := graph_of_file(file.path, examples=True))
    ]
    store = build([*sources, Source("records", "", records)], Rules(read_rules(content)))
    elsewhere = rdflib.Graph()
    merged = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    elsewhere.parse(data=ox.serialize([q.triple for q in merged], format=ox.RdfFormat.N_TRIPLES))
    sparql = catalogue.sparql(catalogue.get(LISTED), {"lang": "en"})
    answer: Any = elsewhere.query(sparql)
    theirs = [["" if cell is None else str(cell) for cell in row] for row in answer]
    names = [column.name for column in catalogue.get(LISTED).columns]
    ours = rows(catalogue, LISTED)
    assert theirs == [[row[name].value if name in row else "" for name in names] for row in ours]


def test_what_was_not_coded_is_not_listed(content: Content) -> None:
    limits = StoreLimits(seconds=60, readers=1)
    store = open_content(content, read_rules(content), limits, records=by_hand())
    try:
        found = rows(Catalogue(load_queries(content), store), LISTED, element="houvast")
    finally:
        store.close()
    assert [(slug(row, "project"), slug(row, "state"), slug(row, "codedBy")) for row in found] == [
        ("c", "addressed", "analyst"),
        ("a", "addressed", "analyst"),
        ("a", "addressed", "inferred-from-text"),
        ("a", "addressed", "self-declared"),
        ("a", "not-mentioned", "self-declared"),
    ]


@pytest.mark.slow
def test_ten_thousand_projects_are_counted_and_listed(content: Content) -> None:
    some = examples(content)
    many = b"".join(
        some.replace(b"/voorbeeldproject-", f"/voorbeeldproject-{n}-".encode()) for n in range(420)
    )
    limits = StoreLimits(seconds=60, readers=1)
    store = open_content(content, read_rules(content), limits, records=many, demo=True)
    try:
        large = Catalogue(load_queries(content), store)
        counts = rows(large, COUNTED)
        assert rows(large, "coverage/working-elements-without-projects")
        houvast = next(row for row in counts if slug(row, "element") == "houvast")
        own = listed(rows(large, LISTED, element="houvast"))["houvast"]
        assert int(houvast["coded"].value) == own["coded"] > 2000
    finally:
        store.close()
