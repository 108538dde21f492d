"""What search engines read of a page: the thing in the words of schema.org, as JSON-LD in the page
(`schema.org <https://schema.org/docs/gs.html>`_)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from werkzaam.domain.answers import Term
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, in_language
from werkzaam.linked_data.things import is_thing

_SCHEMA: Final = "https://schema.org"
_CREATOR: Final = DCTERMS + "creator"
_ISSUED: Final = DCTERMS + "issued"
_LICENSE: Final = DCTERMS + "license"
_PUBLISHER: Final = DCTERMS + "publisher"
_KINDS: Final = {
    MDT + "Document": "Report",
    MDT + "Source": "ScholarlyArticle",
    MDT + "Passage": "Chapter",
    MDT + "Project": "Project",
    MDT + "NamedProject": "Project",
    MDT + "Programme": "Project",
    MDT + "Organisation": "Organization",
    MDT + "RegisteredOrganisation": "Organization",
    MDT + "Claim": "Claim",
    MDT + "Assessment": "Claim",
    MDT + "Proposal": "Claim",
    MDT + "Norm": "Claim",
    MDT + "Measurement": "Observation",
    MDT + "Submission": "Dataset",
    SKOS + "ConceptScheme": "DefinedTermSet",
    SKOS + "Collection": "DefinedTermSet",
    SKOS + "Concept": "DefinedTerm",
}
_WORKS: Final = ("Report", "ScholarlyArticle", "Chapter", "Claim", "Dataset", "DefinedTermSet")
"""Those that are a `CreativeWork <https://schema.org/CreativeWork>`_: a term or a project has no
language."""
_UNSAFE: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def schema_org(described: Description, title: str, url: str, language: Language) -> str:
    """``described`` as a JSON-LD script that no text in it can end. ``url``: the page."""
    kind = next((_KINDS[one] for one in _by_rank(described.types)), _of_term(described))
    facts = described.facts
    made: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": kind,
        "@id": described.iri,
        "url": url,
        "name": title,
        **({"inLanguage": language} if kind in _WORKS else {}),
        **_given("description", _text(described, language)),
        **_given("alternateName", [term.value for term in facts.get(SKOS + "altLabel", ())]),
        **_given("license", _first(facts, _LICENSE)),
        **_by_kind(kind, described),
    }
    return json.dumps(made, ensure_ascii=False).translate(_UNSAFE)


def _by_kind(kind: str, described: Description) -> dict[str, Any]:
    facts = described.facts
    if kind in ("Report", "ScholarlyArticle", "Chapter"):
        return {
            **_given("author", [_person(one) for one in facts.get(_CREATOR, ())]),
            **_given("datePublished", _first(facts, _ISSUED)),
            **_given("publisher", _organisation(described, facts.get(_PUBLISHER, ()))),
            **_given("isPartOf", _reference(facts, MDT + "inDocument")),
        }
    if kind == "DefinedTerm":
        terms = _reference(facts, SKOS + "inScheme") or _reference(facts, RDFS + "isDefinedBy")
        return _given("inDefinedTermSet", terms)
    if kind == "Claim":
        return _given("isPartOf", _reference(facts, MDT + "statedIn"))
    return {}


def _by_rank(types: Sequence[str]) -> list[str]:
    """Those of ``types`` that schema.org has a word for, the most telling first."""
    return [kind for kind in _KINDS if kind in types]


def _of_term(described: Description) -> str:
    return "Thing" if is_thing(described.iri) else "DefinedTerm"


def _text(described: Description, language: Language) -> str:
    texts = described.definition or described.facts.get(MDT + "gist", ())
    best = in_language(texts, language)
    return best.value if best else ""


def _person(term: Term) -> Any:
    return {"@id": term.value} if term.kind == "uri" else term.value


def _organisation(described: Description, terms: Sequence[Term]) -> Any:
    if not terms:
        return None
    name = described.names.get(terms[0].value)
    text = name.in_("nl") if name else None
    known = terms[0].value if terms[0].kind == "literal" else text.value if text else ""
    found = {"@type": "Organization", **_given("name", known)}
    return found | ({"@id": terms[0].value} if terms[0].kind == "uri" else {})


def _reference(facts: Mapping[str, Sequence[Term]], name: str) -> Any:
    return [{"@id": term.value} for term in facts.get(name, ()) if term.kind == "uri"]


def _first(facts: Mapping[str, Sequence[Term]], name: str) -> str:
    return facts[name][0].value if name in facts else ""


def _given(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}
