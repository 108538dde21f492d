"""Figures and sources between the documents: what the answers say, found again in another way."""

from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import TERMS, THINGS

KINDS = ("Assessment", "Claim", "Definition", "Measurement", "Norm", "Proposal")
OPINION = ("author-reasoning", "municipal-opinion", "participant-experience", "staff-view")
ISSUED = "http://purl.org/dc/terms/issued"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass
class Facts:
    """The content as subject, property and values, ours without their base."""

    kept: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def all(self, thing: str, name: str) -> set[str]:
        return self.kept[thing][name]

    def one(self, thing: str, name: str) -> str:
        [value] = self.kept[thing][name]
        return value

    def of_class(self, *names: str) -> list[str]:
        return [thing for thing in list(self.kept) if self.all(thing, TYPE) & set(names)]

    def correspondences(self, kind: str) -> list[str]:
        named = f"correspondence-kind/{kind}"
        return [
            c for c in self.of_class("Correspondence") if named in self.all(c, "correspondenceKind")
        ]


def short(value: str) -> str:
    return value.removeprefix(THINGS).removeprefix(TERMS)


@pytest.fixture(scope="module")
def facts(content: Content) -> Facts:
    found = Facts()
    for file in content.under("graph_data", ".ttl"):
        for quad in ox.parse(file.data, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
                found.kept[short(quad.subject.value)][short(quad.predicate.value)].add(short(value))
    return found


def answer(catalogue: Catalogue, name: str, **given: str) -> tuple[Row, ...]:
    return catalogue.answer(catalogue.get(f"across/{name}"), given).table.rows


def cell(row: Row, name: str) -> str:
    return short(row[name].value)


def numbers(facts: Facts, measurement: str) -> set[str]:
    names = ("value", "minimum", "maximum", "denominator")
    return set().union(*(facts.all(measurement, name) for name in names))


def documents_of(facts: Facts, reference: str) -> set[str]:
    return {d for p in facts.all(reference, "inPassage") for d in facts.all(p, "inDocument")}


def named_references(facts: Facts) -> dict[str, set[str]]:
    """The in-text references to each source that give a name."""
    found = defaultdict(set)
    for reference in facts.of_class("InTextReference"):
        if facts.one(reference, "matchStatus") != "match-status/unnamed":
            found[facts.one(reference, "refersToSource")].add(reference)
    return found


def resting(facts: Facts) -> dict[str, set[str]]:
    """The statements with a named reference to each source that does not differ from the list."""
    found = defaultdict(set)
    for statement in facts.of_class(*KINDS):
        for reference in facts.all(statement, "inTextReference"):
            if facts.one(reference, "matchStatus") not in (
                "match-status/unnamed",
                "match-status/mismatched",
            ):
                found[facts.one(reference, "refersToSource")].add(statement)
    return found


def test_a_same_figure_has_a_number_that_all_its_measurements_give(facts: Facts) -> None:
    told = facts.correspondences("same-figure")
    beside = [[numbers(facts, m) for m in facts.all(c, "setsBeside")] for c in told]
    assert len(told) > 10
    assert [c for c, given in zip(told, beside, strict=True) if not set.intersection(*given)] == []


def test_diverging_figures_are_of_several_documents_and_differ(facts: Facts) -> None:
    for told in facts.correspondences("diverging-figures"):
        measurements = facts.all(told, "setsBeside")
        assert len({facts.one(m, "statedIn") for m in measurements}) > 1, told
        assert not set.intersection(*(numbers(facts, m) for m in measurements)), told


@pytest.mark.parametrize("kind", ["same-figure", "diverging-figures"])
def test_a_reason_gives_the_figures_that_it_is_about(facts: Facts, kind: str) -> None:
    for told in facts.correspondences(kind):
        values = set().union(*(facts.all(m, "value") for m in facts.all(told, "setsBeside")))
        for reason in facts.all(told, "reason"):
            assert [value for value in values if value not in reason] == [], told


def test_every_source_that_several_documents_cite_is_judged_on_all_its_references(
    facts: Facts,
) -> None:
    shared = {
        source: references
        for source, references in named_references(facts).items()
        if len({d for r in references for d in documents_of(facts, r)}) > 1
    }
    told = facts.correspondences("shared-source")
    assert {facts.one(c, "shared"): facts.all(c, "setsBeside") for c in told} == shared
    assert len(told) == len(shared)


def test_the_answer_on_shared_sources_has_each_reference_once(
    facts: Facts, catalogue: Catalogue
) -> None:
    told = facts.correspondences("shared-source")
    references = [r for c in told for r in facts.all(c, "setsBeside")]
    found = [cell(row, "reference") for row in answer(catalogue, "shared-sources")]
    assert sorted(found) == sorted(references)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("same-figure-other-meaning", "same-figure"), ("diverging-figures", "diverging-figures")],
)
def test_a_document_narrows_the_cases_and_not_what_stands_beside(
    facts: Facts, catalogue: Catalogue, name: str, kind: str
) -> None:
    told = {c: facts.all(c, "setsBeside") for c in facts.correspondences(kind)}
    mine = {
        (c, m)
        for c, measurements in told.items()
        if "document/integratie" in {facts.one(m, "statedIn") for m in measurements}
        for m in measurements
    }
    rows = answer(catalogue, name, document="integratie")
    assert {(cell(row, "correspondence"), cell(row, "statement")) for row in rows} == mine
    assert len(answer(catalogue, name)) == sum(map(len, told.values())) > len(rows) - 1


def test_statements_per_source_and_document_are_as_many_as_counted_by_hand(
    facts: Facts, catalogue: Catalogue
) -> None:
    rests = resting(facts)
    rows = answer(catalogue, "sources-by-statements")
    for row in rows:
        source, document = cell(row, "source"), cell(row, "document")
        here = {s for s in rests[source] if facts.one(s, "statedIn") == document}
        kinds = ("assessments", "claims", "definitions", "measurements", "norms", "proposals")
        assert int(cell(row, "inAll")) == len(rests[source])
        assert int(cell(row, "statements")) == len(here) == sum(int(cell(row, k)) for k in kinds)
    of_documents = {(s, facts.one(m, "statedIn")) for s, found in rests.items() for m in found}
    assert of_documents <= {(cell(row, "source"), cell(row, "document")) for row in rows}


def test_a_source_without_a_name_is_nowhere_and_a_mismatched_one_stands_apart(
    catalogue: Catalogue,
) -> None:
    rows = {cell(row, "source"): row for row in answer(catalogue, "sources-by-statements")}
    assert "source/overzichtsartikel-p15" not in rows
    apart = [(s, cell(r, "inAll")) for s, r in rows.items() if cell(r, "mismatched") != "0"]
    assert apart == [("source/lichterman-2012", "0")]


def test_claims_on_old_sources_are_as_many_as_counted_by_hand(
    facts: Facts, catalogue: Catalogue
) -> None:
    rests = resting(facts)
    year = {s: int(facts.one(s, ISSUED)) for s in rests if facts.all(s, ISSUED)}
    claims = {s: {m for m in rests[s] if m.startswith("claim/")} for s in year}
    rows = answer(catalogue, "oldest-sources")
    assert [cell(row, "source") for row in rows] == sorted(
        (s for s in year if claims[s]), key=lambda s: (year[s], s)
    )
    for row in rows:
        source = cell(row, "source")
        others = [{s for s in rests if c in rests[s]} - {source} for c in claims[source]]
        newer = [o for o in others if any(year.get(s, 0) > year[source] for s in o)]
        hedged = [c for c in claims[source] if facts.all(c, "hedge")]
        counted = (len(others), others.count(set()), len(newer), len(hedged))
        assert tuple(int(cell(row, n)) for n in ("claims", "alone", "newer", "hedged")) == counted


def test_on_opinion_only_are_opinions_without_another_ground(
    facts: Facts, catalogue: Catalogue
) -> None:
    found = [cell(row, "statement") for row in answer(catalogue, "on-opinion-only")]
    bases = {f"basis/{name}" for name in OPINION}
    grounded = {
        facts.one(c, "regards")
        for c in facts.correspondences("supports")
        for other in facts.all(c, "inTheLightOf")
        if facts.one(other, "basis") not in bases | {"basis/none-stated"}
    }
    expected = {
        statement
        for statement in facts.of_class(*KINDS)
        if facts.one(statement, "basis") in bases and statement not in grounded
    }
    rests = set().union(*resting(facts).values())
    reasoned = {s for s in expected if facts.one(s, "basis") == "basis/author-reasoning"}
    mismatched = {
        s
        for s in reasoned
        if "match-status/mismatched"
        in {facts.one(r, "matchStatus") for r in facts.all(s, "inTextReference")}
    }
    assert set(found) == expected - (reasoned & rests) - mismatched
    assert len(found) == len(set(found)) > 500


def test_opinion_and_no_ground_are_apart_and_all_is_counted(
    facts: Facts, catalogue: Catalogue
) -> None:
    rows = answer(catalogue, "opinion-or-no-ground")
    for row in rows:
        parts = [int(cell(row, name)) for name in ("opinion", "silent", "other")]
        assert sum(parts) == int(cell(row, "statements"))
    said = [s for s in facts.of_class(*KINDS) if facts.one(s, "voice") != "voice/reading"]
    silent = [s for s in said if facts.one(s, "basis") == "basis/none-stated"]
    assert sum(int(cell(row, "statements")) for row in rows) == len(said)
    assert sum(int(cell(row, "silent")) for row in rows) == len(silent)
