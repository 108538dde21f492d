"""A start loads nothing that only some requests need."""

import subprocess
import sys

import pytest

LATER = (
    "mcp",
    "mcp_types",
    "openpyxl",
    "pandas",
    "pyshacl",
    "python_calamine",
    "rdflib",
    "SPARQLWrapper",
)


@pytest.mark.parametrize("first", ["werkzaam.cli", "werkzaam.app"])
def test_it_loads_no_package_that_can_wait(first: str) -> None:
    code = f"import sys, {first}; print(*(name for name in {LATER} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout) == (0, "\n"), run.stderr
