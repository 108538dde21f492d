"""What a reader types, and what must come first: Dutch and English, compounds, plurals, typing errors."""

import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS
from werkzaam.search.entries import question_entry
from werkzaam.search.gathering import gather
from werkzaam.search.index import Index
from werkzaam.store.embedded import EmbeddedStore

TABLE = {
    # exact names, in either language
    "empathie": "intermediate-outcome/empathie",
    "empathy": "intermediate-outcome/empathie",
    "Werken aan empathie": "working-element/werken-aan-empathie",
    "houvast": "working-element/houvast",
    "wederkerigheid": "working-element/wederkerigheid",
    "reciprocity": "working-element/wederkerigheid",
    "gelijke status": "working-element/gelijke-status",
    "subtyping": "risk/subtyping",
    "intergroup anxiety": "risk/intergroup-anxiety",
    "whatsapp": "key-concept/whatsapp",
    "Utrecht": "location/utrecht",
    "eenzame ouderen": "target-group/eenzame-ouderen",
    "jonge nieuwkomers": "target-group/jonge-nieuwkomers",
    "jeugdzorg": "policy-domain/jeugdzorg",
    "trickle-down": "key-concept/trickle-down",
    "trickle down": "key-concept/trickle-down",
    # a name with a note that tells it from a look-alike
    "sociaal kapitaal": "key-concept/sociaal-kapitaal",
    "social capital": "key-concept/sociaal-kapitaal",
    "welbevinden": "key-concept/welbevinden",
    "werkzaam element": "key-concept/werkzaam-element",
    "working element": "key-concept/werkzaam-element",
    # singular and plural, verb and noun
    "ontmoeting": "key-concept/ontmoeting",
    "ontmoetingen": "pillar/ontmoetingen",
    "betekenisvolle ontmoetingen": "key-concept/betekenisvolle-ontmoeting",
    "toevallige ontmoetingen": "encounter-kind/toevallig",
    "maatje": "target-group/maatjes",
    "maatjes": "target-group/maatjes",
    "buddy": "target-group/maatjes",
    "buddies": "target-group/maatjes",
    "nieuwkomer": "target-group/nieuwkomers",
    "jongere": "target-group/jongeren",
    "gemeente": "organisation/gemeenten",
    "vooroordelen": "key-concept/vooroordeel",
    "prejudice": "key-concept/vooroordeel",
    "azc": "key-concept/azc",
    "azc's": "key-concept/azc",
    # synonyms, as documents word it
    "huisvesting": "integration-component/wonen",
    "zorg voor gradatieverschillen": "working-element/gradatieverschillen",
    "horizon verbreding": "mechanism/verrijking",
    # compounds, whole, in parts, and taken apart
    "taalmaatje": "claim/integratie-canada-combinatie-effectief-p22",
    "taalmaatjes": "claim/integratie-canada-combinatie-effectief-p22",
    "buurtcontact": "claim/integratie-wonen-contact-met-buren-p12",
    "horizonverbreding": "mechanism/verrijking",
    "zelf vertrouwen": "intermediate-outcome/zelfvertrouwen",
    "trickledown": "key-concept/trickle-down",
    "taalles": "integration-component/taal",
    # typing errors
    "wederkerigeid": "working-element/wederkerigheid",
    "gradatieverschilen": "working-element/gradatieverschillen",
    "onmoeting": "key-concept/ontmoeting",
    "sociaal kapitaaal": "key-concept/sociaal-kapitaal",
    "zelfvertrouwn": "intermediate-outcome/zelfvertrouwen",
    "recirpocity": "working-element/wederkerigheid",
    "Oekraine": "subsidy-round/oekraine",
    # the beginning of a word
    "gradatiev": "working-element/gradatieverschillen",
    "vluchtelingenw": "source/vluchtelingenwerk-zd",
    # sources and documents
    "Blonk": "source/blonk-2019",
    "blonk (2019)": "source/blonk-2019",
    "ontmoetingen binnen mdt": "document/ontmoetingen",
    "integratie en inburgering": "document/integratie",
    # questions
    "knelpunten per fase": "pilot/bottlenecks-per-phase",
    "bottlenecks per phase": "pilot/bottlenecks-per-phase",
    "welke bronnen worden nergens aangehaald": "sources/never-cited",
    # words that say nothing are passed over
    "wat is houvast": "working-element/houvast",
    "the meaning of reciprocity": "working-element/wederkerigheid",
}


@pytest.fixture(scope="module")
def index(store: EmbeddedStore, content: Content) -> Index:
    return Index(
        gather(store), [question_entry(query, query.name) for query in load_queries(content)]
    )


@pytest.mark.parametrize(("typed", "expected"), TABLE.items())
def test_what_comes_first(index: Index, typed: str, expected: str) -> None:
    hits = index.find(index.asked(typed, {}), 3)
    found = [entry.iri.removeprefix(THINGS) for entry in hits.entries]
    assert found[0] == expected, found


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 60


def test_every_document_section_and_statement_is_found(index: Index) -> None:
    hits = index.find(index.asked("", {}), 1)
    kinds = {one.value.rsplit("/", 1)[-1]: one.hits for one in hits.facets["type"]}
    assert kinds["Document"] == 4
    for kind in ("Claim", "Passage", "Source", "Tension", "Proposal", "question", "Goal"):
        assert kinds[kind] > 1, kind
    assert {"TermUse", "InTextReference", "Submission"}.isdisjoint(kinds)


def test_a_statement_knows_its_document_and_page(index: Index) -> None:
    hits = index.find(index.asked("Canadese onderzoek taal maatje", {}), 1)
    entry = hits.entries[0]
    assert entry.documents == (THINGS + "document/integratie",)
    assert entry.page == "22"
    assert entry.section is not None


def test_layers_and_goals_are_those_of_what_is_spoken_of(index: Index) -> None:
    def values(text: str, facet: str) -> set[str]:
        found = index.find(index.asked(text, {}), 1).entries[0].values(facet)
        return {one.rsplit("/", 1)[1] for one in found}

    assert values("Zorg voor gradatieverschillen", "goal") == {
        "sociaal-contact", "vooroordelen-wegnemen"
    }  # fmt: skip
    assert values("Wonen", "layer")
