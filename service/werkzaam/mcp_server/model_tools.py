"""A tool that describes the model: its classes, their properties, and the lists to choose from."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.answers import Row
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import BASE, TERMS, THINGS
from werkzaam.domain.queries import Language
from werkzaam.domain.versions import Version
from werkzaam.errors import NotFound
from werkzaam.mcp_server.answers import dataset, note, submitted_among
from werkzaam.mcp_server.calls import LANGUAGE, Call, Tool

_SCHEMES: Final = THINGS + "scheme/"
_MOST_MEMBERS: Final = 200
_PREFIXES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_CLASSES: Final = (
    _PREFIXES
    + """
SELECT ?term ?label ?definition (GROUP_CONCAT(STR(?above); SEPARATOR=" ") AS ?parents) WHERE {{
  {{ SELECT DISTINCT ?term ?label ?definition ?above WHERE {{
    ?term a owl:Class ; rdfs:label ?label .
    FILTER(STRSTARTS(STR(?term), "{terms}") && LANG(?label) = "{language}")
    OPTIONAL {{ ?term skos:definition ?definition . FILTER(LANG(?definition) = "{language}") }}
    OPTIONAL {{ ?term rdfs:subClassOf ?above . FILTER(isIRI(?above)) }}
  }} ORDER BY ?term ?above }}
}} GROUP BY ?term ?label ?definition ORDER BY ?term
"""
)
_LISTS: Final = (
    _PREFIXES
    + """
SELECT ?term ?label (COUNT(DISTINCT ?member) AS ?members) WHERE {{
  ?term a skos:ConceptScheme ; dcterms:title ?label .
  FILTER(LANG(?label) = "{language}")
  OPTIONAL {{ ?member skos:inScheme ?term }}
}} GROUP BY ?term ?label ORDER BY ?term
"""
)
_PROPERTIES: Final = (
    _PREFIXES
    + """
SELECT DISTINCT ?term ?label ?definition ?of ?range WHERE {{
  VALUES ?kind {{ owl:ObjectProperty owl:DatatypeProperty }}
  ?term a ?kind ; rdfs:label ?label .
  FILTER(STRSTARTS(STR(?term), "{terms}") && LANG(?label) = "{language}")
  {of_class}
  OPTIONAL {{ ?term rdfs:domain ?of . FILTER(isIRI(?of)) }}
  OPTIONAL {{ ?term rdfs:range ?range . FILTER(isIRI(?range)) }}
  OPTIONAL {{ ?term skos:definition ?definition . FILTER(LANG(?definition) = "{language}") }}
}} ORDER BY ?term ?of ?range
"""
)
_OF_CLASS: Final = "{class_} rdfs:subClassOf* ?above . ?term rdfs:domain ?above ."
_MEMBERS: Final = (
    _PREFIXES
    + """
SELECT DISTINCT ?term ?label ?definition WHERE {{
  {{ ?term {belongs} }}
  ?term {label} ?label .
  FILTER(LANG(?label) = "{language}" || NOT EXISTS {{
    ?term {label} ?other . FILTER(LANG(?other) = "{language}") }})
  OPTIONAL {{ ?term skos:definition ?definition . FILTER(LANG(?definition) = "{language}") }}
}} ORDER BY ?term ?label ?definition
"""
)
_LABEL: Final = "skos:prefLabel|rdfs:label|dcterms:title|mdt:legalName|mdt:gist"
_HOW_MANY: Final = _PREFIXES + "SELECT (COUNT(DISTINCT ?term) AS ?many) WHERE {{ ?term {belongs} }}"


def describe_model(call: Call) -> dict[str, Any]:
    """The classes and lists, or what belongs to one of them. Raises NotFound, and as the store does."""
    name = call.given.text("term").strip()
    language = call.language
    classes, version = call.select(_CLASSES.format(terms=TERMS, language=language))
    lists, _ = call.select(_LISTS.format(language=language))
    if not name:
        described = _overview(classes.rows, lists.rows)
    else:
        described = _one(call, name, classes.rows, lists.rows, language)
    return {**described, **_ends(call, version, language)}


def _overview(classes: Iterable[Row], lists: Iterable[Row]) -> dict[str, Any]:
    shown = [_term(row) for row in classes]
    to_choose = [{**_named(row), "members": int(row["members"].value)} for row in lists]
    return {
        "classes": shown,
        "lists": to_choose,
        "prefixes": {"mdt": TERMS, **_PLAIN_PREFIXES},
        "limits": {"returned": len(shown) + len(to_choose), "truncated": False},
    }


def _one(
    call: Call, name: str, classes: Iterable[Row], lists: Iterable[Row], language: Language
) -> dict[str, Any]:
    for row in classes:
        if _answers_to(name, row, TERMS):
            return _class(call, row, language)
    for row in lists:
        if _answers_to(name, row, _SCHEMES):
            belongs = f"skos:inScheme {_written(row)}"
            return {"list": _named(row), **_members(call, belongs, language)}
    every, _ = call.select(_PROPERTIES.format(terms=TERMS, language=language, of_class=""))
    rows = [row for row in every.rows if _answers_to(name, row, TERMS)]
    if not rows:
        raise NotFound(
            "The model has no class, property or list {name}. Leave term out to see what there is.",
            name=quoted(name),
        )
    return {
        "property": _properties(rows)[0],
        "limits": {"returned": 1, "truncated": False},
    }


def _class(call: Call, row: Row, language: Language) -> dict[str, Any]:
    text = _PROPERTIES.format(
        terms=TERMS, language=language, of_class=_OF_CLASS.format(class_=_written(row))
    )
    found, _ = call.select(text)
    return {
        "class": _term(row),
        "properties": _properties(found.rows),
        **_members(call, f"a {_written(row)}", language),
    }


def _members(call: Call, belongs: str, language: Language) -> dict[str, Any]:
    """What ``belongs``, by its label in ``language``, of what has none there in another one."""
    asked = _MEMBERS.format(belongs=belongs, label=_LABEL, language=language)
    whole, _ = call.select(asked)
    named = list({row["term"].value: row for row in reversed(whole.rows)}.values())[::-1]
    counted, _ = call.select(_HOW_MANY.format(belongs=belongs))
    total = int(counted.rows[0]["many"].value)
    shown = named[:_MOST_MEMBERS]
    return {
        "members": [_term(row) for row in shown],
        "submitted": submitted_among(call.service, [row["term"].value for row in shown]),
        "limits": {
            "total": total,
            "withName": len(named),
            "returned": len(shown),
            "truncated": len(shown) < total,
        },
    }


def _properties(rows: Iterable[Row]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = found.setdefault(row["term"].value, {**_term(row), "of": [], "range": []})
        for name in ("of", "range"):
            if name in row and _short(row[name].value) not in entry[name]:
                entry[name].append(_short(row[name].value))
    return list(found.values())


def _term(row: Row) -> dict[str, Any]:
    parents = row["parents"].value.split() if "parents" in row else []
    return {
        **_named(row),
        **({"definition": row["definition"].value} if "definition" in row else {}),
        **({"subclassOf": [_short(parent) for parent in parents]} if parents else {}),
    }


def _named(row: Row) -> dict[str, str]:
    return {"name": _short(row["term"].value), "label": row["label"].value}


def _answers_to(name: str, row: Row, base: str) -> bool:
    iri = row["term"].value
    plain = name.removeprefix("mdt:").casefold()
    return name == iri or plain in (
        iri.removeprefix(base).casefold(),
        iri.removeprefix(BASE).casefold(),
        row["label"].value.casefold(),
    )


def _written(row: Row) -> str:
    return str(ox.NamedNode(row["term"].value))


def _short(iri: str) -> str:
    for prefix, base in (("mdt", TERMS), *_PLAIN_PREFIXES.items()):
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


_PLAIN_PREFIXES: Final[Mapping[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _ends(call: Call, version: Version, language: Language) -> dict[str, Any]:
    return {
        "dataset": dataset(call.service, version, language),
        "links": {"page": call.service.links.url("/model", lang=language)},
        "note": note(language),
    }


MODEL_TOOL: Final = Tool(
    "describe_model",
    "The model: classes, properties, lists",
    "Describes the classes and the lists to choose from; with term, one class with its properties and "
    "its members, one property, or one list with its members. Use it before you write SPARQL.",
    {
        "term": {
            "type": "string",
            "maxLength": 1000,
            "description": "A class, property or list, such as Assessment, mdt:basis or doelen.",
        },
        "language": LANGUAGE,
    },
    describe_model,
)
