"""The store follows the journal: what is recorded is answered, on one version at a time."""

import contextlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkzaam.curation.dataset import Dataset
from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.versions import Version
from werkzaam.errors import WerkzaamError
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.interface import Question
from werkzaam.store.journal import Journal

LIMITS = StoreLimits(readers=1)
MDT = "https://w3id.org/mdt-kennisgraaf/"
PROJECTS = f"SELECT (COUNT(*) AS ?n) {{ ?p a <{MDT}def/Project> }}"


@pytest.fixture
def dataset(tmp_path: Path, content: Content) -> Iterator[Dataset]:
    opened = Dataset(tmp_path, content, read_rules(content), LIMITS)
    yield opened
    opened.close()


def projects(dataset: Dataset) -> tuple[int, int]:
    """How many projects there are, and on which version that was answered."""
    answer = dataset.store.ask(Question(PROJECTS, "application/sparql-results+json"))
    number = json.loads(answer.body)["results"]["bindings"][0]["n"]["value"]
    return int(number), answer.version.number


def deliver(folder: Path, name: str) -> str:
    """Record one made-up project as another process would; gives the submission."""
    iri = f"{MDT}id/project/{name}"
    quad = f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{MDT}def/Project> <{MDT}graph/records> .\n"
    delivery = Delivery(
        "someone", "a.csv", Upload(name.encode()), "projects", "1", {iri: quad.encode()}, {}
    )
    with contextlib.closing(Journal.open(folder)) as journal:
        return journal.append_submission(delivery).submission.id


def test_a_new_folder_begins_with_the_content_as_change_one(
    dataset: Dataset, content: Content
) -> None:
    (change,) = dataset.journal.changes()
    assert (change.number, change.kind, change.content_digest) == (1, "content", content.digest)
    assert dataset.journal.content_state().count(b"\n") > 1500
    assert projects(dataset) == (0, 1)
    assert dataset.journal.verify() == []


def test_what_another_process_records_is_answered(dataset: Dataset, tmp_path: Path) -> None:
    submission = deliver(tmp_path, "one")
    dataset.follow_once()
    assert projects(dataset) == (1, 2)
    dataset.journal.withdraw(submission, "someone")
    dataset.follow_once()
    assert projects(dataset) == (0, 3)


def test_it_follows_by_itself(dataset: Dataset, tmp_path: Path) -> None:
    moved = threading.Event()
    advance = dataset.store.advance

    def tell(version: Version, change: ChangeData) -> None:
        advance(version, change)
        moved.set()

    dataset.store.advance = tell  # type: ignore[method-assign]
    deliver(tmp_path, "one")
    assert moved.wait(10)
    assert projects(dataset) == (1, 2)


def test_a_query_under_way_ends_on_its_own_version(dataset: Dataset, tmp_path: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ended: list[WerkzaamError] = []

    def ask() -> None:
        try:
            dataset.store.ask(Question(slow, "text/csv"), 3)
        except WerkzaamError as late:
            ended.append(late)

    asking = threading.Thread(target=ask)
    asking.start()
    deliver(tmp_path, "one")
    dataset.follow_once()
    assert projects(dataset) == (1, 2)
    asking.join()
    assert len(ended) == 1


def test_a_change_of_a_blank_node_reaches_the_readers(dataset: Dataset) -> None:
    node = f"_:n <http://x/p> _:m <{MDT}graph/default> .\n".encode()
    dataset.journal.append_update(ChangeData(node, b""), "someone", "", after=None)
    dataset.follow_once()
    asked = Question("ASK { ?a <http://x/p> ?b FILTER(isBlank(?a)) }", "text/csv")
    assert dataset.store.ask(asked).body == b"true"
    dataset.journal.append_update(ChangeData(b"", node), "someone", "", after=None)
    dataset.follow_once()
    assert dataset.store.ask(asked).body == b"false"


def test_the_same_content_is_recorded_once_and_other_content_again(
    dataset: Dataset, tmp_path: Path, content: Content
) -> None:
    deliver(tmp_path, "one")
    dataset.close()
    again = Dataset(tmp_path, content, read_rules(content), LIMITS)
    assert projects(again) == (1, 2)
    again.close()
    more = b"<http://x/s> <http://x/p> [ <http://x/q> 1 ] .\n"
    changed = Content((*content.files, ContentFile("graph_data/later/a.ttl", more)))
    third = Dataset(tmp_path, changed, read_rules(changed), LIMITS)
    assert projects(third) == (1, 3)
    assert third.journal.data(3).added.count(b"\n") == 2
    assert third.journal.data(3).removed == b""
    assert third.journal.verify() == []
    third.close()
