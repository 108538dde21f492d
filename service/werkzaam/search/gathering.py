"""All texts of a version, read from a store, as entries of the index."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from werkzaam.domain.identifiers import TERMS, THINGS, last_segment, record_of
from werkzaam.domain.versions import Version
from werkzaam.errors import StoreBusy
from werkzaam.search.entries import Entry, Text
from werkzaam.store.interface import Question, Store

_RESULTS: Final = "application/sparql-results+json"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

_NAMES: Final = (_SKOS + "prefLabel", TERMS + "legalName", TERMS + "section")
_TITLE: Final = _DCTERMS + "title"
"""The name of what has no other; of what has one it is a synonym, and says what it is about."""
_SYNONYMS: Final = (_SKOS + "altLabel", _SKOS + "hiddenLabel")
_BODIES: Final = (
    *(TERMS + "gist", TERMS + "reason", _SKOS + "definition", _SKOS + "scopeNote"),
    *(TERMS + "distinction", TERMS + "population", _DCTERMS + "description"),
    *(_DCTERMS + "identifier", _DCTERMS + "creator", _DCTERMS + "issued"),
    *(TERMS + "publishedIn", TERMS + "publisherAsStated", TERMS + "commissionerAsStated"),
    *(TERMS + "applicantAsStated", TERMS + "organisationNameAsStated"),
    *(TERMS + "municipalityAsStated", TERMS + "interventionNameAsStated"),
    *(TERMS + "activityAsStated", TERMS + "approachAsStated", TERMS + "goalAsStated"),
    *(TERMS + "targetGroupAsStated", TERMS + "themeAsStated", TERMS + "resultsAsStated"),
)
_SAID_OF: Final = (
    *(TERMS + "subject", TERMS + "object", TERMS + "measures", TERMS + "defines"),
    *(TERMS + "concerns", TERMS + "assesses", TERMS + "assessesComponent"),
    *(TERMS + "regards", TERMS + "shared", TERMS + "listedUnderGoal"),
    *(TERMS + "inLayer", TERMS + "aimsAtGoal", TERMS + "targetsComponent"),
    *(TERMS + "codedElement", TERMS + "codedComponent"),
)
_IN_DOCUMENTS: Final = (
    *(TERMS + "statedIn", TERMS + "inDocument", TERMS + "tensionIn"),
    *(TERMS + "bibliographyOf", TERMS + "soughtIn", TERMS + "describedIn"),
)
_NOT_FOUND: Final = (
    *(TERMS + "TermUse", TERMS + "InTextReference", TERMS + "ElementCoding"),
    *(TERMS + "ComponentCoding", TERMS + "StatedAbsence", TERMS + "InterventionUse"),
    *(TERMS + "OrganisationInvolvement", TERMS + "ParticipantFigure"),
    *(TERMS + "Submission", TERMS + "SubmittedRow", TERMS + "SubmittedColumn"),
)
"""Kinds that are found by what they belong to."""

_TELLING_CODES: Final = (TERMS + "SubsidyRound", TERMS + "Regulation")
"""Code lists of which readers look for the values."""

_EACH: Final = "SELECT ?thing ?value WHERE {{ ?thing <{property}> ?value }}"
_MENTIONS: Final = f"""
SELECT ?thing ?value WHERE {{ ?use <{TERMS}refersTo> ?thing ; <{TERMS}wording> ?value }}"""
_CITED: Final = f"""
SELECT ?thing ?value WHERE {{ ?use <{TERMS}refersToSource> ?thing ; <{TERMS}citedAs> ?value }}"""
_MENTIONED_IN: Final = f"""
SELECT DISTINCT ?thing ?value WHERE {{
  ?use <{TERMS}refersTo>|<{TERMS}refersToSource> ?thing ; <{TERMS}inPassage>/<{TERMS}inDocument> ?value
}}"""
_TYPES: Final = f"""
SELECT ?thing ?value WHERE {{ ?thing a ?value FILTER(STRSTARTS(STR(?value), "{TERMS}")) }}"""
_BROADER: Final = f"""
SELECT ?thing ?value WHERE {{
  ?thing <{_RDFS}subClassOf> ?value
  FILTER(STRSTARTS(STR(?thing), "{TERMS}") && STRSTARTS(STR(?value), "{TERMS}"))
}}"""
_OUT_OF_USE: Final = """
SELECT ?thing ?value WHERE { ?thing <http://www.w3.org/2002/07/owl#deprecated> ?value }"""
_CLASS_NAMES: Final = f"""
SELECT ?thing ?value WHERE {{
  ?thing a <http://www.w3.org/2002/07/owl#Class> ; <{_RDFS}label> ?value
  FILTER(STRSTARTS(STR(?thing), "{TERMS}"))
}}"""

Pairs = list[tuple[str, Text]]


@dataclass(frozen=True)
class Gathered:
    """The entries of one version, and what things are called that hits are counted by."""

    version: Version
    entries: list[Entry]
    names: Mapping[str, tuple[Text, ...]]


@dataclass
class _Found:
    names: list[Text] = field(default_factory=list)
    synonyms: list[Text] = field(default_factory=list)
    bodies: list[Text] = field(default_factory=list)


class _Asking:
    """Small questions to a store, which must all be answered on one version.

    Each is small so that none holds up this process while its answer is read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version = store.version

    def pairs(self, text: str) -> Pairs:
        """The rows ``?thing ?value``. Raises as the store does, and StoreBusy where it moved on."""
        answer = self._store.ask(Question(text, _RESULTS))
        if answer.version != self.version:
            raise StoreBusy(1, "The dataset moved on. Try again in {retry_after} seconds.")
        rows = json.loads(answer.body)["results"]["bindings"]
        return [(row["thing"]["value"], _text(row["value"])) for row in rows if "thing" in row]

    def of(self, predicate: str) -> Pairs:
        """All things with their values of ``predicate``."""
        return self.pairs(_EACH.format(property=predicate))


def gather(store: Store) -> Gathered:
    """Everything of the version that ``store`` is at.

    Raises what the store raises; StoreBusy where it moved to another version meanwhile.
    """
    asking = _Asking(store)
    kinds, broader = _kinds(asking)
    found = _texts(asking, kinds)
    links = _Links(asking, kinds)
    places = _of_each(asking, TERMS + "passage")
    pages = {thing: text.value for thing, text in asking.of(TERMS + "page")}
    gone = {thing for thing, text in asking.pairs(_OUT_OF_USE) if text.value in ("true", "1")}
    names = {thing: tuple(one.names) for thing, one in found.items() if one.names}
    entries = []
    for thing, texts in found.items():
        kind = kinds.get(thing, "")
        if not kind or kind in _NOT_FOUND or thing in gone or not thing.startswith(THINGS):
            continue
        place = next(iter(places.get(thing, ())), thing)
        section = found[place].names[0] if place != thing and place in names else None
        entries.append(
            Entry(
                *(thing, kind, tuple(texts.names), tuple(texts.synonyms), tuple(texts.bodies)),
                *(
                    links.documents(thing),
                    links.layers(thing),
                    links.goals(thing),
                ),
                *(pages.get(place, ""), section),
                code=TERMS + "Code" in broader.get(kind, ()) and kind not in _TELLING_CODES,
            )
        )
    for kind, text in asking.pairs(_CLASS_NAMES):
        names[kind] = (*names.get(kind, ()), text)
    return Gathered(asking.version, entries, names)


def _kinds(asking: _Asking) -> tuple[dict[str, str], Mapping[str, set[str]]]:
    """Of each thing the class that no other of its classes falls under; of each class those above."""
    broader: dict[str, set[str]] = {}
    for kind, above in asking.pairs(_BROADER):
        if kind != above.value:
            broader.setdefault(kind, set()).add(above.value)
    all_kinds: dict[str, set[str]] = {}
    for thing, kind_of in asking.pairs(_TYPES):
        all_kinds.setdefault(thing, set()).add(kind_of.value)
    return {thing: _narrowest(kinds, broader) for thing, kinds in all_kinds.items()}, broader


def _narrowest(kinds: set[str], broader: Mapping[str, set[str]]) -> str:
    above = {one for kind in kinds for one in broader.get(kind, ())}
    return min(kinds - above or kinds)


def _texts(asking: _Asking, kinds: Mapping[str, str]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}

    def add(pairs: Iterable[tuple[str, Text]], part: str) -> None:
        for thing, text in pairs:
            texts = getattr(found.setdefault(_owner(thing, kinds), _Found()), part)
            if text not in texts:
                texts.append(text)

    for predicate in _NAMES:
        add(asking.of(predicate), "names")
    titles = asking.of(_TITLE)
    called = {thing for thing, _ in titles if thing in found and found[thing].names}
    add((one for one in titles if one[0] not in called), "names")
    for part in ("synonyms", "bodies"):
        add((one for one in titles if one[0] in called), part)
    for part, properties in (("synonyms", _SYNONYMS), ("bodies", _BODIES)):
        for predicate in properties:
            add(asking.of(predicate), part)
    add(asking.pairs(_MENTIONS), "synonyms")
    add(asking.pairs(_CITED), "synonyms")
    return found


def _owner(thing: str, kinds: Mapping[str, str]) -> str:
    """The record that a node below it belongs to, where it is not found itself."""
    if kinds.get(thing) not in _NOT_FOUND:
        return thing
    return record_of(thing.encode()).decode()


def _of_each(asking: _Asking, *properties: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for predicate in properties:
        for thing, value in asking.of(predicate):
            found.setdefault(thing, []).append(value.value)
    return found


class _Links:
    """Which documents, layers and goals things belong to."""

    def __init__(self, asking: _Asking, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._about = _of_each(asking, *_SAID_OF)
        self._documents = _of_each(asking, *_IN_DOCUMENTS)
        for thing, document in asking.pairs(_MENTIONED_IN):
            self._documents.setdefault(thing, []).append(document.value)
        for part, values in list(self._about.items()):
            owner = _owner(part, kinds)
            if owner != part:
                self._about.setdefault(owner, []).extend(values)

    def documents(self, thing: str) -> tuple[str, ...]:
        """The documents that say or name ``thing``, itself where it is one."""
        return self._reached(thing, self._documents, TERMS + "Document")

    def layers(self, thing: str) -> tuple[str, ...]:
        """The layers that ``thing`` is, speaks of, or speaks of the parts of."""
        return self._reached(thing, self._about, TERMS + "Layer")

    def goals(self, thing: str) -> tuple[str, ...]:
        """The goals that ``thing`` is, speaks of, or speaks of the elements of."""
        return self._reached(thing, self._about, TERMS + "Goal")

    def _reached(
        self, thing: str, links: Mapping[str, Sequence[str]], kind: str
    ) -> tuple[str, ...]:
        """Things of ``kind`` in at most two steps from ``thing``."""
        near = [thing, *links.get(thing, ())]
        far = [one for place in near[1:] for one in links.get(place, ())]
        chosen = dict.fromkeys(one for one in (*near, *far) if self._kinds.get(one) == kind)
        return tuple(sorted(chosen, key=last_segment))


def _text(cell: Mapping[str, Any]) -> Text:
    return Text(cell["value"], cell.get("xml:lang", ""))
