"""``/def`` for a browser: the classes and properties of the model, each with what it means."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request

from werkzaam.api.service import Service
from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.linked_data.asking import query_text, rows_of
from werkzaam.linked_data.jsonld import context_numbers
from werkzaam.linked_data.names import DCTERMS, RDFS, SKOS, in_language
from werkzaam.linked_data.neighbours import outgoing
from werkzaam.linked_data.things import ONTOLOGY, address_of
from werkzaam.store.interface import Store
from werkzaam.web.languages import languages_of
from werkzaam.web.pieces import Named
from werkzaam.web.resource_edges import formats
from werkzaam.web.resource_pieces import OntologyPage, TermGroup, TermRow
from werkzaam.web.wording import say

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_KINDS: Final = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
Texts = Mapping[str, Sequence[Term]]


def ontology_page(service: Service, request: Request) -> OntologyPage:
    """The terms of the model by kind, in the order of their names."""
    languages = languages_of(request)
    links, language = service.links, languages.content
    facts = outgoing(service.store, ONTOLOGY)
    version = facts.get(_OWL + "versionInfo", ())
    labels = _labels(languages.interface)
    terms = _terms(service.store)
    groups = []
    for kind in _KINDS:
        rows = [
            TermRow(
                _named(iri, texts, links.path(address_of(iri)), language),
                _best(texts.get(SKOS + "definition", ()), language),
            )
            for iri, texts in terms.get(_OWL + kind, {}).items()
        ]
        if rows:
            ordered = sorted(rows, key=lambda row: row.term.text.lower())
            groups.append(TermGroup(f"kind-{kind}", labels[kind], ordered))
    return OntologyPage(
        title=_best(facts.get(DCTERMS + "title", ()), language),
        definition=_best(facts.get(DCTERMS + "description", ()), language),
        version=version[0].value if version else "",
        iri=ONTOLOGY,
        groups=groups,
        formats=formats(links, "/def"),
        contexts=[
            Named(number, links.path(f"/def/context/{number}.jsonld"))
            for number in context_numbers()
        ],
    )


def _labels(language: Language) -> dict[str, str]:
    return {
        "Class": say("Kinds of things", language),
        "ObjectProperty": say("Relations between things", language),
        "DatatypeProperty": say("Properties with a value", language),
        "AnnotationProperty": say("Notes", language),
    }


def _terms(store: Store) -> dict[str, dict[str, dict[str, list[Term]]]]:
    """The texts of each term by property, by kind."""
    found: dict[str, dict[str, dict[str, list[Term]]]] = {}
    for row in rows_of(store, query_text("terms")):
        texts = found.setdefault(row["kind"].value, {}).setdefault(row["term"].value, {})
        if "text" in row:
            texts.setdefault(row["property"].value, []).append(row["text"])
    return found


def _named(iri: str, texts: Texts, href: str, language: Language) -> Named:
    best = in_language(texts.get(RDFS + "label", ()), language)
    text = best.value if best else last_segment(iri)
    return Named(text, href, (best.language or "") if best else "", last_segment(iri))


def _best(texts: Sequence[Term], language: Language) -> Named:
    best = in_language(texts, language)
    return Named(best.value, language=best.language or "") if best else Named("")
