"""From a statement about a project back to the cell it came from, and the document about each end."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
import rdflib
from rdflib.compare import isomorphic
from tests.linked_data_reading import graph_in

THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
MDT = rdflib.Namespace("https://w3id.org/mdt-kennisgraaf/def/")
FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
HEAD = "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
ONE = "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,analist\n"
TWO = "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,analist\n"
OUTCOMES = {
    "werkt eraan": "wel",
    "werkt er uitdrukkelijk niet aan": "uitdrukkelijk niet",
    "niet genoemd": "niet genoemd",
}
FILE_NAME = "aanvraag-van-iemand.csv"

Page = ElementTree.Element


def page(running: Any, path: str) -> Page:
    """What a browser makes of the page; a parse error fails."""
    answer = running.client.get(
        path, headers={"Accept": "text/html", "Accept-Language": "nl"}, follow_redirects=True
    )
    assert (answer.status_code, answer.headers["content-type"][:9]) == (200, "text/html"), path
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Page = parser.parse(answer.text)
    return tree


def words(part: Page | None) -> str:
    return "" if part is None else " ".join("".join(part.itertext()).split())


def by_id(tree: Page, name: str) -> Page | None:
    return tree.find(f".//*[@id='{name}']")


def graph(running: Any, slug: str, ending: str = "nt") -> rdflib.Graph:
    answer = running.client.get(f"/doc/{slug}.{ending}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[ending]
    return graph_in(running, answer)


def send(running: Any, text: str, token: dict[str, str]) -> str:
    """Record a file; the slug of the submission."""
    answer = running.client.post(
        "/v1/submissions",
        files={"file": (FILE_NAME, text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": "commit"},
        headers=token,
    )
    assert answer.status_code == 201, answer.text
    return f"submission/{answer.json()['id']}"


@pytest.fixture
def token(start_service: Callable[..., Any]) -> Any:
    """A fresh service with a submitter: ``(service, headers)``."""
    running = start_service()
    return running, running.bearer("submitter", "Jan-Jansen")


def shown_cells(tree: Page) -> Iterator[tuple[str, str, str, str]]:
    """Property, value, cell and the way to it, for each value that shows a cell."""
    table = by_id(tree, "property-table")
    assert table is not None
    for row in table.iterfind("tbody/tr"):
        for item in row.iterfind("td/ul/li"):
            cell = item.find("a[@class='nl-link cell-origin']")
            if cell is not None:
                yield words(row.find("th")), words(item[0]), words(cell), cell.get("href") or ""


def items(text: str) -> set[str]:
    """What a cell holds: itself, or the parts of its list."""
    return {text, *(part.strip() for part in text.split(";"))}


def column_of(cell: str, href: str, number: int, header: list[str]) -> int:
    """The column that a page names, which must be in row ``number`` and have its own title."""
    column = header.index(cell.partition("(")[2].removesuffix(")"))
    assert cell == f"rij {number}, kolom {chr(65 + column)} ({header[column]})"
    assert href.endswith(f"#row-{number}")
    return column


def checked_columns(tree: Page, number: int, table: list[list[str]]) -> dict[tuple[str, str], int]:
    """The column of each value on a page, once the file was seen to hold it there."""
    found = {}
    for name, value, cell, href in shown_cells(tree):
        column = column_of(cell, href, number, table[0])
        if name == "uitkomst van codering":
            assert table[0][column] == f"werkzame elementen: {OUTCOMES[value]}"
        elif name != "heeft elementcodering":
            assert value in items(table[number - 1][column]), (name, cell)
        found[name, value] = column
    return found


@pytest.fixture
def example(root: Path) -> list[list[str]]:
    """The rows of the example spreadsheet."""
    text = (root / "graph_data" / "examples" / "projects.csv").read_text("utf-8")
    return list(csv.reader(io.StringIO(text)))


def test_every_value_of_the_examples_is_in_the_cell_that_it_names(
    demo: Any, example: list[list[str]]
) -> None:
    codings = 0
    for number in (2, 6, 13, 25):
        row = example[number - 1]
        record = f"voorbeeld/{row[0].lower().replace(' ', '-')}"
        tree = page(demo, f"/id/{record}")
        assert f"rij {number} van een aangeleverd bestand" in words(by_id(tree, "origin"))
        columns = checked_columns(tree, number, example)
        seen = set(columns.values())
        for coding in map(str, graph(demo, record).objects(None, MDT.hasElementCoding)):
            below = page(demo, "/id/" + coding.removeprefix(THINGS))
            assert f"rij {number} van een aangeleverd bestand" in words(by_id(below, "origin"))
            of_item = checked_columns(below, number, example)
            slug = coding.rpartition("/")[2]
            assert columns["heeft elementcodering", slug] in of_item.values()
            seen |= set(of_item.values())
            codings += 1
        assert seen == {place for place, held in enumerate(row) if held}, record
    assert codings > 20


def test_the_graph_leads_to_the_same_cells(demo: Any, example: list[list[str]]) -> None:
    table = example
    known = graph(demo, "voorbeeld/voorbeeldproject-12")
    thing = rdflib.URIRef(THINGS + "voorbeeld/voorbeeldproject-12")
    row = known.value(thing, rdflib.PROV.wasDerivedFrom)
    number = int(str(known.value(row, MDT.rowNumber)))
    assert table[number - 1][0] == "Voorbeeldproject 12"
    assert known.value(row, MDT.rowOf) == known.value(thing, rdflib.PROV.wasGeneratedBy)
    titles = {
        str(known.value(column, MDT.columnLetters)): str(title)
        for column, title in known.subject_objects(MDT.columnTitle)
    }
    assert titles == {chr(65 + place): title for place, title in enumerate(table[0])}
    (participants,) = known.subjects(MDT.feedsProperty, MDT.participantCount)
    letters = str(known.value(participants, MDT.columnLetters))
    held = table[number - 1][ord(letters) - 65]
    assert held == str(known.value(thing, MDT.participantCount))


def assert_same_in_every_format(running: Any, slug: str) -> None:
    graphs = [graph(running, slug, ending) for ending in FORMATS]
    assert all(isomorphic(graphs[0], other) for other in graphs)
    assert (None, rdflib.FOAF.primaryTopic, rdflib.URIRef(THINGS + slug)) in graphs[0]
    assert set(graphs[0].predicates(rdflib.URIRef(THINGS + slug)))
    kinds = graphs[0].objects(rdflib.URIRef(THINGS + slug), rdflib.RDF.type)
    assert all(graphs[0].value(kind, rdflib.RDFS.label) for kind in kinds)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_every_kind_is_html_and_the_same_graph_in_every_format(token: Any) -> None:
    running, headers = token
    replaced = send(running, HEAD + ONE, headers)
    standing = send(running, HEAD + TWO + ONE, headers)
    withdrawn = send(running, HEAD + TWO.replace("MDT-2", "MDT-3"), headers)
    gone = running.client.delete("/v1/" + withdrawn.replace("ion/", "ions/"), headers=headers)
    assert gone.json()["state"] == "withdrawn"
    slugs = [
        "project/mdt-1", "project/mdt-1/element/houvast", replaced, standing, withdrawn,
        f"{standing}/row/3", f"{standing}/column/E", "submission-state/withdrawn",
    ]  # fmt: skip
    for slug in slugs:
        assert_same_in_every_format(running, slug)
        tree = page(running, f"/doc/{slug}")
        linked = {link.get("href") for link in tree.iter("a")}
        assert {f"/doc/{slug}.{ending}" for ending in FORMATS} <= linked
        moved = running.client.get(f"/id/{slug}")
        assert (moved.status_code, moved.headers["location"]) == (303, f"/doc/{slug}")
    assert running.client.get("/id/project/mdt-3").status_code == 410

    states = {
        slug: words(by_id(page(running, f"/doc/{slug}"), "submission"))
        for slug in (replaced, standing, withdrawn)
    }
    assert "vervangen door een latere" in states[replaced]
    assert "Statusgeldt" in states[standing]
    assert "2 in het bestand; 2 daarvan gelden" in states[standing]
    assert "ingetrokken" in states[withdrawn]
    assert by_id(page(running, f"/doc/{withdrawn}"), "no-records") is not None


def test_the_page_of_a_submission_leads_to_its_records_and_back(token: Any) -> None:
    running, headers = token
    slug = send(running, HEAD + ONE + TWO, headers)
    tree = page(running, f"/id/{slug}")
    rows = by_id(tree, "record-table")
    assert rows is not None
    assert [words(row) for row in rows.iterfind("tbody/tr")] == ["2Samen op pad", "3Buurt en wij"]
    (two,) = (row for row in rows.iterfind("tbody/tr") if row.get("id") == "row-3")
    link = two.find("th/a")
    assert link is not None
    record = page(running, link.get("href") or "")
    origin = by_id(record, "origin")
    assert origin is not None
    assert [link.get("href") for link in origin.iter("a")] == [f"/id/{slug}"]
    columns = by_id(tree, "column-table")
    assert columns is not None
    assert [words(row.find("th")) for row in columns.iterfind("tbody/tr")] == HEAD.strip().split(
        ","
    )


def test_neither_the_sender_nor_the_file_name_is_public(token: Any) -> None:
    running, headers = token
    slug = send(running, HEAD + ONE, headers)
    told = running.client.get("/v1/submissions", headers=headers).json()["submissions"][0]
    assert told["fileName"] == FILE_NAME
    everything = running.client.get(
        "/sparql",
        params={"query": "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"},
        headers={"Accept": "text/csv"},
    ).text
    pages = [running.client.get(f"/doc/{slug}.{ending}").text for ending in (*FORMATS, "html")]
    assert slug in everything
    for text in (everything, *pages):
        assert "aanvraag-van-iemand" not in text
        assert "jan-jansen" not in text.lower()
        assert told["agent"] not in text


def test_provenance_is_no_part_of_an_answer(token: Any) -> None:
    running, headers = token
    send(running, HEAD + ONE, headers)
    ask = "ASK { { ?s ?p <https://w3id.org/mdt-kennisgraaf/def/Submission> . FILTER(?p = rdf:type) } }"
    prefix = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    answer = running.client.get("/sparql", params={"query": prefix + ask}).json()
    assert answer["boolean"] is False
    named = prefix + ask.replace("{ {", "{ GRAPH ?g {")
    assert running.client.get("/sparql", params={"query": named}).json()["boolean"] is True
