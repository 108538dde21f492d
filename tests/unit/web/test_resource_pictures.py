"""The picture of what stands around a thing, and what search engines read of it."""

import json

import pytest

from werkzaam.api.links import Links
from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import THINGS
from werkzaam.linked_data.correspondences import Correspondences
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.names import DCTERMS, MDT, SKOS, Name
from werkzaam.linked_data.neighbours import Pointing
from werkzaam.linked_data.statements import TYPE, Facts, Statements
from werkzaam.web.languages import Languages
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.resource_network import MOST_A_SIDE, network
from werkzaam.web.resource_schema import schema_org

LINKS = Links("https://example.org")
NASTY = "</script><script>alert('1')</script><!-- & \u2028"
LONG = "gemeenschappelijkheidsgevoelensvergelijking " * 9


def described(facts: Facts, *pointing: Pointing) -> Description:
    names = {
        THINGS + f"x/{n}": Name([Term("literal", f"{LONG}{n}", None, "nl")], True)
        for n in range(30)
    }
    nothing = Statements([], {}, {}, {})
    return Description(
        THINGS + "x/here", facts, pointing, nothing, [], [], [], [], None, None,
        Correspondences([], 0), names,
    )  # fmt: skip


def naming(thing: Description) -> Naming:
    return Naming(thing.names, LINKS, Languages("nl", "nl"))


def things(*numbers: int) -> list[Term]:
    return [Term("uri", THINGS + f"x/{number}") for number in numbers]


def test_the_nearest_stand_in_turns_and_nothing_overlaps() -> None:
    facts = {
        MDT + "a": things(*range(20)),
        MDT + "b": things(20),
        MDT + "voice": things(21),
        TYPE: [Term("uri", MDT + "Goal")],
    }
    pointing = Pointing(MDT + "c", 70, tuple(THINGS + f"x/{number}" for number in range(22, 30)))
    thing = described(facts, pointing)
    made = network(thing, Named(LONG), naming(thing))
    assert made is not None
    right = [one for one in made.neighbours if not one.incoming]
    assert [len(right), len(made.neighbours)] == [MOST_A_SIDE, 2 * MOST_A_SIDE]
    assert right[1].other.iri == THINGS + "x/20"
    assert made.count == 22 + 70
    for one in made.boxes:
        assert one.href.startswith("/id/x/")
        assert all(one.y < line.y < one.y + one.height for line in (*one.words, *one.label))
        assert 0 < one.x < one.x + one.width < made.width
        assert one.y > made.title_height
        assert one.y + one.height < made.height
    columns = [[box for box in made.boxes if box.x == x] for x in {box.x for box in made.boxes}]
    for column in columns:
        assert all(a.y + a.height < b.y for a, b in zip(column, column[1:], strict=False))
    longest = max(len(line.text) for box in made.boxes for line in box.label)
    assert longest * 10.4 <= made.boxes[0].width


def test_who_points_at_a_code_is_counted_and_drawn() -> None:
    pointing = [Pointing(MDT + name, 900, (THINGS + "x/1",)) for name in ("voice", "headingVoice")]
    thing = described({SKOS + "inScheme": things(2)}, *pointing)
    made = network(thing, Named("x"), naming(thing))
    assert made is not None
    assert made.count == 2 * 900 + 1
    assert [one.other.iri for one in made.neighbours] == [THINGS + "x/1"]


def test_a_thing_alone_has_no_picture() -> None:
    thing = described({TYPE: [Term("uri", MDT + "Goal")], MDT + "note": [Term("literal", "x")]})
    assert network(thing, Named("x"), naming(thing)) is None


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (MDT + "Document", "Report"),
        (MDT + "Source", "ScholarlyArticle"),
        (MDT + "Project", "Project"),
        (MDT + "Claim", "Claim"),
        (SKOS + "Concept", "DefinedTerm"),
        (SKOS + "ConceptScheme", "DefinedTermSet"),
        (MDT + "Tension", "Thing"),
    ],
)
def test_each_kind_has_its_word(kind: str, word: str) -> None:
    thing = described({TYPE: [Term("uri", kind)]})
    made = json.loads(schema_org(thing, "name", "https://example.org/doc/x/here", "nl"))
    assert (made["@type"], made["name"], made["@id"]) == (word, "name", THINGS + "x/here")
    assert ("inLanguage" in made) == (word not in ("Project", "DefinedTerm", "Thing"))


def test_a_report_has_its_authors_and_date() -> None:
    facts = {
        TYPE: [Term("uri", MDT + "Document")],
        DCTERMS + "creator": [Term("literal", "Schrijver")],
        DCTERMS + "issued": [Term("literal", "2023-10-04")],
        DCTERMS + "publisher": things(1),
    }
    made = json.loads(schema_org(described(facts), "t", "u", "nl"))
    assert (made["author"], made["datePublished"]) == (["Schrijver"], "2023-10-04")
    assert made["publisher"]["@id"] == THINGS + "x/1"


def test_no_text_ends_the_script() -> None:
    facts = {
        TYPE: [Term("uri", SKOS + "Concept")],
        SKOS + "definition": [Term("literal", NASTY, None, "nl")],
        SKOS + "altLabel": [Term("literal", NASTY)],
    }
    text = schema_org(described(facts), NASTY, "u", "nl")
    assert not set("<>&\u2028") & set(text)
    made = json.loads(text)
    assert made["description"] == made["name"] == NASTY
    assert made["alternateName"] == [NASTY]
