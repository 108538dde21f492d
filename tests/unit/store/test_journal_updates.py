"""Updates in the journal: what they record, and the graphs that they leave alone."""

from pathlib import Path

import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.errors import BadRequest, Conflict, StoreBusy
from werkzaam.store.journal import Journal

GRAPHS = "https://w3id.org/mdt-kennisgraaf/graph/"
CONTENT = b"<u:s> <u:p> <u:o> <u:g> .\n"
NODE = b'_:b1 <u:p> "een  \xc3\xa9 <u:x>" <u:g> .\n'


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal.open(tmp_path)
    journal.record_content("d1", CONTENT, "content")
    return journal


def quad(graph: str, subject: str = "u:s") -> bytes:
    return f"<{subject}> <u:p> <u:o> <{graph}> .\n".encode()


def test_an_update_is_a_change_like_any(journal: Journal) -> None:
    change = journal.append_update(ChangeData(NODE, CONTENT), "ann", "why", after=1)
    assert (change.number, change.kind, change.agent) == (2, "update", "ann")
    assert (change.message, change.content_digest, change.submission) == ("why", None, None)
    assert journal.data(2) == ChangeData(NODE, CONTENT)
    assert journal.state() == NODE
    assert journal.content_state() == CONTENT
    assert journal.records_state() == b""
    assert journal.verify() == []


def test_each_line_is_recorded_once_and_what_is_added_again_is_not_removed(
    journal: Journal,
) -> None:
    journal.append_update(ChangeData(CONTENT + NODE + NODE, CONTENT), "ann", "", after=None)
    assert journal.data(2) == ChangeData(CONTENT + NODE, b"")


def test_an_update_that_changes_nothing_is_not_written(journal: Journal) -> None:
    assert journal.append_update(ChangeData(b"", b""), "ann", "", after=1) == journal.change(1)
    assert journal.last_number() == 1


def test_an_update_worked_out_on_an_older_version_is_refused(journal: Journal) -> None:
    for after in (0, 2):
        with pytest.raises(StoreBusy, match="while this update"):
            journal.append_update(ChangeData(NODE, b""), "ann", "", after=after)
    assert journal.last_number() == 1


@pytest.mark.parametrize("name", ["records", "inferred", "provenance", "dataset"])
def test_graphs_that_follow_from_something_else_are_refused(journal: Journal, name: str) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in name)
    for graph in (GRAPHS + name, GRAPHS + escaped):
        for data in (ChangeData(quad(graph), b""), ChangeData(NODE, CONTENT + quad(graph))):
            with pytest.raises(Conflict, match=f"cannot change {GRAPHS}{name}:"):
                journal.append_update(data, "ann", "", after=None)
    assert journal.last_number() == 1


def test_a_graph_is_known_by_its_place_in_the_line(journal: Journal) -> None:
    about = f'<{GRAPHS}records> <u:p> "x <{GRAPHS}records> ." <{GRAPHS}default> .\n'.encode()
    assert journal.append_update(ChangeData(about, b""), "ann", "", after=1).number == 2


def test_what_is_no_quad_or_names_no_graph_is_refused(journal: Journal) -> None:
    for line, said in ((b"<u:s> <u:p> <u:o> .\n", "names no graph"), (b"x\n", "not an N-Quads")):
        with pytest.raises(BadRequest, match=said):
            journal.append_update(ChangeData(line, b""), "ann", "", after=None)
    assert journal.last_number() == 1
