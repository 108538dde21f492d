"""What follows by the rules: derived once in full, then kept up to date with each change.

The dataset is as ``replica`` holds it: the unnamed graph has every triple of the default graph, the
inferred graph those that follow and that no graph asserts. A change is followed by *delete and
rederive* (`Gupta, Mumick and Subrahmanian 1993 <https://doi.org/10.1145/170036.170066>`_): take away
all that may hang on what was lost, put back what still follows, then add what follows from what is
new. Each step starts from the triples that changed, bound to one pattern of a rule at a time. What a
rule must not find (``FILTER NOT EXISTS``) no rule may derive, so the order of deriving is no matter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.domain.identifiers import INFERRED_GRAPH, in_default_graph
from werkzaam.errors import ContentError
from werkzaam.store.rule_matching import (
    Changed,
    Triples,
    answer,
    reached,
    revived,
    still_following,
)
from werkzaam.store.rule_text import Derivation, Rule, read_rule

_INFERRED = ox.NamedNode(INFERRED_GRAPH)


@dataclass(frozen=True)
class Followed:
    """The quads that a change took away and added, those without a graph and those inferred too."""

    removed: set[ox.Quad]
    added: set[ox.Quad]


class Rules:
    """The rules of a dataset, read once."""

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        """Raises ContentError where one is not a rule."""
        self._rules = [read_rule(derivation) for derivation in derivations]
        self._denied = {
            pattern[1]: rule for rule in self._rules for group in rule.without for pattern in group
        }

    def derive(self, store: ox.Store) -> None:
        """Add to ``store``, in which nothing is inferred yet, all that follows.

        Raises ContentError where a rule derives what another must not find.
        """
        fresh = Triples()
        for rule in self._rules:
            fresh |= self._infer(store, rule, answer(store, rule, fresh=True))
        self._infer_from(store, fresh)

    def follow(
        self, store: ox.Store, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]
    ) -> Followed:
        """Take ``removed`` from ``store`` and put ``added`` in, and infer exactly what follows now.

        Neither speaks of the inferred graph. Gives all that changed, there and in the unnamed graph
        too. Raises ContentError as ``derive`` does; the store is of no use then.
        """
        gone, come = _change_named(store, removed, added)
        lost = {triple for triple in _members(gone) if not _asserted(store, triple)}
        gained = set(_members(come))
        lost |= self._hanging_on(store, lost, gained)
        before = _derived_of(store, lost | gained)
        for triple in lost:
            store.remove(_in_inferred(triple))
            store.remove(_in_unnamed(triple))
        for triple in gained:
            store.remove(_in_inferred(triple))
        fresh = _absent(store, gained)
        store.extend(map(_in_unnamed, fresh))
        changed = Changed(lost)
        for rule in self._rules:
            following = still_following(store, rule, changed) | revived(store, rule, changed)
            fresh |= self._infer(store, rule, _absent(store, following))
        fresh |= self._infer_from(store, fresh)
        after = _derived_of(store, lost | gained | fresh)
        _drop_emptied(store, {_INFERRED, *(quad.graph_name for quad in gone)})
        return Followed({*gone, *(before - after)}, {*come, *(after - before)})

    def _hanging_on(self, store: ox.Store, lost: Triples, gained: Triples) -> Triples:
        """The inferred triples that may follow from ``lost``, or from the absence of ``gained``."""
        hanging = Triples()
        suspects = Triples()
        changed = Changed(gained)
        for rule in self._rules:
            suspects |= revived(store, rule, changed, certain=False)
        front = lost
        while front or suspects:
            changed = Changed(front)
            for rule in self._rules:
                suspects |= reached(store, rule, changed, certain=False)
            front = {t for t in suspects - hanging if _in_inferred(t) in store}
            hanging |= front
            suspects = Triples()
        return hanging

    def _infer_from(self, store: ox.Store, front: Triples) -> Triples:
        """Add all that follows from ``front``, which is in ``store``; what was added."""
        inferred = Triples()
        while front:
            changed, front = Changed(front), Triples()
            for rule in self._rules:
                front |= self._infer(store, rule, reached(store, rule, changed, fresh=True))
            inferred |= front
        return inferred

    def _infer(self, store: ox.Store, rule: Rule, fresh: Triples) -> Triples:
        """Put ``fresh``, which follows by ``rule``, into ``store``, where it is not yet."""
        for triple in fresh:
            denying = self._denied.get(str(triple.predicate))
            if denying:
                raise ContentError(
                    rule.path,
                    None,
                    "This rule derives {property}, which {other} must not find: what follows would "
                    "hang on the order of deriving.",
                    property=triple.predicate.value,
                    other=denying.path,
                )
        store.extend(map(_in_unnamed, fresh))
        store.extend(map(_in_inferred, fresh))
        return fresh


def _change_named(
    store: ox.Store, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Change the named graphs; the quads that went, and those that came."""
    gone = [quad for quad in removed if quad in store]
    come = [quad for quad in added if quad not in store]
    for quad in gone:
        store.remove(quad)
    store.extend(come)
    return gone, come


def _drop_emptied(store: ox.Store, graphs: Iterable[object]) -> None:
    """A graph without triples is none: the engine would go on listing it."""
    for graph in graphs:
        if not isinstance(graph, ox.NamedNode) or not store.contains_named_graph(graph):
            continue
        if next(iter(store.quads_for_pattern(None, None, None, graph)), None) is None:
            store.remove_graph(graph)


def _derived_of(store: ox.Store, triples: Triples) -> set[ox.Quad]:
    """Where ``triples`` stand in the unnamed graph and the inferred one."""
    places = (place(triple) for triple in triples for place in (_in_unnamed, _in_inferred))
    return {quad for quad in places if quad in store}


def _members(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples of those quads that are in the default graph."""
    for quad in quads:
        if in_default_graph(_graph(quad)):
            yield quad.triple


def _asserted(store: ox.Store, triple: ox.Triple) -> bool:
    """Whether a graph of the default graph, other than the inferred one, has it."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    graphs = map(_graph, found)
    return any(graph != INFERRED_GRAPH and in_default_graph(graph) for graph in graphs)


def _absent(store: ox.Store, triples: Triples) -> Triples:
    """Those that are not in the unnamed graph."""
    return {triple for triple in triples if _in_unnamed(triple) not in store}


def _graph(quad: ox.Quad) -> str:
    """The name of its graph; that of the inferred one for the unnamed graph, which asserts nothing."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else INFERRED_GRAPH


def _in_unnamed(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _in_inferred(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, _INFERRED)
