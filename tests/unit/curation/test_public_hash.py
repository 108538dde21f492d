"""What an engine elsewhere is told of the journal, where whoever may ask it can read that."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from werkzaam.curation.dataset import _History
from werkzaam.errors import NotFound
from werkzaam.store.journal import Journal

QUAD = b"<u:s> <u:p> <u:o> <u:g> .\n"


def test_it_names_the_change_and_not_who_made_it(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path)) as journal:
        change = journal.record_content("1", QUAD, "c")
        assert change
        history = _History(journal, journal.state)
        told = history.hash_of(1)
        for other in (
            replace(change, agent="somebody"),
            replace(change, hash="0" * 64),
            replace(change, previous_hash="1" * 64),
        ):
            assert other.public_hash == told
        assert replace(change, time="2026-01-01T00:00:00.000000Z").public_hash != told
        assert told != change.hash
        assert history.has(1, told)
        # as earlier versions of the package wrote it
        assert history.has(1, change.hash)
        assert not history.has(1, "0" * 64)
        assert history.has(0, "0" * 64)
        with pytest.raises(NotFound):
            history.has(2, told)
