"""From any figure on any page one click reaches its sheet, and two its passage.

Figures are what the dataset says or counts. No figures of the dataset, so without a sheet: page
numbers, years, the number of questions in a topic, the place of a row, and the counts of the report on
a file that was sent to ``/submit`` (that file is nowhere but with its sender).
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.content import read_content

NAMES = [query.name for query in load_queries(read_content(Path(__file__).parents[2]))]
STATED = ("measurement", "assessment", "source")
PAGES = [
    "/", "/about", "/map", "/map?goal=welbevinden", "/map?element=houvast",
    "/map?element=samenwerking-tussen-groepen", "/model", "/journey",
    "/journey?phase=start&voice=staff", "/journey?phase=none&location=none&addressed=nobody",
    "/journey?kind=recommendation&theme=none", "/queries", "/submit", "/doc/document/pilot",
    "/doc/document/gemeenten", "/doc/working-element/houvast", "/doc/integration-component/werk",
    "/doc/bottleneck/weinig-zichtbaar", "/doc/source/blonk-2019", "/doc/tension/ontmoetingen-empathie-aandeel",
    *(f"/queries/{name}" for name in NAMES),
    "/queries/coverage/working-elements-without-projects?goal=sociaal-contact",
    "/queries/pilot/bottlenecks-per-phase?phase=start&voice=young-people",
]  # fmt: skip
ROWS = "rows"
PASSAGES = 40
SEED = 8
NUMBER = re.compile(r"\d[\d.]*")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"}


@dataclass
class Element:
    """An element of a page with what stands in it."""

    name: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all()

    def has_class(self, *names: str) -> bool:
        return bool({*names} & {*self.attributes.get("class", "").split()})

    @property
    def text(self) -> str:
        texts = (part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join("".join(texts).split())

    def by_id(self, name: str) -> "Element | None":
        return next((e for e in self.all() if e.attributes.get("id") == name), None)


class Reader(HTMLParser):
    """Pages as trees; that they are good HTML is tested elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open.pop().name != tag:
            assert len(self.open) > 1, tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


@dataclass(frozen=True)
class Figure:
    """A figure on a page: what it says, as text and for programs, and the ways to its sheet."""

    page: str
    text: str
    value: str
    sheets: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What its sheet is of: a kind of statement, a count, the rows or a column of an answer."""
        parts = urlsplit(self.sheets[0]).path.split("/")[2:]
        if parts[0] == "queries" and len(parts) == 3:
            return ROWS
        return parts[0] if parts[0] in STATED else "/".join(parts)

    @property
    def many(self) -> int:
        """How many of this kind are followed; cells are compared with their members elsewhere."""
        if self.kind == ROWS:
            return 12
        return 1 if self.kind.startswith("queries/") else 4


class Site:
    """The pages of one service, each read once."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.read: dict[str, Element] = {}

    def page(self, address: str) -> Element:
        if address not in self.read:
            answer = self.client.get(
                address, headers={"accept": "text/html"}, follow_redirects=True
            )
            assert answer.status_code == 200, (address, answer.status_code)
            reader = Reader()
            reader.feed(answer.text)
            self.read[address] = reader.open[0]
        return self.read[address]

    def figures(self, address: str) -> list[Figure]:
        return [
            Figure(address, e.text, e.attributes["value"], tuple(_ways(e)))
            for e in self.page(address).all()
            if e.name == "data" and e.has_class("figure")
        ]


def _ways(element: Element) -> Iterator[str]:
    for inside in element.all():
        if inside.name == "a":
            yield inside.attributes["href"]


@pytest.fixture(scope="module")
def site(service: Any) -> Site:
    return Site(service.client)


@pytest.fixture(scope="module")
def stated(service: Any) -> list[str]:
    """The addresses of everything that a document measures or judges."""
    query = "SELECT ?t { ?t a ?k VALUES ?k { mdt:Measurement mdt:Assessment } } ORDER BY ?t"
    prefix = "PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/> "
    answer = service.client.get("/sparql", params={"query": prefix + query}).json()
    iris = [row["t"]["value"] for row in answer["results"]["bindings"]]
    return [iri.removeprefix("https://w3id.org/mdt-kennisgraaf/id/") for iri in iris]


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_on_the_page_has_one_way_to_its_sheet(site: Site, address: str) -> None:
    for figure in site.figures(address):
        assert len(figure.sheets) == 1, figure
        assert figure.sheets[0].startswith("/figures/"), figure


@pytest.mark.parametrize("address", PAGES)
def test_every_number_in_a_table_or_on_a_card_is_marked_as_a_figure(
    site: Site, address: str
) -> None:
    page = site.page(address)
    unmarked = [cell.text for cell in _number_places(page) if not _is_marked(cell)]
    assert unmarked == []


def _number_places(page: Element) -> Iterator[Element]:
    """Cells of columns with numbers, and the other places where counts stand."""
    for element in page.all():
        if element.has_class("counts"):
            yield from (e for e in element.all() if e.name == "dd")
        elif (
            element.name == "td"
            and element.has_class("is-number")
            or element.has_class("legend__count", "answer__sentence")
        ):
            yield element


def _is_marked(place: Element) -> bool:
    is_page = place.attributes.get("data-what") == "page"
    has_number = any(character.isdigit() for character in place.text)
    return is_page or not has_number or any(e.has_class("figure") for e in place.all())


def test_every_measurement_and_assessment_has_a_sheet_with_its_passage(
    site: Site, stated: list[str]
) -> None:
    assert len(stated) > 100
    assert [name for name in stated if not _passages(site.page(f"/figures/{name}"))] == []
    for name in random.Random(SEED).sample(stated, 15):
        ways = {figure.sheets[0] for figure in site.figures(f"/doc/{name}")}
        assert f"/figures/{name}" in ways


def test_from_any_figure_one_click_reaches_its_sheet_and_two_its_passage(site: Site) -> None:
    """Of all figures of one kind on all pages one or a few, drawn with a fixed seed: for cells of
    answers tests/content compares every one with what was counted."""
    kinds: dict[str, list[Figure]] = {}
    for address in PAGES:
        for figure in site.figures(address):
            kinds.setdefault(figure.kind, []).append(figure)
    draw = random.Random(SEED)
    drawn = {
        figure.sheets[0]: figure
        for found in kinds.values()
        for figure in draw.sample(found, min(found[0].many, len(found)))
    }
    passages: set[str] = set()
    for sheet, figure in drawn.items():
        page = site.page(sheet)
        _agrees(figure, page)
        ways = _passages(page)
        said = [page.by_id(name) for name in ("empty", "without-passage")]
        assert ways or any(said), figure
        passages |= {*ways}
    assert len(drawn) > 100
    for way in draw.sample(sorted(passages), min(PASSAGES, len(passages))):
        site.page(way)


def _passages(sheet: Element) -> list[str]:
    return [way for way in _ways(sheet) if way.startswith("/id/passage/")]


def _agrees(figure: Figure, sheet: Element) -> None:
    """A count on the page is the count on its sheet."""
    there = sheet.by_id("figure")
    assert there is not None, figure
    said = NUMBER.search(figure.value)
    if said and figure.kind not in STATED:
        assert there.text.split()[0].replace(".", "") == said[0].replace(".", ""), figure


def test_the_sheet_says_in_the_footnote_what_the_source_says_and_no_more(service: Any) -> None:
    sheet = service.client.get(
        "/v1/figures/measurement/ontmoetingen-empathie-als-doel", params={"lang": "nl"}
    ).json()
    note = sheet["footnotes"]["nl"]
    for part in (
        "circa 20 van 71", "“ongeveer”", "Periode: niet vermeld", "p. 28 (paginanummer geteld)",
        "4 oktober 2023", f"datasetversie {sheet['version']}", "[datum]", sheet["page"],
    ):  # fmt: skip
        assert part in note
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
    assert f"there is version {number}" in other.json()["detail"]


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
