"""One change at a time, on the version that it follows, and nothing written where it is refused."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from werkzaam.curation.updates import SparqlUpdate, Updates
from werkzaam.domain.changes import Agent, ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import GRAPHS, WRITTEN_GRAPH, term
from werkzaam.domain.versions import Version
from werkzaam.errors import (
    Conflict,
    DataRefused,
    PreconditionFailed,
    QuerySyntaxError,
    StoreBusy,
    StoreUnavailable,
)
from werkzaam.store.derivation import Rules
from werkzaam.store.edits import answer_edit
from werkzaam.store.journal import Journal
from werkzaam.store.replica import Source, build

AGENT = Agent("beheer", "admin")
SHAPE = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . [] sh:targetClass <{kind}> ; sh:property "
    "[ sh:path <{path}> ; sh:minCount 1 ] ."
).format(kind=term("Goal"), path=term("name"))
CONTENT = Content((ContentFile("shapes/goal.ttl", SHAPE.encode()),))


class FollowedStore:
    """A store in this process, at the version of the journal that it followed to last."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.meanwhile: list[Callable[[], object]] = []
        self.follow()

    def follow(self) -> None:
        self.version = Version(self._journal.last_number(), "content")

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        assert seconds > 0
        state = self._journal.state(self.version.number)
        answered = answer_edit(build([Source("all", "", state)], Rules([])), header, body)
        if self.meanwhile:
            self.meanwhile.pop()()
        return answered


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def store(journal: Journal) -> FollowedStore:
    return FollowedStore(journal)


@pytest.fixture
def updates(journal: Journal, store: FollowedStore) -> Updates:
    return Updates(journal, store, CONTENT, store.follow)


def update(text: str, *using: str) -> SparqlUpdate:
    return SparqlUpdate(text, "http://h/sparql", using)


def other(journal: Journal, number: int) -> Callable[[], object]:
    line = f"<urn:other> <urn:p> <urn:o{number}> <urn:g> .\n".encode()
    return lambda: journal.append_update(ChangeData(line, b""), "ander", "", after=None)


def test_a_change_is_one_row_of_the_journal(updates: Updates, journal: Journal) -> None:
    done = updates.update(update("INSERT DATA { <urn:s> <urn:p> 'x'\n}"), AGENT)
    assert (done.version, done.changed) == (1, True)
    (change,) = journal.changes()
    assert (change.kind, change.agent) == ("update", "beheer")
    assert change.message == "SPARQL Update: INSERT DATA { <urn:s> <urn:p> 'x'\\n}"
    assert journal.data(1).added == f'<urn:s> <urn:p> "x" <{WRITTEN_GRAPH}> .\n'.encode()


def test_what_changes_nothing_writes_nothing(updates: Updates, journal: Journal) -> None:
    done = updates.update(update("DELETE WHERE { ?s ?p ?o }"), AGENT)
    assert (done.version, done.changed) == (0, False)
    assert journal.last_number() == 0


def test_a_change_is_worked_out_again_when_another_came_first(
    updates: Updates, store: FollowedStore, journal: Journal
) -> None:
    store.meanwhile = [other(journal, 1)]
    count = "INSERT { <urn:n> <urn:is> ?n } USING <urn:g> WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"
    assert updates.update(update(count), AGENT).version == 2
    assert b'"1"^^' in journal.data(2).added


def test_a_change_is_worked_out_again_when_the_store_moved(
    updates: Updates, store: FollowedStore, journal: Journal
) -> None:
    def both() -> None:
        other(journal, 1)()
        store.follow()

    store.meanwhile = [both]
    assert updates.update(update("INSERT DATA { <urn:s> <urn:p> 1 }"), AGENT).version == 2


def test_who_is_always_overtaken_is_told_to_try_again(
    updates: Updates, store: FollowedStore, journal: Journal
) -> None:
    store.meanwhile = [other(journal, number) for number in range(9)]
    with pytest.raises(StoreBusy):
        updates.update(update("INSERT DATA { <urn:s> <urn:p> 1 }"), AGENT)
    assert {change.agent for change in journal.changes()} == {"ander"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"INSERT DATA {{ <urn:s> a <{term('Goal')}> }}", DataRefused),
        (f"INSERT DATA {{ GRAPH <{GRAPHS}records> {{ <urn:s> <urn:p> 1 }} }}", Conflict),
        ("INSERT DATA { <urn:s> <urn:p> }", QuerySyntaxError),
    ],
)
def test_what_is_refused_writes_nothing(
    updates: Updates, journal: Journal, text: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        updates.update(update(f"INSERT DATA {{ <urn:a> <urn:p> 1 }} ; {text}"), AGENT)
    assert journal.last_number() == 0


def test_the_report_says_what_and_where(updates: Updates) -> None:
    with pytest.raises(DataRefused) as refusal:
        updates.update(update(f"INSERT DATA {{ <urn:s> a <{term('Goal')}> }}"), AGENT)
    report: Mapping[str, Any] = refusal.value.report
    places = [(finding["node"], finding["path"]) for finding in report["findings"]]
    assert places == [("urn:s", term("name"))]


def test_a_change_that_could_not_be_checked_writes_nothing(
    store: FollowedStore, journal: Journal
) -> None:
    broken = SHAPE.replace("sh:minCount 1", 'sh:pattern "("')
    content = Content((ContentFile("shapes/goal.ttl", broken.encode()),))
    updates = Updates(journal, store, content, store.follow)
    text = f"INSERT DATA {{ <urn:s> a <{term('Goal')}> ; <{term('name')}> 'x' }}"
    with pytest.raises(StoreUnavailable, match="nothing is known"):
        updates.update(update(text), AGENT)
    assert journal.last_number() == 0


def test_a_precondition_is_asked_about_the_version_that_is_changed(
    updates: Updates, journal: Journal
) -> None:
    asked: list[tuple[int, bool]] = []

    def refuse(version: Version, existed: bool) -> None:
        asked.append((version.number, existed))
        if existed:
            raise PreconditionFailed("It is there.")

    payload = ("text/turtle", b"<urn:s> <urn:p> 1 .")
    done = updates.edit_graph("replace", "urn:g", AGENT, payload, refuse)
    assert (done.version, done.changed, done.existed) == (1, True, False)
    with pytest.raises(PreconditionFailed):
        updates.edit_graph("delete", "urn:g", AGENT, precondition=refuse)
    assert asked == [(0, False), (1, True)]
    assert journal.last_number() == 1
    assert updates.edit_graph("delete", "urn:g", AGENT).version == 2
    assert journal.changes()[1].message == "Graph Store Protocol: delete urn:g"
