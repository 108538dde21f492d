"""What is known of a thing, and how much of it is shown."""

from threading import Event

import pytest

from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.versions import Version
from werkzaam.linked_data.describe import describe
from werkzaam.linked_data.graph import graph_of
from werkzaam.linked_data.names import MDT, in_language
from werkzaam.linked_data.things import find
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Answer, Condition, Question


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self.asked = 0
        self.named = 0

    @property
    def version(self) -> Version:
        return self._store.version

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        self.asked += 1
        self.named += question.text.startswith("# What these are called")
        return self._store.ask(question, seconds, stop)

    def condition(self) -> Condition:
        return self._store.condition()

    def close(self) -> None:
        """The store is another's."""


@pytest.mark.parametrize(
    "slug",
    [
        "working-element/houvast",
        "document/ontmoetingen",
        "passage/ontmoetingen-conclusie",
        "source/blonk-2019",
        "key-concept/ontmoeting",
        "voice/author",
        "scheme/presence",
    ],
)
def test_the_number_of_queries_does_not_grow(store: EmbeddedStore, slug: str) -> None:
    counting = Counting(store)
    thing = find(counting, [slug])
    describe(counting, thing)
    assert counting.asked <= 13
    assert counting.named == 1
    counting.asked = 0
    graph_of(counting, thing.iri, "text/turtle")
    assert counting.asked <= 8


def test_an_element_has_the_statements_about_it(store: EmbeddedStore) -> None:
    described = describe(store, find(store, ["working-element/houvast"]))
    shown = described.statements.shown
    kinds = {statement.types[0].removeprefix(MDT) for statement in shown}
    assert {"Assessment", "Claim"} <= kinds
    assert {statement.role for statement in shown} >= {"assessed", "subject"}
    for statement in shown:
        assert statement.passages
        for passage in statement.passages:
            assert passage.first("page")
            assert passage.first("inDocument") == THINGS + "document/ontmoetingen"
    assert {term.language for term in described.definition} == {"nl", "en"}
    assert described.types[0] == MDT + "WorkingElement"


def test_everything_stated_in_a_passage_is_there(store: EmbeddedStore) -> None:
    described = describe(store, find(store, ["passage/ontmoetingen-doelen-samengevat"]))
    here = [statement for statement in described.statements.shown if statement.role == "here"]
    assert len(here) == described.statements.counts["here"] > 12
    assert described.mentions
    assert described.pointing


def test_a_document_has_numbers_and_passages(store: EmbeddedStore) -> None:
    described = describe(store, find(store, ["document/ontmoetingen"]))
    assert not [s for s in described.statements.shown if s.role == "here"]
    assert described.statements.kinds[MDT + "Claim"] > 300
    pages = [passage.page for passage in described.passages]
    assert pages.index("9") < pages.index("10") < pages.index("31-36")
    assert sum(passage.statements for passage in described.passages) > 400


def test_a_statement_has_its_parts_its_whole_and_its_figures(store: EmbeddedStore) -> None:
    whole = describe(store, find(store, ["assessment/ontmoetingen-gradatieverschillen-in-mdt"]))
    assert [s.role for s in whole.statements.shown] == ["itself", "part", "part"]
    part = describe(store, find(store, ["assessment/ontmoetingen-diverse-groep-in-mdt"]))
    assert [s.role for s in part.statements.shown] == ["itself", "whole", "figure"]


def test_everything_named_has_its_name(store: EmbeddedStore) -> None:
    described = describe(store, find(store, ["claim/ontmoetingen-houvast-bij-welbevinden"]))
    nameless = [
        value.value
        for values in described.facts.values()
        for value in values
        if value.kind == "uri" and value.value not in described.names
    ]
    assert nameless == []
    assert all(name in described.names for name in described.facts if name.startswith(MDT))


def test_a_crowd_is_cut_and_counted(hard_store: EmbeddedStore) -> None:
    described = describe(hard_store, find(hard_store, ["x/code"]))
    (pointing,) = described.pointing
    assert (pointing.count, len(pointing.subjects)) == (60, 50)
    assert pointing.subjects[0].endswith("user-000")
    body = graph_of(hard_store, THINGS + "x/code", "application/n-triples").decode()
    assert body.count("/def/uses>") == 60
    assert "hydra" not in body


def test_what_a_record_owns_is_in_its_graph(hard_store: EmbeddedStore) -> None:
    body = graph_of(hard_store, THINGS + "x/record", "application/n-triples").decode()
    assert '"inside"' in body
    assert '"inside as well"' in body
    assert '"beside"' not in body


def test_a_licence_is_claimed_only_where_one_is_stated(hard_store: EmbeddedStore) -> None:
    document = f"<{THINGS.replace('/id/', '/doc/')}x/"
    stated = graph_of(hard_store, THINGS + "x/licensed", "application/n-triples").decode()
    licence = "<https://creativecommons.org/licenses/by/4.0/>"
    assert f"{document}licensed> <http://purl.org/dc/terms/license> {licence}" in stated
    silent = graph_of(hard_store, THINGS + "x/code", "application/n-triples").decode()
    assert "license" not in silent


def test_the_reader_gets_the_nearest_language() -> None:
    dutch, english = Term("literal", "nl", None, "nl"), Term("literal", "en", None, "en")
    frisian = Term("literal", "fy", None, "fy")
    assert in_language([english, dutch], "nl") == dutch
    assert in_language([english, frisian], "nl") == english
    assert in_language([frisian], "nl") == frisian
    assert in_language([], "nl") is None
