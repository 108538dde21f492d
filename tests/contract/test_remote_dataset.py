"""A journal and an engine elsewhere, together."""

from pathlib import Path

from tests.contract.remote_engines import InProcessDeriver, Place

from werkzaam.curation.dataset import Dataset
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.interface import Question
from werkzaam.store.journal import Journal

G = "https://w3id.org/mdt-kennisgraaf/graph/default"
ONE, TWO = (f'<urn:{name}> <urn:says> "{name}" <{G}> .\n'.encode() for name in ("one", "two"))
LIMITS = StoreLimits(seconds=60, readers=1)


def expected(journal: Journal) -> set[str]:
    text = InProcessDeriver().load(journal.state()).decode()
    return {line.removesuffix(" .") for line in text.split("\n") if line}


def test_an_engine_follows_a_journal_and_is_brought_on_at_the_next_start(
    tmp_path: Path, place: Place
) -> None:
    dataset = Dataset(tmp_path, Content(()), [], LIMITS, engine=place.address)
    dataset.journal.append_update(ChangeData(ONE, b""), "one", "", after=None)
    dataset.follow_once()
    assert place.lines() == expected(dataset.journal) != set()
    dataset.close()
    journal = Journal.open(tmp_path)
    journal.append_update(ChangeData(TWO, b""), "two", "", after=None)
    journal.close()
    dataset = Dataset(tmp_path, Content(()), [], LIMITS, engine=place.address)
    assert place.lines() == expected(dataset.journal)
    asked = Question(f"SELECT * FROM <{G}> {{ ?s ?p ?o }}", "text/csv")
    assert b"two" in dataset.store.ask(asked).body
    assert b"two" not in dataset.at(2).ask(asked).body
    dataset.close()
