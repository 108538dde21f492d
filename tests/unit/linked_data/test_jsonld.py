"""JSON-LD in the words of a context means what the triples mean, whatever these are."""

import hashlib
import json
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from werkzaam.linked_data.jsonld import context, context_bytes, context_numbers, written_jsonld

PUBLISHED = {"1": "c9fffacf3fbc3c5117c39e87a5ea1e4adbe8c67ba35cf74d5fbb2783aaf573be"}
MDT = "https://w3id.org/mdt-kennisgraaf/def/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
THING = "https://w3id.org/mdt-kennisgraaf/id/x/"

nodes: st.SearchStrategy[Any] = st.sampled_from(
    [*(ox.NamedNode(THING + name) for name in "abc"), ox.BlankNode("b1")]
)
properties = st.sampled_from(
    [
        *(MDT + name for name in ("subject", "gist", "page", "studyCount", "statedOn", "unknown")),
        *(SKOS + name for name in ("prefLabel", "broader", "note")),
        "https://example.org/p",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    ]
)
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)
literals: st.SearchStrategy[Any] = st.one_of(
    texts.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), texts, st.sampled_from(["nl", "en"])
    ),
    st.sampled_from(
        [
            ox.Literal("05", datatype=ox.NamedNode(XSD + "integer")),
            ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")),
            ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")),
            ox.Literal("2026-02-01", datatype=ox.NamedNode(XSD + "date")),
        ]
    ),
)
classes: st.SearchStrategy[Any] = st.sampled_from(
    [ox.NamedNode(MDT + "Claim"), ox.NamedNode("https://example.org/C")]
)


@st.composite
def any_triple(draw: st.DrawFn) -> ox.Triple:
    name = draw(properties)
    value = draw(classes if name.endswith("#type") else st.one_of(nodes, literals))
    return ox.Triple(draw(nodes), ox.NamedNode(name), value)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@given(st.lists(any_triple(), max_size=12))
def test_what_is_read_again_is_what_was_written(triples: list[ox.Triple]) -> None:
    document = json.loads(written_jsonld(triples, "https://example.org/context"))
    document["@context"] = json.loads(context_bytes("1"))["@context"]
    read = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    plain = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    assert isomorphic(read, rdflib.Graph().parse(data=plain, format="nt"))


def test_words_stand_for_iris() -> None:
    claim = ox.NamedNode(THING + "a")
    triples = [
        ox.Triple(claim, ox.NamedNode(MDT + "subject"), ox.NamedNode(THING + "b")),
        ox.Triple(claim, ox.NamedNode(SKOS + "prefLabel"), ox.Literal("één", language="nl")),
    ]
    (node,) = json.loads(written_jsonld(triples, "https://example.org/c"))["@graph"]
    assert node == {"id": THING + "a", "subject": [THING + "b"], "prefLabel": {"nl": ["één"]}}


def test_a_published_context_never_changes() -> None:
    found = {
        number: hashlib.sha256(context_bytes(number)).hexdigest() for number in context_numbers()
    }
    assert found == PUBLISHED


@pytest.mark.parametrize("number", PUBLISHED)
def test_every_word_means_one_thing(number: str) -> None:
    words = context(number).words
    assert len({word.name for word in words.values()}) == len(words) > 300
    assert words[MDT + "subject"].type == "@id"
    assert words[MDT + "gist"].by_language
