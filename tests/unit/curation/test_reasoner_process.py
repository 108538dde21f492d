"""HermiT in its own process: what contradicts itself is found at its line, and nothing is assumed."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from werkzaam.curation import full_check, reasoner_process
from werkzaam.curation.reasoner_process import reason_confined
from werkzaam.domain.content import Content
from werkzaam.reasoning.hermit import find_java

needs_java = pytest.mark.skipif(find_java() is None, reason="there is no Java on this machine")
MORE = "ontology/more.ttl"
CLAIMS = "graph_data/report/claims.ttl"
PREFIXES = """\
@prefix claim: <https://w3id.org/mdt-kennisgraaf/id/claim/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DISJOINT = "[] a owl:AllDisjointClasses ; owl:members ( mdt:Goal mdt:Claim ) .\n"


@needs_java
def test_what_is_consistent_says_so(sample: Any) -> None:
    reasoning = reason_confined(sample.with_file(MORE, PREFIXES + DISJOINT).content)
    assert reasoning.findings == ()
    assert reasoning.words.startswith("HermiT: consistent, no empty class; no class moves (")


@needs_java
def test_a_contradiction_is_found_at_the_thing_that_completes_it(sample: Any) -> None:
    planted = sample.with_file(MORE, PREFIXES + DISJOINT + "mdt:object rdfs:range mdt:Goal .\n")
    planted = planted.changed(CLAIMS, "goal:contact .", "claim:one .")
    [finding] = reason_confined(planted.content).findings
    assert (finding.path, finding.check) == (CLAIMS, "inconsistent")
    assert finding.line == planted.line(CLAIMS, "claim:one a")
    assert finding.message.startswith("id/claim/one: ")


@needs_java
def test_a_class_without_a_possible_member_is_found(sample: Any) -> None:
    both = "mdt:Both a owl:Class ; rdfs:subClassOf mdt:Goal , mdt:Claim .\n"
    [finding] = reason_confined(sample.with_file(MORE, PREFIXES + DISJOINT + both).content).findings
    assert (finding.path, finding.line, finding.check) == (MORE, 6, "unsatisfiable")


@needs_java
def test_what_follows_for_classes_is_said(sample: Any) -> None:
    union = "mdt:Any owl:equivalentClass [ a owl:Class ; owl:unionOf ( mdt:Goal mdt:Claim ) ] .\n"
    declared = "mdt:Any a owl:Class .\n"
    reasoning = reason_confined(sample.with_file(MORE, PREFIXES + union + declared).content)
    assert "Goal below Any" in reasoning.words


@needs_java
def test_imports_are_not_fetched_and_modules_not_loaded(sample: Any, tmp_path: Path) -> None:
    hostile = (
        "<urn:o> a owl:Ontology ; owl:imports <http://127.0.0.1:9/x> ;"
        " <http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module>"
        f' "{tmp_path}" .\n'
    )
    reasoning = reason_confined(sample.with_file(MORE, PREFIXES + hostile).content)
    assert reasoning.findings == ()
    assert "consistent" in reasoning.words


SLOW = """\
#!{python}
import os, socket, sys, time
try: socket.socket(socket.AF_INET); network = "open"
except OSError as fault: network = f"refused {{fault.errno}}"
with open("{told}.part", "w") as told: told.write(f"{{os.getpid()}} {{network}}")
os.rename("{told}.part", "{told}")
time.sleep(60)
"""


@pytest.fixture
def slow_java(tmp_path: Path) -> tuple[Path, Path]:
    """A program that never ends, and the file where it tells its number and whether it has sockets."""
    program, told = tmp_path / "java", tmp_path / "told"
    program.write_text(SLOW.format(python=sys.executable, told=told))
    program.chmod(0o755)
    return program, told


def test_a_run_that_takes_too_long_is_a_finding_and_leaves_nothing(
    sample: Any, slow_java: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasoner_process, "find_java", lambda: str(slow_java[0]))
    [finding] = reason_confined(sample.content, seconds=3).findings
    assert finding.check == "not-reasoned"
    assert "stopped after 3 seconds" in finding.message
    assert gone(int(slow_java[1].read_text().split()[0]), seconds=5)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="seccomp is Linux only")
def test_what_it_starts_has_no_network_and_dies_with_us(
    sample: Any, slow_java: tuple[Path, Path], tmp_path: Path
) -> None:
    program, told = slow_java
    for path, text in sample.files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(program), str(tmp_path / "content")]
    )
    deadline = time.monotonic() + 20
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    number, _, network = told.read_text().partition(" ")
    parent.kill()
    parent.wait()
    assert network == "refused 1"
    assert gone(int(number), seconds=5)


PARENT = """
import sys
from pathlib import Path
from werkzaam.content import read_content
from werkzaam.curation import reasoner_process
reasoner_process.find_java = lambda: sys.argv[1]
reasoner_process.reason_confined(read_content(Path(sys.argv[2])))
"""


def gone(number: int, seconds: float) -> bool:
    """Whether the process ends within ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@needs_java
def test_too_little_memory_is_a_finding(sample: Any) -> None:
    [finding] = reason_confined(sample.content, memory_bytes=300 << 20).findings
    assert finding.check == "not-reasoned"


def test_without_java_nothing_is_said_to_be_well(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasoner_process, "find_java", lambda: None)
    reasoning = reason_confined(sample.content)
    assert reasoning.findings == ()
    assert "not checked" in reasoning.words
    assert "consistent" not in reasoning.words


@needs_java
def test_a_file_that_does_not_parse_leaves_it_unchecked(sample: Any) -> None:
    reasoning = reason_confined(sample.with_file(MORE, "<").content)
    assert (reasoning.findings, "not checked" in reasoning.words) == ((), True)


def test_without_an_ontology_it_does_not_run() -> None:
    assert reason_confined(Content(())).words == ""


@needs_java
def test_the_full_check_has_both(sample: Any) -> None:
    both = "mdt:Both a owl:Class ; rdfs:subClassOf mdt:Goal , mdt:Claim .\n"
    checked = full_check.check_all(sample.with_file(MORE, PREFIXES + DISJOINT + both).content)
    assert {"unsatisfiable", "labels"} <= {finding.check for finding in checked.findings}
    assert list(checked.findings) == sorted(checked.findings)
