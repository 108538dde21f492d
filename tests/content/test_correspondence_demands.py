"""Each demand on a correspondence refuses what it is there for and lets through what is sound."""

import pytest
from rdflib import SKOS, Graph, Literal, Namespace
from tests.content.planted_correspondences import COMMON, FAULTS, FOLDERS, REPEATED, SOUND, WORLD

from werkzaam.curation.check_process import check_confined
from werkzaam.curation.turtle_format import canonical
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import TERMS, THINGS

SHAPE = "shapes/correspondence.ttl"
PATH = "graph_data/across/planted.ttl"
CODES = "graph_data/code_lists/"
PREFIXES = {name: f"{THINGS}{name}/" for name in FOLDERS} | {
    "mdt": TERMS,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SH = Namespace("http://www.w3.org/ns/shacl#")


def slug(name: str) -> str:
    return name.replace(" ", "-").replace(",", "")


def correspondence(name: str, kind: str, said: dict[str, str]) -> str:
    whole = {**COMMON, **said}
    if kind:
        whole["correspondenceKind"] = f"correspondence-kind:{kind}"
    lines = [f"    mdt:{key} {value} ;\n" for key, value in whole.items() if value]
    return f"correspondence:{slug(name)} a mdt:Correspondence ;\n{''.join(lines)}    .\n"


def planted() -> ContentFile:
    text = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + WORLD
    for name, (kind, said) in SOUND.items():
        text += correspondence(name, kind, said)
    for name, (kind, said, _) in FAULTS.items():
        text += correspondence(name, kind, said)
    return ContentFile(PATH, canonical(text.encode(), PATH))


def demands(shape: ContentFile) -> dict[str, str]:
    """The slug of each demand by what it says in English."""
    graph = Graph().parse(data=shape.data, format="turtle")
    return {
        str(message): str(demand).rpartition("/correspondence-")[2]
        for demand, message in graph.subject_objects(SH.message)
        if isinstance(message, Literal) and message.language == "en"
    }


pytestmark = pytest.mark.xdist_group("planted correspondences")


@pytest.fixture(scope="module")
def said_by(content: Content) -> dict[str, str]:
    [shape] = [file for file in content.files if file.path == SHAPE]
    return demands(shape)


@pytest.fixture(scope="module")
def found(content: Content, said_by: dict[str, str]) -> dict[str, set[str]]:
    """The demands that are not met, by the slug of the correspondence, of one check of them all."""
    kept = [
        file
        for file in content.files
        if file.path == SHAPE
        or (file.path.startswith(("ontology/", CODES)) and file.path.endswith(".ttl"))
    ]
    unmet: dict[str, set[str]] = {}
    for finding in check_confined(Content((*kept, planted()))):
        if finding.check == "shape":
            about, _, message = finding.message.partition(": ")
            [demand] = {name for words, name in said_by.items() if message.startswith(words)}
            thing = about.partition(",")[0].removeprefix("id/correspondence/")
            unmet.setdefault(thing, set()).add(demand)
    return unmet


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_by_the_demand_that_is_there_for_it(
    found: dict[str, set[str]], name: str
) -> None:
    *_, expected = FAULTS[name]
    own = {"once"} - set(expected.split())
    assert found[slug(name)] - own == set(expected.split())


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_left_alone(found: dict[str, set[str]], name: str) -> None:
    assert found.get(slug(name), set()) <= REPEATED.get(name, {"once"})


def test_every_demand_refuses_something(said_by: dict[str, str]) -> None:
    expected = {demand for *_, demands in FAULTS.values() for demand in demands.split()}
    assert expected == set(said_by.values())


def test_every_kind_has_a_sound_case(content: Content) -> None:
    [codes] = [f for f in content.files if f.path == f"{CODES}correspondence-kind.ttl"]
    kinds = Graph().parse(data=codes.data, format="turtle").subjects(SKOS.inScheme)
    assert {str(kind).rpartition("/")[2] for kind in kinds} == {kind for kind, _ in SOUND.values()}
