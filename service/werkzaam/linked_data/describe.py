"""Everything that is known of one thing, for a page: ten queries at most, however much that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, Name, names_of
from werkzaam.linked_data.neighbours import Pointing, incoming, outgoing
from werkzaam.linked_data.provenance import SUBMISSION, Origin, Submitted, origin_of, submitted
from werkzaam.linked_data.things import Standing
from werkzaam.store.interface import Store

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DEFINITIONS = (SKOS + "definition", DCTERMS + "description", RDFS + "comment")
_ABOUT = tuple(MDT + name for name in ("assesses", "subject", "measures"))
_MOST_STATEMENTS = 50
_MOST_VALUES = 200

Facts = Mapping[str, Sequence[Term]]


@dataclass(frozen=True)
class Passage:
    """A place in a document: the values of its properties."""

    iri: str
    facts: Facts


@dataclass(frozen=True)
class Statement:
    """A source statement. ``role``: itself, part, whole or figure (of the thing), about (it) or
    here (in it, where the thing is a document or passage)."""

    iri: str
    role: str
    facts: Facts
    passages: Sequence[Passage]

    def values(self, name: str) -> Sequence[Term]:
        """The values of our property ``name``."""
        return self.facts.get(MDT + name, ())

    def first(self, name: str) -> str:
        """The first value of our property ``name`` as text; empty where there is none."""
        values = self.values(name)
        return values[0].value if values else ""

    @property
    def about(self) -> list[str]:
        """The IRIs of what it is about."""
        return [value.value for name in _ABOUT for value in self.facts.get(name, ())]

    @property
    def types(self) -> list[str]:
        """Its classes."""
        return [value.value for value in self.facts.get(TYPE, ())]


@dataclass(frozen=True)
class Description:
    """A thing: its own ``facts``, what is ``pointing`` at it, the ``statements`` about it.

    ``names`` holds what everything in it is called, properties and classes included.
    ``more_statements``: there are more than these. ``origin``: where a project record, or a thing
    below one, comes from; ``submitted``: what was in it, for a submission.
    """

    iri: str
    facts: Facts
    pointing: Sequence[Pointing]
    statements: Sequence[Statement]
    more_statements: bool
    names: Mapping[str, Name]
    origin: Origin | None
    submitted: Submitted | None

    @property
    def types(self) -> list[str]:
        """Its classes, our own ones first."""
        return sorted((t.value for t in self.facts.get(TYPE, ())), key=_foreign)

    @property
    def definition(self) -> Sequence[Term]:
        """What it means, in the languages that there are."""
        return next((self.facts[name] for name in _DEFINITIONS if name in self.facts), ())


def describe(store: Store, thing: Standing) -> Description:
    """What is known of ``thing``, which is here."""
    facts = outgoing(store, thing.iri)
    pointing = incoming(store, thing.iri)
    statements, more = _statements(store, thing.iri)
    origin = origin_of(store, thing.iri)
    kinds = [kind.value for kind in facts.get(TYPE, ())]
    contents = submitted(store, thing.iri) if SUBMISSION in kinds else None
    named = [
        *_named(thing.iri, facts, pointing, statements),
        *([origin.submission] if origin else ()),
        *(_submitted_names(contents) if contents else ()),
    ]
    return Description(
        *(thing.iri, facts, pointing, statements, more),
        names_of(store, named),
        origin,
        contents,
    )


def _statements(store: Store, iri: str) -> tuple[list[Statement], bool]:
    roles: dict[str, str] = {}
    for row in rows_of(store, query_text("statements", thing=in_brackets(iri))):
        roles.setdefault(row["statement"].value, row["role"].value)
    kept = list(roles)[:_MOST_STATEMENTS]
    facts = _facts(store, kept) if kept else {}
    return [
        Statement(name, roles[name], facts.get(name, {}), _passages(facts, name)) for name in kept
    ], len(roles) > len(kept)


def _facts(store: Store, statements: Sequence[str]) -> dict[str, dict[str, list[Term]]]:
    found: dict[str, dict[str, list[Term]]] = {}
    for row in rows_of(store, query_text("facts", things=listed(statements))):
        of_node = found.setdefault(row["node"].value, {})
        of_node.setdefault(row["property"].value, []).append(row["value"])
    return found


def _passages(facts: Mapping[str, Facts], statement: str) -> list[Passage]:
    names = [value.value for value in facts.get(statement, {}).get(MDT + "passage", ())]
    return [Passage(name, facts.get(name, {})) for name in names]


def _named(
    iri: str, facts: Facts, pointing: Iterable[Pointing], statements: Iterable[Statement]
) -> list[str]:
    """What a page names, the most needed first."""
    found = [iri, *facts, *_iris(facts)]
    for item in pointing:
        found.append(item.property)
    for statement in statements:
        found += _iris(statement.facts)
        for passage in statement.passages:
            found += _iris(passage.facts)
    for item in pointing:
        found += item.subjects
    return found


def _submitted_names(contents: Submitted) -> list[str]:
    found = [record.iri for record in contents.records]
    for column in contents.columns:
        found += [*column.properties, *([column.state] if column.state else ())]
    return found


def _iris(facts: Facts) -> list[str]:
    return [v.value for values in facts.values() for v in values[:_MOST_VALUES] if v.kind == "uri"]


def _foreign(iri: str) -> tuple[bool, str]:
    return not iri.startswith(MDT), iri
