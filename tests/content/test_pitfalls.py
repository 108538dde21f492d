"""Every query for a known pitfall: the ontology does not fall into it, and the query would see it."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.curation.checks.pitfalls import Pitfall, read_pitfall
from werkzaam.curation.parsed_content import parse_content
from werkzaam.domain.content import Content, ContentFile

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology" / "checks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
"""
PLANTED = {
    "p04-unconnected": "mdt:Alone a owl:Class .",
    "p06-cycle": "mdt:One rdfs:subClassOf mdt:Two . mdt:Two rdfs:subClassOf mdt:One .",
    "p07-merged-concepts": 'mdt:Both a owl:Class ; rdfs:label "Doel en middel"@nl .',
    "p08-without-words": 'mdt:Half a owl:Class ; rdfs:label "Half"@nl ; skos:definition "Half."@nl .',
    "p10-no-disjointness": "mdt:Vague a owl:Class .",
    "p11-domain-or-range": 'mdt:loose a owl:ObjectProperty ; skos:scopeNote "Geen bereik."@nl .',
    "p12-double-property": 'mdt:stem a owl:ObjectProperty ; rdfs:label "stem"@nl .',
    "p13-inverse-not-declared": "mdt:to a owl:ObjectProperty ; rdfs:domain mdt:Goal ; rdfs:range mdt:Risk ."
    " mdt:fro a owl:ObjectProperty ; rdfs:domain mdt:Risk ; rdfs:range mdt:Goal .",
    "p19-several-domains": "mdt:gist rdfs:domain mdt:Project .",
    "p21-miscellaneous": 'mdt:Rest a owl:Class ; rdfs:label "Overige doelen"@nl .',
    "p22-naming": "mdt:some_class a owl:Class .",
    "p24-recursive-definition": "mdt:Self owl:equivalentClass [ owl:unionOf ( mdt:Goal mdt:Self ) ] .",
    "p25-inverse-of-itself": "mdt:mirror owl:inverseOf mdt:mirror .",
    "p26-inverse-of-symmetric": "mdt:lookAlikeOf owl:inverseOf mdt:other .",
    "p32-same-label": 'mdt:Target a owl:Class ; rdfs:label "Doel"@nl .',
    "p33-chain-of-one": "mdt:voice owl:propertyChainAxiom ( mdt:headingVoice ) .",
    "p34-untyped-class": "mdt:voice rdfs:domain mdt:Nowhere .",
    "p35-untyped-property": "mdt:Goal mdt:nowhere mdt:Risk .",
    "p36-file-extension": "<https://w3id.org/mdt-kennisgraaf/def/mdt.ttl> a owl:Ontology .",
    "p38-no-ontology": "mdt:Stray a owl:Class ; rdfs:isDefinedBy <urn:nothing> .",
    "p39-ambiguous-namespace": "<https://w3id.org/mdt-kennisgraaf/def> "
    'vann:preferredNamespaceUri "https://example.org/" .',
    "p40-namespace-hijacking": "skos:Concept rdfs:subClassOf mdt:Code .",
    "p41-no-licence": "<urn:an-ontology> a owl:Ontology .",
}


@pytest.fixture(scope="module")
def ontology(content: Content) -> list[ox.Quad]:
    files = tuple(content.under("ontology", ".ttl"))
    return [t for file in parse_content(Content(files)).files for t in file.turtle.triples]


def pitfall(name: str) -> Pitfall:
    path = FOLDER / f"{name}.rq"
    found = read_pitfall(ContentFile(f"ontology/checks/{path.name}", path.read_bytes()))
    assert isinstance(found, Pitfall), found
    return found


def rows(triples: list[ox.Quad], query: str) -> set[str]:
    store = ox.Store()
    store.extend(triples)
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return {" ".join(str(value) for value in row) for row in answer}


def test_every_query_has_its_example() -> None:
    assert set(PLANTED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_ontology_is_free_of_it(ontology: list[ox.Quad], name: str) -> None:
    assert rows(ontology, pitfall(name).query) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_query_sees_it(ontology: list[ox.Quad], name: str) -> None:
    planted = list(ox.parse(PREFIXES + PLANTED[name], format=ox.RdfFormat.TURTLE))
    found = rows([*ontology, *planted], pitfall(name).query)
    own = {str(triple.subject) for triple in planted}
    assert any(subject in row for row in found for subject in own), found


@pytest.mark.parametrize("name", NAMES)
def test_it_is_named_after_its_pitfall(name: str) -> None:
    assert pitfall(name).number == name[:3].upper()
