"""Without the jars of the OWL API its tests are skipped; under CI that is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).with_name("test_owl_api.py")
ELSEWHERE = "import sys, pytest; sys.prefix = '/nowhere'; sys.exit(pytest.main(sys.argv[1:]))"


@pytest.mark.parametrize(("ci", "code", "word"), [("true", 1, "errors"), ("", 0, "skipped")])
def test_missing_jars(ci: str, code: int, word: str) -> None:
    options = ("-q", "-rs", "-p", "no:cacheprovider", str(TESTS))
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *options],
        capture_output=True,
        text=True,
        env={**os.environ, "CI": ci},
        cwd=TESTS.parents[2],
        timeout=60,
    )
    assert done.returncode == code, done.stdout
    summary = done.stdout.splitlines()[-1]
    assert word in summary
    assert "passed" not in summary
    assert "make owlapi" in done.stdout
