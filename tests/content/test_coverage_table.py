"""The coverage table of a document says what the graph holds: per page, and in total."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question

DOCUMENTS = ("ontmoetingen", "integratie", "pilot", "gemeenten")
WORDS = {
    "Claim": "bewering(?:en)?",
    "Definition": "definities?",
    "Measurement": "meting(?:en)?",
    "Assessment": "beoordeling(?:en)?",
    "Norm": "norm(?:en)?",
    "Proposal": "voorstel(?:len)?",
    "Tension": "spanning(?:en)?",
    "InTextReference": "verwijzing(?:en)?",
    "Source": "bron(?:nen)?",
    "TermUse": "keer woordgebruik",
    "Concept": "begrip(?:pen)?",
}
OURS = r"(?: \((\d+) van ons bij het lezen\))?"
ROW = re.compile(r"^\| ([\d-]+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
TENSIONS = re.compile(r"(\d+) over ([^,.]+)")
# the document stands in each part: else the engine joins all passages of all documents first
PLACED = """
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX document: <https://w3id.org/mdt-kennisgraaf/id/document/>
PREFIX voice: <https://w3id.org/mdt-kennisgraaf/id/voice/>
SELECT DISTINCT ?thing ?kind ?page ?section ?ours WHERE {
  ?passage mdt:inDocument document:%s .
  OPTIONAL { ?passage mdt:page ?number }
  BIND(COALESCE(?number, "-") AS ?page)
  OPTIONAL { ?passage mdt:section ?section }
  { ?passage mdt:inDocument document:%s . ?thing mdt:describedIn ?passage . BIND("Concept" AS ?kind) }
  UNION { ?passage mdt:inDocument document:%s . ?thing mdt:passage|mdt:inPassage ?passage ; a ?class .
    BIND(STRAFTER(STR(?class), STR(mdt:)) AS ?kind) }
  BIND(EXISTS { ?thing mdt:voice voice:reading } AS ?ours)
}"""
UNPLACED = """
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX document: <https://w3id.org/mdt-kennisgraaf/id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?kind WHERE {
  { ?thing mdt:tensionIn document:%s ; mdt:tensionKind/skos:prefLabel ?kind }
  UNION { ?thing mdt:bibliographyOf document:%s . BIND("Source" AS ?kind) }
  UNION { ?reference mdt:inPassage/mdt:inDocument document:%s ; mdt:refersToSource ?thing . BIND("Source" AS ?kind) }
  FILTER(LANG(?kind) IN ("", "nl"))
}"""


def ask(store: EmbeddedStore, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(store.ask(Question(query, "text/csv")).body.decode().splitlines()))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(one, marks=pytest.mark.xdist_group(f"table of {one}")) for one in DOCUMENTS
    ],
)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def placed(store: EmbeddedStore, name: str) -> list[dict[str, str]]:
    """What stands at a passage, once for each: its kind, page and heading, and whether it is ours."""
    rows = ask(store, PLACED % (name, name, name))
    return [row for row in rows if row["kind"] in WORDS]


@pytest.fixture(scope="module")
def unplaced(store: EmbeddedStore, name: str) -> Counter[str]:
    """The sources, and the tensions by the label of their kind."""
    return Counter(row["kind"] for row in ask(store, UNPLACED % (name, name, name)))


@pytest.fixture
def readme(root: Path, name: str) -> str:
    return (root / "graph_data" / name / "README.md").read_text("utf-8")


def told(text: str) -> Counter[str]:
    """The numbers in ``text`` by kind; those of our own reading under the kind with a plus."""
    found: Counter[str] = Counter()
    for kind, word in WORDS.items():
        for number, ours in re.findall(rf"\b(\d+) {word}\b{OURS}", text):
            found[kind] += int(number)
            found[kind + "+"] += int(ours or 0)
    return +found


def pages(told: str) -> set[int]:
    """The pages from the first to the last of ``"2-3"``; none for a text without pages."""
    first, _, last = told.partition("-")
    return set(range(int(first), int(last or first) + 1)) if first else set()


def standing(placed: list[dict[str, str]], page: str, heading: str | None) -> Counter[str]:
    """What stands on ``page`` or runs on to it, each thing once, under ``heading`` if one is given."""
    here: Counter[str] = Counter()
    rows = [
        row
        for row in placed
        if (row["page"] == page or pages(row["page"]) & pages(page))
        and heading in (None, row["section"])
    ]
    for _, kind, ours in {(row["thing"], row["kind"], row["ours"]) for row in rows}:
        here.update([kind, *[kind + "+"] * (ours == "true")])
    return here


def test_every_row_counts_what_stands_there(placed: list[dict[str, str]], readme: str) -> None:
    rows = ROW.findall(readme.partition("\n## ")[0])
    alone = Counter(page for page, _, _ in rows)
    every = set.union(*map(pages, alone))
    assert all(row["page"] in alone or pages(row["page"]) <= every for row in placed)
    for page, heading, yields in rows:
        under = None if alone[page] == 1 else heading.removesuffix(" (tussendia)")
        counted = told(yields.partition(":")[0])
        counted.pop("Source", None)
        assert counted == standing(placed, page, under), (page, heading)


def test_the_totals_are_those_of_the_graph(
    placed: list[dict[str, str]], unplaced: Counter[str], readme: str
) -> None:
    [line] = re.findall(r"^In totaal: .+$", readme, re.MULTILINE)
    things = {(row["thing"], row["kind"]) for row in placed if row["kind"] != "Concept"}
    ours = {(row["thing"], row["kind"] + "+") for row in placed if row["ours"] == "true"}
    held = Counter(kind for _, kind in things | ours)
    tensions = +unplaced
    held["Source"] = tensions.pop("Source", 0)
    held["Tension"] = sum(tensions.values())
    assert told(line) == held
    [line] = re.findall(r"^\*\*Spanningen .+$", readme, re.MULTILINE)
    assert {label: int(number) for number, label in TENSIONS.findall(line)} == dict(tensions)
