"""Hubs, a page at a time: on all pages together is all that is said, and each says where the next is."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib

from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import THINGS
from werkzaam.errors import NotFound
from werkzaam.linked_data.edges import MOST_EDGES, edge_page
from werkzaam.linked_data.graph import graph_of, page_of
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

HUB = THINGS + "x/hub"
PREFIXES = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://w3id.org/mdt-kennisgraaf/id/x/> .
"""
LINKING = 1000
OWN = 150
AXIOM = "x:term owl:equivalentClass [ owl:unionOf ( x:one x:two ) ] ."
HYDRA = "http://www.w3.org/ns/hydra/core#"


@pytest.fixture(scope="module")
def hub() -> Iterator[EmbeddedStore]:
    """A thing with 150 values at which a thousand others point."""
    said = " , ".join(f'"value {number:03}"@nl' for number in range(OWN))
    others = "\n".join(
        f'x:s-{number:04} a mdt:Claim ; mdt:statedIn x:hub ; skos:prefLabel "s {number}"@nl .'
        for number in range(LINKING)
    )
    text = f"{PREFIXES} x:hub a mdt:Document ; skos:altLabel {said} .\n{others}{AXIOM}"
    content = Content((ContentFile("graph_data/concepts/hub.ttl", text.encode()),))
    opened = open_content(content, read_rules(content), StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()


def triples(store: EmbeddedStore, page: int) -> set[ox.Triple]:
    body = graph_of(store, HUB, "application/n-triples", page)
    return {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}


def test_all_pages_together_hold_everything_once(hub: EmbeddedStore) -> None:
    first = edge_page(hub, HUB)
    assert first.count == 1 + OWN + LINKING
    assert first.pages == 3
    edges = [edge for number in (1, 2, 3) for edge in edge_page(hub, HUB, number).edges]
    assert len(edges) == len(set(edges)) == first.count
    assert max(len(edge_page(hub, HUB, number).edges) for number in (1, 2, 3)) == MOST_EDGES


def test_the_graph_of_each_page_holds_its_edges_with_names(hub: EmbeddedStore) -> None:
    pages = [triples(hub, number) for number in (1, 2, 3)]
    node = ox.NamedNode(HUB)
    said = {t for page in pages for t in page if node in (t.subject, t.object)}
    stated = {t for t in said if t.object == node and t.predicate.value.endswith("statedIn")}
    assert len(stated) == LINKING
    assert len({t for t in said if t.subject == node}) == 1 + OWN
    names = {t.subject for page in pages for t in page if t.predicate.value.endswith("prefLabel")}
    assert {t.subject for t in stated} == names


def test_each_page_leads_to_the_next(hub: EmbeddedStore) -> None:
    for number, following in ((1, 2), (2, 3), (3, None)):
        found = triples(hub, number)
        here = ox.NamedNode(page_of(HUB, number))
        by = {t.predicate.value: t.object for t in found if t.subject == here}
        assert by.get(HYDRA + "next") == (following and ox.NamedNode(page_of(HUB, following)))
        assert by[HYDRA + "first"] == ox.NamedNode(page_of(HUB, 1))
        assert by[HYDRA + "last"] == ox.NamedNode(page_of(HUB, 3))


@pytest.mark.parametrize("number", [0, 4, 10_000])
def test_a_page_that_is_not_there_says_which_are(hub: EmbeddedStore, number: int) -> None:
    with pytest.raises(NotFound, match="pages 1 to 3"):
        graph_of(hub, HUB, "text/turtle", number)


def test_axioms_come_with_the_parts_that_have_no_name(hub: EmbeddedStore) -> None:
    body = graph_of(hub, THINGS + "x/term", "text/turtle")
    graph = rdflib.Graph().parse(data=body.decode())
    either = graph.value(rdflib.URIRef(THINGS + "x/term"), rdflib.OWL.equivalentClass)
    assert either is not None
    union = graph.value(either, rdflib.OWL.unionOf)
    assert union is not None
    assert [str(one) for one in graph.items(union)] == [THINGS + "x/one", THINGS + "x/two"]
