"""Everything opens in Protégé without the network: imports, catalogue, workbench and alignments."""

import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "ontology" / "catalog-v001.xml"
CONCEPTS = sorted(
    path
    for folder in ("concepts", "code_lists")
    for path in (ROOT / "graph_data" / folder).glob("*.ttl")
)
ALIGNMENTS = sorted((ROOT / "ontology" / "alignments").glob("*.ttl"))
OPENED = [*sorted((ROOT / "ontology").rglob("*.ttl")), *CONCEPTS]
DEF = "https://w3id.org/mdt-kennisgraaf/def"
MDT = Namespace(DEF + "/")
SCHEMA = Namespace("https://schema.org/")


pytestmark = pytest.mark.xdist_group("ontology files")


@cache
def read(path: Path) -> Graph:
    """What stands in ``path``, read once."""
    return Graph().parse(path)


@cache
def catalog() -> dict[str, Path]:
    entries = ET.parse(CATALOG).getroot().iter("{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri")
    return {e.attrib["name"]: (CATALOG.parent / e.attrib["uri"]).resolve() for e in entries}


def header(path: Path) -> URIRef:
    [ontology] = read(path).subjects(RDF.type, OWL.Ontology)
    assert isinstance(ontology, URIRef)
    return ontology


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def closure(path: Path) -> Graph:
    """What Protégé reads when it opens ``path``."""
    known, graph, waiting, seen = catalog(), Graph(), [path], set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            graph += read(one)
            waiting += [known[str(iri)] for iri in read(one).objects(None, OWL.imports)]
    return graph


@pytest.mark.parametrize("path", OPENED, ids=name)
def test_each_file_stands_in_the_catalogue_under_its_own_name(path: Path) -> None:
    assert catalog().get(str(header(path))) == path.resolve(), (
        "Give the file an owl:Ontology header and a line in ontology/catalog-v001.xml."
    )


def test_the_catalogue_names_no_file_that_is_not_there() -> None:
    assert set(catalog().values()) == {path.resolve() for path in OPENED}
    assert "<group" not in CATALOG.read_text("utf-8"), (
        "Protégé added lines of its own; take them out."
    )


@pytest.mark.parametrize("path", OPENED, ids=name)
def test_each_file_imports_what_declares_the_names_it_uses(path: Path) -> None:
    """Protégé guesses the kind of a name it does not know: a range then becomes a datatype."""
    whole, own = closure(path), read(path)
    used = {*own.predicates(), *own.objects(None, RDFS.range), *own.objects(None, RDFS.domain)}
    used |= {*own.objects(None, RDFS.subClassOf), *own.objects(None, RDF.type)}
    built_in = tuple(map(str, (RDF, RDFS, OWL, "http://www.w3.org/2001/XMLSchema#")))
    unknown = {
        n for n in used if not str(n).startswith(built_in) and (n, RDF.type, None) not in whole
    }
    assert unknown == set()


def test_imports_do_not_go_round() -> None:
    imports = {
        str(header(path)): set(map(str, read(path).objects(None, OWL.imports))) for path in OPENED
    }
    while leaves := {iri for iri, wanted in imports.items() if not wanted & imports.keys()}:
        imports = {iri: wanted for iri, wanted in imports.items() if iri not in leaves}
    assert imports == {}


def test_the_workbench_shows_every_concept_and_says_nothing_itself() -> None:
    bench = ROOT / "ontology" / "workbench.ttl"
    imported = set(map(str, read(bench).objects(None, OWL.imports)))
    assert imported == {DEF, *(str(header(path)) for path in CONCEPTS)}
    assert {str(subject) for subject in read(bench).subjects()} == {DEF + "/workbench"}


def test_the_model_imports_no_alignment() -> None:
    model = closure(ROOT / "ontology" / "mdt.ttl")
    assert not any("alignments" in str(iri) for iri in model.subjects(RDF.type, OWL.Ontology))


@pytest.mark.parametrize("path", ALIGNMENTS, ids=name)
def test_each_mapping_has_its_reason_in_both_languages(path: Path) -> None:
    graph = read(path)
    relations = (
        RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso,
        SKOS.broadMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch,
    )  # fmt: skip
    mappings = {
        triple for relation in relations for triple in graph.triples((None, relation, None))
    }
    reasons = {
        (
            graph.value(axiom, OWL.annotatedSource),
            graph.value(axiom, OWL.annotatedProperty),
            graph.value(axiom, OWL.annotatedTarget),
        ): {c.language for c in graph.objects(axiom, RDFS.comment) if isinstance(c, Literal)}
        for axiom in graph.subjects(RDF.type, OWL.Axiom)
    }
    assert mappings
    assert reasons == dict.fromkeys(mappings, {"nl", "en"})
    known = closure(ROOT / "ontology" / "workbench.ttl")
    assert {source for source, _, _ in mappings} <= set(known.subjects(RDF.type))


def test_a_project_is_no_organisation() -> None:
    graph = Graph()
    for path in ALIGNMENTS:
        graph += closure(path)
    above = set(graph.transitive_objects(MDT.Project, RDFS.subClassOf))
    assert not above & {SCHEMA.Project, SCHEMA.Organization}
