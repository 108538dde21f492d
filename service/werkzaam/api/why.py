"""``/v1/why``: why a triple is in the dataset, for programs."""

import re
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.query_keys import asked_language, given_only
from werkzaam.api.service import Service, service_of
from werkzaam.domain.answers import Term
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import Language
from werkzaam.errors import InvalidParameter
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.statements import Statement
from werkzaam.linked_data.why import Explanation, Ground, Premise, Reason, Triple, explain, written

router = APIRouter()
Json = dict[str, Any]
KEYS = ("subject", "predicate", "object")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\\n\r]|\\[tbnrf"\'\\])*+)"'
    r"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<(?P<datatype>[^\x00-\x20<>\"{}|^`\\]+)>)?"
)
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_MOST = 4000


@router.get("/v1/why", include_in_schema=False)
def say_why(request: Request) -> Response:
    """Who asserts the triple, or by which rules it follows and from what."""
    service = service_of(request)
    given = given_only(request, *KEYS, "lang")
    language = asked_language(request, given)
    triple = asked_triple(given)
    tag = entity_tag(service, request, "application/json", language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    found = explain(service.store, service.rules, triple)
    return JSONResponse(why_json(service, found, language), headers=cache_headers(tag))


def asked_triple(given: dict[str, str]) -> Triple:
    """The triple in the address: ``subject`` and ``predicate`` are IRIs, ``object`` is an IRI or a
    literal in `N-Triples <https://www.w3.org/TR/n-triples/>`_. Raises InvalidParameter."""
    subject, predicate = (_iri(name, given) for name in KEYS[:2])
    literal = _LITERAL.fullmatch(given.get("object", "")[:_MOST])
    return Triple(subject, predicate, _literal(literal) if literal else _iri("object", given))


def why_json(service: Service, found: Explanation, language: Language) -> Json:
    """``found`` as JSON; the first grounds of each rule are told in full."""
    links = service.links
    keys = address_keys(found.triple)
    return {
        **_triple(found.triple),
        "status": "asserted" if found.graphs else "derived",
        "graphs": [*found.graphs],
        "derivations": [_reason(service, found, one, language) for one in found.reasons],
        "version": service.store.version.number,
        "page": links.url("/why", **keys, lang=language),
        "self": links.url("/v1/why", **keys, lang=language),
        **({"demo": DEMO_MARK} if service.store.version.demo else {}),
    }


def address_keys(triple: Triple) -> dict[str, str]:
    """The triple as keys of an address."""
    values = [term.value if term.kind == "uri" else written(term) for term in triple.terms]
    return dict(zip(KEYS, values, strict=True))


def _iri(name: str, given: dict[str, str]) -> Term:
    value = given.get(name, "")
    if not value:
        raise InvalidParameter(
            name, (), "{name} is missing: give the triple as subject, predicate and object."
        )
    if not _IRI.fullmatch(value[:_MOST]) or len(value) > _MOST:
        raise InvalidParameter(
            name,
            (),
            "{name} is {value}: it must be an IRI (an object may also be a literal in N-Triples).",
            value=quoted(value),
        )
    return Term("uri", value)


def _literal(match: re.Match[str]) -> Term:
    text = _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), match["text"])
    return Term("literal", text, match["datatype"], match["language"])


def _triple(triple: Triple) -> Json:
    return {
        "subject": triple.subject.value,
        "predicate": triple.predicate.value,
        "object": {
            "type": triple.object.kind,
            "value": triple.object.value,
            **({"datatype": triple.object.datatype} if triple.object.datatype else {}),
            **({"lang": triple.object.language} if triple.object.language else {}),
        },
    }


def _reason(service: Service, found: Explanation, reason: Reason, language: Language) -> Json:
    rule = reason.rule
    return {
        "rule": {
            "file": rule.derivation.path,
            "title": rule.title.in_(language),
            "because": rule.because.in_(language),
            "notSaid": rule.not_said.in_(language),
            "sparql": rule.derivation.query,
        },
        "grounds": [_ground(service, found, one, language) for one in reason.grounds],
        "groundsLeftOut": reason.count - len(reason.grounds),
    }


def _ground(service: Service, found: Explanation, ground: Ground, language: Language) -> Json:
    return {
        "statements": [_statement(found, one, language) for one in ground.statements],
        "premises": [_premise(service, one) for one in ground.premises],
    }


def _premise(service: Service, premise: Premise) -> Json:
    return {
        **_triple(premise.triple),
        "status": "asserted" if premise.graphs else "derived",
        "graphs": [*premise.graphs],
        "why": service.links.url("/v1/why", **address_keys(premise.triple)),
    }


def _statement(found: Explanation, statement: Statement, language: Language) -> Json:
    gist = {term.language: term.value for term in statement.facts[MDT + "gist"]}
    return {
        "iri": statement.iri,
        "gist": gist.get(language) or next(iter(gist.values())),
        "voice": _named(found, statement.first("voice"), language),
        "document": _named(found, statement.first("statedIn"), language),
        "passages": [
            {"iri": one.iri, "page": one.first("page") or None, "heading": one.first("section") or None}
            for one in statement.passages
        ],
    }  # fmt: skip


def _named(found: Explanation, iri: str, language: Language) -> Json | None:
    name = found.names.get(iri)
    term = name.in_(language) if name else None
    return {"iri": iri, "text": term.value if term else iri} if iri else None
