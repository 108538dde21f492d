"""What the journeys share: a service that takes updates."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.journeys.writing import WritingService, token
from tests.running_service import start


@pytest.fixture(scope="session")
def writing(
    tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]
) -> Iterator[WritingService]:
    """A service on the content of the checkout with updates switched on. Each test writes graphs of
    its own and takes them away."""
    folder = tmp_path_factory.mktemp("writing") / "data"
    shutil.copytree(begun(False), folder)
    running = start(folder, WERKZAAM_UPDATES="1")
    yield WritingService(running, token(folder, "admin"))
    assert running.stop() == 0
