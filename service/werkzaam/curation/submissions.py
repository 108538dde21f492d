"""The way of one submission: the gate, and only then, and only if asked, one row of the journal."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

from werkzaam.curation.withdrawal_process import left_wrong
from werkzaam.domain.changes import Agent, Change, Committed, Delivery, Upload
from werkzaam.domain.content import Content
from werkzaam.domain.file_names import clean_name
from werkzaam.domain.identifiers import holds_examples, last_segment, record_of
from werkzaam.errors import Conflict, DataRefused, StoreBusy
from werkzaam.ingest.gate_outcome import GateOutcome, Told, Wish
from werkzaam.ingest.gate_process import Bounds, run_gate
from werkzaam.ingest.partial_outcome import held_by_others
from werkzaam.store.journal import Journal

_MOST_TRIES = 3
_MOST_RECORDS_TOLD: Final = 20
_LONGEST_WAIT: Final = 30.0
_RETRY_SECONDS: Final = 5


@dataclass(frozen=True)
class Way:
    """How an upload goes through the gate.

    ``valid_rows``: records without a violation may enter though others have one. ``keep``: the
    records are wanted back, ``standard`` the report of the standard. ``bounds``: how much it may take, other than usual. ``tell`` hears which
    part goes on and with how many records.
    """

    valid_rows: bool = False
    keep: bool = True
    standard: bool = False
    bounds: Bounds | None = None
    tell: Told | None = None


ORDINARY: Final = Way()


class Submissions:
    """What comes in through the gate. ``after_change`` is called once a change stands.

    How many files are checked at once is the caller's to bound: each takes a process of its own.
    """

    def __init__(
        self,
        journal: Journal,
        content: Content,
        *,
        demo: bool = False,
        after_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.journal = journal
        self.content = content
        self._demo = demo
        self._after_change = after_change
        self._one_at_a_time = threading.Lock()
        self._withdrawing = threading.Lock()

    def preview(
        self,
        data: bytes,
        file_name: str,
        mapping: str,
        agent: Agent | None = None,
        stop: Event | None = None,
        way: Way = ORDINARY,
    ) -> GateOutcome:
        """What the gate says of a file, against the records in force; nothing is kept.

        With ``agent`` a record that another agent holds is a violation, as it is on commit. Raises
        NotFound for an unknown mapping, DataRefused with the report for a file that cannot be read,
        QueryStopped soon after ``stop`` is set.
        """
        records = self.journal.records_state()
        demo = self._takes_examples(records)
        wish = Wish(demo, way.valid_rows, way.keep, way.standard)
        outcome = run_gate(
            *(self.content, records, data, file_name, mapping),
            wish=wish,
            bounds=way.bounds,
            stop=stop,
            tell=way.tell,
        )
        if not outcome.readable:
            raise _refused(outcome)
        if agent is None or agent.may("curator"):
            return outcome
        return held_by_others(outcome, self.journal.held_by_others(outcome.places, agent.id))

    def commit(
        self,
        data: bytes,
        file_name: str,
        mapping: str,
        agent: Agent,
        stop: Event | None = None,
        way: Way = ORDINARY,
    ) -> Committed:
        """Record a file that conforms, or with ``way.valid_rows`` the records in it that do. The
        agent's same file again gives the submission that stands.

        Raises DataRefused with the report, where a record of another agent is a violation too,
        StoreBusy when the records changed under every try, QueryStopped with nothing recorded soon
        after ``stop`` is set.
        """
        with self._one_at_a_time:
            upload = (data, file_name, mapping)
            committed = self._checked_and_recorded(upload, agent, (stop, way), _MOST_TRIES)
            self._after_change()
        return committed

    def withdraw(self, submission_id: str, agent: Agent) -> Change:
        """Take a submission back; what it replaced is in force again.

        Raises NotFound, Forbidden where it is another agent's and ``agent`` is no curator, Conflict
        where records that stay would violate a shape without it, StoreBusy where the records changed
        under every try or too many wait, StoreUnavailable where that could not be checked.
        """
        if not self._withdrawing.acquire(timeout=_LONGEST_WAIT):
            raise StoreBusy(
                _RETRY_SECONDS,
                "Too many submissions are being withdrawn. Try again in {retry_after} seconds.",
            )
        try:
            change = self._withdrawn(submission_id, agent, _MOST_TRIES)
        finally:
            self._withdrawing.release()
        self._after_change()
        return change

    def _withdrawn(self, submission_id: str, agent: Agent, tries: int) -> Change:
        """Withdrawn from the very version that it was checked against."""
        curator = agent.may("curator")
        before, change = self.journal.withdrawing(submission_id, agent.id, curator=curator)
        if change.added or change.removed:
            self._refuse_harm(left_wrong(self.content, self.journal.records_state(before), change))
        try:
            return self.journal.withdraw(submission_id, agent.id, curator=curator, after=before)
        except StoreBusy:
            if tries == 1:
                raise
        return self._withdrawn(submission_id, agent, tries - 1)

    def _refuse_harm(self, wrong: Sequence[str]) -> None:
        """Raises Conflict with the records that ``wrong`` belong to, the first of them."""
        records = sorted({record_of(iri.encode()).decode() for iri in wrong})
        if not records:
            return
        first = records[:_MOST_RECORDS_TOLD]
        holders = sorted(set(self.journal.holders(first).values()))
        raise Conflict(
            first,
            "Other records build on this submission and would no longer be right without it: "
            "{records}{more}. Nothing was changed. Withdraw those first, with the submissions "
            "{submissions}, or ask a curator to do so if they are another's.",
            records=", ".join(map(last_segment, first)),
            more=" …" if len(records) > len(first) else "",
            submissions=", ".join(holders),
        )

    def _takes_examples(self, records: bytes) -> bool | None:
        """Examples and real records never stand together; the first in an empty instance decide."""
        if self._demo or holds_examples(records):
            return True
        return False if records else None

    def _checked_and_recorded(
        self,
        upload: tuple[bytes, str, str],
        agent: Agent,
        how: tuple[Event | None, Way],
        tries: int,
    ) -> Committed:
        """Checked against the very version that it is recorded after."""
        before = self.journal.last_number()
        outcome = self.preview(*upload, agent, *how)
        if not outcome.may_enter:
            raise _refused(outcome)
        try:
            return self._record(upload[0], upload[1], agent, outcome, before)
        except StoreBusy:
            if tries == 1:
                raise
        return self._checked_and_recorded(upload, agent, how, tries - 1)

    def _record(
        self, data: bytes, file_name: str, agent: Agent, outcome: GateOutcome, before: int
    ) -> Committed:
        report = outcome.report
        places = outcome.other_places
        if places:
            report = replace(report, facts={**report.facts, "places": places})
        delivery = Delivery(
            agent.id,
            clean_name(file_name),
            Upload(data),
            report.mapping,
            report.mapping_version,
            outcome.records,
            report.as_json(),
            rows=outcome.rows,
        )
        try:
            return self.journal.append_submission(
                delivery, curator=agent.may("curator"), after=before
            )
        except Conflict as conflict:
            raise _refused(held_by_others(outcome, conflict.records)) from None


def _refused(outcome: GateOutcome) -> DataRefused:
    report = outcome.report.as_json()
    number = report["counts"]["violation"]
    if number == 1:
        return DataRefused(
            report,
            "The file was refused: 1 violation. Nothing was written; the report says which cell, and "
            "how to mend it.",
        )
    return DataRefused(
        report,
        "The file was refused: {violations} violations. Nothing was written; the report says which "
        "cells, and how to mend them.",
        violations=number,
    )
