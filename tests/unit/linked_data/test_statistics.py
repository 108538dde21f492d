"""How a dataset is made up, counted once for each version and never in the way of a request."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from werkzaam.domain.versions import Version
from werkzaam.errors import QueryDeadlineExceeded, StoreBusy
from werkzaam.linked_data.addressed import addressed_things, count_of_things
from werkzaam.linked_data.schemes import schemes_of
from werkzaam.linked_data.statistics import Counts, Statistics, count
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Answer, Question

MDT = "https://w3id.org/mdt-kennisgraaf/def/"
X = "https://w3id.org/mdt-kennisgraaf/id/x/"
SKOS = "http://www.w3.org/2004/02/skos/core#"


class Slow:
    """A store that answers when it may, as another one does; its version can be moved."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.version: Version = store.version
        self.may = threading.Event()
        self.may.set()
        self.asked = 0
        self.refusal: Exception | None = None

    def ask(self, question: Question, *_: Any) -> Answer:
        self.may.wait(30)
        self.asked += 1
        if self.refusal:
            raise self.refusal
        found: Answer = replace(self._store.ask(question), version=self.version)
        return found


@pytest.fixture
def slow(hard_store: EmbeddedStore) -> Any:
    return Slow(hard_store)


def test_classes_with_their_properties_and_what_these_lead_to(hard_store: EmbeddedStore) -> None:
    found = count(hard_store)
    assert found.complete
    (things,) = (one for one in found.classes if one.iri == MDT + "Thing")
    assert things.things == 60 + 10
    assert found.first_of(MDT + "Thing") == X + "both"
    assert found.first_of(MDT + "Nothing") is None
    uses = {one.iri: one for one in things.properties}
    assert uses[MDT + "uses"].triples == 60
    assert list(uses[MDT + "uses"].classes) == [(MDT + "Thing", 60)]
    assert not uses[MDT + "uses"].datatypes
    (words,) = uses[SKOS + "prefLabel"].datatypes
    assert words == ("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", 61)
    assert {MDT, SKOS} <= set(found.vocabularies)


def test_links_to_others_are_counted_by_site(hard_store: EmbeddedStore) -> None:
    sites = {(one.property, one.site): one.triples for one in count(hard_store).outward}
    assert sites == {
        (MDT + "see", "https://example.org/"): 1,
        ("http://purl.org/dc/terms/license", "https://creativecommons.org/"): 1,
    }


def test_a_version_is_counted_once(slow: Any) -> None:
    counts = Counts(30)
    first = counts.of(slow)
    asked = slow.asked
    assert counts.of(slow) is first
    assert slow.asked == asked
    slow.version = replace(slow.version, number=slow.version.number + 1)
    assert counts.of(slow).version == slow.version
    assert slow.asked == 2 * asked


def test_nobody_waits_long_for_a_count(slow: Any) -> None:
    counts = Counts(0.05)
    slow.may.clear()
    assert counts.of(slow) == Statistics(slow.version)
    assert not counts.of(slow).complete
    slow.may.set()
    patient = Counts(30)
    before = patient.of(slow)
    slow.may.clear()
    slow.version = replace(slow.version, number=slow.version.number + 1)
    patient._patience = 0.05
    assert patient.of(slow) is before
    slow.may.set()


def test_what_cannot_be_counted_in_time_is_not_tried_again_and_again(slow: Any) -> None:
    counts = Counts(30)
    slow.refusal = QueryDeadlineExceeded("too long")
    for _ in range(9):
        assert not counts.of(slow).complete
    assert slow.asked == 3
    slow.refusal = StoreBusy(1, "busy")
    slow.version = replace(slow.version, number=slow.version.number + 1)
    counts.of(slow)
    slow.refusal = None
    assert counts.of(slow).complete


def test_counts_of_two_versions_are_not_mixed(slow: Any) -> None:
    ask = slow.ask

    def moving(question: Question, *_: Any) -> Answer:
        slow.version = replace(slow.version, number=slow.version.number + 1)
        found: Answer = ask(question)
        return found

    slow.ask = moving
    with pytest.raises(StoreBusy):
        count(slow)


def test_things_to_visit_leave_out_what_is_no_longer_in_use(hard_store: EmbeddedStore) -> None:
    number = count_of_things(hard_store)
    every = addressed_things(hard_store, 1000, 0)
    assert len(every) == number == len(set(every))
    assert X + "new" in every
    assert X + "old" not in every
    assert X + "gone" not in every
    parts = [addressed_things(hard_store, 7, skip) for skip in range(0, number, 7)]
    assert [iri for part in parts for iri in part] == list(every)


def test_schemes_have_titles_in_both_languages(store: EmbeddedStore) -> None:
    found = schemes_of(store)
    assert len(found) > 20
    for scheme in found:
        assert [language for language, _ in scheme.titles] == ["en", "nl"]
        assert scheme.concepts > 0
