"""What a file would change is what the catalogued question says once it is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.ingest.coverage_change import Coverage, coverage_change
from werkzaam.ingest.gate_outcome import GateOutcome

QUERY = Path(__file__).parents[3] / "queries/coverage/projects-per-working-element.rq"
BASE = "https://w3id.org/mdt-kennisgraaf/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ELEMENTS = ("houvast", "wederkerigheid", "begrenzing")
STATES = ("addressed", "explicitly-not-addressed", "not-mentioned", "not-coded")
KNOWN = "".join(
    f'<{BASE}id/working-element/{name}> a <{BASE}def/WorkingElement> ; <{BASE}def/position> {place} ; '
    f'<http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@nl .\n'
    for place, name in enumerate(ELEMENTS)
)  # fmt: skip


@dataclass(frozen=True)
class Coding:
    """A coding below a record; ``inverse``: it names the project, and not the other way round."""

    place: str
    element: str
    states: frozenset[str]
    inverse: bool


codings = st.builds(
    Coding,
    st.sampled_from(["/element/a", "/element/b", "#c"]),
    st.sampled_from(ELEMENTS),
    st.frozensets(st.sampled_from(STATES), max_size=2),
    st.booleans(),
)
# one name begins with another, so that a replaced record could take its neighbour along
records = st.dictionaries(
    st.sampled_from(["p", "p1", "p10", "p1-a", "q"]),
    st.tuples(st.booleans(), st.lists(codings, max_size=3)),
    max_size=4,
)


def lines(name: str, is_project: bool, found: list[Coding]) -> bytes:
    """A record as N-Quads, with a literal that looks like statements."""
    iri = f"{BASE}id/project/{name}"
    triples = [(iri, "def/titleAsStated", f'"a <{BASE}def/codedElement> . {name}"')]
    if is_project:
        triples.append((iri, TYPE, f"<{BASE}def/Project>"))
    for coding in found:
        about = iri + coding.place
        ends = (about, "def/codingOf", f"<{iri}>") if coding.inverse else (
            iri, "def/hasElementCoding", f"<{about}>")  # fmt: skip
        triples += [
            ends,
            (about, "def/codedElement", f"<{BASE}id/working-element/{coding.element}>"),
        ]
        triples += [
            (about, "def/codingState", f"<{BASE}id/coding-state/{one}>") for one in coding.states
        ]
    quads = [
        ox.parse(f"<{s}> <{p if p == TYPE else BASE + p}> {o} <{BASE}graph/records> .", format=ox.RdfFormat.N_QUADS)
        for s, p, o in triples
    ]  # fmt: skip
    return ox.serialize({q for one in quads for q in one}, format=ox.RdfFormat.N_QUADS) or b""


def asked(quads: bytes) -> dict[str, Coverage]:
    """What the catalogued question says of each element where projects are loaded."""
    store = ox.Store()
    store.load(KNOWN.encode(), format=ox.RdfFormat.TURTLE)
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    answer: Any = store.query(QUERY.read_text("utf-8"))
    return {
        row["element"].value: Coverage(int(row["addressed"].value), int(row["coded"].value))
        for row in answer
        if row["coded"] is not None
    }


@settings(deadline=None, max_examples=150)
@given(before=records, after=records)
def test_the_numbers_are_those_of_the_catalogued_question(
    before: Mapping[str, tuple[bool, list[Coding]]], after: Mapping[str, tuple[bool, list[Coding]]]
) -> None:
    standing = {name: lines(name, *record) for name, record in before.items()}
    candidate = {name: lines(name, *record) for name, record in after.items()}
    current = b"".join(standing.values())
    change = coverage_change(
        current, {f"{BASE}id/project/{name}": quads for name, quads in candidate.items()}
    )
    was, then = asked(current), asked(b"".join({**standing, **candidate}.values()))
    nothing = Coverage()
    assert change.elements == {
        element: (was.get(element, nothing), then.get(element, nothing))
        for element in sorted(was.keys() | then.keys())
        if was.get(element, nothing) != then.get(element, nothing)
    }
    assert change.loaded_before == sum(is_project for is_project, _ in before.values())
    assert change.loaded_after == sum(is_project for is_project, _ in {**before, **after}.values())


def test_a_record_in_force_is_replaced_and_not_added(
    judged: Callable[..., GateOutcome], sheet: Any
) -> None:
    title = "werkzame elementen: wel"
    first = judged(sheet.changed(title, "Houvast").data()).records
    current = b"".join(first.values())
    assert coverage_change(current, first).elements == {}
    other = judged(sheet.changed(title, "Wederkerigheid").data(), current).records
    change = coverage_change(current, other)
    houvast, other_element = (
        f"{BASE}id/working-element/{name}" for name in ("houvast", "wederkerigheid")
    )
    assert change.elements[houvast] == (Coverage(1, 1), Coverage(0, 0))
    assert change.elements[other_element] == (Coverage(0, 0), Coverage(1, 1))
    assert (change.loaded_before, change.loaded_after) == (1, 1)


@pytest.mark.parametrize("records", [{}, {f"{BASE}id/project/x": b""}])
def test_nothing_gives_nothing(records: dict[str, bytes]) -> None:
    change = coverage_change(b"", records)
    assert (change.loaded_before, change.loaded_after, change.elements) == (0, 0, {})
