"""What of the dataset can be had as a file, for the catalogue."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from werkzaam.api.dump_kinds import COMPRESSED, KINDS, LATEST, DumpKind, dump_path
from werkzaam.api.metadata_publication import PATH, Publication, languages, licensed
from werkzaam.api.metadata_terms import DCAT, DCTERMS, XSD, Said, about, kind, link, plain
from werkzaam.api.metadata_words import words
from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.schemes import Scheme

_TURTLE: Final = next(made for made in KINDS if made.ending == "ttl")


def version_files(all_of: Publication, dataset: str, version: str) -> Iterator[ox.Triple]:
    """The files of ``version`` (a number, or ``latest``) as distributions of ``dataset``."""
    for made in KINDS:
        for packed in (False, True):
            url = all_of.links.url(dump_path(version, made, packed=packed))
            part = f"{dataset}-{made.ending}{'-gz' if packed else ''}"
            yield from about(dataset, [link(DCAT + "distribution", part)])
            yield from about(part, _distribution(all_of, made, url, packed=packed))
            yield from about(part, words(DCTERMS + "description", "about what was recorded"))
            if version == LATEST and made.graphs and not packed and all_of.size is not None:
                yield from about(part, [_size(all_of.size)])


def concepts_file(all_of: Publication, scheme: Scheme, dataset: str) -> Iterator[ox.Triple]:
    """The concepts of ``scheme`` as a distribution of ``dataset``."""
    part, url = f"{dataset}-ttl", all_of.links.url(concepts_path(quote(last_segment(scheme.iri))))
    yield from about(dataset, [link(DCAT + "distribution", part)])
    yield from about(part, _distribution(all_of, _TURTLE, url, packed=False))


def concepts_path(name: str) -> str:
    """The path of the list of concepts whose IRI ends in ``name``, as Turtle."""
    return f"{PATH}/concepts/{name}.ttl"


def _distribution(all_of: Publication, made: DumpKind, url: str, *, packed: bool) -> Iterator[Said]:
    yield kind(DCAT + "Distribution")
    if packed:
        yield from words(DCTERMS + "title", "compressed", format=made.name)
        yield link(DCAT + "compressFormat", COMPRESSED)
    else:
        yield plain(DCTERMS + "title", made.name)
    yield link(DCAT + "accessURL", url)
    yield link(DCAT + "downloadURL", url)
    yield link(DCAT + "mediaType", made.media_type_iri)
    yield link(DCTERMS + "format", made.file_type)
    yield from licensed(all_of)
    yield from languages()


def _size(size: int) -> Said:
    return DCAT + "byteSize", ox.Literal(
        str(size), datatype=ox.NamedNode(XSD + "nonNegativeInteger")
    )
