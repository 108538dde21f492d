"""Statements as cards: in words what is said, how firmly, on which source, and what does not fit."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import Description, describe
from werkzaam.linked_data.things import find
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.web.element_depth import element_depth
from werkzaam.web.languages import Languages
from werkzaam.web.naming import Naming
from werkzaam.web.resource_depth import derived_lines, key_facts, look_alikes
from werkzaam.web.statement_cards import Meanings, meanings
from werkzaam.web.statement_groups import groups
from werkzaam.web.statement_pieces import Described, StatementCard

ELEMENT = "https://w3id.org/mdt-kennisgraaf/id/working-element/"


@pytest.fixture(scope="module")
def service(store: EmbeddedStore) -> Service:
    return cast(Service, SimpleNamespace(store=store, links=Links("http://127.0.0.1:1/")))


def page(
    service: Service, slug: str, language: Language = "nl"
) -> tuple[Description, Naming, Meanings]:
    described = describe(service.store, find(service.store, [slug]))
    languages = Languages(language, language)
    return (
        described,
        Naming(described.names, service.links, languages),
        meanings(service, languages),
    )


def grouped(service: Service, slug: str, language: Language = "nl") -> dict[str, Described]:
    found = groups(*page(service, slug, language), lambda role: f"/all?group={role}")
    return {group.id.removeprefix("statements-"): group for group in found}


def cards(service: Service, slug: str, language: Language = "nl") -> list[StatementCard]:
    return [
        card for group in grouped(service, slug, language).values() for card in group.statements
    ]


def in_words(card: StatementCard) -> str:
    assert card.triple is not None
    ends = (card.triple.subjects, card.triple.objects)
    subjects, objects = (", ".join(thing.text for thing in things) for things in ends)
    return f"{subjects} — {card.triple.relation} — {objects}"


def test_a_claim_is_said_in_words(service: Service) -> None:
    said = [in_words(card) for card in cards(service, "working-element/afstemming") if card.triple]
    assert "Afstemming — beperkt — Uitsluiting" in said
    said = [in_words(c) for c in cards(service, "working-element/afstemming", "en") if c.triple]
    assert any(" — mitigates — " in words for words in said)


@pytest.mark.parametrize(
    ("polarity", "nl", "en"),
    [
        ("denied", "ontkend", "denied"),
        ("doubtful", "betwijfeld", "doubtful"),
        ("undecided", "niet beslist", "undecided"),
    ],
)
def test_what_is_not_asserted_is_marked_in_words(
    service: Service, polarity: str, nl: str, en: str
) -> None:
    claim = one_claim(service, polarity)
    for language, label in (("nl", nl), ("en", en)):
        card = cards(service, claim, cast(Language, language))[0]
        assert card.triple is not None
        assert card.triple.polarity is not None
        assert (card.triple.polarity.label, card.triple.polarity.slug) == (label, polarity)
        assert card.triple.polarity.meaning
    asserted = cards(service, one_claim(service, "asserted"))[0]
    assert asserted.triple is not None
    assert asserted.triple.polarity is None


def one_claim(service: Service, polarity: str) -> str:
    described = describe(service.store, find(service.store, [f"polarity/{polarity}"]))
    (pointing,) = [p for p in described.pointing if p.property.endswith("/polarity")]
    return pointing.subjects[0].partition("/id/")[2]


def test_what_only_we_say_does_not_stand_under_what_the_source_says(service: Service) -> None:
    ours = grouped(service, "claim/ontmoetingen-geen-tweede-punt-conclusie")["itself"]
    theirs = grouped(service, "claim/ontmoetingen-afstemming-beperkt-uitsluiting")["itself"]
    assert ours.heading == "Wat wij bij het lezen zagen"
    assert theirs.heading == "Wat de bron zegt"


def test_a_tension_shows_its_reason_and_its_sides(service: Service) -> None:
    tension = "tension/ontmoetingen-afstemmen-op-doelgroep-en-trickle-down"
    found = grouped(service, tension)
    assert list(found) == ["side"]
    sides = found["side"].statements
    assert len(sides) > 2
    assert not found["side"].brief
    assert not [line for card in sides for line in card.tensions if tension in line.href]
    claim = cards(service, sides[1].iri.partition("/id/")[2])[0]
    (line,) = [line for line in claim.tensions if tension in line.href]
    assert "doelgroep" in line.reason.text
    assert len(line.others) == len(sides) - 1


def test_a_reference_shows_its_match_and_its_source(service: Service) -> None:
    found = [r for card in cards(service, "working-element/afstemming") for r in card.references]
    assert found
    line = found[0]
    assert line.cited_as.href.startswith("/id/in-text-reference/")
    assert line.match is not None
    assert line.match.label == "gevonden"
    assert line.source is not None
    assert line.source.kind == "soort bron: overzicht van onderzoeken (52 onderzoeken)"
    assert line.source.known_from == "staat in de tekst"


def test_groups_are_cut_and_lead_to_all(service: Service) -> None:
    group = grouped(service, "key-concept/ontmoeting")["object"]
    assert group.brief
    assert group.more_href == "/all?group=object"
    assert group.cut.startswith("12 van ")
    whole = grouped(service, "working-element/afstemming")["subject"]
    assert (whole.cut, whole.more_href) == ("", "")


def test_what_a_map_shows_of_an_open_element(service: Service) -> None:
    depth = element_depth(service, ELEMENT + "afstemming", Languages("nl", "nl"))
    links = {line.property.text: [other.text for other, _ in line.others] for line in depth.links}
    assert links == {
        "beperkt risico": ["Drempels om mee te doen", "Uitsluiting"],
        "borgt": ["Ergens bij horen"],
    }
    assert depth.rests.endswith("één bron:")
    assert [line.source.text for line in depth.sources] == ["Blonk e.a. (2019)"]
    assert depth.tensions
    relations = {c.triple.relation for g in depth.groups for c in g.statements if c.triple}
    assert relations
    assert "genoemd bij" not in relations


def test_an_element_without_a_source_says_so() -> None:
    element = f"<{ELEMENT}bare> a <https://w3id.org/mdt-kennisgraaf/def/WorkingElement> ."
    content = Content((ContentFile("graph_data/concepts/x.ttl", element.encode()),))
    bare = open_content(content, read_rules(content), StoreLimits(seconds=60, readers=1))
    alone = cast(Service, SimpleNamespace(store=bare, links=Links("http://127.0.0.1:1/")))
    depth = element_depth(alone, ELEMENT + "bare", Languages("en", "en"))
    bare.close()
    assert depth.rests == "No claim of the author about it refers to a source."
    assert (depth.sources, depth.links, depth.groups, depth.tensions) == ([], [], [], [])


def test_the_difference_with_a_look_alike_is_said(service: Service) -> None:
    described, naming, _ = page(service, "goal/welbevinden")
    found = look_alikes(described, naming)
    assert found is not None
    assert [other.text for other in found.values] == ["Welbevinden (begrip)"]
    assert found.label.text.startswith("Dit is een doel van ontmoetingen.")
    assert any(line.incoming for line in derived_lines(described, naming))


def test_a_source_says_first_what_it_is(service: Service) -> None:
    described, naming, _ = page(service, "source/blonk-2019")
    facts: dict[str, Any] = {
        f.label.text: [v.text for v in f.values] for f in key_facts(described, naming)
    }
    assert facts["soort bron"] == ["overzicht van onderzoeken"]
    assert facts["soort ontleend aan"] == ["staat in de tekst"]
    assert facts["aantal onderzoeken"] == ["52"]
