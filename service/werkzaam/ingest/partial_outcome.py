"""What may enter of a file and what not, where only a part of it is taken in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from werkzaam.ingest.cells import Cell, Origin
from werkzaam.ingest.faults import finding
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.report import with_findings

_IN_PART: Final = ("acceptedRecords", "refusedRecords", "refusedRows", "refusedPaths")


def held_by_others(outcome: GateOutcome, held: Collection[str]) -> GateOutcome:
    """``outcome`` with a violation for each record whose IRI is in ``held``: those of other agents.
    With them the rows of groups that belong to them are refused."""
    cells = [cell for iri, cell in outcome.places.items() if iri in held]
    if not cells:
        return outcome
    could_enter = outcome.valid_rows and (
        outcome.report.conforms is True or "acceptedRecords" in outcome.facts
    )
    found = [finding("other-agents-identifier", cell) for cell in cells]
    report = with_findings(outcome.report, found)
    outcome = replace(outcome, report=report)
    refused = {*_refused(outcome), *map(_origin, cells), *_group_rows_of(outcome, held)}
    left = [
        iri
        for iri, cell in outcome.places.items()
        if could_enter and iri not in held and _origin(cell) not in refused
    ]
    if not left:
        facts = {name: told for name, told in outcome.facts.items() if name not in _IN_PART}
        return replace(outcome, report=replace(report, facts=facts), records={})
    records = {iri: quads for iri, quads in outcome.records.items() if iri not in held}
    total = outcome.facts["rows"]
    return in_part(replace(outcome, records=records), len(left), total, refused)


def _origin(cell: Cell) -> Origin:
    """The row or place of a record whose identifier stands in ``cell``."""
    return cell.path or (cell.sheet, cell.row)


def _group_rows_of(outcome: GateOutcome, records: Collection[str]) -> Iterator[Origin]:
    """The rows of groups that belong to ``records``; what stands in a record itself has no row of its
    own."""
    for thing, cell in outcome.group_places.items():
        owner = thing
        while owner not in records and "/" in owner:
            owner = owner.rpartition("/")[0]
        if owner in records and cell.path is None:
            yield cell.sheet, cell.row


def _refused(outcome: GateOutcome) -> Iterator[Origin]:
    """The rows and places that the facts say are refused."""
    for one in outcome.facts.get("refusedRows", ()):
        yield from ((one["sheet"], row) for row in one["rows"])
    yield from outcome.facts.get("refusedPaths", ())


def in_part(
    outcome: GateOutcome, accepted: int, total: int, refused: Iterable[Origin]
) -> GateOutcome:
    """``outcome`` with what may enter of the file and what not, in its facts."""
    rows: dict[str | None, set[int]] = defaultdict(set)
    paths = set()
    for origin in refused:
        if isinstance(origin, str):
            paths.add(origin)
        elif origin[1] is not None:
            rows[origin[0]].add(origin[1])
    facts = {
        **outcome.facts,
        "acceptedRecords": accepted,
        "refusedRecords": total - accepted,
        "refusedRows": [
            {"sheet": sheet, "rows": sorted(rows[sheet])}
            for sheet in sorted(rows, key=lambda name: name or "")
        ],
        "refusedPaths": sorted(paths),
    }
    return replace(outcome, report=replace(outcome.report, facts=facts))
