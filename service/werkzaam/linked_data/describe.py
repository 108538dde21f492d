"""Everything that is known of one thing, for a page: sixteen queries at most, however much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from werkzaam.domain.answers import Term
from werkzaam.linked_data.correspondences import Correspondences, correspondences_of, named_in
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, Name, names_of
from werkzaam.linked_data.neighbours import Pointing, incoming, outgoing
from werkzaam.linked_data.provenance import SUBMISSION, Origin, Submitted, origin_of, submitted
from werkzaam.linked_data.statements import (
    TYPE,
    Facts,
    Statements,
    iris_of,
    named_around,
    statements_of,
)
from werkzaam.linked_data.surroundings import (
    Derived,
    Mention,
    PassageCount,
    derived_edges,
    implied_by_model,
    mentions,
    passages_of,
)
from werkzaam.linked_data.things import Standing
from werkzaam.store.interface import Store

DOCUMENT = MDT + "Document"
_PASSAGE = MDT + "Passage"
_DEFINITIONS = (
    SKOS + "definition",
    DCTERMS + "description",
    RDFS + "comment",
    MDT + "reason",
)


@dataclass(frozen=True)
class Description:
    """A thing: its own ``facts``, what is ``pointing`` at it, the ``statements`` about it.

    ``names`` holds what everything in it is called, properties and classes included. ``derived``:
    edges that follow by a rule; ``implied``: what follows from its classes and properties alone;
    ``mentions``: words and references that mean it, or in it;
    ``passages``: those of a document. ``origin``: where a project record, or a thing below one,
    comes from; ``submitted``: what was in it, for a submission. ``correspondences``: what analysts
    judged across documents about it.
    """

    iri: str
    facts: Facts
    pointing: Sequence[Pointing]
    statements: Statements
    derived: Sequence[Derived]
    implied: Sequence[tuple[str, Term]]
    mentions: Sequence[Mention]
    passages: Sequence[PassageCount]
    origin: Origin | None
    submitted: Submitted | None
    correspondences: Correspondences
    names: Mapping[str, Name]

    @property
    def types(self) -> list[str]:
        """Its classes, our own ones first."""
        return sorted((t.value for t in self.facts.get(TYPE, ())), key=_foreign)

    @property
    def definition(self) -> Sequence[Term]:
        """What it means, in the languages that there are."""
        return next((self.facts[name] for name in _DEFINITIONS if name in self.facts), ())


def describe(store: Store, thing: Standing, whole_role: str = "") -> Description:
    """What is known of ``thing``, which is here; of the statements in ``whole_role`` nearly all."""
    iri = thing.iri
    facts = outgoing(store, iri)
    kinds = [kind.value for kind in facts.get(TYPE, ())]
    is_document = DOCUMENT in kinds
    whole_role = whole_role or ("here" if _PASSAGE in kinds else "")
    derived = derived_edges(store, iri)
    sources = [
        other for edge in derived for other in edge.others if edge.property == MDT + "restsOn"
    ]
    found = Description(
        iri,
        facts,
        incoming(store, iri),
        statements_of(store, iri, whole_role, sources, here=not is_document),
        derived,
        implied_by_model(store, iri),
        mentions(store, iri),
        passages_of(store, iri) if is_document else (),
        origin_of(store, iri),
        submitted(store, iri) if SUBMISSION in kinds else None,
        correspondences_of(store, iri),
        {},
    )
    return _with_names(store, found)


def _with_names(store: Store, found: Description) -> Description:
    named = [found.iri, *found.facts, *iris_of(found.facts)]
    named += [item.property for item in found.pointing]
    named += _around(found)
    named += named_around(found.statements.shown)
    named += named_in(found.correspondences.shown)
    for node in found.statements.others.values():
        named += [*node.facts, *iris_of(node.facts)]
    named += found.statements.kinds
    named += [found.origin.submission] if found.origin else []
    named += _submitted_names(found.submitted) if found.submitted else []
    for item in found.pointing:
        named += item.subjects
    return replace(found, names=names_of(store, named))


def _around(found: Description) -> list[str]:
    named = [name for edge in found.derived for name in (edge.property, *edge.others)]
    named += [one for one, _ in found.implied]
    named += [term.value for _, term in found.implied if term.kind == "uri"]
    for mention in found.mentions:
        also = (mention.passage, mention.target, mention.status)
        named += [mention.iri, *(name for name in also if name)]
    return [*named, *(passage.iri for passage in found.passages)]


def _submitted_names(contents: Submitted) -> list[str]:
    found = [record.iri for record in contents.records]
    for column in contents.columns:
        found += [*column.properties, *([column.state] if column.state else ())]
    return found


def _foreign(iri: str) -> tuple[bool, str]:
    return not iri.startswith(MDT), iri
