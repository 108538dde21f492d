"""The opened statements of the journey as cards, and the journey as the content has it."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from tests.unit.web.small_journey import JOURNEY, REPORTS, iri, report, words

from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.catalogue.tables import read_results
from werkzaam.errors import InvalidParameter
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question
from werkzaam.web.journey_choice import PER_PAGE, Choice
from werkzaam.web.journey_facts import KINDS, Journey, read_journey
from werkzaam.web.journey_form import journey_fields
from werkzaam.web.journey_pieces import OpenedCell
from werkzaam.web.journey_statements import chosen, in_order, opened_cell
from werkzaam.web.statement_pieces import StatementCard

PREFIXES = "PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/> PREFIX id: <https://w3id.org/mdt-kennisgraaf/id/>"


@pytest.fixture(scope="module")
def service(store: EmbeddedStore) -> Service:
    return cast(Service, SimpleNamespace(store=store, links=Links("http://127.0.0.1:1/")))


@pytest.fixture(scope="module")
def journey(store: EmbeddedStore) -> Journey:
    return read_journey(store, "nl")


def found_by(store: EmbeddedStore, where: str) -> set[str]:
    text = f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ {where} }}"
    rows = read_results(store.ask(Question(text, "application/sparql-results+json")).body).rows
    return {row["x"].value for row in rows}


def opened(service: Service, journey: Journey, choice: Choice) -> OpenedCell:
    found = opened_cell(service, journey, choice, words("nl"))
    assert found is not None
    return found


def cards(found: OpenedCell) -> list[StatementCard]:
    return [card for group in found.groups for card in group.cards]


def test_every_finding_of_the_document_is_a_report_once(
    store: EmbeddedStore, journey: Journey
) -> None:
    wanted = found_by(
        store,
        "?x mdt:findingKind ?kind ; mdt:statedIn <https://w3id.org/mdt-kennisgraaf/id/document/pilot> "
        "MINUS { ?x mdt:voice <https://w3id.org/mdt-kennisgraaf/id/voice/reading> }",
    )
    names = [one.iri for one in journey.reports]
    assert len(names) == len(set(names))
    assert set(names) == wanted
    assert {one.kind for one in journey.reports} == {*KINDS}
    assert [one.slug for one in journey.documents] == ["pilot"]
    assert [one.slug for one in journey.voices] == ["young-people", "staff", "author"]


def test_what_nobody_addresses_is_what_no_proposal_is_linked_to(
    store: EmbeddedStore, journey: Journey
) -> None:
    linked = found_by(store, "?any mdt:addressesBottleneck|mdt:seemsToAddressBottleneck ?x")
    assert journey.unaddressed == found_by(store, "?x a mdt:Bottleneck") - linked
    stated = found_by(store, "?any mdt:addressesBottleneck ?x")
    assert {one.iri for one in journey.findings.values() if one.stated} == stated


def test_a_recommendation_is_a_kind_of_its_own(store: EmbeddedStore, journey: Journey) -> None:
    wanted = found_by(
        store,
        "?x mdt:proposalKind <https://w3id.org/mdt-kennisgraaf/id/proposal-kind/recommendation> ; "
        "mdt:findingKind ?kind ; mdt:statedIn <https://w3id.org/mdt-kennisgraaf/id/document/pilot>",
    )
    assert {one.iri for one in journey.reports if one.kind == "recommendation"} == wanted


def test_nothing_is_opened_without_a_phase_or_voice(service: Service, journey: Journey) -> None:
    assert opened_cell(service, journey, Choice(kind="strength"), words()) is None


def test_a_cell_opens_all_its_statements_by_kind(service: Service, journey: Journey) -> None:
    choice = Choice("start", "staff")
    found = opened(service, journey, choice)
    assert [one.text for one in found.chosen] == ["Start", "medewerkers"]
    assert found.count == f"{len(cards(found))} uitspraken"
    assert [card.iri for card in cards(found)] == [one.iri for one in in_order(journey, choice)]
    kinds = [group.kind for group in found.groups]
    assert kinds == [kind for kind in KINDS if kind in kinds]
    assert all(card.places and card.places[0].page and card.places[0].href for card in cards(found))
    assert (found.span, found.earlier, found.later, found.reason) == ("", "", "", "")
    assert found.close == "/journey#phase-start"


def test_a_card_says_where_heading_and_chapter_differ(service: Service, journey: Journey) -> None:
    for card in cards(opened(service, journey, Choice("start", "author"))):
        assert card.reporting is not None
        assert card.reporting.announced != card.reporting.kind
        assert card.reporting.chapter in ("", "jongeren", "medewerkers")
        assert card.voice == "auteur"
    by_kind = {
        (card.reporting.announced, card.reporting.kind)
        for card in cards(opened(service, journey, Choice("start", "author", kind="bottleneck")))
        if card.reporting
    }
    assert {("suggestie", "knelpunt"), ("", "knelpunt")} <= by_kind


def test_a_card_says_which_limitation_touches_it(service: Service, journey: Journey) -> None:
    found = opened(service, journey, Choice("none", "young-people", kind="strength"))
    limits = {one.text for card in cards(found) if card.reporting for one in card.reporting.limits}
    assert "Afhankelijkheid van kwalitatieve data" in limits
    assert not {row.label.iri for card in cards(found) for row in card.details} & {
        "https://w3id.org/mdt-kennisgraaf/def/limitedBy"
    }


def test_many_statements_come_in_parts_that_hold_them_all(
    service: Service, journey: Journey
) -> None:
    choice = Choice("none", "author")
    wanted = [one.iri for one in in_order(journey, choice)]
    assert len(wanted) > 2 * PER_PAGE
    seen: list[str] = []
    while True:
        part = opened(service, journey, choice)
        seen += [card.iri for card in cards(part)]
        assert part.count == f"{len(wanted)} uitspraken"
        if not part.later:
            break
        following = re.search(r"first=(\d+)", part.later)
        assert following is not None
        assert part.span.endswith(f"tot en met {len(seen)} van {len(wanted)}")
        choice = replace(choice, first=following[1])
    assert seen == wanted
    assert "first=" in part.earlier
    beyond = opened(service, journey, Choice("start", "staff", first="751"))
    assert (beyond.groups, beyond.span) == ([], "Zoveel uitspraken zijn er hier niet.")


def test_statements_stand_by_what_they_report_and_then_by_page() -> None:
    late = report("z", "bottleneck", "author", "bottleneck/late", page=1)
    first = replace(REPORTS[4], page=7)
    journey = replace(JOURNEY, reports=[REPORTS[9], first, late, REPORTS[7], REPORTS[5]])
    ordered = [one.iri[-1] for one in in_order(journey, Choice(voice="author"))]
    assert ordered == ["z", "e", "j", "f", "h"]


def test_why_there_are_no_statements(service: Service) -> None:
    never = opened_cell(service, JOURNEY, Choice("end", "young"), words())
    filtered = opened_cell(service, JOURNEY, Choice("begin", "young", theme="work"), words())
    silent = opened_cell(service, JOURNEY, Choice("begin", "young", location="empty"), words())
    assert never is not None
    assert silent is not None
    assert silent.reason == "No findings from this place."
    assert filtered is not None
    assert never.reason.startswith("The documents report nothing here.")
    assert filtered.reason.startswith("With these filters there are no statements here")


def test_what_is_chosen_is_said_in_words() -> None:
    said = chosen(
        JOURNEY,
        Choice("none", "young", location="none", theme="none", kind="mixed", addressed="nobody"),
        words(),
    )
    assert [one.text for one in said] == [
        "Tied to no phase", "Young", "no place named", "no theme",
        "Strength and bottleneck in one", "no proposal addresses this",
    ]  # fmt: skip
    named = chosen(JOURNEY, Choice("end", location="there", theme="work"), words())
    assert [one.text for one in named] == ["End", "There", "Work"]


def test_the_form_offers_every_filter_and_keeps_what_was_chosen() -> None:
    given = {"location": "here", "kind": "mixed"}
    fields = {field.name: field for field in journey_fields(JOURNEY, given, words())}
    assert [*fields] == ["location", "theme", "kind", "addressed", "contentLang"]
    assert [option.label for option in fields["location"].options] == [
        "All", "Here", "There", "Empty (nothing reported)", "no place named"
    ]  # fmt: skip
    marked = {name: [o.value for o in f.options if o.selected] for name, f in fields.items()}
    assert marked == {
        "location": ["here"], "theme": [""], "kind": ["mixed"], "addressed": [""], "contentLang": ["en"]
    }  # fmt: skip


def test_a_wrong_value_is_explained_at_its_field() -> None:
    wrong = InvalidParameter("theme", ["work"], "There is no parameter {name}.")
    fields = journey_fields(JOURNEY, {"theme": "x"}, words(), wrong)
    said = {field.name: field.error for field in fields if field.error}
    assert said == {"theme": "There is no parameter theme."}
    assert fields[1].options[0].selected


def test_a_concept_keeps_its_way(journey: Journey) -> None:
    assert words().name(journey.phases[0]).href == "/id/journey-phase/enthousiasmeren"
    assert journey.phases[0].iri == iri("journey-phase/enthousiasmeren")
