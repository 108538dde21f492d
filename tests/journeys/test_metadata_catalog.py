"""The catalogue of the service, against the Dutch profile of DCAT and against what can be had."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, RDF, SH, URIRef
from tests.journeys.descriptions import asked, described, got

from werkzaam.validation.shacl import validate

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
STANDARDS = Path(__file__).parents[3] / "shared" / "standards"
SHAPES = (
    *("dcat-ap-SHACL.ttl", "dcat-ap-nl-SHACL.ttl"),
    *("dcat-ap-nl-SHACL-klassebereik.ttl", "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl"),
)
NL_SBB = URIRef("https://docs.geostandaarden.nl/nl-sbb/def-st-nl-sbb-20241010")


@pytest.fixture(scope="module")
def catalogue(service: Any) -> rdflib.Graph:
    """What is described at ``/catalog``."""
    return described(service, "/catalog")


class TestCatalogue:
    @staticmethod
    def shapes() -> rdflib.Graph:
        shapes = rdflib.Graph()
        for name in SHAPES:
            shapes.parse(STANDARDS / name, format="turtle")
        # without a path a property shape is none, and pySHACL stops (standards/README.md)
        for shape, _, other in list(shapes.triples((None, SH.property, None))):
            if (other, SH.path, None) not in shapes:
                shapes.remove((shape, SH.property, other))
        return shapes

    @pytest.mark.skipif(not STANDARDS.is_dir(), reason="the standard is not on this machine")
    def test_the_dutch_profile_finds_no_violation(self, catalogue: rdflib.Graph) -> None:
        results = validate(catalogue, self.shapes())
        wrong = [r for r in results if r.severity == "violation"]
        assert not wrong, "\n".join(f"{r.focus.value} {r.path} {r.constraint}" for r in wrong[:20])

    @pytest.mark.skipif(not STANDARDS.is_dir(), reason="the standard is not on this machine")
    def test_the_profile_would_find_a_dataset_without_a_theme(self, service: Any) -> None:
        broken = described(service, "/catalog")
        dataset = URIRef(service.url + "catalog#dataset")
        broken.remove((dataset, DCAT.theme, None))
        broken.remove((dataset, DCTERMS.identifier, None))
        paths = {r.path for r in validate(broken, self.shapes()) if r.severity == "violation"}
        assert {str(DCAT.theme), str(DCTERMS.identifier)} <= paths

    def test_each_distribution_can_be_had(self, service: Any, catalogue: rdflib.Graph) -> None:
        parts = dict(catalogue.subject_objects(DCAT.downloadURL))
        assert len(parts) > 12
        for part, url in parts.items():
            # as a browser asks
            accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
            answer = service.client.get(str(url), headers=accept, follow_redirects=True)
            assert answer.status_code == 200, url
            assert answer.content
            packed = catalogue.value(part, DCAT.compressFormat)
            said = packed or catalogue.value(part, DCAT.mediaType)
            assert str(said).endswith(answer.headers["content-type"].partition(";")[0])
            size = catalogue.value(part, DCAT.byteSize)
            assert size is None or int(str(size)) == len(answer.content)
        assert len(set(catalogue.subjects(DCAT.byteSize))) == 1

    def test_what_a_file_leaves_out_is_said(self, catalogue: rdflib.Graph) -> None:
        for part, url in catalogue.subject_objects(DCAT.downloadURL):
            said = " ".join(map(str, catalogue.objects(part, DCTERMS.description)))
            assert ("without what follows from it by rules" in said) == ("/data/" in str(url))

    def test_there_is_no_other_list_of_concepts(self, service: Any) -> None:
        for path, status in (
            ("x.ttl", 404),
            ("x.csv", 404),
            ("working-elements.ttl?format=nt", 400),
        ):
            answer = service.client.get(f"/catalog/concepts/{path}")
            assert answer.status_code == status, path

    def test_each_service_is_where_it_says(self, service: Any, catalogue: rdflib.Graph) -> None:
        services = set(catalogue.subjects(RDF.type, DCAT.DataService))
        assert len(services) == 2
        for one in services:
            for said in (DCAT.endpointURL, DCAT.endpointDescription):
                url = str(catalogue.value(one, said))
                answer = service.client.get(url, follow_redirects=True)
                assert answer.status_code == 200, url

    def test_a_release_is_a_dataset_of_the_series(
        self, service: Any, catalogue: rdflib.Graph
    ) -> None:
        (series,) = catalogue.subjects(RDF.type, DCAT.DatasetSeries)
        releases = set(catalogue.subjects(DCAT.inSeries, series))
        changes = service.client.get("/v1/changes").json()["changes"]
        content = [one for one in changes if one["kind"] == "content"]
        assert {str(catalogue.value(release, DCAT.version)) for release in releases} == {
            str(one["number"]) for one in content
        }
        issued = {str(catalogue.value(release, DCTERMS.issued)) for release in releases}
        assert {one["time"][:19] for one in content} == {time[:19] for time in issued}

    def test_each_list_of_concepts_is_a_dataset_by_the_dutch_profile(
        self, service: Any, catalogue: rdflib.Graph
    ) -> None:
        listed = set(catalogue.subjects(DCTERMS.conformsTo, NL_SBB))
        text = (
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            "SELECT DISTINCT ?s { ?s a skos:ConceptScheme . ?c skos:inScheme ?s }"
        )
        schemes = {r["s"]["value"] for r in asked(service, text)}
        assert {str(catalogue.value(one, DCTERMS.identifier)) for one in listed} == schemes
        one = min(listed, key=str)
        part = catalogue.value(one, DCAT.distribution)
        url = str(catalogue.value(part, DCAT.downloadURL))
        held = rdflib.Graph().parse(data=service.client.get(url).text, format="turtle")
        scheme = catalogue.value(one, FOAF.primaryTopic)
        text = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT (COUNT(*) AS ?n) {{
            ?s ?p ?o FILTER(?s = <{scheme}> || EXISTS {{ ?s skos:inScheme <{scheme}> }}) }}"""
        assert len(held) == int(asked(service, text)[0]["n"]["value"])
        assert set(held.subjects(rdflib.SKOS.inScheme, scheme))

    def test_whom_to_ask_is_a_setting(self, start_service: Any) -> None:
        running = start_service(WERKZAAM_CONTACT_EMAIL="beheer@example.nl")
        mail = URIRef("http://www.w3.org/2006/vcard/ns#hasEmail")
        (found,) = described(running, "/catalog").objects(None, mail)
        assert str(found) == "mailto:beheer@example.nl"

    def test_who_publishes_is_a_setting(self, start_service: Any) -> None:
        iri = "https://example.nl/id/voorbeeld"
        running = start_service(
            WERKZAAM_PUBLISHER="Voorbeeldorganisatie", WERKZAAM_PUBLISHER_IRI=iri
        )
        catalogue = described(running, "/catalog")
        assert set(catalogue.objects(None, DCTERMS.publisher)) == {URIRef(iri)}
        assert str(catalogue.value(URIRef(iri), FOAF.name)) == "Voorbeeldorganisatie"

    def test_a_demo_says_so(self, demo: Any) -> None:
        text = got(demo, "/catalog.ttl").text
        assert text.startswith("# voorbeeldgegevens, verzonnen")
        assert "verzonnen projectgegevens" in text
        assert "verzonnen" in json.dumps(got(demo, "/catalog.jsonld").json())
