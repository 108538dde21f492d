"""A figure with all that defends it: what it is stated with, what stands beside it, what contradicts it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import batches, in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.names import MDT, Name, names_of
from werkzaam.linked_data.statements import (
    Node,
    Statement,
    iris_of,
    listed_statements,
    named_around,
    nodes_of,
)
from werkzaam.store.interface import Store

MEASUREMENT = MDT + "Measurement"
ASSESSMENT = MDT + "Assessment"
SOURCE = MDT + "Source"
_SIDES = ("between", "setsBeside", "regards", "inTheLightOf")
_OF_VALUES = ("presenceInMdt", "effectOfMdt", "voice", "basis", "reviewStatus", "measureKind")


@dataclass(frozen=True)
class Weighed(Node):
    """A tension or a correspondence in which a figure stands; ``others`` are its other sides."""

    others: Sequence[str]


@dataclass(frozen=True)
class Told:
    """Statements and other things, ready to be told: ``statements`` and ``nodes`` by IRI, what all
    is called, and what codes mean. ``nodes`` are their documents; ``said_in``: a passage for each
    thing that is no statement, as far as there is one."""

    statements: Mapping[str, Statement]
    nodes: Mapping[str, Node]
    names: Mapping[str, Name]
    meanings: Mapping[str, Sequence[Term]]
    said_in: Mapping[str, Node]


@dataclass(frozen=True)
class FigureFacts:
    """The figure ``iri``. ``same``: other figures of the same thing in the same unit, without those
    that are weighed; ``together``: judgements and figures that belong to it; ``cites``: statements
    that refer to it, of a source."""

    iri: str
    kind: str
    weighed: Sequence[Weighed]
    same: Sequence[str]
    together: Sequence[str]
    cites: Sequence[str]
    told: Told

    @property
    def statement(self) -> Statement:
        """The figure as a statement, or a source as if it were one."""
        return self.told.statements[self.iri]


def read_figure(store: Store, iri: str) -> FigureFacts | None:
    """The figure ``iri``, which is here; None if it is no measurement, assessment or source."""
    around: dict[str, list[str]] = {}
    for row in rows_of(store, query_text("around-figure", thing=in_brackets(iri))):
        around.setdefault(row["relation"].value, []).append(row["node"].value)
    found = listed_statements(store, [iri])
    kinds = found[0].types if found else []
    kind = next((name for name in (MEASUREMENT, ASSESSMENT, SOURCE) if name in kinds), None)
    if kind is None:
        return None
    judged = nodes_of(store, around.get("correspondence", ()))
    nodes = [Node(name, facts) for name, facts in judged.items()]
    weighed = [_weighed(node, iri) for node in (*found[0].tensions, *nodes) if _sides(node)]
    sides = dict.fromkeys(other for item in weighed for other in item.others)
    beside = [*sides, *(name for names in around.values() for name in names)]
    return FigureFacts(
        iri,
        kind,
        weighed,
        [name for name in around.get("same", ()) if name not in sides],
        around.get("together", ()),
        around.get("cites", ()),
        tell(store, [iri, *beside], [*weighed]),
    )


def tell(
    store: Store,
    iris: Iterable[str],
    also: Sequence[Node] = (),
    *,
    called: Sequence[str] = (),
    works: Iterable[str] = (),
) -> Told:
    """``iris`` as far as they are statements, their documents and ``works``, and the names of
    everything; of the things around ``also`` and of those ``called`` the names only."""
    wanted = list(dict.fromkeys(iris))
    found = {one.iri: one for one in listed_statements(store, wanted)}
    said_in = _said_in(store, [iri for iri in wanted if not _has_gist(found.get(iri))])
    documents = {name for one in found.values() for name in _documents(one)}
    documents |= {passage.first("inDocument") for passage in said_in.values()}
    documents = {*documents, *works} - {""}
    nodes = nodes_of(store, sorted(documents)) if documents else {}
    things = {name: Node(name, facts) for name, facts in nodes.items()}
    named = [*called, *wanted, *named_around([*found.values()]), *things]
    for node in (*also, *said_in.values()):
        named += iris_of(node.facts)
    codes = [v.value for one in found.values() for name in _OF_VALUES for v in one.values(name)]
    return Told(found, things, names_of(store, named), _meanings(store, codes), said_in)


def _has_gist(statement: Statement | None) -> bool:
    return statement is not None and bool(statement.values("gist"))


def _said_in(store: Store, things: Sequence[str]) -> dict[str, Node]:
    found: dict[str, str] = {}
    for some in batches(things):
        for row in rows_of(store, query_text("said-in", things=listed(some))):
            if "passage" in row:
                found[row["thing"].value] = row["passage"].value
    nodes = nodes_of(store, sorted(set(found.values()))) if found else {}
    return {thing: Node(passage, nodes.get(passage, {})) for thing, passage in found.items()}


def _sides(node: Node) -> list[str]:
    return [value.value for name in _SIDES for value in node.values(name)]


def _weighed(node: Node, iri: str) -> Weighed:
    return Weighed(node.iri, node.facts, [side for side in _sides(node) if side != iri])


def _documents(statement: Statement) -> list[str]:
    stated = [value.value for value in statement.values("statedIn")]
    listed_in = [value.value for value in statement.values("bibliographyOf")]
    return [*stated, *listed_in, *(one.first("inDocument") for one in statement.passages)]


def _meanings(store: Store, codes: Iterable[str]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    wanted = [code for code in dict.fromkeys(codes) if code]
    for row in rows_of(store, query_text("definitions", things=listed(wanted))) if wanted else ():
        found.setdefault(row["thing"].value, []).append(row["text"])
    return found
