"""A submission is taken back, unless records that stay would no longer be right without it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from werkzaam.curation import submissions as module
from werkzaam.curation import withdrawal_process
from werkzaam.curation.submissions import Submissions
from werkzaam.domain.changes import Agent, ChangeData
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS
from werkzaam.errors import Conflict, Forbidden, StoreBusy, StoreUnavailable
from werkzaam.store.journal import Journal

ANN, BOB, CURATOR = Agent("ann", "submitter"), Agent("bob", "submitter"), Agent("cur", "curator")
FOLDER = Path(__file__).parents[1] / "data" / "submissions"
GOOD = b"\n".join((FOLDER / "good.csv").read_bytes().splitlines()[:2])
REPORT = (
    b"verslag,project,titel,soort verslag,deelnemers bereikt,bronnen\n"
    b"V 9,P 01,Eindverslag van Samen eten,eindverslag,30,Voorbeeldbron\n"
)
V9 = f"{THINGS}report/v-9"


@pytest.fixture
def gate(tmp_path: Path, content: Content) -> Submissions:
    return Submissions(Journal.open(tmp_path), content)


def recorded(gate: Submissions, data: bytes, agent: Agent, mapping: str = "projects") -> str:
    return gate.commit(data, "a.csv", mapping, agent).submission.id


def test_what_others_build_on_stays_until_that_is_gone(gate: Submissions) -> None:
    project = recorded(gate, GOOD, ANN)
    report = recorded(gate, REPORT, BOB, "reports")
    before = gate.journal.records_state()
    for agent in (ANN, CURATOR):
        with pytest.raises(Conflict) as refused:
            gate.withdraw(project, agent)
        assert refused.value.records == (V9,)
        assert "v-9" in str(refused.value)
        assert report in str(refused.value)
    assert gate.journal.records_state() == before
    assert gate.journal.last_number() == 2
    with pytest.raises(Forbidden):
        gate.withdraw(project, BOB)
    gate.withdraw(report, BOB)
    done = gate.withdraw(project, ANN)
    assert gate.journal.records_state() == b""
    assert gate.withdraw(project, ANN) == done


def test_an_earlier_version_that_is_right_still_may_come_back(gate: Submissions) -> None:
    recorded(gate, GOOD, ANN)
    later = recorded(gate, GOOD.replace(b"Samen eten", b"Samen koken"), ANN)
    recorded(gate, REPORT, BOB, "reports")
    gate.withdraw(later, ANN)
    assert b"Samen eten" in gate.journal.records_state()


def test_an_earlier_version_that_refers_to_what_is_gone_does_not_come_back(
    gate: Submissions,
) -> None:
    project = recorded(gate, GOOD, ANN)
    old = recorded(gate, REPORT, BOB, "reports")
    recorded(gate, GOOD.replace(b"P 01", b"P 02").replace(b"Samen eten", b"Sporten"), ANN)
    new = recorded(gate, REPORT.replace(b"P 01", b"P 02"), BOB, "reports")
    gate.withdraw(project, ANN)
    with pytest.raises(Conflict) as refused:
        gate.withdraw(new, BOB)
    assert refused.value.records == (V9,)
    gate.withdraw(old, BOB)
    gate.withdraw(new, BOB)
    assert V9.encode() not in gate.journal.records_state()


def test_where_nothing_refers_no_process_is_started(
    gate: Submissions, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = recorded(gate, GOOD, ANN)

    def no_process(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(withdrawal_process, "ask", no_process)
    gate.withdraw(project, ANN)
    assert gate.journal.records_state() == b""


def test_what_came_in_while_it_was_checked_counts_too(
    gate: Submissions, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = recorded(gate, GOOD, ANN)
    checked: list[Sequence[str]] = []

    def check(content: Content, before: bytes, change: ChangeData) -> Sequence[str]:
        found = withdrawal_process.left_wrong(content, before, change)
        if not checked:
            recorded(gate, REPORT, BOB, "reports")
        checked.append(found)
        return found

    monkeypatch.setattr(module, "left_wrong", check)
    with pytest.raises(Conflict):
        gate.withdraw(project, ANN)
    assert [len(found) for found in checked] == [0, 1]


def test_a_check_that_does_not_end_and_a_queue_that_is_long_change_nothing(
    gate: Submissions, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = recorded(gate, GOOD, ANN)
    recorded(gate, REPORT, BOB, "reports")
    _, change = gate.journal.withdrawing(project, "ann")
    state = gate.journal.records_state()
    with pytest.raises(StoreUnavailable, match="nothing was"):
        withdrawal_process.left_wrong(content, state, change, seconds=0.01)
    monkeypatch.setattr(module, "_LONGEST_WAIT", 0.01)
    with gate._withdrawing, pytest.raises(StoreBusy):
        gate.withdraw(project, ANN)
    assert gate.journal.last_number() == 2


def test_of_many_records_the_first_are_named(
    gate: Submissions, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = recorded(gate, GOOD, ANN)
    head, row = REPORT.splitlines()
    rows = [row.replace(b"V 9", b"V %d" % n).replace(b"Eind", b"E%d" % n, 1) for n in range(3)]
    recorded(gate, b"\n".join([head, *rows]), BOB, "reports")
    monkeypatch.setattr(module, "_MOST_RECORDS_TOLD", 2)
    with pytest.raises(Conflict) as refused:
        gate.withdraw(project, ANN)
    assert len(refused.value.records) == 2
    assert "v-0, v-1 …" in str(refused.value)
