"""The modelling guide explains every code, in both languages, and names only what is there."""

import re
from pathlib import Path

import pytest

from werkzaam.curation.parsed_content import ParsedContent, parse_content
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question

LISTS = (
    "basis",
    "correspondence-kind",
    "match-status",
    "measure-kind",
    "norm-kind",
    "page-status",
    "polarity",
    "presence",
    "proposal-kind",
    "relation",
    "tension-kind",
    "voice",
)
PREFIXES = {"element": "working-element"}
NOT_THINGS = ("mdt", "skos", "dcterms", "https", "dc", "schema")


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "graph_data" / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def parsed(content: Content) -> ParsedContent:
    return parse_content(content)


@pytest.mark.parametrize("half", ["Dutch", "English"])
@pytest.mark.parametrize("name", LISTS)
def test_every_code_is_explained(guide: str, parsed: ParsedContent, name: str, half: str) -> None:
    text = guide.split("\n# In English\n")[half == "English"]
    codes = parsed.described(f"{THINGS}{name}/", "graph_data")
    slugs = {iri.rpartition("/")[2] for iri in codes}
    assert slugs
    assert {slug for slug in slugs if f"{name}:{slug}" not in text and f"`{slug}`" not in text} == (
        set()
    )


def test_what_it_names_is_there(guide: str, parsed: ParsedContent) -> None:
    named = set(re.findall(r"\b([a-z-]+):([a-z][a-z0-9-]+)", guide))
    things = {
        f"{THINGS}{PREFIXES.get(prefix, prefix)}/{slug}"
        for prefix, slug in named
        if prefix not in NOT_THINGS
    }
    assert things - parsed.described(THINGS, "graph_data") == set()
    terms = {TERMS + name for name in re.findall(r"\bmdt:(\w+)", guide)}
    assert terms - parsed.declared == set()


def test_its_query_answers(guide: str, store: EmbeddedStore) -> None:
    [query] = re.findall(r"```sparql\n(.*?)```", guide, re.DOTALL)
    rows = store.ask(Question(query, "text/csv")).body.splitlines()
    assert rows[0] == b"page,relation,polarity,voice,basis,gist"
    assert len(rows) > 10
