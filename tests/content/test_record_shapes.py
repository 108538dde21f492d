"""Every constraint on submitted records: it finds its fault and nothing else, and says what to do.

``tests/data/shapes``: a good record of each class, and by constraint what is changed to break it alone.
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from werkzaam.domain.content import Content, ContentFile
from werkzaam.ingest.background import known_triples
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult, validate

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "shapes"
MDT = Namespace("https://w3id.org/mdt-kennisgraaf/def/")
SHAPE = "https://w3id.org/mdt-kennisgraaf/shape/"
PROJECT = "https://w3id.org/mdt-kennisgraaf/id/project/"
NUMBER = "10203040"
FAULTS: dict[str, Any] = json.loads((FOLDER / "faults.json").read_text("utf-8"))
FINE: dict[str, Any] = json.loads((FOLDER / "fine.json").read_text("utf-8"))
GOOD = [f"good--{path.stem}" for path in sorted(FOLDER.glob("*.ttl"))]
NAMES = [*FAULTS, *FINE, *GOOD]
LAYERS: dict[Node, set[str]] = {
    SH.Violation: {"validity"},
    SH.Warning: {"accuracy"},
    SH.Info: {"usefulness"},
}


def read_shapes() -> Graph:
    """The shapes of records: those whose constraints have a layer."""
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        if "mdt:checkKind" in path.read_text("utf-8"):
            graph.parse(path)
    return graph


SHAPES = read_shapes()
CONSTRAINTS = sorted(
    str(shape).removeprefix(SHAPE) for shape in SHAPES.subjects(MDT.checkKind, None)
)


class Records:
    """Good and broken records in one graph, each under a name of its own."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.mains: dict[str, str] = {}

    def add(self, name: str, of: str, change: dict[str, Any]) -> None:
        text = (FOLDER / f"{of}.ttl").read_text("utf-8")
        head, main = re.findall(r"(?:@.*\n)+", text)[0], self._named(name, "GOOD")
        if of == "registered-organisation":
            main = f"../organisation/nl-kvk-{self._named(name, NUMBER)}"
        graph = Graph().parse(data=self._named(name, text), format="turtle", publicID=PROJECT)
        subject = Graph().parse(data=f"{head}<{main}> a <x> .", format="turtle", publicID=PROJECT)
        [node] = subject.subjects()
        for local in change.get("without", ()):
            for predicate in list(graph.predicates(node)):
                if str(predicate).rpartition("/")[2] == local.rpartition(":")[2]:
                    graph.remove((node, predicate, None))
        added = f"<{main}> {change['with']} ." if "with" in change else ""
        added = head + added + change.get("and", "")
        graph.parse(data=self._named(name, added), format="turtle", publicID=PROJECT)
        self.graph += graph
        self.mains[name] = str(node)

    def _named(self, name: str, text: str) -> str:
        number = str(20_000_001 + 7 * NAMES.index(name))
        return text.replace("GOOD", name).replace(NUMBER, number)

    def found(self, results: list[ShaclResult]) -> dict[str, set[str]]:
        """By name, the constraints that the record or what stands below it does not meet."""
        owners = {main: name for name, main in self.mains.items()}
        found = defaultdict[str, set[str]](set)
        for result in results:
            focus = result.focus.value
            owner = next((focus[:end] for end in _ends(focus) if focus[:end] in owners), None)
            if owner is not None and result.shape:
                found[owners[owner]].add(result.shape.removeprefix(SHAPE))
        return found


def _ends(iri: str) -> list[int]:
    return [len(iri), *(found.start() for found in re.finditer("/", iri))]


@pytest.fixture(scope="module")
def known() -> Graph:
    """The ontology and the lists of values, without words: no shape of a record looks at those."""
    folders = ("graph_data", "ontology")
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.ttl"))
    files = (ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in paths)
    quads = known_triples(Content(tuple(files)))
    return graph_of(q for q in quads if not getattr(q.object, "language", None))


@pytest.fixture(scope="module")
def found(known: Graph) -> dict[str, set[str]]:
    records = Records()
    for name, change in (*FAULTS.items(), *FINE.items()):
        records.add(name, change["of"], change)
    for name in GOOD:
        records.add(name, name.removeprefix("good--"), {})
    data = records.graph + known
    add_superclasses(data)
    return records.found(validate(data, SHAPES))


def test_there_is_a_fault_for_every_constraint_and_there_are_many() -> None:
    assert sorted(FAULTS) == CONSTRAINTS
    assert len(CONSTRAINTS) > 200


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_nothing_else(found: dict[str, set[str]], name: str) -> None:
    assert found[name] == {name, *FAULTS[name].get("also", ())}


@pytest.mark.parametrize("name", [*FINE, *GOOD])
def test_what_is_right_is_left_alone(found: dict[str, set[str]], name: str) -> None:
    assert found[name] == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_each_constraint_says_what_to_do_in_both_languages(name: str) -> None:
    shape = URIRef(SHAPE + name)
    for property_ in (RDFS.label, SH.message, MDT.howToMend):
        texts = [text for text in SHAPES.objects(shape, property_) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "nl"], property_
        for text in texts:
            assert str(text)[0].isupper(), text
            assert not re.search(r"SHACL|RDF|IRI|[{}]", text), text
    assert len(list(SHAPES.objects(shape, MDT.category))) == 1
    [severity] = SHAPES.objects(shape, SH.severity)
    assert {str(kind) for kind in SHAPES.objects(shape, MDT.checkKind)} == LAYERS[severity]


def test_records_below_a_project_and_of_their_own_take_nothing_else() -> None:
    closed = {
        kind
        for shape in SHAPES.subjects(SH.closed, Literal(True))
        for kind in SHAPES.objects(shape, SH.targetClass)
    }
    assert closed == {
        MDT.ComponentCoding, MDT.ElementCoding, MDT.InterventionUse, MDT.OrganisationInvolvement,
        MDT.ParticipantFigure, MDT.Project, MDT.ProjectReport, MDT.RegisteredOrganisation,
        MDT.StatedAbsence,
    }  # fmt: skip


def test_no_two_constraints_share_a_name_or_their_words(content: Content) -> None:
    whole = Graph()
    for file in content.under("shapes", ".ttl"):
        whole.parse(data=file.data, format="turtle")
    for name in CONSTRAINTS:
        assert len(list(whole.objects(URIRef(SHAPE + name), RDF.type))) == 1
        assert len(list(whole.objects(URIRef(SHAPE + name), SH.path))) <= 1
