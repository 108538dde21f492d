"""Where the records of each version come from, as the journal has it."""

from pathlib import Path

import pytest

from werkzaam.domain.changes import Delivery, RecordOrigin, SubmittedColumn, Upload
from werkzaam.errors import StoreUnavailable
from werkzaam.store.journal import Journal

A, B = (f"https://w3id.org/mdt-kennisgraaf/id/project/{name}" for name in "ab")
REPORT = {
    "file": {"encoding": "utf-8"},
    "facts": {"columns": [{"column": "AA", "title": "titel", "name": "title"}]},
}


def delivery(word: str, *records: str, **rows: int) -> Delivery:
    return Delivery(
        agent="ann",
        file_name="f.csv",
        upload=Upload(word.encode()),
        mapping="projects",
        mapping_version="1.2.3",
        records={name: f'<{name}> <u:p> "{word}" <u:g> .\n'.encode() for name in records},
        report=REPORT,
        rows={{"a": A, "b": B}[name]: row for name, row in rows.items()},
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.open(tmp_path)


def test_a_submission_is_told_without_who_sent_it(journal: Journal) -> None:
    done = journal.append_submission(delivery("x", A, B, a=2, b=7)).submission
    (origin,) = journal.origins(1)
    assert (origin.id, origin.change, origin.time) == (done.id, 1, done.time)
    assert (origin.sha256, origin.encoding) == (done.sha256, "utf-8")
    assert (origin.mapping, origin.mapping_version) == ("projects", "1.2.3")
    assert (origin.state, origin.record_count) == ("in_force", 2)
    assert origin.columns == (SubmittedColumn("AA", "titel", "title"),)
    assert origin.standing == (RecordOrigin(A, 2), RecordOrigin(B, 7))
    assert not {"ann", "f.csv"} & set(vars(origin).values())


def test_each_version_has_its_own(journal: Journal) -> None:
    first = journal.append_submission(delivery("x", A, B, a=2, b=3)).submission.id
    journal.append_submission(delivery("y", A, a=5))
    journal.append_submission(delivery("z", A, B, a=8, b=9))
    journal.withdraw(first, "ann")
    states = [[origin.state for origin in journal.origins(n)] for n in range(5)]
    assert states == [
        [],
        ["in_force"],
        ["in_force", "in_force"],
        ["replaced", "replaced", "in_force"],
        ["withdrawn", "replaced", "in_force"],
    ]
    assert [origin.standing for origin in journal.origins(2)] == [
        (RecordOrigin(B, 3),),
        (RecordOrigin(A, 5),),
    ]
    assert [origin.record_count for origin in journal.origins(4)] == [2, 1, 2]


def test_what_came_from_no_table_has_no_row(journal: Journal) -> None:
    sent = delivery("x", A)
    journal.append_submission(sent)
    assert journal.origins(1)[0].standing == (RecordOrigin(A, None),)
    assert journal.verify() == []


def test_a_report_may_say_nothing_of_columns(journal: Journal) -> None:
    sent = delivery("x", A)
    journal.append_submission(Delivery(**{**vars(sent), "report": {}}))
    (origin,) = journal.origins(1)
    assert (origin.encoding, origin.columns) == (None, ())


def test_rows_count_from_one(journal: Journal) -> None:
    with pytest.raises(StoreUnavailable):
        journal.append_submission(delivery("x", A, a=0))
    assert journal.last_number() == 0
