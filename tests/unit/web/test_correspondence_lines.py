"""Judgements across documents in words, as each of their things shows them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from tests.unit.web.small_correspondences import judgement, small

from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import describe
from werkzaam.linked_data.things import find
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import StoreLimits
from werkzaam.web.correspondence_lines import correspondence_view
from werkzaam.web.correspondence_pieces import CorrespondenceLine, CorrespondenceView
from werkzaam.web.languages import Languages
from werkzaam.web.naming import Naming
from werkzaam.web.statement_cards import meanings

UNDATED = judgement("undated", "agrees", "mdt:setsBeside x:one, x:two").replace(
    "2026-11-27", "soon"
)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    store = open_content(small(UNDATED), [], StoreLimits(seconds=60, readers=1))
    yield cast(Service, SimpleNamespace(store=store, links=Links("http://127.0.0.1:1/")))
    store.close()


def view(service: Service, slug: str, language: Language = "nl") -> CorrespondenceView | None:
    described = describe(service.store, find(service.store, [slug]))
    languages = Languages(language, language)
    naming = Naming(described.names, service.links, languages)
    return correspondence_view(described, naming, meanings(service, languages))


def lines(service: Service, slug: str, language: Language = "nl") -> dict[str, CorrespondenceLine]:
    found = view(service, slug, language)
    assert found is not None
    return {line.href.rpartition("/")[2]: line for line in found.lines}


def test_without_judgements_nothing_is_shown(service: Service) -> None:
    assert view(service, "claim/alone") is None
    assert view(service, "document/blue") is None


def test_a_judgement_is_told_from_where_the_reader_stands(service: Service) -> None:
    judged = lines(service, "claim/red")["backed"]
    assert judged.heading == "Een ander document steunt dit"
    assert [(g.heading, len(g.sides)) for g in judged.groups] == [("In het licht van", 1)]
    ground = lines(service, "measurement/blue")["backed"]
    assert ground.heading == "Dit steunt wat een ander document zegt"
    assert [(g.heading, len(g.sides)) for g in ground.groups] == [("Wat is beoordeeld", 1)]
    english = lines(service, "measurement/blue", "en")["backed"]
    assert english.heading == "This supports what another document says"


def test_the_other_side_comes_with_all_that_tells_how_sure_it_is(service: Service) -> None:
    line = lines(service, "claim/blue")["same"]
    (group,) = line.groups
    (side,) = group.sides
    assert group.heading == "Ernaast"
    assert (side.kind, side.words.text) == ("Bewering", "Rood zegt het.")
    assert side.words.href == "/id/claim/red"
    assert [(place.document, place.page) for place in side.places] == [("Rood rapport", "3")]
    assert side.card is not None
    assert (side.card.voice, side.card.basis) == ("auteur", "vragenlijst")
    assert side.card.hedges == ["kan"]
    assert line.shared is not None
    assert line.shared.text == "Thuis"


def test_a_figure_shows_its_value_and_whom_it_is_about(service: Service) -> None:
    line = lines(service, "claim/red")["backed"]
    (side,) = line.groups[0].sides
    assert side.card is not None
    assert side.card.figures == ["20"]
    assert [(row.label.text, row.values[0].text) for row in side.facts] == [
        ("populatie", "Jongeren.")
    ]


def test_what_is_made_up_is_called_so(service: Service) -> None:
    (side,) = lines(service, "claim/red")["same"].groups[0].sides
    assert [row.label.iri.rpartition("/")[2] for row in side.facts] == ["hypothetical"]


def test_reason_judge_day_and_status_are_there(service: Service) -> None:
    for language, judged, status in (
        ("nl", "Beoordeeld door: analist, 27 november 2026", "opgesteld"),
        ("en", "Judged by: analyst, 27 November 2026", "drafted"),
    ):
        line = lines(service, "claim/red", cast(Language, language))["same"]
        assert line.reason.text == {"nl": "Waarom same.", "en": "Why same."}[language]
        assert line.judged == judged
        assert line.status is not None
        assert line.status.label == status
        assert line.status.meaning


def test_a_day_that_is_none_is_shown_as_it_stands(service: Service) -> None:
    assert lines(service, "correspondence/undated")["undated"].judged.endswith(", soon")


def test_where_nothing_was_found_is_said(service: Service) -> None:
    line = lines(service, "claim/red")["sought"]
    assert line.heading == "Niet gevonden in andere documenten"
    (group,) = line.groups
    assert group.heading == "Waar is gekeken, en niets gevonden"
    assert [(one.text, one.href.rpartition("/")[2]) for one in group.documents] == [
        ("Blauw rapport", "blue")
    ]


def test_words_references_and_concepts_stand_side_by_side(service: Service) -> None:
    words = lines(service, "goal/home")["names"]
    assert words.heading == "nl one-concept"
    assert words.shared is None
    assert [(s.words.text, s.meaning.text) for s in words.groups[0].sides] == [
        ("honk", "Thuis"), ("nest", "Thuis"),
    ]  # fmt: skip
    cited = lines(service, "source/book")["cited"]
    assert [s.words.text for s in cited.groups[0].sides] == ["Boek (2020)", "Book, 2020"]
    (alike,) = lines(service, "goal/house")["alike"].groups[0].sides
    assert (alike.words.text, alike.meaning.text) == ("Thuis", "Een plek.")
    assert [(place.document, place.page) for place in alike.places] == [("Rood rapport", "3")]
    assert alike.card is None


def test_its_own_page_shows_every_side(service: Service) -> None:
    found = view(service, "correspondence/backed")
    assert found is not None
    assert found.own
    (line,) = found.lines
    assert (line.kind.label, line.kind.meaning) == ("nl supports", "Over supports.")
    assert [(group.id, len(group.sides)) for group in line.groups] == [
        ("regards", 1), ("inTheLightOf", 1),
    ]  # fmt: skip


def test_what_must_not_be_missed_comes_first(service: Service) -> None:
    found = view(service, "goal/home")
    assert found is not None
    assert [line.kind.slug for line in found.lines] == ["look-alike", "agrees", "one-concept"]
