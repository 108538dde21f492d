"""The things that belong to one document, from the Turtle files of the content."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from werkzaam.curation.turtle_positions import positions
from werkzaam.curation.turtle_reading import Turtle, read_turtle
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS, term

Words = Mapping[str, str]

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_BELONGS: Final = tuple(term(name) for name in ("statedIn", "tensionIn", "inDocument"))
_PLACED: Final = tuple(term(name) for name in ("passage", "inPassage"))
_STATEMENT: Final = term("SourceStatement")
_FOLDERS: Final = ("ontology", "graph_data")


class DocumentContent:
    """One document and what belongs to it: what says so, else what stands at one of its passages,
    else what stands in its folder. ``iri`` is that of the document."""

    title: Final = "http://purl.org/dc/terms/title"

    def __init__(self, content: Content, document: str) -> None:
        """Read every Turtle file. Raises ContentError for one that is not Turtle: numbers that
        leave out a file would be wrong."""
        self.iri = f"{THINGS}document/{document}"
        self._folder = f"graph_data/{document}/"
        self._turtle = {
            file.path: read_turtle(file.data, file.path)
            for folder in _FOLDERS
            for file in content.under(folder, ".ttl")
        }
        self._said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        self._files: dict[str, str] = {}
        self._lines: dict[str, Mapping[str, int]] = {}
        for path, turtle in self._turtle.items():
            self._take_up(path, turtle)

    def _take_up(self, path: str, turtle: Turtle) -> None:
        for triple in turtle.triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                about = self._said.setdefault(subject.value, defaultdict(list))
                about[triple.predicate.value].append(value)
                self._files.setdefault(subject.value, path)

    @property
    def documents(self) -> list[str]:
        """The IRIs of all documents, in order."""
        return sorted(iri for iri in self._said if term("Document") in self.objects(iri, _TYPE))

    @cached_property
    def kinds(self) -> list[str]:
        """The names of the classes of statements, in order, as the ontology has them."""
        found = {_STATEMENT}
        size = 0
        while size < len(found):
            size = len(found)
            found |= {iri for iri in self._said if self.objects(iri, _SUBCLASS) & found}
        found.discard(_STATEMENT)
        return sorted(iri.removeprefix(term("")) for iri in found)

    @cached_property
    def statements(self) -> frozenset[str]:
        """The statements of this document."""
        return frozenset().union(*(self.of_class(name) for name in self.kinds))

    @property
    def statements_of_all(self) -> frozenset[str]:
        """The statements of every document."""
        return frozenset(iri for iri in self._said if self.objects(iri, term("statedIn")))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts that a passage of this document describes."""
        passages = self.of_class("Passage")
        return frozenset(
            iri for iri in self._said if self.objects(iri, term("describedIn")) & passages
        )

    def of_class(self, name: str) -> frozenset[str]:
        """The things of this document that are a ``name``."""
        return self._by_class[name]

    @cached_property
    def _by_class(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        passages = {iri for iri in self._said if self.iri in self.objects(iri, term("inDocument"))}
        for iri in self._said:
            if self._belongs(iri, passages):
                for kind in self.objects(iri, _TYPE):
                    found[kind.removeprefix(term(""))].add(iri)
        return defaultdict(frozenset, {name: frozenset(iris) for name, iris in found.items()})

    def _belongs(self, iri: str, passages: Iterable[str]) -> bool:
        documents = self._links(iri, _BELONGS)
        if documents:
            return self.iri in documents
        if self._links(iri, _PLACED) & set(passages):
            return True
        return self._files[iri].startswith(self._folder)

    def _links(self, iri: str, properties: Iterable[str]) -> set[str]:
        return {value for property_ in properties for value in self.objects(iri, property_)}

    def objects(self, thing: str, property_: str) -> set[str]:
        """The IRIs that ``thing`` has for ``property_``."""
        values = self._said.get(thing, {}).get(property_, ())
        return {value.value for value in values if isinstance(value, ox.NamedNode)}

    def values(self, thing: str) -> set[str]:
        """The IRIs that ``thing`` has for any property."""
        return {
            value for property_ in self._said[thing] for value in self.objects(thing, property_)
        }

    def text(self, thing: str, name: str) -> str | None:
        """The first literal of our property ``name``."""
        values = self._said.get(thing, {}).get(term(name), ())
        return next((value.value for value in values if isinstance(value, ox.Literal)), None)

    def words(self, thing: str, property_: str) -> Words:
        """The texts of ``property_`` by language, without blanks around them."""
        return {
            value.language: value.value.strip()
            for value in self._said.get(thing, {}).get(property_, ())
            if isinstance(value, ox.Literal) and value.language
        }

    def all_words(self, thing: str) -> Mapping[str, Words]:
        """The texts by language of every property that has them."""
        found = {property_: self.words(thing, property_) for property_ in self._said[thing]}
        return {property_: texts for property_, texts in found.items() if texts}

    def place(self, thing: str) -> tuple[str, int]:
        """The file and the line, from 1, where ``thing`` is described."""
        path = self._files[thing]
        if path not in self._lines:
            self._lines[path] = positions(self._turtle[path].text).subjects
        return path, self._lines[path].get(thing, 0)
