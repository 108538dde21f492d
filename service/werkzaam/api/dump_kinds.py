"""As what files the whole dataset can be had."""

from dataclasses import dataclass
from typing import Final

_IANA: Final = "https://www.iana.org/assignments/media-types/"
_EU: Final = "http://publications.europa.eu/resource/authority/file-type/"
COMPRESSED: Final = _IANA + "application/gzip"
COMPRESSED_TYPE: Final = "application/gzip"
LATEST: Final = "latest"
"""What stands in an address for the number of the newest version."""


@dataclass(frozen=True)
class DumpKind:
    """A format: its ``name``, the ``ending`` of its files, its media type, and whether it keeps the
    named graphs apart. ``file_type`` is its IRI in the list of the EU."""

    name: str
    ending: str
    media_type: str
    file_type: str
    graphs: bool = False

    @property
    def media_type_iri(self) -> str:
        """Its IRI in the list of IANA."""
        return _IANA + self.media_type


KINDS: Final = (
    DumpKind("N-Quads", "nq", "application/n-quads", _EU + "RDF_N_QUADS", graphs=True),
    DumpKind("Turtle", "ttl", "text/turtle", _EU + "RDF_TURTLE"),
    DumpKind("JSON-LD", "jsonld", "application/ld+json", _EU + "JSON_LD"),
)


def dump_path(version: str, made: DumpKind, *, packed: bool) -> str:
    """The path of the file of ``version`` (a number, or ``latest``)."""
    return f"/data/{version}.{made.ending}{'.gz' if packed else ''}"
