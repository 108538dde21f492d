"""What the journeys share: a service that takes updates."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.writing import WritingService, token
from tests.running_service import start

PARTS = ("ontology", "shapes", "graph_data/concepts", "graph_data/code_lists")


@pytest.fixture(scope="session")
def writing(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[WritingService]:
    """A service with updates switched on, on the model and the concepts alone: a change is worked out
    in a fraction of the time. Each test writes graphs of its own and takes them away."""
    folder = tmp_path_factory.mktemp("writing")
    for part in PARTS:
        shutil.copytree(root / part, folder / "content" / part)
    running = start(
        folder / "data", WERKZAAM_UPDATES="1", WERKZAAM_CONTENT_DIR=str(folder / "content")
    )
    yield WritingService(running, token(folder / "data", "admin"))
    assert running.stop() == 0
