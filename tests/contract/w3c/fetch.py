"""Lay the test suites of the W3C in the folder given: rdflib carries them in its source distribution.

The version is the one in ``service/constraints.txt``. Run by ``make w3c``.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

_PINS = Path(__file__).parents[3] / "service" / "constraints.txt"
_SUITES = ("sparql11", "dawg-data-r2")


def fetch(folder: Path) -> None:
    """Download and unpack, unless this version is there already."""
    pinned = re.search(r"^rdflib==(\S+)$", _PINS.read_text("utf-8"), re.MULTILINE)
    assert pinned, f"rdflib is not in {_PINS}"
    stamp = folder / "version"
    if stamp.is_file() and stamp.read_text("utf-8") == pinned[1]:
        return
    with tempfile.TemporaryDirectory() as scratch:
        words = ["--no-deps", "--no-binary", "rdflib", "--dest", scratch, f"rdflib=={pinned[1]}"]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "download", *words], check=True, stdout=sys.stderr)
        (archive,) = Path(scratch).glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(scratch, filter="data")
        (found,) = Path(scratch).glob("rdflib-*/test/data/suites/w3c")
        shutil.rmtree(folder, ignore_errors=True)
        for name in _SUITES:
            shutil.copytree(found / name, folder / name)
    stamp.write_text(pinned[1], "utf-8")


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
