"""Constraints in SPARQL, asked of pyoxigraph. Standard: `SHACL §5 <https://www.w3.org/TR/shacl/#sparql-constraints>`_.

How they are asked, of many nodes at once and with numbers as they were written: ``sparql_asking``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from rdflib import OWL, RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.validation.shape_nodes import one, words
from werkzaam.validation.shape_paths import Path, Unsupported
from werkzaam.validation.shape_run import Found, Run, Shape, Values
from werkzaam.validation.sparql_asking import Asking, Solution
from werkzaam.validation.sparql_text import Question, read_question

_NAMED: Final = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, eq=False)
class SparqlConstraint:
    """A constraint as a question. ``words``: its own message in Dutch and English, or None."""

    question: Question
    words: tuple[str, str] | None

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``. Raises Unsupported where pySHACL has to judge it."""
        asked: Asking = run.asked
        seen = set()
        for focus, solution in asked.answers(self.question, values.by_focus, run.terms):
            row = (focus, *sorted((name, str(term)) for name, term in solution.items()))
            if row not in seen:
                seen.add(row)
                result = self._result(run, shape, focus, solution)
                if result is not None:
                    yield focus, result

    def failing(self, run: Run, shape: Shape, values: Values) -> Iterable[int]:
        """See ``Constraint``."""
        return {focus for focus, _ in self.found(run, shape, values)}

    def _result(self, run: Run, shape: Shape, focus: int, solution: Solution) -> Found | None:
        value = focus if shape.path is None else None
        words = None if self.words is None else _filled(self.words, solution)
        if words is None and any("{" in text for text in shape.words):
            words = _filled(shape.words, solution)
        if "failure" in solution:
            return Found(focus, shape, "SPARQL", value, None, words)
        if not {"this", "value", "path"} & solution.keys():
            return None
        if "value" in solution:
            value = run.terms.number(solution["value"])
        path = solution.get("path")
        if path is not None and not isinstance(path, ox.NamedNode):
            raise Unsupported("a constraint in SPARQL answers with a path that is no IRI")
        named = None if path is None else URIRef(path.value)
        return Found(focus, shape, "SPARQL", value, named, words)


def read_sparql(graph: Graph, node: Node, path: Path | None) -> list[SparqlConstraint]:
    """The constraint at ``node``, unless it is deactivated. Raises Unsupported."""
    deactivated = one(graph, node, SH.deactivated)
    if isinstance(deactivated, Literal) and deactivated.value is True:
        return []
    text = one(graph, node, SH.select)
    if deactivated is not None or not isinstance(text, Literal):
        raise Unsupported("a constraint in SPARQL that cannot be read")
    question = read_question(str(text), _prefixes(graph, node), path.sparql() if path else None)
    return [SparqlConstraint(question, _own_words(graph, node))]


def _prefixes(graph: Graph, node: Node) -> dict[str, str]:
    """As pySHACL takes them: those of the ontology named, and of all ontologies where it has none."""
    ontologies = set(graph.subjects(RDF.type, OWL.Ontology))
    everywhere = {one for ontology in ontologies for one in graph.objects(ontology, SH.declare)}
    found: dict[str, str] = {}
    for named in graph.objects(node, SH.prefixes):
        own = set(graph.objects(named, SH.declare))
        for declared in own if own and named in ontologies else own | everywhere:
            prefix, iri = graph.value(declared, SH.prefix), graph.value(declared, SH.namespace)
            if not isinstance(prefix, Literal) or not isinstance(iri, Literal):
                raise Unsupported("a prefix that cannot be read")
            if found.setdefault(str(prefix), str(iri)) != str(iri):
                raise Unsupported(f"the prefix {prefix}: is declared in two ways")
    return found


def _own_words(graph: Graph, node: Node) -> tuple[str, str] | None:
    return words(graph, node) if (node, SH.message, None) in graph else None


def _filled(words: tuple[str, str], solution: Solution) -> tuple[str, str]:
    """The words with ``{?name}`` replaced by what the solution holds."""

    def value(match: re.Match[str]) -> str:
        term = solution.get(match[1])
        return match[0] if term is None else str(getattr(term, "value", term))

    dutch, english = (_NAMED.sub(value, text) for text in words)
    return dutch, english
