"""A writer that is killed at any moment: what it acknowledged is there whole, nothing in part."""

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.store.journal import Journal

KILLS = 50
WRITER = """
import sys
from contextlib import closing
from pathlib import Path
from random import randbytes
from werkzaam.domain.changes import Delivery, Upload
from werkzaam.store.journal import Journal

journal = Journal.open(Path(sys.argv[1]))
while True:
    data = randbytes(200_000)
    records = {
        f"u:r/{n}": f'<u:r/{n}> <u:p> "{data[n:n + 50].hex()}" <u:g> .\\n'.encode()
        for n in range(20)
    }
    done = journal.append_submission(Delivery("ann", "f", Upload(data), "p", "1", records, {}))
    print(done.change.number, done.change.hash, done.submission.sha256, flush=True)
    if done.change.number % 7 == 0:
        journal.withdraw(done.submission.id, "ann")
"""


def killed_writer(folder: Path, chance: random.Random) -> list[str]:
    """Let a writer go on until it acknowledged a few changes, and a little; then kill it."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE) as p:
        assert p.stdout
        said = [p.stdout.readline() for _ in range(chance.randint(1, 4))]
        for _ in range(chance.randint(0, 150_000)):
            pass
        p.kill()
        said += p.stdout.readlines()
    return [line.decode() for line in said if line.endswith(b"\n")]


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += killed_writer(tmp_path, chance)
    journal = Journal.open(tmp_path)
    assert len(acknowledged) >= KILLS, seed
    for number, digest, upload in map(str.split, acknowledged):
        change = journal.change(int(number))
        assert change.hash == digest, seed
        assert journal.submission(change.submission or "").sha256 == upload, seed
        assert len(journal.upload(upload).data) == 200_000, seed
        assert journal.data(int(number)).added.count(b"\n") == 20, seed
    assert len(journal.submissions()) == sum(
        change.kind == "submission" for change in journal.changes(limit=100_000)
    )
    assert journal.verify() == [], seed


COMPACTER = """
import sys
from contextlib import closing
from pathlib import Path
from werkzaam.store.journal import Journal

journal = Journal.open(Path(sys.argv[1]))
while True:
    journal.compact()
    print("compact", flush=True)
"""


@pytest.mark.slow
def test_one_that_is_killed_while_it_makes_the_file_smaller_loses_nothing(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    with closing(Journal.open(tmp_path)) as journal:
        for number in range(40):
            quads = b"".join(
                f'<u:s> <u:p> "{number} {chance.random()}" <u:g> .\n'.encode() for _ in range(500)
            )
            journal.append_update(ChangeData(quads, b""), "ann", "x" * 2000, after=number)
        versions = [journal.state(number) for number in range(41)]
        changes = journal.changes()
    for _ in range(12):
        command = [sys.executable, "-c", COMPACTER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline() == b"compact\n"
            for _ in range(chance.randint(0, 2_000_000)):
                pass
            process.kill()
        with closing(Journal.open(tmp_path)) as journal:
            assert journal.verify() == [], seed
            assert journal.changes() == changes, seed
            sampled = [0, 40, *chance.sample(range(41), 5)]
            assert [journal.state(n) for n in sampled] == [versions[n] for n in sampled], seed
