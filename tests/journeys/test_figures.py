"""From any figure on any page one click reaches its sheet, and two its passage.

Figures are what the dataset says or counts. No figures of the dataset, so without a sheet: page
numbers, years, the number of questions in a topic, the place of a row, and the counts of the report on
a file that was sent to ``/submit`` (that file is nowhere but with its sender).
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.journeys.page_tree import Element, Reader

QUERIES = Path(__file__).parents[2] / "queries"
NAMES = [
    path.relative_to(QUERIES).with_suffix("").as_posix() for path in sorted(QUERIES.rglob("*.rq"))
]
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

# one worker, which reads each page once
pytestmark = pytest.mark.xdist_group("figures")


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
            self.read[address] = reader.root
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
