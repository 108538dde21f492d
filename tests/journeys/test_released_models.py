"""What a new release of the content took away: a version of the model, and a thing."""

import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from tests.linked_data_reading import BROWSER, TERMS, graph_in
from tests.running_service import start

FIRST = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/mdt-kennisgraaf/def> a owl:Ontology ; owl:versionIRI mdt:1.0.0 ; owl:versionInfo "1.0.0" .
mdt:Kept a owl:Class .
mdt:Dropped a owl:Class .
"""
SECOND = re.sub(r"mdt:Dropped .*\n", "", FIRST.replace("1.0.0", "2.0.0"))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A service whose content was one release, and is another now."""
    folder = tmp_path_factory.mktemp("released")
    model = folder / "content" / "ontology" / "model.ttl"
    model.parent.mkdir(parents=True)
    for text in (FIRST, SECOND):
        model.write_text(text)
        running = start(folder / "data", WERKZAAM_CONTENT_DIR=str(Path(folder / "content")))
        if text is FIRST:
            assert running.stop() == 0
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("ending", ["", ".ttl", ".jsonld"])
def test_an_older_version_of_the_model_is_still_given(released: Any, ending: str) -> None:
    moved = released.client.get(f"/def/1.0.0{ending}", headers={"Accept": "text/turtle"})
    assert (moved.status_code, moved.headers["location"]) == (
        307,
        f"/def/1.0.0{ending}?version=1",
    )
    old = graph_in(released, released.client.get(moved.headers["location"]))
    new = graph_in(released, released.client.get(f"/def/2.0.0{ending}"))
    assert (rdflib.URIRef(TERMS + "Dropped"), rdflib.RDF.type, rdflib.OWL.Class) in old
    assert (rdflib.URIRef(TERMS + "Dropped"), None, None) not in new
    assert rdflib.Literal("2.0.0") in set(new.objects())


def test_a_reader_sees_the_older_version_as_such(released: Any) -> None:
    page = released.client.get("/def/1.0.0", headers={"Accept": BROWSER}, follow_redirects=True)
    assert page.status_code == 200
    assert 'href="/def/Dropped' in page.text
    assert "1.0.0" in page.text.partition('id="ontology-version"')[2][:200]


def test_a_term_that_was_taken_out_is_gone_and_when(released: Any) -> None:
    answer = released.client.get("/def/Dropped", headers={"Accept": "text/turtle"})
    assert answer.status_code == 410
    told = answer.json()["withdrawn"]
    assert (told["role"], told["change"], told["lastVersion"]) == ("curator", 2, 1)
    seen = released.client.get(told["lastSeen"], headers={"Accept": "text/turtle"})
    assert seen.status_code == 200
    page = released.client.get("/def/Dropped", headers={"Accept": BROWSER, "Accept-Language": "nl"})
    assert page.status_code == 410
    assert "Dit is er niet meer" in page.text
    assert 'href="/def/Dropped?version=1"' in page.text
