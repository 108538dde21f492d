"""The way of one upload: bytes → rows → statements → shapes → report. Nothing is kept here.

It parses what a caller sent, so it runs in a confined process: see ``gate_process``.
"""

from dataclasses import replace

from werkzaam.domain.content import Content
from werkzaam.ingest.gate_outcome import GateOutcome, Told, Upload, Wish
from werkzaam.ingest.judging import Judging
from werkzaam.ingest.partial_outcome import in_part


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
    return in_part(replace(outcome, records=rest.records), accepted, total, judging.without)
