"""Why a triple is in the dataset: who asserts it, or by which rules it follows and from what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Row, Term
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.linked_data.names import MDT, Name, names_of
from werkzaam.linked_data.statements import Statement, listed_statements, named_around
from werkzaam.reasoning.rules import RuleMeaning
from werkzaam.store.interface import Store
from werkzaam.store.rule_text import Pattern, Rule, variables

MOST_GROUNDS = 25
_MOST_COUNTED = 1000
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


@dataclass(frozen=True)
class Triple:
    """A statement of three terms."""

    subject: Term
    predicate: Term
    object: Term

    @property
    def terms(self) -> tuple[Term, Term, Term]:
        """Its terms in order."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True)
class Premise:
    """A triple that another follows from; asserted in ``graphs``, or, where there are none, derived."""

    triple: Triple
    graphs: Sequence[str]


@dataclass(frozen=True)
class Ground:
    """One way in which a rule gives a triple: what it finds, and the statements among it."""

    premises: Sequence[Premise]
    statements: Sequence[Statement]


@dataclass(frozen=True)
class Reason:
    """A rule that gives the triple: in ``count`` ways (as far as a thousand), the first with details."""

    rule: RuleMeaning
    grounds: Sequence[Ground]
    count: int


@dataclass(frozen=True)
class Explanation:
    """Why ``triple`` holds: ``graphs`` assert it; ``reasons`` give it as well, or alone where no graph
    does. ``names``: what everything in it is called."""

    triple: Triple
    graphs: Sequence[str]
    reasons: Sequence[Reason]
    names: Mapping[str, Name]


def explain(store: Store, rules: Sequence[RuleMeaning], triple: Triple) -> Explanation:
    """Why ``triple`` is in the dataset. Raises NotFound where it is not."""
    graphs = _graphs(store, [triple])[triple]
    if graphs is None:
        raise NotFound(
            "This triple is not in the dataset: no graph asserts it, and it follows by no rule."
        )
    found = [(rule, *_found(store, rule.rule, triple)) for rule in rules]
    standing = _graphs(store, [one for _, ways, _ in found for way in ways for one in way])
    subjects = {
        one.subject.value for _, ways, _ in found for way in ways for one in way if _is_thing(one)
    }
    statements = {
        statement.iri: statement
        for statement in listed_statements(store, sorted(subjects))
        if MDT + "gist" in statement.facts
    }
    reasons = [
        Reason(rule, [_ground(way, standing, statements) for way in ways], count)
        for rule, ways, count in found
        if ways
    ]
    return Explanation(triple, graphs, reasons, names_of(store, _iris(triple, reasons)))


def _found(store: Store, rule: Rule, triple: Triple) -> tuple[list[list[Triple]], int]:
    """The triples from which ``rule`` gives ``triple``, for each of the first ways; how many there are."""
    bound = _bound(rule.head, [written(term) for term in triple.terms])
    if bound is None:
        return [], 0
    names = " ".join(variables(rule.body))
    given = f"VALUES ({' '.join(bound)}) {{ ({' '.join(bound.values())}) }}"
    rows = rows_of(
        store,
        f"SELECT DISTINCT {names} WHERE {{ {given} {rule.where()} }} "
        f"ORDER BY {names} LIMIT {_MOST_COUNTED}",
    )
    return [[_filled(one, row) for one in rule.body] for row in rows[:MOST_GROUNDS]], len(rows)


def _bound(head: Pattern, terms: Sequence[str]) -> dict[str, str] | None:
    """What the variables of ``head`` are where it is the triple of ``terms``; None where it is not."""
    bound: dict[str, str] = {}
    for pattern, term in zip(head, terms, strict=True):
        known = bound.setdefault(pattern, term) if pattern.startswith("?") else pattern
        if known != term:
            return None
    return bound


def _filled(pattern: Pattern, row: Row) -> Triple:
    subject, predicate, value = (
        row[term[1:]] if term.startswith("?") else _constant(term) for term in pattern
    )
    return Triple(subject, predicate, value)


def _constant(text: str) -> Term:
    """A fixed term of a rule: an IRI, true or false."""
    if text.startswith("<"):
        return Term("uri", text[1:-1])
    value, _, datatype = text[1:-1].partition('"^^<')
    return Term("literal", value, datatype)


def _graphs(store: Store, triples: Iterable[Triple]) -> dict[Triple, list[str] | None]:
    """The graphs that assert each triple; none where it is derived; None where it is not here."""
    found: dict[Triple, list[str] | None] = dict.fromkeys(triples)
    asked = list(found)
    if not asked:
        return found
    listed = " ".join(
        f"({number} {' '.join(map(written, one.terms))})" for number, one in enumerate(asked)
    )
    text = query_text("standing-triples").replace("(UNDEF UNDEF UNDEF UNDEF)", listed)
    for row in rows_of(store, text):
        one = asked[int(row["number"].value)]
        found[one] = [*(found[one] or []), *([row["graph"].value] if "graph" in row else [])]
    return found


def _ground(
    way: Sequence[Triple],
    standing: Mapping[Triple, Sequence[str] | None],
    statements: Mapping[str, Statement],
) -> Ground:
    premises = [Premise(one, standing[one] or ()) for one in dict.fromkeys(way)]
    named = dict.fromkeys(one.subject.value for one in way)
    return Ground(premises, [statements[iri] for iri in named if iri in statements])


def _is_thing(triple: Triple) -> bool:
    return triple.subject.kind == "uri"


def _iris(triple: Triple, reasons: Sequence[Reason]) -> list[str]:
    grounds = [ground for reason in reasons for ground in reason.grounds]
    triples = [triple, *(premise.triple for ground in grounds for premise in ground.premises)]
    named = [term.value for one in triples for term in one.terms if term.kind == "uri"]
    return [*named, *named_around([one for ground in grounds for one in ground.statements])]


def written(term: Term) -> str:
    """``term`` as SPARQL and N-Triples write it."""
    if term.kind == "uri":
        return in_brackets(term.value)
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    plain = term.datatype in (None, _XSD_STRING)
    return text if plain else f"{text}^^{in_brackets(str(term.datatype))}"
