"""What a sheet says, for programs and for readers, and what is refused."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.journeys.page_tree import Reader

from werkzaam.catalogue.query_files import load_queries
from werkzaam.domain.content import Content


def test_the_sheet_says_in_the_footnote_what_the_source_says_and_no_more(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/measurement/ontmoetingen-empathie-als-doel", params={"lang": "nl"}
    ).json()
    note = sheet["footnotes"]["nl"]
    for part in (
        "circa 20 van 71", "“ongeveer”", "Periode: niet vermeld", "p. 28 (paginanummer geteld)",
        "4 oktober 2023", f"Werkzaam versie {sheet['version']} van ", sheet["page"],
    ):  # fmt: skip
        assert part in note
    brief = sheet["briefFootnotes"]["nl"]
    for part in (
        "ongeveer 20 van de 71",
        "“ongeveer”",
        "Periode: niet vermeld",
        "p. 28",
        sheet["page"],
    ):
        assert part in brief
    assert len(brief.split()) < 75
    assert "about 20 of 71" in sheet["footnotes"]["en"]


def test_a_missing_value_is_not_zero(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/measurement/gemeenten-fig-3-1-besparingspotentieel", params={"lang": "en"}
    ).json()
    assert sheet["value"] == "the value is not in our text"
    assert "not zero" in sheet["facts"]["figure"]["meaning"]
    assert "(no page numbers)" in sheet["footnotes"]["en"]


def test_without_projects_a_sheet_says_so_and_gives_no_zero(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/queries/coverage/projects-per-working-element/records",
        params={"row": "id/working-element/houvast", "lang": "en"},
    ).json()
    assert sheet["value"] == "no project data"
    assert sheet["counted"] == []
    assert "no zero" in sheet["empty"]


DOCUMENTS = {
    "counts/statements": ["gemeenten", "integratie", "ontmoetingen", "pilot"],
    "counts/checked?status=second-reading": ["gemeenten", "integratie", "ontmoetingen", "pilot"],
    "counts/things?kind=https://w3id.org/mdt-kennisgraaf/def/Tension": ["gemeenten", "integratie", "ontmoetingen", "pilot"],
    "queries/across/diverging-figures": ["integratie", "ontmoetingen"],
}  # fmt: skip


@pytest.mark.parametrize("address", DOCUMENTS)
def test_a_count_names_the_documents_of_all_that_was_counted(service: Any, address: str) -> None:
    sheet = service.client.get(f"/v1/figures/{address}").json()
    named = [work["iri"].rpartition("/")[2] for work in sheet["documents"]]
    assert named == DOCUMENTS[address]
    listed = "VALUES ?member { " + " ".join(f"<{iri}>" for iri in sheet["counted"]) + " }"
    query = f"""PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
        SELECT DISTINCT ?d {{ {listed} ?member mdt:statedIn|mdt:between/mdt:statedIn ?d }}"""
    if len(query) < 200_000:
        answer = service.client.post("/sparql", data={"query": query}).json()
        found = {row["d"]["value"] for row in answer["results"]["bindings"]}
        assert found == {work["iri"] for work in sheet["documents"]}
    for work in sheet["documents"]:
        assert all(
            work["title"] in sheet[kind]["nl"] for kind in ("footnotes", "briefFootnotes")
        ) or (work["title"].partition(" (")[0] in sheet["footnotes"]["nl"])


def test_of_the_rows_of_an_answer_each_is_told_with_what_names_it(service: Any) -> None:
    sheet = service.client.get("/v1/figures/queries/across/diverging-figures?lang=nl").json()
    rows = service.client.get("/v1/queries/across/diverging-figures?lang=nl").json()["rows"]
    assert len(sheet["members"]) == len(sheet["counted"]) == len(rows)
    assert [one["iri"] for one in sheet["members"]] == [row["statement"]["value"] for row in rows]
    for member, row in zip(sheet["members"], rows, strict=True):
        assert row["measuredLabel"]["value"] in member["row"].values()


def test_what_was_counted_can_be_read_to_the_end(service: Any) -> None:
    first = service.client.get("/v1/figures/counts/concepts").json()
    rest = service.client.get("/v1/figures/counts/concepts?after=500").json()
    assert [one["iri"] for one in first["members"]] == first["counted"][:100]
    assert [one["iri"] for one in rest["members"]] == first["counted"][500:600]
    page = service.client.get("/figures/counts/concepts?after=100", headers={"accept": "text/html"})
    assert "after=200" in page.text
    refused = service.client.get("/v1/figures/counts/concepts?after=x")
    assert refused.status_code == 400


def test_a_part_of_a_whole_says_of_how_many(service: Any) -> None:
    sheet = service.client.get("/v1/figures/counts/elements-unreported?lang=nl").json()
    assert sheet["value"] == "16 van 20"
    for kind in ("footnotes", "briefFootnotes"):
        assert "16 van 20" in sheet[kind]["nl"]
        assert "p. 8, 12, 15-16" in sheet[kind]["nl"]


SLUGS = {
    "counts/things?kind=https://w3id.org/mdt-kennisgraaf/def/Goal": ("Soort: Doel", "Kind: Goal"),
    "counts/journey?kind=bottleneck&without=phase%20theme&addressed=nobody": (
        "Soort bevinding: knelpunt; Zonder: fase, thema; Alleen wat geen voorstel aanpakt: ja",
        "Kind of finding: bottleneck; Without: phase, theme; Only what no proposal addresses: yes",
    ),
    "counts/journey?finding=https://w3id.org/mdt-kennisgraaf/id/bottleneck/weinig-zichtbaar": (
        "Sterk punt of knelpunt: ", "Strength or bottleneck: ",
    ),
    "counts/links?thing=https://w3id.org/mdt-kennisgraaf/id/goal/welbevinden&property=http://www.w3.org/2004/02/skos/core%23broader": (
        "Eigenschap: ", "Property: ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("address", SLUGS)
def test_what_was_asked_is_said_in_words(service: Any, address: str) -> None:
    for language, said in zip(("nl", "en"), SLUGS[address], strict=True):
        sheet = service.client.get(f"/v1/figures/{address}&lang={language}").json()
        for kind in ("footnotes", "briefFootnotes"):
            words = sheet[kind][language].replace(sheet["page"], "")
            assert said in words
            assert "http" not in words
        assert not [value for value in sheet["rule"]["asked"].values() if ":" in value]


def test_no_sheet_of_an_answer_names_its_row_by_an_iri_or_a_slug(
    service: Any, content: Content
) -> None:
    told = 0
    for query in load_queries(content):
        if not query.figures:
            continue
        asked = {**query.example, "format": "json", "lang": "nl", "limit": "1"}
        answer = service.client.get(f"/v1/queries/{query.name}", params=asked).json()
        cells = [
            cell for row in answer["rows"] for cell in row.values() if cell and "figure" in cell
        ]
        addresses = [cell["figure"] for cell in cells if "/figures/queries/" in cell["figure"]]
        for address in addresses[:1]:
            sheet = service.client.get(f"{address}&lang=nl").json()
            values = [*sheet["rule"]["asked"].values()]
            assert all(value and "://" not in value for value in values), address
            assert "(IRI)" not in sheet["footnotes"]["nl"], address
            told += 1
    assert told > 15


def test_a_judgement_shows_the_population_of_its_figures_or_that_it_has_none(service: Any) -> None:
    query = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
        SELECT ?a (SUM(IF(BOUND(?p), 1, 0)) AS ?n) { ?a a mdt:Assessment
          OPTIONAL { ?a mdt:figure/mdt:population ?p } } GROUP BY ?a ORDER BY DESC(?n)"""
    rows = service.client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    for row, known in ((rows[0], True), (rows[-1], False)):
        name = row["a"]["value"].rpartition("/id/")[2]
        fact = service.client.get(f"/v1/figures/{name}?lang=en").json()["facts"]["population"]
        assert bool(fact["values"]) == known
        assert known or fact["absence"] == "a judgement has no population or period of its own"


def test_a_figure_beside_another_is_on_the_sheet_once(service: Any) -> None:
    address = "/figures/measurement/ontmoetingen-jongeren-andere-afkomst-71"
    page = service.client.get(address, headers={"accept": "text/html"}).text
    for other in (
        "ontmoetingen-jongeren-ander-schoolniveau-75",
        "ontmoetingen-jongeren-andere-leeftijd-82",
    ):
        assert page.count(f'href="/id/measurement/{other}"') == 1
    reasons = service.client.get(f"/v1{address}").json()["weighed"]
    assert len(reasons) > 3
    assert page.count("sheet-reason") == len(reasons)


CITED = {
    "claim": "in de woorden van Werkzaam", "norm": "in de woorden van Werkzaam",
    "proposal": "in de woorden van Werkzaam", "definition": "in de woorden van Werkzaam",
    "tension": "een oordeel van Werkzaam, niet van een document",
    "correspondence": "een oordeel van Werkzaam, niet van een document", "passage": "Werkzaam versie",
}  # fmt: skip


@pytest.mark.parametrize("kind", CITED)
def test_what_has_no_number_can_be_cited(service: Any, kind: str) -> None:
    query = f"""SELECT ?x {{ ?x ?p ?o FILTER(STRSTARTS(STR(?x),
        "https://w3id.org/mdt-kennisgraaf/id/{kind}/")) }} ORDER BY ?x LIMIT 1"""
    rows = service.client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    name = rows[0]["x"]["value"].rpartition("/id/")[2]
    page = service.client.get(f"/doc/{name}?lang=nl", headers={"accept": "text/html"}).text
    reader = Reader()
    reader.feed(page)
    dutch, english = (reader.root.by_id(f"citation-{one}") for one in ("nl", "en"))
    assert dutch is not None
    assert english is not None
    assert CITED[kind] in dutch.text
    assert english.attributes["lang"] == "en"
    for note in (dutch, english):
        assert f"/doc/{name}?lang=" in note.text
        assert "20" in note.text


def test_things_and_figures_have_no_such_block(service: Any) -> None:
    for name in ("working-element/houvast", "measurement/ontmoetingen-empathie-als-doel"):
        page = service.client.get(f"/doc/{name}", headers={"accept": "text/html"}).text
        assert 'id="citations"' not in page


def test_a_figure_in_an_answer_for_programs_leads_to_its_sheet(service: Any) -> None:
    answer = service.client.get("/v1/queries/sources/statements-per-source?lang=en&limit=3").json()
    for row in answer["rows"]:
        address = row["statements"]["figure"]
        sheet = service.client.get(f"{address}&lang=en").json()
        assert sheet["value"] == row["statements"]["value"]
        assert len(sheet["counted"]) == int(row["statements"]["value"])
        assert parse_qs(urlsplit(address).query)["row"]


def test_a_sheet_of_a_version_is_of_that_version_or_not_there(service: Any) -> None:
    address = "/v1/figures/measurement/ontmoetingen-empathie-als-doel?lang=en"
    number = service.client.get(address).json()["version"]
    assert service.client.get(f"{address}&version={number}").status_code == 200
    other = service.client.get(f"{address}&version={number + 1}")
    assert other.status_code == 404
    assert f"there are versions 1 to {number}" in other.json()["detail"]


REFUSED = {
    "measurement/nothing-like-it": (404, "nothing-like-it"),
    "claim/ontmoetingen-x": (404, "follow a figure"),
    "measurement/ontmoetingen-empathie-als-doel?goal=x": (400, "goal"),
    "queries/nothing/here/value?row=x": (404, "nothing/here"),
    "queries/sources/statements-per-source/label?row=x": (404, "statements"),
    "queries/sources/statements-per-source/statements?row=id/source/none": (404, "follow"),
    "queries/sources/statements-per-source/statements?colour=red": (400, "colour"),
    "queries/sources/statements-per-source/statements?row=a&row=b": (400, "row"),
    "counts/nothing": (404, "journey"),
    "counts/rests-on": (400, "element"),
    "counts/journey?phase=no-such-phase": (400, "no-such-phase"),
    "counts/things?kind=not%20an%20IRI": (400, "IRI"),
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_no_figure_is_refused_with_what_to_do(service: Any, address: str) -> None:
    status, words = REFUSED[address]
    separator = "&" if "?" in address else "?"
    answer = service.client.get(f"/v1/figures/{address}{separator}lang=en")
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    page = service.client.get(
        f"/figures/{address}{separator}lang=en", headers={"accept": "text/html"}
    )
    assert page.status_code == status
    assert "text/html" in page.headers["content-type"]


def test_the_demonstration_says_so_on_its_sheets(demo: Any) -> None:
    address = "queries/coverage/projects-per-working-element/addressed"
    given = {"row": "id/working-element/houvast", "lang": "en"}
    sheet = demo.client.get(f"/v1/figures/{address}", params=given).json()
    assert sheet["demo"]
    assert len(sheet["members"]) == len(sheet["counted"]) > 0
    assert sheet["value"].endswith(f"of {sheet['facts']['denominator']['values'][0]['text']}")
    page = demo.client.get(f"/figures/{address}", params=given).text
    assert 'id="demo-banner"' in page
