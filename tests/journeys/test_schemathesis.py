"""The interface tried against its own description (https://schemathesis.readthedocs.io): good and bad
values for every parameter of every route, all checks."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SETTINGS = Path(__file__).with_name("schemathesis.toml")
TRIED = (
    "/queries/comparison/amounts-between-rounds",
    "/queries/coverage/working-elements-without-projects",
    "/queries/evidence/statements-about-working-element",
    "/queries/sources/cell-of-value",
    "/figures/counts/things",
    "/figures/counts/elements",
)
"""Of the questions and the counts, which are one route each: those with a parameter of each kind."""


def _alike(path: str) -> bool:
    """Whether ``path`` is that of one question or count."""
    return "{" not in path and path.count("/") == 3


@pytest.mark.slow
def test_every_route_does_what_is_said_of_it(
    start_service: Callable[..., Any], tmp_path: Path
) -> None:
    running = start_service()
    described = running.client.get("/v1/openapi.json").json()
    paths = described["paths"]
    assert set(TRIED) <= paths.keys()
    tried = {path: told for path, told in paths.items() if path in TRIED or not _alike(path)}
    assert len(tried) > len(TRIED) + 15
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps({**described, "paths": tried}))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS)),
            *("run", str(file), "--url", f"{running.url}v1"),
            *("-H", f"Authorization: Bearer {running.secret('admin')}"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=540,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
