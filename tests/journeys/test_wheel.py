"""The wheel carries what a checkout has: content and pages, and needs no Node."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

FOLDERS = ("ontology", "graph_data", "shapes", "queries")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(root),
        ],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def tracked(root: Path, folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", folder],
        cwd=root,
        capture_output=True,
        text=True,
    )
    return {line for line in listed.stdout.splitlines() if (root / line).is_file()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_content_is_in_it_whole(wheel: zipfile.ZipFile, root: Path, folder: str) -> None:
    start = "werkzaam/_content/"
    carried = {n.removeprefix(start) for n in wheel.namelist() if n.startswith(f"{start}{folder}/")}
    assert carried == tracked(root, folder)


def test_the_package_and_the_pages_are_in_it(wheel: zipfile.ZipFile, root: Path) -> None:
    names = wheel.namelist()
    source = tracked(root, "service/werkzaam")
    assert {f"service/{name}" for name in names if f"service/{name}" in source} == source
    assert any(n.startswith("werkzaam/web/static/") and n.endswith(".css") for n in names)
    assert any(n.startswith("werkzaam/web/static/") and n.endswith(".js") for n in names)
    assert not [n for n in names if "node_modules" in n or "frontend" in n]


def test_licences_are_in_it(wheel: zipfile.ZipFile) -> None:
    names = " ".join(wheel.namelist())
    assert "EUPL-1.2.txt" in names
    assert "CC-BY-4.0.txt" in names
