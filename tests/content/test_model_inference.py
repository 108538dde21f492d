"""What follows from classes and properties alone changes no answer, no count on a page, no page of a thing."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.derivation import Rules
from werkzaam.store.replica import build, sources_of

PACKAGE = Path(__file__).parents[2] / "service" / "werkzaam"
THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
SHOWN = ("derived", "facts", "incoming-counts", "outgoing", "statements")
Ask = Callable[[str], list[str]]
ABOUT = [
    "working-element/houvast", "document/ontmoetingen", "passage/ontmoetingen-conclusie",
    "claim/ontmoetingen-houvast-bij-welbevinden", "source/blonk-2019", "voice/author",
    "assessment/ontmoetingen-gradatieverschillen-in-mdt", "bottleneck/weinig-zichtbaar",
]  # fmt: skip


def symmetric_too(path: str) -> bool:
    """Edges with their other direction are meant to be seen; the rest is not."""
    return "/owl-rl/" not in path or "prp-symp" in path or "prp-inv" in path


@pytest.fixture(scope="module")
def stores(content: Content) -> tuple[Ask, Ask]:
    """How to ask the content without, and with, what follows from classes and properties alone."""
    every = read_rules(content)
    edges = [rule for rule in every if symmetric_too(rule.path)]
    assert len(edges) == len(every) - 2

    def asking(store: ox.Store) -> Ask:
        return lambda text: [str(row) for row in store.query(text)]  # type: ignore[union-attr]

    sources = sources_of(content, examples=True)
    without, with_it = (asking(build(sources, Rules(rules))) for rules in (edges, every))
    return without, with_it


@pytest.mark.slow
def test_no_catalogued_question_answers_otherwise(
    content: Content, stores: tuple[Ask, Ask]
) -> None:
    """Those with rows; one that gives all that is said of things gives what follows of them too."""
    without, with_it = stores
    questions = [query for query in load_queries(content) if query.form == "SELECT"]
    assert [q.name for q in questions if without(q.text) != with_it(q.text)] == []


def test_no_lookup_of_a_page_answers_otherwise(stores: tuple[Ask, Ask]) -> None:
    without, with_it = stores
    for file in sorted((PACKAGE / "web" / "lookups").glob("*.rq")):
        text = file.read_text("utf-8").replace("@language@", "nl")
        text = text.replace("@element@", "<urn:x>").replace("@state@", "<urn:x>")
        assert without(text) == with_it(text), file.name


@pytest.mark.parametrize("slug", ABOUT)
@pytest.mark.parametrize("name", SHOWN)
def test_the_page_of_a_thing_shows_it_apart(stores: tuple[Ask, Ask], name: str, slug: str) -> None:
    without, with_it = stores
    text = (PACKAGE / "linked_data" / "queries" / f"{name}.rq").read_text("utf-8")
    for key in ("thing", "things"):
        text = text.replace(f"<urn:werkzaam:{key}>", f"<{THINGS}{slug}>")
    assert without(text) == with_it(text)
    assert without(text) or name in ("derived", "statements", "incoming-counts")
