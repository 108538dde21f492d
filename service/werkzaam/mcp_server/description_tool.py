"""A tool that tells what a thing is, and what is said about it: each statement with who says it, on which
ground, and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from werkzaam.domain.answers import Row, Term
from werkzaam.domain.identifiers import BASE, TERMS, THINGS
from werkzaam.domain.queries import Language
from werkzaam.errors import StoreBusy
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, Name, in_language, names_of
from werkzaam.linked_data.neighbours import outgoing
from werkzaam.linked_data.statements import (
    TYPE,
    Facts,
    Statement,
    Statements,
    iris_of,
    statements_of,
)
from werkzaam.linked_data.things import DOCUMENTS, Standing, address_of, find, find_term
from werkzaam.mcp_server.answers import dataset, fitting, note, plain, sources, submitted_among
from werkzaam.mcp_server.calls import LANGUAGE, Call, Tool

_USUAL: Final = 25
_MOST: Final = 100
_MOST_FACTS: Final = 60
_MOST_VALUES: Final = 20
_TURNS: Final = 3
_IN_IT: Final = "here"
_LABELS: Final = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", MDT + "legalName")
_SYNONYMS: Final = (SKOS + "altLabel", SKOS + "hiddenLabel")
_DEFINITIONS: Final = (SKOS + "definition", DCTERMS + "description", RDFS + "comment")
_SAID: Final = (
    *("voice", "basis", "relation", "polarity", "presenceInMdt", "effectOfMdt"),
    *("subject", "object", "assesses", "measures", "defines", "concerns"),
)
_EXACT: Final = ("hypothetical", "hedge", "quantityWord", "value", "minimum", "maximum")


def describe_entity(call: Call) -> dict[str, Any]:
    """The thing called ``entity`` with its facts, and the statements about it or in it, of each way to be
    about it the first. Raises NotFound with what comes near, and as the store does."""
    language, service = call.language, call.service
    limit = call.given.number("limit", _USUAL, 1, _MOST)
    asked = call.given.text("entity", required=True).strip()
    for _ in range(_TURNS):
        version = service.store.version
        thing = _standing(call, asked)
        facts = outgoing(call.store, thing.iri)
        found = statements_of(call.store, thing.iri, _IN_IT if _holds_statements(facts) else "")
        shown = found.shown[:limit]
        names = names_of(call.store, _named(thing.iri, facts, shown))
        if service.store.version == version:
            break
    else:
        raise StoreBusy(1, "The dataset moved on. Try again in {retry_after} seconds.")
    telling = _Telling(names, language)
    statements = fitting([telling.statement(one) for one in shown])
    submitted = submitted_among(service, [thing.iri])
    return {
        "entity": telling.entity(thing, facts)
        | {"address": service.links.url(address_of(thing.iri))}
        | ({"submitted": True} if submitted else {}),
        "facts": fitting(telling.facts(facts)),
        "statements": statements,
        "limits": _limits(found, len(statements)),
        "sources": telling.sources(shown[: len(statements)]),
        "dataset": dataset(service, version, language),
        "links": {"page": service.links.url(address_of(thing.iri), lang=language)},
        "note": note(language),
    }


def _standing(call: Call, asked: str) -> Standing:
    """What is meant by an IRI, an address here, or what stands after ``/id/`` or ``/def/`` in one."""
    iri = asked.replace(call.service.links.url("/"), BASE, 1).replace(DOCUMENTS, THINGS, 1)
    iri = TERMS + iri.removeprefix("mdt:") if iri.startswith("mdt:") else iri
    if iri.startswith(TERMS):
        return find_term(call.store, [iri.removeprefix(TERMS)])
    return find(call.store, [iri.removeprefix(THINGS).removeprefix("id/")])


def _holds_statements(facts: Facts) -> bool:
    return any(kind.value in (MDT + "Document", MDT + "Passage") for kind in facts.get(TYPE, ()))


def _named(iri: str, facts: Facts, shown: Sequence[Statement]) -> Iterable[str]:
    yield iri
    yield from facts
    yield from iris_of(facts)
    for node in shown:
        yield from iris_of(node.facts)
        for passage in node.passages:
            yield from iris_of(passage.facts)


def _limits(found: Statements, returned: int) -> dict[str, Any]:
    total = sum(found.counts.values())
    return {
        "total": total,
        "returned": returned,
        "truncated": returned < total,
        "byRole": dict(found.counts),
    }


class _Telling:
    """Things, facts and statements by the names that they have in one language, without what is empty."""

    def __init__(self, names: Mapping[str, Name], language: Language) -> None:
        self._names = names
        self._language: Language = language

    def entity(self, thing: Standing, facts: Facts) -> dict[str, Any]:
        """What ``thing`` is."""
        kinds = [one.value for one in facts.get(TYPE, ()) if one.value.startswith(MDT)]
        told = {
            "iri": thing.iri,
            "label": self._label(thing.iri),
            "kinds": [self._label(one) for one in kinds],
            "alsoCalled": [t.value for name in _SYNONYMS for t in facts.get(name, ())][
                :_MOST_VALUES
            ],
            "definition": self._text([t for n in _DEFINITIONS for t in facts.get(n, ())]),
            "replacedBy": thing.replacement if thing.deprecated else "",
        }
        return {name: value for name, value in told.items() if value}

    def facts(self, facts: Facts) -> list[dict[str, Any]]:
        """What else is recorded of it, by property."""
        left_out = (TYPE, *_LABELS, *_SYNONYMS, *_DEFINITIONS)
        told = []
        for name in [one for one in facts if one not in left_out][:_MOST_FACTS]:
            values = self._spoken(facts[name])
            shown = [self._value(one) for one in values[:_MOST_VALUES]]
            more = {"leftOut": len(values) - len(shown)} if len(values) > len(shown) else {}
            told.append({"property": self._label(name), "iri": name, "values": shown, **more})
        return told

    def statement(self, one: Statement) -> dict[str, Any]:
        """What a statement says, who says it, and where it stands."""
        kinds = [self._label(kind) for kind in one.types if kind.startswith(MDT)]
        told = {
            "iri": one.iri,
            "role": one.role,
            "kinds": kinds,
            "gist": self._text(one.values("gist")),
            **{name: [self._label(t.value) for t in one.values(name)] for name in _SAID},
            **{name: [plain(t) for t in one.values(name)] for name in _EXACT},
            "sources": self.sources([one]),
        }
        return {name: value for name, value in told.items() if value}

    def sources(self, statements: Sequence[Statement]) -> list[dict[str, Any]]:
        """Where ``statements`` stand."""
        return sources([row for one in statements for row in self._places(one)], self._language)

    def _places(self, one: Statement) -> list[Row]:
        places = [passage.facts for passage in one.passages]
        return [self._place(facts) for facts in places or [one.facts]]

    def _place(self, facts: Facts) -> Row:
        documents = [*facts.get(MDT + "inDocument", ()), *facts.get(MDT + "statedIn", ())]
        row = {
            name: self._spoken(facts[MDT + name])[0]
            for name in ("page", "pageStatus", "section")
            if facts.get(MDT + name)
        }
        if documents:
            row["document"] = documents[0]
            row["documentTitle"] = Term("literal", self._label(documents[0].value))
        return row

    def _value(self, term: Term) -> Any:
        if term.kind != "uri":
            return plain(term)
        return {"label": self._label(term.value), "iri": term.value}

    def _spoken(self, terms: Sequence[Term]) -> list[Term]:
        """``terms`` without those in another language that are there in this one."""
        here = [term for term in terms if term.language in (None, self._language)]
        return here or list(terms)

    def _text(self, texts: Sequence[Term]) -> str:
        found = in_language(texts, self._language)
        return found.value if found else ""

    def _label(self, iri: str) -> str:
        name = self._names.get(iri)
        text = name.in_(self._language) if name else None
        return text.value if text else iri


DESCRIPTION_TOOL: Final = Tool(
    "describe_entity",
    "What a thing is, and what is said about it",
    "Tells of one thing what it is, its definition, what is recorded of it, and the statements about it: "
    "their gist, who says it (voice), on which ground (basis), with which hedge, and in which document and "
    "on which page. Find the thing with find_entity; where limits.truncated, run_question tells more.",
    {
        "entity": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000,
            "description": "The IRI, or the end of it, such as working-element/houvast or mdt:Assessment.",
        },
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": _MOST,
            "default": _USUAL,
            "description": "Most statements to return.",
        },
        "language": LANGUAGE,
    },
    describe_entity,
    ("entity",),
)
