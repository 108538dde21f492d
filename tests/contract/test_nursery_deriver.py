"""The nursery that works out what an engine elsewhere must hold."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.remote_engines import InProcessDeriver, Told

from werkzaam.confinement.limits import Limits
from werkzaam.errors import ContentError, StoreUnavailable
from werkzaam.store.nursery_deriver import NurseryDeriver
from werkzaam.store.remote import open_remote
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.rule_text import Derivation

RULES = [Derivation("near.rq", "CONSTRUCT { ?y <urn:near> ?x } WHERE { ?x <urn:near> ?y }")]
G = "<https://w3id.org/mdt-kennisgraaf/graph/records>"
OTHER = "<https://w3id.org/mdt-kennisgraaf/graph/concepts>"
A = f"<urn:a> <urn:near> <urn:b> {G} .\n".encode()
AGAIN = f"<urn:a> <urn:near> <urn:b> {OTHER} .\n".encode()
BLANK = f'_:f1 <urn:near> _:f2 {G} .\n_:f1 <urn:says> "\u2028\\n" {G} .\n'.encode()


@pytest.fixture
def deriver() -> Iterator[NurseryDeriver]:
    """One with one rule."""
    begun = NurseryDeriver(RULES, Limits(512 << 20))
    yield begun
    begun.close()


def lines(quads: bytes) -> set[bytes]:
    return set(quads.split(b"\n"))


def test_it_gives_all_that_stands_and_follows_and_each_change_of_it(
    deriver: NurseryDeriver,
) -> None:
    here = InProcessDeriver(RULES)
    assert lines(deriver.load(A + BLANK)) == lines(here.load(A + BLANK))
    for removed, added in ((b"", AGAIN), (A, b""), (BLANK + AGAIN, A), (A, b"")):
        told, expected = deriver.follow(removed, added), here.follow(removed, added)
        assert lines(told.added) == lines(expected.added)
        assert lines(told.removed) == lines(expected.removed)
    assert lines(deriver.load(A)) == lines(InProcessDeriver(RULES).load(A))


def test_blank_nodes_keep_their_labels(deriver: NurseryDeriver) -> None:
    assert b"_:f1 <urn:near> _:f2 .\n" in deriver.load(BLANK)
    assert deriver.follow(BLANK, b"").removed.count(b"_:f1 <urn:near> _:f2") == 2


def test_a_fault_in_the_rules_is_named() -> None:
    wrong = NurseryDeriver([Derivation("odd.rq", "SELECT * {}")], Limits(512 << 20))
    with pytest.raises(ContentError, match="odd.rq"):
        wrong.load(A)
    wrong.close()


def test_one_that_died_is_started_anew(deriver: NurseryDeriver) -> None:
    deriver.load(A)
    assert deriver._nursery is not None
    os.kill(deriver._nursery.pid, 9)
    with pytest.raises(StoreUnavailable):
        deriver.follow(A, b"")
    assert deriver.load(A)


def test_no_process_is_left_where_the_engine_is_not_there(deriver: NurseryDeriver) -> None:
    deriver.load(A)
    assert deriver._nursery is not None
    pid = deriver._nursery.pid
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        open_remote(EngineAddress.of("http://127.0.0.1:9/query"), deriver, Told(), Told().last())
    assert not Path(f"/proc/{pid}").exists()
