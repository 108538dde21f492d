"""Any sequence of submissions and withdrawals adds up to what a simple model says."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from werkzaam.domain.changes import Delivery, Upload
from werkzaam.errors import Conflict, Forbidden
from werkzaam.store.journal import Journal

AGENTS = st.sampled_from(["ann", "bob"])
RECORDS = st.dictionaries(
    st.sampled_from(["u:r/1", "u:r/2", "u:r/3"]), st.sampled_from("xyz"), min_size=1
)

ROWS = {"u:r/1": 2, "u:r/2": 3, "u:r/3": 9}


def quads(said: dict[str, str]) -> bytes:
    return b"".join(f'<{r}> <u:p> "{word}" <u:g> .\n'.encode() for r, word in sorted(said.items()))


@dataclass
class Sent:
    """A submission as the model remembers it."""

    id: str
    agent: str
    records: dict[str, str]
    in_force: bool = True


class Submitting(RuleBasedStateMachine):
    """Two agents, three records, and a curator now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.journal = Journal.open(Path(self.folder.name))
        self.sent: list[Sent] = []
        self.states = [b""]
        self.holders: list[dict[str, str]] = [{}]

    def latest(self, record: str) -> Sent | None:
        return next((s for s in reversed(self.sent) if s.in_force and record in s.records), None)

    def expected(self) -> bytes:
        latest = {record: self.latest(record) for record in ROWS}
        return quads({record: s.records[record] for record, s in latest.items() if s})

    def changed(self) -> None:
        """Remember what stands after a change, and whose it is."""
        self.states.append(self.expected())
        latest = {record: self.latest(record) for record in ROWS}
        self.holders.append({record: s.id for record, s in latest.items() if s})

    @rule(agent=AGENTS, records=RECORDS, curator=st.booleans())
    def submit(self, agent: str, records: dict[str, str], curator: bool) -> None:
        parts = {record: quads({record: word}) for record, word in records.items()}
        upload = Upload(quads(records))
        delivery = Delivery(agent, "f.csv", upload, "projects", "1", parts, {}, rows=ROWS)
        latest = {record: self.latest(record) for record in records}
        mine = [s for s in self.sent if s.in_force and s.agent == agent]
        same = [s for s in mine if s.records == records]
        standing = next((s for s in same if all(s is now for now in latest.values())), None)
        if not standing and not curator and any(s and s.agent != agent for s in latest.values()):
            try:
                self.journal.append_submission(delivery)
            except Conflict:
                return
            raise AssertionError("another agent's record was taken")
        done = self.journal.append_submission(delivery, curator=curator)
        assert done.new == (standing is None)
        if standing:
            assert done.submission.id == standing.id
        else:
            self.sent.append(Sent(done.submission.id, agent, records))
            self.changed()

    @precondition(lambda self: self.sent)
    @rule(agent=AGENTS, pick=st.integers(min_value=0), curator=st.booleans())
    def withdraw(self, agent: str, pick: int, curator: bool) -> None:
        chosen = self.sent[pick % len(self.sent)]
        try:
            self.journal.withdraw(chosen.id, agent, curator=curator)
        except Forbidden:
            assert not curator
            assert chosen.agent != agent
            return
        assert curator or chosen.agent == agent
        if chosen.in_force:
            chosen.in_force = False
            self.changed()

    @invariant()
    def every_version_is_what_it_was(self) -> None:
        assert self.journal.last_number() == len(self.states) - 1
        assert self.journal.records_state() == self.states[-1]
        assert [self.journal.records_state(n) for n in range(len(self.states))] == self.states
        assert self.journal.verify() == []

    @invariant()
    def every_version_knows_where_its_records_came_from(self) -> None:
        for number, holders in enumerate(self.holders):
            found = self.journal.origins(number)
            said = {one.record: (origin.id, one.row) for origin in found for one in origin.standing}
            assert said == {record: (holder, ROWS[record]) for record, holder in holders.items()}
            assert [origin.state == "in_force" for origin in found] == [
                origin.id in holders.values() for origin in found
            ]

    @invariant()
    def every_submission_says_whether_it_stands(self) -> None:
        for mine in self.sent:
            holds = any(self.latest(record) is mine for record in mine.records)
            state = "in_force" if holds else "replaced" if mine.in_force else "withdrawn"
            assert self.journal.submission(mine.id).state == state

    def teardown(self) -> None:
        self.journal.close()
        self.folder.cleanup()


TestSubmitting = Submitting.TestCase
TestSubmitting.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
