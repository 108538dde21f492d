"""The Turtle files of the content, each parsed once, and the faults of those that do not parse."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, Graph, URIRef

from werkzaam.curation.turtle_positions import Positions, positions
from werkzaam.curation.turtle_reading import Turtle, read_turtle
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of


@dataclass(frozen=True)
class ParsedFile:
    """A Turtle file that parses, and where it says what."""

    path: str
    data: bytes
    turtle: Turtle
    positions: Positions

    @property
    def folder(self) -> str:
        """``ontology``, ``graph_data``, ``shapes`` or ``queries``."""
        return self.path.partition("/")[0]


@dataclass(frozen=True)
class ParsedContent:
    """All content, the Turtle files that parse, and the findings about those that do not."""

    content: Content
    files: tuple[ParsedFile, ...]
    broken: tuple[Finding, ...]

    def under(self, *folders: str) -> Iterator[ParsedFile]:
        """The parsed files in these top-level folders."""
        return (file for file in self.files if file.folder in folders)

    def is_whole(self, *folders: str) -> bool:
        """Whether every Turtle file in these folders parses: what is missing may stand elsewhere."""
        return not any(finding.path.partition("/")[0] in folders for finding in self.broken)

    def graph(self, *folders: str) -> Graph:
        """A new graph of what the files in these folders say."""
        return graph_of(triple for file in self.under(*folders) for triple in file.turtle.triples)

    def graph_with_superclasses(self) -> Graph:
        """A new graph of ontology and data, with superclasses and superproperties."""
        graph = self.graph("ontology", "graph_data")
        add_superclasses(graph)
        return graph

    @cached_property
    def closed(self) -> Graph:
        """As ``graph_with_superclasses``, made once. Not to be changed."""
        return self.graph_with_superclasses()

    @cached_property
    def declared(self) -> frozenset[str]:
        """The IRIs that the ontology, stubs included, gives a type."""
        subjects = self.graph("ontology").subjects(RDF.type)
        return frozenset(str(subject) for subject in subjects if isinstance(subject, URIRef))

    def described(self, start: str, *folders: str) -> frozenset[str]:
        """The IRIs that begin with ``start`` and are a subject in these folders."""
        return frozenset(
            iri
            for file in self.under(*folders)
            for iri in file.positions.subjects
            if iri.startswith(start)
        )

    def place(self, iri: str) -> tuple[str, int]:
        """File and line where ``iri`` is a subject, else where it is named; ``("", 0)`` if nowhere.

        Data goes before ontology: a thing is described in one file and referred to in others.
        """
        files = [*self.under("graph_data"), *self.under("ontology"), *self.under("shapes")]
        for file in files:
            if iri in file.positions.subjects:
                return file.path, file.positions.subjects[iri]
        for file in files:
            if iri in file.positions.mentions:
                return file.path, file.positions.mentions[iri]
        return "", 0


def parse_content(content: Content) -> ParsedContent:
    """Parse every ``.ttl`` file once."""
    files, broken = [], []
    for file in content.files:
        if not file.path.endswith(".ttl"):
            continue
        try:
            turtle = read_turtle(file.data, file.path)
        except ContentError as fault:
            broken.append(_broken(fault))
            continue
        files.append(ParsedFile(file.path, file.data, turtle, positions(turtle.text)))
    return ParsedContent(content, tuple(files), tuple(broken))


def _broken(fault: ContentError) -> Finding:
    return Finding(
        fault.path,
        fault.line or 0,
        "turtle",
        fault.template.format(**fault.values),
        "Mend it. What depends on this file is not checked until then.",
    )
