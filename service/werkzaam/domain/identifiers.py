"""Our IRIs: where they begin, and which named graph a content file belongs to.

The identity base is fixed and never the address of a server
(`Aanzet tot een nationale URI-strategie <https://www.pldn.nl/wiki/Boek/URI-strategie>`_).
"""

import re
from typing import Final

BASE: Final = "https://w3id.org/mdt-kennisgraaf/"
TERMS: Final = BASE + "def/"
THINGS: Final = BASE + "id/"
GRAPHS: Final = BASE + "graph/"
EXAMPLES: Final = THINGS + "voorbeeld/"
_RECORD_PARTS: Final = THINGS.count("/") + 2

ACROSS: Final = "across"
"""The folder and graph of what analysts judge across documents; no document."""
OUTSIDE_DEFAULT_GRAPH: Final = (GRAPHS + "provenance", GRAPHS + "dataset")
"""Those of our graphs that are no part of the default graph of a query; graphs of others never are."""
INFERRED_GRAPH: Final = GRAPHS + "inferred"
WRITTEN_GRAPH: Final = GRAPHS + "default"
"""What updates and the Graph Store Protocol write where they name no graph."""
RECORDS_GRAPH: Final = GRAPHS + "records"
"""The accepted project records; only a submission changes it."""

_FOLDER_GRAPHS: Final = {
    "concepts": "concepts",
    "code_lists": "concepts",
    "bibliography": "bibliography",
}
_NOT_LOADED: Final = ("mappings", "examples")


_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>\"{}|^`\\]+")


def is_absolute_iri(text: str) -> bool:
    """Whether ``text`` has a scheme and none of the characters that end an IRI in SPARQL."""
    return bool(_ABSOLUTE.fullmatch(text))


def term(name: str) -> str:
    """The IRI of the ontology term ``name``."""
    return TERMS + name


def in_default_graph(graph: str) -> bool:
    """Whether the graph called ``graph`` is part of the default graph of a query."""
    return graph.startswith(GRAPHS) and graph not in OUTSIDE_DEFAULT_GRAPH


def holds_examples(quads: bytes) -> bool:
    """Whether N-Quads lines say anything about a made-up thing."""
    subject = b"<" + EXAMPLES.encode()
    return quads.startswith(subject) or b"\n" + subject in quads


def record_of(iri: bytes) -> bytes:
    """The IRI of the record that ``iri`` is, or lies below."""
    return b"/".join(iri.split(b"/", _RECORD_PARTS)[:_RECORD_PARTS])


def last_segment(iri: str) -> str:
    """What stands after the last slash: the slug of a thing, the name of a term."""
    return iri.rsplit("/", 1)[-1]


def graph_of_file(path: str, *, examples: bool = False) -> str | None:
    """The named graph a Turtle file is loaded into, by its folder; None when it is not loaded.

    ``path`` is relative to the content folder, with forward slashes. The concepts that only examples
    use are loaded with ``examples`` alone.
    """
    if not path.endswith(".ttl"):
        return None
    parts = path.split("/")
    if parts[0] == "ontology":
        return GRAPHS + "ontology"
    if parts[0] != "graph_data" or len(parts) < 3:
        return None
    if parts[1] == "examples" and examples:
        return GRAPHS + "concepts"
    if parts[1] in _NOT_LOADED:
        return None
    return GRAPHS + _FOLDER_GRAPHS.get(parts[1], f"knowledge/{parts[1]}")


def is_for_a_document(folder: str) -> bool:
    """Whether ``graph_data/{folder}/`` can hold what one document says."""
    own = f"{GRAPHS}knowledge/{folder}"
    return folder != ACROSS and graph_of_file(f"graph_data/{folder}/a.ttl") == own
