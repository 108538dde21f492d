"""What a rule gives for triples that changed: each is bound to one pattern, the engine finds the rest."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyoxigraph as ox

from werkzaam.store.rule_text import Pattern, Rule, variables

Triples = set[ox.Triple]
Row = tuple[str, ...]

_MANY = 1000
"""Above this number of bindings a rule is asked as a whole."""

_FEW = 200
"""Up to this number of triples are looked through to leave bindings out."""


class Changed:
    """Triples that changed, as SPARQL terms, without those with a blank node."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._rows: dict[tuple[str | None, str | None], list[Row]] = {}
        for triple in triples:
            row = _written(triple)
            if row[0].startswith("_:") or row[2].startswith("_:"):
                continue
            for key in ((row[1], None), (row[1], row[2]), (None, None), (None, row[2])):
                self._rows.setdefault(key, []).append(row)

    def matching(self, pattern: Pattern, predicates: Iterable[str] | None = None) -> set[Row]:
        """The values of the variables of ``pattern``, in order, for each triple that matches it;
        of a variable predicate only ``predicates``, if these are given."""
        first = [pattern.index(name) for name in variables([pattern])]
        fixed = [(at, term) for at, term in enumerate(pattern) if term[0] != "?"]
        again = [(at, pattern.index(term)) for at, term in enumerate(pattern)]
        predicate, value = (None if term[0] == "?" else term for term in pattern[1:])
        wanted = [predicate] if predicate or predicates is None else predicates
        return {
            tuple(terms[at] for at in first)
            for one in wanted
            for terms in self._rows.get((one, value), ())
            if all(terms[at] == term for at, term in fixed)
            and all(terms[at] == terms[before] for at, before in again)
        }


def answer(
    store: ox.Store,
    rule: Rule,
    given: str = "",
    conditions: str | None = None,
    *,
    fresh: bool = False,
) -> Triples:
    """What ``rule`` gives, with the bindings ``given``, on all of its conditions or on others;
    ``fresh``: only what is not there yet."""
    where = rule.where() if conditions is None else conditions
    head = " ".join(rule.head)
    absent = f"FILTER NOT EXISTS {{ {head} }}" if fresh else ""
    found = store.query(f"CONSTRUCT {{ {head} }} WHERE {{ {given} {where} {absent} }}")
    return set(found)  # type: ignore[arg-type]


def reached(
    store: ox.Store, rule: Rule, changed: Changed, *, certain: bool = True, fresh: bool = False
) -> Triples:
    """What ``rule`` gives with at least one of ``changed`` among its triples.

    Unless ``certain``, whatever must not hold is left out of account.
    """
    given = Triples()
    for pattern in dict.fromkeys(rule.body):
        rows = _rows(store, rule, pattern, changed)
        if not rows:
            continue
        if len(rows) > _MANY:
            return answer(store, rule, conditions=rule.where(certain=certain), fresh=fresh)
        rest = rule.where(pattern, certain=certain)
        given |= answer(store, rule, _values(variables([pattern]), rows), rest, fresh=fresh)
    return given


def revived(store: ox.Store, rule: Rule, changed: Changed, *, certain: bool = True) -> Triples:
    """What ``rule`` gives in places where one of ``changed`` is, or was, what must not hold."""
    given = Triples()
    bound = variables(rule.body)
    for pattern in (pattern for group in rule.without for pattern in group):
        names = variables([pattern])
        kept = [name for name in names if name in bound]
        rows = {tuple(row[names.index(name)] for name in kept) for row in changed.matching(pattern)}
        if rows:
            where = rule.where(certain=certain)
            given |= answer(store, rule, _values(kept, rows), where)
    return given


def still_following(store: ox.Store, rule: Rule, changed: Changed) -> Triples:
    """Those of ``changed`` that ``rule`` gives; where they are many, all that it gives."""
    rows = changed.matching(rule.head)
    if len(rows) > _MANY:
        return answer(store, rule)
    return answer(store, rule, _values(variables([rule.head]), rows)) if rows else Triples()


def _rows(store: ox.Store, rule: Rule, pattern: Pattern, changed: Changed) -> set[Row]:
    """The values that ``changed`` give the variables of ``pattern``; where they are many, without
    those for which another pattern, one that few triples match, clearly finds nothing."""
    names = variables([pattern])
    predicates = _allowed(store, rule, pattern, pattern[1]) if pattern[1] in names else None
    rows = changed.matching(pattern, predicates)
    for at, name in enumerate(names):
        if len(rows) > _FEW and name != pattern[1]:
            values = _allowed(store, rule, pattern, name)
            rows = rows if values is None else {row for row in rows if row[at] in values}
    return rows


def _allowed(store: ox.Store, rule: Rule, pattern: Pattern, name: str) -> set[str] | None:
    """The values of the variable ``name`` of ``pattern`` that another pattern of ``rule`` has, if one
    that few triples match says so."""
    for other in rule.body:
        if other == pattern or name not in other:
            continue
        few = list(islice(_matches(store, other), _FEW))
        if len(few) < _FEW:
            return {_written(quad)[other.index(name)] for quad in few}
    return None


def _written(triple: ox.Triple | ox.Quad) -> Row:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _values(names: Sequence[str], rows: Iterable[Row]) -> str:
    if not names:
        return ""
    listed = " ".join(f"({' '.join(row)})" for row in rows)
    return f"VALUES ({' '.join(names)}) {{ {listed} }}"


def _matches(store: ox.Store, pattern: Pattern) -> Iterator[ox.Quad]:
    """The triples with the fixed terms of ``pattern``."""
    subject, predicate, value = (None if term[0] == "?" else _term(term) for term in pattern)
    return store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())  # type: ignore[arg-type]


def _term(text: str) -> ox.NamedNode | ox.Literal:
    """A fixed term of a pattern: an IRI, true or false."""
    return ox.NamedNode(text[1:-1]) if text[0] == "<" else ox.Literal(text.startswith('"true"'))
