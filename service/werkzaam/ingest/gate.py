"""The way of one upload: bytes → rows → statements → shapes → report. Nothing is kept here.

It parses what a caller sent, so it runs in a confined process: see ``gate_process``.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from werkzaam.domain.content import Content
from werkzaam.ingest.candidates import Origin
from werkzaam.ingest.faults import finding
from werkzaam.ingest.gate_outcome import GateOutcome, Told, Upload, Wish
from werkzaam.ingest.judging import Judging
from werkzaam.ingest.report import with_findings

__all__ = ["GateOutcome", "Told", "Upload", "Wish", "held_by_others", "judge"]


def judge(
    content: Content,
    current: bytes,
    upload: Upload,
    demo: bool | None = None,
    wish: Wish | None = None,
    tell: Told = lambda _part, _number: None,
) -> GateOutcome:
    """What is in ``upload``, and what is wrong with it. ``current``: N-Quads of the records in force.

    ``tell`` hears, now and then, which part of the work goes on and with how many records. Raises
    NotFound for an unknown mapping, ContentError for a fault in the content.
    """
    wanted = wish or Wish(demo)
    whole = Judging(content, current, upload, wanted, tell)
    outcome = whole.outcome()
    if not wanted.valid_rows or outcome.report.conforms is not False or not outcome.readable:
        return outcome
    return _valid_rows(whole, outcome)


def _valid_rows(whole: Judging, outcome: GateOutcome) -> GateOutcome:
    """``outcome`` with the records that stay when those with a violation are left out, until the rest
    conforms; none where a violation is about the file itself."""
    judging, rest = whole, outcome
    while rest.report.conforms is False:
        faulty = judging.faulty()
        if not faulty:
            return outcome
        judging = replace(whole, without=judging.without | judging.origins_of(faulty))
        rest = judging.outcome()
    accepted, total = len(judging.read.records), len(whole.read.records)
    if not rest.report.conforms or not accepted:
        return outcome
    return _partial(replace(outcome, records=rest.records), accepted, total, judging.without)


def held_by_others(outcome: GateOutcome, held: Collection[str]) -> GateOutcome:
    """``outcome`` with a violation for each record whose IRI is in ``held``: those of other agents."""
    found = [
        finding("other-agents-identifier", cell)
        for iri, cell in outcome.places.items()
        if iri in held
    ]
    if not found:
        return outcome
    report = with_findings(outcome.report, found)
    kept = outcome.records if outcome.valid_rows else {}
    records = {iri: quads for iri, quads in kept.items() if iri not in held}
    outcome = replace(outcome, report=report, records=records)
    if not records:
        return outcome
    cells = [cell for iri, cell in outcome.places.items() if iri in held]
    origins: list[Origin] = [cell.path or (cell.sheet, cell.row) for cell in cells]
    return _partial(outcome, len(records), len(outcome.places), origins)


def _partial(
    outcome: GateOutcome, accepted: int, total: int, refused: Iterable[Origin]
) -> GateOutcome:
    """``outcome`` with what may enter of the file and what not, in its facts."""
    rows: dict[str | None, list[int]] = {}
    paths = []
    for origin in refused:
        if isinstance(origin, str):
            paths.append(origin)
        elif origin[1] is not None:
            rows.setdefault(origin[0], []).append(origin[1])
    earlier = {one["sheet"]: one["rows"] for one in outcome.facts.get("refusedRows", ())}
    for sheet, numbers in earlier.items():
        rows.setdefault(sheet, []).extend(numbers)
    facts = {
        **outcome.facts,
        "acceptedRecords": accepted,
        "refusedRecords": total - accepted,
        "refusedRows": [
            {"sheet": sheet, "rows": sorted(set(rows[sheet]))}
            for sheet in sorted(rows, key=lambda name: name or "")
        ],
        "refusedPaths": sorted({*paths, *outcome.facts.get("refusedPaths", ())}),
    }
    return replace(outcome, report=replace(outcome.report, facts=facts))
