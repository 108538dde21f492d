"""Whether ontology and data contradict themselves, and where: HermiT on all that they say."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import BASE
from werkzaam.reasoning.hermit import Reasoned

Reason = Callable[[Iterable[ox.Quad]], Reasoned]
_DECLARING = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True)
class Unit:
    """What one file says about one thing."""

    path: str
    subject: str
    triples: tuple[ox.Quad, ...]


def consistency(parsed: ParsedContent, reason: Reason) -> tuple[list[Finding], Reasoned]:
    """The contradictions, as findings, and what HermiT answered."""
    frame, units = _parts(parsed)
    answer = reason(_all(frame, units))
    if not answer.consistent:
        return [_contradiction(parsed, _first_wrong(frame, units, reason))], answer
    return [_empty_class(parsed, iri) for iri in _named(answer.unsatisfiable)], answer


def _named(classes: Iterable[str]) -> list[str]:
    return [iri for iri in classes if not iri.startswith(_DECLARING)]


def _parts(parsed: ParsedContent) -> tuple[list[ox.Quad], list[Unit]]:
    """What is always needed (declarations, blank nodes), and the rest by thing, ontology first."""
    frame: list[ox.Quad] = []
    about: dict[tuple[str, str], list[ox.Quad]] = {}
    for file in [*parsed.under("ontology"), *parsed.under("graph_data")]:
        for triple in file.turtle.triples:
            if _declares(triple) or isinstance(triple.subject, ox.BlankNode):
                frame.append(triple)
            else:
                about.setdefault((file.path, str(triple.subject)[1:-1]), []).append(triple)
    return frame, [Unit(*key, tuple(triples)) for key, triples in about.items()]


def _declares(triple: ox.Quad) -> bool:
    value = triple.object
    return isinstance(value, ox.NamedNode) and value.value.startswith(_DECLARING)


def _all(frame: Sequence[ox.Quad], units: Iterable[Unit]) -> list[ox.Quad]:
    return [*frame, *(triple for unit in units for triple in unit.triples)]


def _first_wrong(frame: Sequence[ox.Quad], units: Sequence[Unit], reason: Reason) -> Unit | None:
    """The thing with which the contradiction is complete; None where the axioms alone make it.

    What contradicts itself still does when more is said, so halving finds the place.
    """
    if not reason(frame).consistent:
        return None
    fine, wrong = 0, len(units)
    while wrong - fine > 1:
        middle = (fine + wrong) // 2
        if reason(_all(frame, units[:middle])).consistent:
            fine = middle
        else:
            wrong = middle
    return units[wrong - 1]


def _contradiction(parsed: ParsedContent, unit: Unit | None) -> Finding:
    fix = (
        "Look at its kinds and at the domain and range of its properties: two of them are declared "
        "disjoint. Correct the statement, or the axiom in ontology/."
    )
    if unit is None:
        return Finding("ontology", 0, "inconsistent", "The axioms contradict each other.", fix)
    [file] = [file for file in parsed.files if file.path == unit.path]
    line = file.positions.subjects.get(unit.subject, 0)
    about = unit.subject.removeprefix(BASE)
    message = f"{about}: with this the ontology and the data contradict each other (HermiT)."
    return Finding(unit.path, line, "inconsistent", message, fix)


def _empty_class(parsed: ParsedContent, iri: str) -> Finding:
    path, line = parsed.place(iri)
    return Finding(
        path or "ontology",
        line,
        "unsatisfiable",
        f"{iri.removeprefix(BASE)}: nothing can be of this class: its axioms exclude each other (HermiT).",
        "Look at the classes above it and at what is disjoint from them; take out what is not true.",
    )
