"""Which change took a thing away, and in what role: never who."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.linked_data import withdrawn as module
from werkzaam.linked_data.withdrawn import Withdrawn
from werkzaam.store.journal import Journal

THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
GRAPH = "<https://w3id.org/mdt-kennisgraaf/graph/{}>"
VERSION = "<http://www.w3.org/2002/07/owl#versionIRI>"
DEF = "https://w3id.org/mdt-kennisgraaf/def"


def quad(name: str, graph: str = "concepts") -> bytes:
    return f'<{THINGS}{name}> <urn:x:says> "x" {GRAPH.format(graph)} .\n'.encode()


def delivery(agent: str, data: bytes, *names: str) -> Delivery:
    records = {THINGS + name: quad(name, "records") for name in names}
    return Delivery(agent, "x.csv", Upload(data), "projects", "1", records, {"conforms": True})


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    yield opened
    opened.close()


def taken(journal: Journal, name: str) -> Any:
    found = Withdrawn(journal).removal_of(THINGS + name, journal.last_number())
    return found and (found.change, found.by)


def test_by_curators_with_the_content(journal: Journal) -> None:
    journal.record_content("a", quad("x/one") + quad("x/two"), "content")
    journal.record_content("b", quad("x/two"), "content")
    assert taken(journal, "x/one") == (2, "content")
    assert taken(journal, "x/two") is None
    assert taken(journal, "x/on") is None


def test_by_the_sender_a_curator_or_an_admin(journal: Journal) -> None:
    one = journal.append_submission(delivery("me", b"1", "project/a"))
    two = journal.append_submission(delivery("me", b"2", "project/b"))
    journal.withdraw(one.submission.id, "me")
    journal.withdraw(two.submission.id, "other", curator=True)
    journal.append_update(ChangeData(quad("x/y", "default"), b""), "root", "", after=None)
    journal.append_update(ChangeData(b"", quad("x/y", "default")), "root", "", after=None)
    assert taken(journal, "project/a") == (3, "sender")
    assert taken(journal, "project/b") == (4, "curator")
    assert taken(journal, "x/y") == (6, "admin")


def test_by_a_newer_submission_of_the_record(journal: Journal) -> None:
    below = f'<{THINGS}project/a/coding> <urn:x:says> "x" {GRAPH.format("records")} .\n'.encode()
    first = delivery("me", b"1", "project/a")
    whole = {THINGS + "project/a": quad("project/a", "records") + below}
    journal.append_submission(Delivery(**{**vars(first), "records": whole}))
    journal.append_submission(delivery("me", b"2", "project/a"))
    assert taken(journal, "project/a/coding") == (2, "resubmission")


def test_a_version_of_the_ontology(journal: Journal) -> None:
    def said(number: str) -> bytes:
        graph = GRAPH.format("ontology")
        return f"<{DEF}> {VERSION} <{DEF}/{number}> {graph} .\n".encode()

    journal.record_content("a", said("1"), "content")
    journal.record_content("b", said("2"), "content")
    found = Withdrawn(journal).removal_of(f"{DEF}/1", 2)
    assert found is not None
    assert (found.change, found.last_version) == (2, 1)
    assert Withdrawn(journal).removal_of(f"{DEF}/2", 2) is None


def test_it_reads_on_where_it_was_and_knows_the_past(journal: Journal) -> None:
    known = Withdrawn(journal)
    journal.record_content("a", quad("x/one"), "content")
    assert known.removal_of(THINGS + "x/one", 1) is None
    journal.record_content("b", quad("x/two"), "content")
    found = known.removal_of(THINGS + "x/one", 2)
    assert found is not None
    assert found.change == 2
    assert known.removal_of(THINGS + "x/one", 1) is None


def test_between_two_removals_the_one_before_counts(journal: Journal) -> None:
    for number, names in enumerate(("one", "two", "one", "two", "one", "two"), 1):
        journal.record_content(str(number), quad(f"x/{names}"), "content")
    known = Withdrawn(journal)
    found = [known.removal_of(THINGS + "x/one", upto) for upto in range(1, 7)]
    assert [one and one.change for one in found] == [None, 2, 2, 4, 4, 6]


def test_much_to_read_takes_no_more_than_its_time(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        journal.record_content(str(number), quad(f"x/{number}"), "content")
    known = Withdrawn(journal)
    monkeypatch.setattr(module, "_MOST_SECONDS", 0.0)
    assert known.removal_of(THINGS + "x/0", 3) is None
    monkeypatch.setattr(module, "_MOST_SECONDS", 60.0)
    assert known.removal_of(THINGS + "x/0", 3) is not None
