"""The counts of the pages and the lists behind them have one outcome."""

import pytest

from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tallies import load_tallies
from werkzaam.domain.identifiers import last_segment, term
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.web.journey_choice import NONE, Choice, in_phase, kept, of_voice
from werkzaam.web.journey_facts import KINDS, Journey, read_journey
from werkzaam.web.lookups import counts, kind_counts, review_counts


@pytest.fixture(scope="module")
def tallies(store: EmbeddedStore) -> Catalogue:
    return Catalogue(load_tallies(), store)


@pytest.fixture(scope="module")
def journey(store: EmbeddedStore) -> Journey:
    return read_journey(store, "nl")


def counted(tallies: Catalogue, name: str, **given: str) -> int:
    wanted = {key: value for key, value in given.items() if value}
    return len(tallies.answer(tallies.get(f"counts/{name}"), wanted).table.rows)


def test_the_engine_reads_every_count(tallies: Catalogue) -> None:
    tallies.read_each_once()
    assert all([column.name for column in query.columns] == ["member"] for query in load_tallies())


def test_the_start_page_counts_what_the_lists_hold(
    tallies: Catalogue, store: EmbeddedStore
) -> None:
    shown = counts(store)
    assert counted(tallies, "concepts") == shown.concepts
    assert counted(tallies, "statements") == shown.statements
    assert counted(tallies, "readings") == shown.readings
    for kind, number in (("WorkingElement", shown.elements), ("Tension", shown.tensions)):
        assert counted(tallies, "things", kind=term(kind)) == number
    assert counted(tallies, "elements") == shown.elements


def test_every_kind_and_every_stage_has_its_list(tallies: Catalogue, store: EmbeddedStore) -> None:
    kinds = kind_counts(store, "nl")
    assert len(kinds) > 30
    assert [(k.iri, counted(tallies, "things", kind=k.iri)) for k in kinds] == [
        (k.iri, k.number) for k in kinds
    ]
    stages = review_counts(store, "nl")
    assert [counted(tallies, "checked", status=last_segment(s.iri)) for s in stages] == [
        s.statements for s in stages
    ]


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_every_cell_of_the_journey_has_its_list(
    tallies: Catalogue, journey: Journey, kind: str
) -> None:
    left = kept(journey, Choice(kind=kind))
    for phase in (*(one.slug for one in journey.phases), NONE, ""):
        for voice in journey.voices:
            here = [r for r in left if in_phase(r, phase) and of_voice(r, voice.slug)]
            without = "phase" if phase == NONE else ""
            asked = "" if phase == NONE else phase
            found = counted(
                tallies, "journey", phase=asked, voice=voice.slug, kind=kind, without=without
            )
            assert found == len(here), (phase, voice.slug, kind)


def test_the_filters_of_the_journey_narrow_the_lists(tallies: Catalogue, journey: Journey) -> None:
    for choice in (
        Choice(location="deventer"),
        Choice(theme="sociale-connecties"),
        Choice(location=NONE),
        Choice(theme=NONE, kind="bottleneck"),
        Choice(addressed="nobody"),
    ):
        places = {"location": choice.location, "theme": choice.theme}
        without = " ".join(name for name, value in places.items() if value == NONE)
        wanted = {name: value for name, value in places.items() if value != NONE}
        found = counted(
            tallies, "journey", kind=choice.kind, addressed=choice.addressed,
            without=without, **wanted,
        )  # fmt: skip
        assert found == len(kept(journey, choice)), choice
        assert found


def test_bottlenecks_and_proposals_are_those_of_the_journey(
    tallies: Catalogue, journey: Journey
) -> None:
    reported = {iri for report in journey.reports for iri in report.findings}
    assert counted(tallies, "bottlenecks") == len(reported & journey.bottlenecks)
    open_ones = reported & journey.unaddressed
    assert counted(tallies, "bottlenecks-unaddressed") == len(open_ones) > 0
    for iri in sorted(journey.bottlenecks)[::5]:
        concept = journey.findings[iri]
        found = counted(tallies, "proposals", bottleneck=concept.slug)
        assert found == concept.stated + concept.read
