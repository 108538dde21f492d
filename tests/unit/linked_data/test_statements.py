"""Which statements a page shows of a thing, and what stands beside each of them."""

from collections.abc import Iterator

import pytest
from tests.unit.linked_data.conftest import PREFIXES

from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import THINGS
from werkzaam.linked_data.asking import listed, query_text, rows_of
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.statements import MOST_PER_ROLE, statements_of
from werkzaam.linked_data.surroundings import derived_edges, mentions, passages_of
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

RULE = """
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
CONSTRUCT { ?subject mdt:restsOn ?source }
WHERE { ?claim mdt:subject ?subject ; mdt:inTextReference ?reference . ?reference mdt:refersToSource ?source }
"""
MANY = 30
ONTOLOGY = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
mdt:Claim rdfs:subClassOf mdt:SourceStatement .
mdt:Definition rdfs:subClassOf mdt:SourceStatement .
mdt:Proposal rdfs:subClassOf mdt:SourceStatement .
"""
MADE = """
x:report a mdt:Document .
x:ten a mdt:Passage ; mdt:inDocument x:report ; mdt:page "10" .
x:nine a mdt:Passage ; mdt:inDocument x:report ; mdt:page "9-10" .
x:empty a mdt:Passage ; mdt:inDocument x:report .
x:work a mdt:Source ; mdt:sourceType x:review ; mdt:studyCount 52 ; mdt:publishedIn "Somewhere" .
x:reference a mdt:InTextReference ; mdt:citedAs "A, 2000" ; mdt:inPassage x:ten ; mdt:matchStatus x:matched ; mdt:refersToSource x:work .
x:loose a mdt:InTextReference ; mdt:citedAs "B, 2001" ; mdt:inPassage x:nine ; mdt:matchStatus x:missing .
x:word a mdt:TermUse ; mdt:wording "houvast"@nl ; mdt:inPassage x:ten ; mdt:refersTo x:thing ; mdt:onlyIn "001" .
x:claim a mdt:Claim ; mdt:subject x:thing ; mdt:object x:other, x:thing ; mdt:passage x:ten ; mdt:statedIn x:report ;
  mdt:inTextReference x:reference, x:loose .
x:meaning a mdt:Definition ; mdt:defines x:thing ; mdt:passage x:nine .
x:advice a mdt:Proposal ; mdt:concerns x:thing ; mdt:passage x:nine .
x:tension a mdt:Tension ; mdt:between x:claim, x:meaning ; mdt:reason "they differ"@en .
x:thing a skos:Concept . x:other a skos:Concept . x:alien a skos:Concept ; mdt:note "stands apart" .
"""
CROWD = "\n".join(
    f"x:claim-{number:02} a mdt:Claim ; mdt:subject x:other ; mdt:object x:crowd ."
    for number in range(MANY)
)


@pytest.fixture(scope="module")
def made() -> Iterator[EmbeddedStore]:
    """The store on the made-up report."""
    content = Content(
        (
            ContentFile("graph_data/made/x.ttl", (PREFIXES + ONTOLOGY + MADE + CROWD).encode()),
            ContentFile("ontology/rules/rests-on.rq", RULE.encode()),
        )
    )
    opened = open_content(content, read_rules(content), StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()


def x(name: str) -> str:
    return f"{THINGS}x/{name}"


def test_each_statement_has_one_role_the_most_telling(made: EmbeddedStore) -> None:
    found = statements_of(made, x("thing"))
    assert {s.iri: s.role for s in found.shown} == {
        x("meaning"): "definition",
        x("claim"): "subject",
        x("advice"): "concerned",
    }
    assert [s.role for s in found.shown] == ["definition", "subject", "concerned"]


def test_beside_a_statement_stands_only_its_own(made: EmbeddedStore) -> None:
    (claim,) = [s for s in statements_of(made, x("thing")).shown if s.role == "subject"]
    assert [passage.iri for passage in claim.passages] == [x("ten")]
    assert {r.first("citedAs"): r.source.iri if r.source else "" for r in claim.references} == {
        "A, 2000": x("work"),
        "B, 2001": "",
    }
    source = next(r.source for r in claim.references if r.source)
    assert (source.first("studyCount"), source.first("publishedIn")) == ("52", "")
    assert [tension.first("reason") for tension in claim.tensions] == ["they differ"]
    (advice,) = [s for s in statements_of(made, x("thing")).shown if s.role == "concerned"]
    assert (advice.references, advice.tensions) == ([], [])


def test_the_store_is_asked_for_no_more_than_stands_beside(made: EmbeddedStore) -> None:
    rows = rows_of(made, query_text("facts", things=listed([x("claim")])))
    beside = ("claim", "ten", "reference", "loose", "work", "tension")
    assert {row["node"].value for row in rows} == {x(name) for name in beside}


def test_facts_of_other_things_come_along(made: EmbeddedStore) -> None:
    found = statements_of(made, x("thing"), also=[x("work")])
    assert found.others[x("work")].first("publishedIn") == "Somewhere"
    assert list(found.others) == [x("work")]


@pytest.mark.parametrize(("role", "shown"), [("", MOST_PER_ROLE), ("object", MANY)])
def test_a_crowd_is_cut_and_counted(made: EmbeddedStore, role: str, shown: int) -> None:
    found = statements_of(made, x("crowd"), role)
    assert len(found.shown) == shown
    assert found.counts == {"object": MANY}
    assert found.kinds == {MDT + "Claim": MANY}


@pytest.mark.parametrize(
    ("name", "role", "found"),
    [
        ("work", "cites", ["claim"]),
        ("reference", "cites", ["claim"]),
        ("tension", "side", ["claim", "meaning"]),
        ("ten", "here", ["claim"]),
        ("report", "here", ["claim"]),
    ],
)
def test_a_thing_has_the_statements_that_it_stands_with(
    made: EmbeddedStore, name: str, role: str, found: list[str]
) -> None:
    shown = statements_of(made, x(name)).shown
    assert [(s.iri, s.role) for s in shown] == [(x(one), role) for one in found]


def test_of_a_document_the_statements_are_only_counted(made: EmbeddedStore) -> None:
    found = statements_of(made, x("report"), here=False)
    assert (list(found.shown), found.counts) == ([], {"here": 1})


def test_derived_edges_go_both_ways_and_are_only_the_derived_ones(made: EmbeddedStore) -> None:
    (out,) = derived_edges(made, x("thing"))
    assert (out.property, out.incoming, list(out.others)) == (MDT + "restsOn", False, [x("work")])
    (back,) = derived_edges(made, x("work"))
    assert (back.incoming, list(back.others)) == (True, [x("thing")])


def test_mentions_of_a_thing_and_in_a_passage(made: EmbeddedStore) -> None:
    (word,) = mentions(made, x("thing"))
    assert (word.words.value, word.only, word.is_reference) == ("houvast", "001", False)
    (reference,) = mentions(made, x("work"))
    assert (reference.is_reference, reference.status) == (True, x("matched"))
    assert {m.iri for m in mentions(made, x("ten"))} == {x("word"), x("reference")}


def test_passages_stand_in_the_order_of_the_pages(made: EmbeddedStore) -> None:
    found = passages_of(made, x("report"))
    assert [(p.page, p.statements) for p in found] == [("", 0), ("9-10", 2), ("10", 1)]
