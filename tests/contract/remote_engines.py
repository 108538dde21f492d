"""SPARQL engines in processes of their own, and what stands for the journal and the rules beside them."""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.identifiers import in_default_graph
from werkzaam.domain.versions import Version
from werkzaam.errors import NotFound
from werkzaam.store.derivation import Rules
from werkzaam.store.journal_patch import difference, document, lines
from werkzaam.store.remote import RemoteStore, open_remote
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.rule_text import Derivation

ENGINES = Path(sys.executable).parents[1] / "engines"
START_SECONDS = 60
VERSION = "<http://www.w3.org/2002/07/owl#versionInfo>"
CSV = {"Accept": "text/csv"}
FUSEKI = """
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ; ja:context [ ja:cxtName "arq:queryTimeout" ; ja:cxtValue "200000" ] ;
  fuseki:services ({services}) .
"""
FUSEKI_SERVICE = """
<#{name}> a fuseki:Service ; fuseki:name "{name}" ;
  fuseki:endpoint [ fuseki:operation fuseki:query ], [ fuseki:operation fuseki:update ] ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "{place}" ; {more} ] .
"""


@dataclass
class RunningEngine:
    """An engine that answers; ``url`` ends without a slash."""

    process: subprocess.Popen[str]
    url: str
    command: Sequence[str]

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def oxigraph_command() -> str | None:
    """Where the command ``oxigraph`` is."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def fuseki_jar() -> Path | None:
    """The jar that ``make engines`` brings."""
    return next(iter(sorted(ENGINES.glob("jena-fuseki-server-*.jar"))), None)


def missing(reason: str) -> None:
    """Skip the test, or fail where everything should be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; under CI=true every engine must run")
    pytest.skip(reason)


def start_oxigraph(folder: Path | None = None, *options: str, port: int = 0) -> RunningEngine:
    """``oxigraph serve``, in memory unless it has a ``folder``; waits until it answers."""
    command = oxigraph_command()
    if command is None:
        missing("`oxigraph` is not installed: pip install oxigraph")
    place = [] if folder is None else ["--location", str(folder)]
    chosen = port or free_port()
    words = [str(command), "serve", *place, "--bind", f"127.0.0.1:{chosen}", *options]
    return _running(words, r"Listening for requests", f"http://127.0.0.1:{chosen}")


def start_fuseki(folder: Path, *datasets: str, port: int = 0) -> RunningEngine:
    """Fuseki with ``datasets``, each ``name``, or ``name=place`` for TDB2 on disk, or ``name union``."""
    jar, java = fuseki_jar(), shutil.which("java")
    if jar is None or java is None:
        missing("Fuseki is not installed: `make engines` fetches it, and it needs Java 17")
    config = folder / "fuseki.ttl"
    names = " ".join(f"<#{re.split('[ =]', name)[0]}>" for name in datasets)
    text = FUSEKI.format(services=names) + "".join(map(_fuseki_service, datasets))
    config.write_text(text)
    words = [
        str(java),
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        str(jar),
        "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
    ]
    words += [f"--port={port}", "--localhost", f"--config={config}"]
    return _running(words, r"Start Fuseki \(http=(\d+)\)", "http://127.0.0.1:{}")


def _fuseki_service(dataset: str) -> str:
    name, _, place = dataset.removesuffix(" union").partition("=")
    more = "tdb2:unionDefaultGraph true" if dataset.endswith(" union") else ""
    return FUSEKI_SERVICE.format(name=name, place=place or "--mem--", more=more)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _running(words: Sequence[str], ready: str, url: str) -> RunningEngine:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(ready, line):
            break
    else:
        process.wait()
        pytest.fail(f"the engine did not start: {''.join(said)}")
    # a full pipe would stop it
    threading.Thread(target=_drain, args=(process,), daemon=True).start()
    running = RunningEngine(process, url.format(*found.groups()), words)
    _wait_for_answer(running)
    return running


def _drain(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    try:
        for _ in process.stdout:
            pass
    except ValueError:
        return


def _wait_for_answer(running: RunningEngine) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.process.poll() is None:
        try:
            httpx.get(running.url, timeout=1)
        except httpx.HTTPError:
            continue
        return
    running.kill()
    pytest.fail("the engine does not answer")


class InProcessDeriver:
    """The rules in this process, on lines whose blank nodes keep their labels."""

    def __init__(self, derivations: Sequence[Derivation] = ()) -> None:
        self._rules = Rules(derivations)
        self._store = ox.Store()

    def edit(self, header: object, body: bytes, seconds: float) -> tuple[Any, bytes]:
        """No test edits here."""
        raise NotImplementedError(header, body, seconds)

    def close(self) -> None:
        """Nothing was opened."""

    def load(self, asserted: bytes) -> bytes:
        """Begin anew; all lines."""
        self._store = ox.Store()
        quads = list(ox.parse(asserted, format=ox.RdfFormat.N_QUADS))
        self._store.extend(quads)
        for quad in quads:
            if isinstance(quad.graph_name, ox.NamedNode) and in_default_graph(
                quad.graph_name.value
            ):
                self._store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        self._rules.derive(self._store)
        return written(self._store)

    def follow(self, removed: bytes, added: bytes) -> ChangeData:
        """The change of all lines."""
        parts = [list(ox.parse(part, format=ox.RdfFormat.N_QUADS)) for part in (removed, added)]
        followed = self._rules.follow(self._store, *parts)
        return ChangeData(written(followed.added), written(followed.removed))


def written(quads: ox.Store | set[ox.Quad]) -> bytes:
    """Sorted N-Quads lines."""
    return document(f"{quad} .".encode() for quad in quads)


@dataclass
class Told:
    """A journal in memory: the asserted lines of versions 1, 2, 3 …"""

    name: str = "ours"
    versions: list[bytes] = field(default_factory=list)

    def hash_of(self, number: int) -> str:
        """A hash of all versions up to ``number``."""
        if number > len(self.versions):
            raise NotFound("There is no change {number}.", number=number)
        told = self.name.encode() + b"|".join(self.versions[:number])
        return hashlib.sha256(told).hexdigest()

    def has(self, number: int, found: str) -> bool:
        """Whether that is the hash of version ``number``."""
        return self.hash_of(number) == found

    def lines_of(self, number: int) -> bytes:
        """The lines of version ``number``."""
        if number > len(self.versions):
            raise NotFound("There is no change {number}.", number=number)
        return self.versions[number - 1] if number else b""

    def tell(self, text: bytes) -> tuple[Version, ChangeData]:
        """One more version; it, and its difference from the last."""
        before = self.lines_of(len(self.versions))
        self.versions.append(text)
        return self.last(), difference(lines(before), lines(text))

    def last(self) -> Version:
        """The last version."""
        return Version(len(self.versions), "digest")


@dataclass(frozen=True)
class Place:
    """A dataset of a running engine, with the addresses for queries and updates."""

    address: EngineAddress
    name: str

    def open(self, told: Told, derivations: Sequence[Derivation] = ()) -> RemoteStore:
        """A store that is brought to the last version."""
        deriver = InProcessDeriver(derivations)
        return open_remote(self.address, deriver, told, told.last(), seconds=10)

    def update(self, text: str) -> None:
        """Change the dataset behind the back of any store."""
        headers = {"Content-Type": "application/sparql-update"}
        reply = httpx.post(self.address.update, content=text, headers=headers, timeout=60)
        assert reply.is_success, reply.text

    def lines(self) -> set[str]:
        """All quads but the marker, with one name for the merge where it is a graph."""
        text = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        accept = {"Accept": "application/sparql-results+json"}
        reply = httpx.post(self.address.query, data={"query": text}, headers=accept, timeout=60)
        found = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        rows = (" ".join(str(row[name]) for name in "spog" if row[name]) for row in found)
        return {row for row in rows if VERSION not in row}

    def version(self) -> int:
        """The number in the marker; 0 where there is none."""
        text = f"SELECT ?v {{ GRAPH ?g {{ ?s {VERSION} ?v }} }}"
        reply = httpx.post(self.address.query, data={"query": text}, headers=CSV, timeout=60)
        words = reply.raise_for_status().text.split()
        return int(words[1]) if len(words) > 1 else 0


def _name_of_fuseki() -> str:
    jar = fuseki_jar()
    return jar.stem.removeprefix("jena-").replace("-server-", " ") if jar else "fuseki"


ENGINE_NAMES = {
    "oxigraph": f"oxigraph serve {version('oxigraph')}",
    "fuseki": _name_of_fuseki(),
}


def oxigraph_place(running: RunningEngine) -> Place:
    """The one dataset of ``oxigraph serve``."""
    return Place(EngineAddress.of(running.url + "/query"), ENGINE_NAMES["oxigraph"])


def fuseki_place(running: RunningEngine, dataset: str) -> Place:
    """A dataset of Fuseki."""
    return Place(EngineAddress.of(f"{running.url}/{dataset}"), ENGINE_NAMES["fuseki"])
