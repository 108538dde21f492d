"""Mappings of tables: readable by the gate that must apply them, and the IRIs that they name."""

import re
from typing import Final

from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError
from werkzaam.ingest.mapping import mapping_names, read_mapping

_FOLDER: Final = "graph_data/mappings/"
_IRI: Final = re.compile(r'"(https?://[^"{}\s\\]+)"')


def mappings(content: Content) -> list[Finding]:
    """The fault of each mapping that cannot be applied, at its place."""
    found = []
    for name in mapping_names(content):
        try:
            read_mapping(content, name)
        except ContentError as fault:
            message = fault.template.format(**fault.values)
            fix = "Mend the mapping; nothing is taken in by it until then."
            found.append(Finding(fault.path, fault.line or 0, "mapping", message, fix))
    return found


def is_mapping(path: str) -> bool:
    """Whether the content file at ``path`` is a mapping."""
    return path.startswith(_FOLDER) and path.endswith(".json")


def mapping_mentions(data: bytes) -> dict[str, int]:
    """Each IRI in a mapping and the line, from 1, where it first stands; templates left out."""
    found: dict[str, int] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        for iri in _IRI.findall(line):
            found.setdefault(iri, number)
    return found
