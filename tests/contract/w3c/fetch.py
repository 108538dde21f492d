"""Lay the test suites of the W3C in the folder given: rdflib carries those for SPARQL in its source
distribution, pySHACL those for SHACL.

The versions are those in ``service/constraints.txt``. Run by ``make w3c``.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

_PINS = Path(__file__).parents[3] / "service" / "constraints.txt"
# distribution → folder in it → name here
_SUITES: Mapping[str, Mapping[str, str]] = {
    "rdflib": {
        "test/data/suites/w3c/sparql11": "sparql11",
        "test/data/suites/w3c/dawg-data-r2": "dawg-data-r2",
    },
    "pyshacl": {"test/resources/sht_tests": "shacl"},
}


def fetch(folder: Path) -> None:
    """Download and unpack, unless these versions are there already."""
    pins = {name: _pinned(name) for name in _SUITES}
    stamp, versions = folder / "version", " ".join(f"{n}=={v}" for n, v in pins.items())
    if stamp.is_file() and stamp.read_text("utf-8") == versions:
        return
    shutil.rmtree(folder, ignore_errors=True)
    for name, places in _SUITES.items():
        with tempfile.TemporaryDirectory() as scratch:
            source = _unpacked(name, pins[name], scratch)
            for place, kept in places.items():
                shutil.copytree(source / place, folder / kept)
    stamp.write_text(versions, "utf-8")


def _pinned(name: str) -> str:
    pinned = re.search(rf"^{name}==(\S+)$", _PINS.read_text("utf-8"), re.MULTILINE)
    assert pinned, f"{name} is not in {_PINS}"
    return pinned[1]


def _unpacked(name: str, version: str, scratch: str) -> Path:
    words = ["--no-deps", "--no-binary", name, "--dest", scratch, f"{name}=={version}"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "download", *words], check=True, stdout=sys.stderr)
    (archive,) = Path(scratch).glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(scratch, filter="data")
    (found,) = (path for path in Path(scratch).iterdir() if path.is_dir())
    return found


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
