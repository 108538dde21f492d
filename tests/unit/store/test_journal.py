"""The journal: what is written, what it adds up to, and what is refused."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from werkzaam.domain.changes import Delivery, Upload
from werkzaam.errors import BadRequest, Conflict, Forbidden, NotFound
from werkzaam.store.journal import Journal
from werkzaam.store.journal_database import Database
from werkzaam.store.journal_patch import pack, read_patch, unpack, write_patch

A, B, C = (f"https://w3id.org/mdt-kennisgraaf/id/project/{name}" for name in "abc")
GRAPH = "https://w3id.org/mdt-kennisgraaf/graph/records"
CONTENT = b"<u:s> <u:p> <u:o> <u:g> .\n"


def quad(subject: str, value: str) -> bytes:
    return f'<{subject}> <http://purl.org/dc/terms/title> "{value}"@nl <{GRAPH}> .\n'.encode()


def delivery(agent: str = "ann", version: str = "1", **records: str) -> Delivery:
    named = {"a": A, "b": B, "c": C}
    return Delivery(
        agent=agent,
        file_name="projects.csv",
        upload=Upload(json.dumps(records).encode()),
        mapping="projects",
        mapping_version=version,
        records={named[name]: quad(named[name], value) for name, value in records.items()},
        report={"conforms": True, "findings": []},
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.open(tmp_path / "new" / "data")


def test_a_new_journal_is_empty_and_kept_from_others(journal: Journal) -> None:
    assert journal.last_number() == 0
    assert journal.changes() == ()
    assert journal.last_content_digest() is None
    assert journal.state() == b""
    assert journal.verify() == []
    assert journal.database.path.stat().st_mode & 0o077 == 0
    assert [p.name for p in journal.database.path.parent.iterdir() if p.name[0] == "."] == []


def test_content_is_one_change_of_what_differs(journal: Journal) -> None:
    other = b'<u:s> <u:p> "1"^^<u:int> <u:g> .\n'
    first = journal.record_content("d1", CONTENT, "content")
    assert journal.record_content("d1", CONTENT, "content") == first
    second = journal.record_content("d2", other + other, "content")
    assert (second.number, second.kind, second.content_digest) == (2, "content", "d2")
    assert journal.data(2).added == other
    assert journal.data(2).removed == CONTENT
    assert journal.content_state() == journal.state() == other
    assert journal.content_state(1) == CONTENT
    assert journal.last_content_digest() == "d2"
    assert journal.verify() == []


def test_a_difference_found_on_other_content_is_refused(journal: Journal) -> None:
    assert journal.append_content("d1", CONTENT, b"", "content").number == 1
    for added, removed in ((CONTENT, b""), (b"", b"<u:x> <u:p> <u:o> .\n")):
        with pytest.raises(Conflict, match="changed since"):
            journal.append_content("d2", added, removed, "content")
    assert journal.append_content("d1", b"", b"", "content").number == 1
    assert journal.append_content("d2", b"", b"", "content").number == 2


def test_a_submission_is_kept_whole(journal: Journal) -> None:
    sent = delivery(a="one", b="two")
    done = journal.append_submission(sent)
    assert done.new
    assert done.change == journal.change(1) == journal.changes()[0]
    assert done.submission == journal.submission(done.submission.id)
    assert done.submission.records == (A, B)
    assert (done.submission.state, done.submission.time) == ("in_force", done.change.time)
    assert journal.upload(done.submission.sha256) == sent.upload
    assert journal.report(done.submission.id) == sent.report
    assert journal.records_state() == quad(A, "one") + quad(B, "two")
    assert journal.content_state() == b""


def test_the_same_again_writes_nothing_until_it_no_longer_stands(journal: Journal) -> None:
    first = journal.append_submission(delivery(a="one"))
    again = journal.append_submission(delivery(a="one"))
    assert (again.new, again.submission, again.change) == (False, first.submission, first.change)
    assert journal.append_submission(delivery(version="2", a="one")).new
    journal.append_submission(delivery(a="two"))
    assert journal.submission(first.submission.id).state == "replaced"
    assert journal.append_submission(delivery(a="one")).new
    assert journal.records_state() == quad(A, "one")
    assert journal.verify() == []


def test_the_same_from_another_agent_is_another_submission(journal: Journal) -> None:
    first = journal.append_submission(delivery(a="one"))
    with pytest.raises(Conflict, match="Another agent"):
        journal.append_submission(delivery("bob", a="one"))
    assert journal.held_by_others([A, B], "bob") == {A}
    assert journal.held_by_others([A, B], "ann") == frozenset()
    done = journal.append_submission(delivery("bob", a="one"), curator=True)
    assert (done.new, done.submission.agent) == (True, "bob")
    assert done.submission.id != first.submission.id
    assert journal.held_by_others([A, B], "ann") == {A}
    assert journal.records_state() == quad(A, "one")
    assert journal.verify() == []


def test_withdrawing_restores_the_latest_still_in_force(journal: Journal) -> None:
    first, second, third = (
        journal.append_submission(delivery(a=word, b=word)).submission.id for word in "xyz"
    )
    journal.withdraw(second, "ann")
    assert journal.records_state() == quad(A, "z") + quad(B, "z")
    gone = journal.withdraw(third, "ann")
    assert journal.records_state() == quad(A, "x") + quad(B, "x")
    assert journal.withdraw(third, "ann") == gone
    assert (gone.kind, gone.submission) == ("withdrawal", third)
    states = [submission.state for submission in journal.submissions()]
    assert states == ["withdrawn", "withdrawn", "in_force"]
    journal.withdraw(first, "ann")
    assert journal.records_state() == b""
    assert journal.records_state(3) == quad(A, "z") + quad(B, "z")
    assert journal.verify() == []


def test_a_record_of_another_agent_needs_a_curator(journal: Journal) -> None:
    first = journal.append_submission(delivery(a="one", b="one"))
    with pytest.raises(Conflict, match="Another agent") as refused:
        journal.append_submission(delivery("bob", a="two", c="two"))
    assert refused.value.records == (A,)
    assert journal.last_number() == 1
    taken = journal.append_submission(delivery("bob", a="two", c="two"), curator=True)
    with pytest.raises(Conflict):
        journal.append_submission(delivery("ann", a="three"))
    with pytest.raises(Forbidden):
        journal.withdraw(first.submission.id, "bob")
    with pytest.raises(NotFound):
        journal.withdraw("nothing", "bob")
    assert [s.agent for s in journal.submissions()] == ["bob", "ann"]
    assert [s.agent for s in journal.submissions("ann")] == ["ann"]
    journal.withdraw(taken.submission.id, "carla", curator=True)
    assert journal.records_state() == quad(A, "one") + quad(B, "one")


@pytest.mark.parametrize(
    ("records", "error"),
    [
        ({}, BadRequest),
        ({A: quad(B, "another's")}, BadRequest),
        ({A: quad(A + "b", "only looks like it")}, BadRequest),
        ({A: b"<u:s> <u:p> .\n"}, BadRequest),
        ({A: quad(A, "x").replace(b" .", b" . <u:s>")}, BadRequest),
        ({A: quad(A, 'a"b')}, BadRequest),
        ({A: quad(A, "x").replace(b"x", b"\xff")}, BadRequest),
        ({A: quad(A, "x"), A + "/below": quad(A + "/below", "x")}, Conflict),
    ],
)
def test_records_that_are_not_well_formed(
    journal: Journal, records: dict[str, bytes], error: type[Exception]
) -> None:
    sent = Delivery("ann", "f", Upload(b""), "projects", "1", records, {})
    with pytest.raises(error):
        journal.append_submission(sent)
    assert journal.last_number() == 0


@pytest.mark.parametrize("near", ["https://w3id.org/mdt-kennisgraaf/id/project", A + "#part"])
def test_a_record_above_or_below_one_in_force(journal: Journal, near: str) -> None:
    held = journal.append_submission(delivery(a="x")).submission.id
    sent = Delivery("ann", "f", Upload(b""), "projects", "1", {near: quad(near, "x")}, {})
    with pytest.raises(Conflict, match="below"):
        journal.append_submission(sent)
    journal.withdraw(held, "ann")
    assert journal.append_submission(sent).new


def test_odd_names_are_kept(journal: Journal) -> None:
    name = "../\ud800\x00é\n.csv"
    sent = Delivery("ann", name, Upload(b""), "projects", "1", {A: quad(A, "x")}, {"n": "\ud800"})
    done = journal.append_submission(sent)
    assert done.submission.file_name == "../\\ud800\x00é\n.csv"
    assert journal.verify() == []


def test_a_record_may_be_empty(journal: Journal) -> None:
    sent = Delivery("ann", "f", Upload(b"1"), "projects", "1", {A: b""}, {})
    journal.append_submission(delivery(a="x"))
    journal.append_submission(sent)
    assert journal.records_state() == b""
    assert journal.verify() == []


@pytest.mark.parametrize("call", ["change", "data", "state", "submission", "upload", "report"])
def test_what_is_not_there(journal: Journal, call: str) -> None:
    with pytest.raises(NotFound):
        getattr(journal, call)(7 if call in ("change", "data", "state") else "nothing")


def test_time_never_goes_back(tmp_path: Path) -> None:
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
    moments = iter([noon, noon - timedelta(hours=1), noon + timedelta(hours=1)])
    journal = Journal(Database(tmp_path / "journal.sqlite"), clock=lambda: next(moments))
    times = [journal.record_content(str(n), b"", "content").time for n in range(3)]
    assert times == [f"2030-01-01T{hour}:00:00.000000Z" for hour in (12, 12, 13)]


def test_pages_of_changes(journal: Journal) -> None:
    for number in range(5):
        journal.record_content(str(number), b"", "content")
    assert [change.number for change in journal.changes(after=2, limit=2)] == [3, 4]


def test_another_process_sees_it_and_may_write_too(journal: Journal) -> None:
    folder = journal.database.path.parent
    reader, writer = Journal.open(folder, read_only=True), Journal.open(folder)
    writer.append_submission(delivery(a="one"))
    assert reader.last_number() == journal.last_number() == 1
    journal.append_submission(delivery(a="two"))
    assert reader.records_state() == quad(A, "two")
    assert [len(each.verify()) for each in (journal, reader, writer)] == [0, 0, 0]


def test_threads_on_one_journal_and_two_writers(journal: Journal) -> None:
    other = Journal.open(journal.database.path.parent)

    def write(mine: Journal, word: str) -> None:
        for number in range(10):
            mine.append_submission(delivery(a=f"{word}{number}"))

    threads = [
        threading.Thread(target=write, args=(mine, word))
        for mine, word in ((journal, "x"), (journal, "y"), (other, "z"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.last_number() == 30
    assert journal.verify() == []


def test_many_that_open_a_new_journal_at_once_get_the_same(tmp_path: Path) -> None:
    def begin(number: int) -> int:
        journal = Journal.open(tmp_path)
        return journal.record_content(str(number), b"", "content").number

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(begin, range(8))) == list(range(1, 9))
    assert Journal.open(tmp_path).verify() == []


def test_a_backup_is_a_journal(journal: Journal, tmp_path: Path) -> None:
    journal.append_submission(delivery(a="one"))
    (tmp_path / "copy").mkdir()
    target = tmp_path / "copy" / "journal.sqlite"
    journal.backup(target)
    with pytest.raises(BadRequest, match="exists"):
        journal.backup(target)
    journal.append_submission(delivery(a="two"))
    restored = Journal.open(target.parent)
    assert restored.changes() == journal.changes(limit=1)
    assert restored.append_submission(delivery(a="three")).change.number == 2
    assert restored.verify() == []


def test_a_patch_reads_as_it_was_written(journal: Journal) -> None:
    journal.append_submission(delivery(a='een "\\n\\u000D'.replace('"', '\\"')))
    journal.append_submission(delivery(a="twee"))
    patch = write_patch(journal.data(2))
    assert patch.splitlines()[1].startswith(b"D <https:")
    assert patch.splitlines()[2].startswith(b"A <https:")
    assert read_patch(unpack(pack(patch))) == journal.data(2)
