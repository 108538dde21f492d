"""A server that does nothing, shared."""

from collections.abc import Iterator

import pytest
from tests.benchmarks import servers
from tests.benchmarks.servers import Server


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """See ``trivial``."""
    with servers.trivial(tmp_path_factory.mktemp("trivial")) as server:
        yield server
