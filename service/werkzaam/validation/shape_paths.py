"""Property paths of shapes: read once, then asked of columns.

Standard: `SHACL §2.3.1 <https://www.w3.org/TR/shacl/#property-paths>`_. A path backwards over more than one
property is left to pySHACL, which reads ``^(a/b)`` as ``^a/^b``.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from werkzaam.validation.columns import Columns
from werkzaam.validation.rdflib_graph import ox_of

_DEEPEST: Final = 8
_KINDS: Final = {
    SH.inversePath: "^",
    SH.alternativePath: "|",
    SH.zeroOrMorePath: "*",
    SH.oneOrMorePath: "+",
    SH.zeroOrOnePath: "?",
}

Walk = Callable[[int], Collection[int]]


class Unsupported(Exception):
    """A shape that is left to pySHACL; the words say why."""


@dataclass(frozen=True)
class Path:
    """A path: one property (``kind`` ""), or ``/``, ``^``, ``|``, ``*``, ``+``, ``?`` of ``parts``."""

    kind: str
    iri: str = ""
    parts: tuple["Path", ...] = ()

    @property
    def goes_back(self) -> bool:
        """Whether it may lead from a node to what refers to it, or to any depth."""
        return self.kind in ("^", "*", "+") or any(part.goes_back for part in self.parts)

    def sparql(self) -> str:
        """The same as a path of SPARQL."""
        if not self.kind:
            return f"<{self.iri}>"
        inner = [f"({part.sparql()})" for part in self.parts]
        if self.kind in "/|":
            return self.kind.join(inner)
        return f"^{inner[0]}" if self.kind == "^" else f"{inner[0]}{self.kind}"


def read_path(shapes: Graph, node: Node, depth: int = 0) -> Path:
    """The path at ``node``. Raises Unsupported."""
    if isinstance(node, URIRef):
        return Path("", str(node))
    if depth > _DEEPEST:
        raise Unsupported("a path is nested too deep")
    if (node, RDF.first, None) in shapes:
        return Path("/", parts=_read_list(shapes, node, depth))
    found = [(kind, value) for kind in _KINDS for value in shapes.objects(node, kind)]
    if len(found) != 1:
        raise Unsupported("a path has no kind, or more than one")
    kind, value = found[0]
    if kind == SH.alternativePath:
        return Path("|", parts=_read_list(shapes, value, depth))
    part = read_path(shapes, value, depth + 1)
    if kind == SH.inversePath and part.kind:
        raise Unsupported("a path goes backwards over more than one property")
    return Path(_KINDS[kind], parts=(part,))


def walk(path: Path, columns: Columns) -> Walk:
    """From a node to its values along ``path`` in ``columns``, each once."""
    if not path.kind:
        column = columns.forward(columns.terms.number(ox_of(URIRef(path.iri))))
        return lambda node: column.get(node, ())
    if path.kind == "^":
        turned = columns.backward(columns.terms.number(ox_of(URIRef(path.parts[0].iri))))
        return lambda node: turned.get(node, ())
    steps = [walk(part, columns) for part in path.parts]
    if path.kind == "/":
        return lambda node: _one_after_another(steps, node)
    if path.kind == "|":
        return lambda node: {value for step in steps for value in step(node)}
    if path.kind == "?":
        return lambda node: {node, *steps[0](node)}
    return lambda node: _again_and_again(steps[0], node, path.kind == "*")


def _read_list(shapes: Graph, node: Node, depth: int) -> tuple[Path, ...]:
    members = list(RdfList(shapes, node))
    if len(members) < 2:
        raise Unsupported("a path needs two parts here")
    return tuple(read_path(shapes, member, depth + 1) for member in members)


def _one_after_another(steps: list[Walk], node: int) -> Collection[int]:
    here: Collection[int] = {node}
    for step in steps:
        here = {value for start in here for value in step(start)}
    return here


def _again_and_again(step: Walk, node: int, with_start: bool) -> Collection[int]:
    reached: set[int] = set()
    front = [*step(node)]
    while front:
        here = front.pop()
        if here not in reached:
            reached.add(here)
            front += step(here)
    return reached | {node} if with_start else reached
