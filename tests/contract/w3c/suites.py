"""The test suites of the W3C for SPARQL 1.0 and 1.1, as their manifests list them.

They lie in the environment once ``make w3c`` has run and are no part of the project. Terms:
`test manifest <https://www.w3.org/2001/sw/DataAccess/tests/test-manifest>`_.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

FOLDER = Path(sys.prefix) / "w3c"
ADDRESS = "http://w3c.example/"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_APPROVAL = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"
_DROPPED = ("Withdrawn", "Rejected")
_SYNTAX = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.N3,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
}

Graphs = dict[str, list[ox.Triple]]


@dataclass(frozen=True)
class Dataset:
    """Which files stand in the default graph, and which in which named graph."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()

    def graphs(self) -> Graphs:
        """The triples by graph name; the default graph has none."""
        found: Graphs = {}
        for name, file in (*(("", file) for file in self.default), *self.named):
            found.setdefault(name, []).extend(read_triples(file))
        return found


@dataclass(frozen=True)
class Case:
    """One test. Files are named by their IRI; ``data`` is there before, ``result`` comes after."""

    name: str
    kind: str
    action: str
    data: Dataset
    result: str | Dataset
    lax: bool

    @property
    def text(self) -> str:
        """The query or the update, with the base that the suite means."""
        text = path_of(self.action).read_text("utf-8")
        return text if "Syntax" in self.kind else f"BASE <{self.action}>\n{text}"


def require_suites() -> None:
    """Skip, with the reason, where the suites are not installed; fail under CI."""
    if (FOLDER / "sparql11").is_dir() and (FOLDER / "dawg-data-r2").is_dir():
        return
    reason = f"no test suites of the W3C in {FOLDER}: run `make w3c`"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; .ci/run does", pytrace=False)
    pytest.skip(reason)


def path_of(iri: str) -> Path:
    """The file that ``iri`` names."""
    return FOLDER / unquote(iri.removeprefix(ADDRESS))


def read_triples(iri: str) -> list[ox.Triple]:
    """What the file ``iri`` says; its blank nodes are its own."""
    path = path_of(iri)
    found = ox.parse(
        path.read_bytes(),
        format=_SYNTAX[path.suffix],
        base_iri=iri,
        rename_blank_nodes=True,
    )
    return [quad.triple for quad in found]


def cases(*folders: str) -> list[Case]:
    """The tests of the suites in ``folders``, each below FOLDER, in the order of their manifests."""
    return [case for folder in folders for case in _Manifest(folder).cases()]


class _Manifest:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        iri = f"{ADDRESS}{folder}/manifest.ttl"
        self._iri = ox.NamedNode(iri)
        self._store = ox.Dataset(ox.Quad(*triple) for triple in read_triples(iri))

    def cases(self) -> Iterator[Case]:
        for entry in self._list(self._one(self._iri, _MF + "entries")):
            if not self._text(entry, _APPROVAL).endswith(_DROPPED):
                yield self._case(entry)

    def _case(self, entry: object) -> Case:
        action = self._one(entry, _MF + "action")
        result = self._one(entry, _MF + "result")
        kind = self._text(entry, _RDF + "type").removeprefix(_MF)
        evaluated = isinstance(action, ox.BlankNode)
        update = kind == "UpdateEvaluationTest"
        request = self._text(action, _UT + "request") or self._text(action, _QT + "query")
        return Case(
            f"{self._folder}#{getattr(entry, 'value', '').rpartition('#')[2]}",
            kind,
            request if evaluated else getattr(action, "value", ""),
            self._dataset(action, _UT if update else _QT) if evaluated else Dataset(),
            self._dataset(result, _UT) if update else getattr(result, "value", ""),
            bool(self._one(entry, _MF + "resultCardinality")),
        )

    def _dataset(self, node: object, terms: str) -> Dataset:
        named = []
        for graph in self._all(node, terms + "graphData"):
            file = self._text(graph, terms + "graph") or getattr(graph, "value", "")
            named.append((self._text(graph, _LABEL) or file, file))
        default = [getattr(term, "value", "") for term in self._all(node, terms + "data")]
        return Dataset(tuple(default), tuple(named))

    def _all(self, subject: object, predicate: str) -> list[object]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        found = self._store.quads_for_subject(subject)
        return [quad.object for quad in found if quad.predicate.value == predicate]

    def _one(self, subject: object, predicate: str) -> object:
        return next(iter(self._all(subject, predicate)), None)

    def _text(self, subject: object, predicate: str) -> str:
        return str(getattr(self._one(subject, predicate), "value", ""))

    def _list(self, node: object) -> Iterator[object]:
        while isinstance(node, ox.BlankNode):
            yield self._one(node, _RDF + "first")
            node = self._one(node, _RDF + "rest")
