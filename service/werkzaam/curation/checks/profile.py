"""Whether ontology and data stay in OWL 2 DL and in OWL 2 RL, as far as RDF shows it.

The rules, after `OWL 2 <https://www.w3.org/TR/owl2-mapping-to-rdf/>`_ and its
`profiles <https://www.w3.org/TR/owl2-profiles/#OWL_2_RL>`_:

- ``two-kinds``: a name is one kind of property, or a class, or a datatype, and never a thing as well;
- ``wrong-kind``: what stands where a class or a kind of property must stand is declared as that;
- ``wrong-value``: an object property has an IRI as its value, a datatype property a literal;
- ``reserved``: a name of OWL, RDF, RDF Schema or XML Schema is not declared again;
- ``loose-blank-node``: a blank node is an axiom, a list or a class expression;
- ``datatype``: ranges and values use the datatypes that OWL 2 knows (and RL: no ``owl:real``);
- ``beyond-rl``: class expressions stand only where rules can use them.

Names that are not declared at all are for ``declared``. ``EXCEPTIONS`` is the whole list of what is
let through.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.curation.checks.profile_terms import (
    AXIOMS,
    BEYOND_RL,
    DATATYPES,
    LEFT_ONLY,
    NOT_LEFT,
    PROPERTY_KINDS,
    RESERVED,
)
from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import BASE

EXCEPTIONS: Final[Mapping[Node, str]] = {
    XSD.date: "Dates of projects and norms are days, and shapes demand xsd:date. OWL 2 has only "
    "moments (xsd:dateTime). HermiT takes the values as unknown; no property has it as its range.",
}

_KINDS = (*PROPERTY_KINDS, OWL.Class, RDFS.Datatype)
Fault = tuple[Node, str, str, str]


def profile(parsed: ParsedContent) -> list[Finding]:
    """Every breach of the rules. Nothing while a file of ontology or data does not parse."""
    if not parsed.is_whole("ontology", "graph_data"):
        return []
    graph = parsed.graph("ontology", "graph_data")
    kinds = kinds_of(graph)
    faults = {
        *_two_kinds(graph, kinds),
        *_wrong_kinds(graph, kinds),
        *_wrong_values(graph, kinds),
        *_reserved(graph),
        *_loose_blank_nodes(graph),
        *_beyond_rl(graph),
    }
    return [_finding(parsed, fault) for fault in faults]


def kinds_of(graph: Graph) -> dict[Node, set[Node]]:
    """What each name is declared as: class, datatype or a kind of property."""
    kinds: dict[Node, set[Node]] = {}
    for kind in _KINDS:
        for name in graph.subjects(RDF.type, kind):
            kinds.setdefault(name, set()).add(kind)
    return kinds


def _two_kinds(graph: Graph, kinds: Mapping[Node, set[Node]]) -> Iterator[Fault]:
    fix = "Keep one kind; give the other its own name."
    for name, declared in kinds.items():
        if len(declared) > 1:
            words = " and ".join(sorted(_short(kind) for kind in declared))
            yield name, "two-kinds", f"It is declared as {words}", fix
        for other in graph.objects(name, RDF.type):
            if other in kinds and OWL.Class in kinds[other]:
                yield name, "two-kinds", f"It is a term and also a thing of {_short(other)}", fix


def _wrong_kinds(graph: Graph, kinds: Mapping[Node, set[Node]]) -> Iterator[Fault]:
    for place in (RDF.type, RDFS.subClassOf, RDFS.domain):
        for name, kind in graph.subject_objects(place):
            yield from _not_a(kinds, name, kind, OWL.Class)
    for name, value in graph.subject_objects(RDFS.range):
        if kinds.get(name) == {OWL.ObjectProperty}:
            yield from _not_a(kinds, name, value, OWL.Class)
        elif kinds.get(name) == {OWL.DatatypeProperty} and isinstance(value, URIRef):
            yield from _datatype(name, value)
    for name, above in graph.subject_objects(RDFS.subPropertyOf):
        for kind in kinds.get(name, ()):
            yield from _not_a(kinds, name, above, kind)


def _not_a(
    kinds: Mapping[Node, set[Node]], name: Node, value: Node, wanted: Node
) -> Iterator[Fault]:
    if value in kinds and wanted not in kinds[value]:
        message = f"{_short(value)} stands where {_short(wanted)} must stand"
        yield name, "wrong-kind", message, "Name a term of that kind."


def _wrong_values(graph: Graph, kinds: Mapping[Node, set[Node]]) -> Iterator[Fault]:
    for name, property_, value in graph:
        kind = kinds.get(property_, set())
        literal = isinstance(value, Literal)
        if kind == {OWL.ObjectProperty} and literal:
            message = f"{_short(property_)} has a text or number as its value"
            yield name, "wrong-value", message, "Give it the IRI of a thing."
        elif kind == {OWL.DatatypeProperty} and not literal:
            message = f"{_short(property_)} has a thing as its value"
            yield name, "wrong-value", message, "Give it a text, number or date."
        elif kind == {OWL.DatatypeProperty} and isinstance(value, Literal) and value.datatype:
            yield from _datatype(name, value.datatype)


def _datatype(name: Node, datatype: URIRef) -> Iterator[Fault]:
    if datatype not in DATATYPES and datatype not in EXCEPTIONS:
        message = f"{_short(datatype)} is no datatype of OWL 2 RL"
        yield name, "datatype", message, "Choose another, such as xsd:string or xsd:dateTime."


def _reserved(graph: Graph) -> Iterator[Fault]:
    for name in set(graph.subjects()):
        if isinstance(name, URIRef) and str(name).startswith(RESERVED):
            message = "This name belongs to the language itself"
            yield name, "reserved", message, "Take out what the file says about it."


def _loose_blank_nodes(graph: Graph) -> Iterator[Fault]:
    for node in {node for node in graph.subjects() if isinstance(node, BNode)}:
        kinds = set(graph.objects(node, RDF.type))
        if not kinds & AXIOMS and (node, RDF.first, None) not in graph:
            fix = "Give it an IRI of its own."
            yield node, "loose-blank-node", "A blank node is a thing here", fix


def _beyond_rl(graph: Graph) -> Iterator[Fault]:
    for place in (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass):
        for name, expression in graph.subject_objects(place):
            words = _words(graph, expression) & (BEYOND_RL | LEFT_ONLY)
            yield from (_out_of_place(name, word, f"right of {_short(place)}") for word in words)
            if expression == OWL.Thing:
                yield name, "beyond-rl", "owl:Thing above or around it says nothing", "Take it out."
    for place in (RDFS.subClassOf, OWL.equivalentClass):
        for name in graph.subjects(place):
            words = _words(graph, name) & (BEYOND_RL | NOT_LEFT)
            yield from (_out_of_place(name, word, f"left of {_short(place)}") for word in words)
    for name in graph.subjects(RDF.type, OWL.ReflexiveProperty):
        yield name, "beyond-rl", "ReflexiveProperty is beyond OWL 2 RL", "Take it out."
    for name in graph.subjects(OWL.disjointUnionOf):
        yield name, "beyond-rl", "disjointUnionOf is beyond OWL 2 RL", "Write AllDisjointClasses."


def _out_of_place(name: Node, word: Node, side: str) -> Fault:
    message = f"{_short(word)} on the {side} is beyond OWL 2 RL"
    return name, "beyond-rl", message, "Say it in a shape instead: rules cannot use it there."


def _words(graph: Graph, expression: Node) -> set[Node]:
    """The properties that make up a class expression without a name, and those inside it."""
    found: set[Node] = set()
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, BNode):
            for word, value in graph.predicate_objects(node):
                found.add(word)
                waiting.append(value)
    return found


def _finding(parsed: ParsedContent, fault: Fault) -> Finding:
    name, rule, message, fix = fault
    path, line = (
        _blank_node_place(parsed, name) if isinstance(name, BNode) else parsed.place(str(name))
    )
    return Finding(path or "ontology", line, rule, f"{_short(name)}: {message}.", fix)


def _blank_node_place(parsed: ParsedContent, node: BNode) -> tuple[str, int]:
    """The file with the blank node, and the first line that opens one."""
    for file in parsed.under("ontology", "graph_data"):
        subjects = {getattr(triple.subject, "value", "") for triple in file.turtle.triples}
        if str(node) in subjects:
            return file.path, min(file.positions.blank_nodes, default=0)
    return "", 0


def _short(node: Node) -> str:
    if isinstance(node, URIRef):
        return node.removeprefix(BASE) if node.startswith(BASE) else node.fragment or str(node)
    return "a blank node"
