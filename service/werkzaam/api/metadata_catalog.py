"""The dataset, its releases, its lists of concepts and its services in
`DCAT-AP-NL 3.0 <https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/>`_.

A release is a version that new curated content made; versions between two of them come from projects
that were submitted. Times are those of changes: nothing here reads a clock.
"""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from werkzaam.api.metadata_authorities import (
    ACCESS,
    NL_SBB,
    THEMES,
    authorities,
)
from werkzaam.api.metadata_distributions import concepts_file, version_files
from werkzaam.api.metadata_publication import PATH as PATH
from werkzaam.api.metadata_publication import Publication, languages, licensed
from werkzaam.api.metadata_terms import (
    DCAT,
    DCTERMS,
    FOAF,
    LICENCE,
    RDFS,
    VCARD,
    Said,
    about,
    kind,
    link,
    moment,
    plain,
)
from werkzaam.api.metadata_void import DATASET
from werkzaam.api.metadata_words import operator, words
from werkzaam.domain.changes import Change
from werkzaam.domain.identifiers import TERMS, last_segment
from werkzaam.linked_data.schemes import Scheme

_KEYWORDS: Final = (
    *(("maatschappelijke diensttijd", "nl"), ("werkzame elementen", "nl"), ("jongeren", "nl")),
    *(("youth community service", "en"), ("working elements", "en"), ("young people", "en")),
)


def describe_catalog(all_of: Publication) -> Iterator[ox.Triple]:
    """The document ``/catalog``."""
    dataset, series = all_of.links.url(DATASET), all_of.own("series")
    yield from about(all_of.own("catalog"), _catalog(all_of))
    yield from about(dataset, _dataset(all_of))
    yield from version_files(all_of, dataset, "latest")
    if all_of.releases:
        yield from about(series, _series(all_of))
    for place, release in enumerate(all_of.releases):
        older = all_of.releases[place + 1] if place + 1 < len(all_of.releases) else None
        yield from about(all_of.release(release.number), _release(all_of, release, older))
        yield from version_files(all_of, all_of.release(release.number), str(release.number))
    for scheme in all_of.schemes:
        yield from _scheme(all_of, scheme)
    yield from about(all_of.own("sparql"), _sparql(all_of))
    yield from about(all_of.own("api"), _api(all_of))
    yield from _people(all_of)
    yield from authorities()
    yield from about(all_of.links.url("/about"), [kind(FOAF + "Document")])
    yield from about(all_of.links.url("/"), [kind(FOAF + "Document")])


def _catalog(all_of: Publication) -> Iterator[Said]:
    yield kind(DCAT + "Catalog")
    yield from words(DCTERMS + "title", "catalog")
    yield from words(DCTERMS + "description", "about the catalog")
    yield from _responsible(all_of)
    yield link(DCTERMS + "license", LICENCE)
    yield link(DCTERMS + "rights", all_of.own("rights"))
    yield link(FOAF + "homepage", all_of.links.url("/"))
    yield from languages()
    yield from _times(all_of.first, all_of.last)
    yield link(DCAT + "dataset", all_of.links.url(DATASET))
    for release in all_of.releases:
        yield link(DCAT + "dataset", all_of.release(release.number))
    for scheme in all_of.schemes:
        yield link(DCAT + "dataset", _scheme_iri(all_of, scheme))
    if all_of.releases:
        yield link(DCAT + "resource", all_of.own("series"))
    yield link(DCAT + "service", all_of.own("sparql"))
    yield link(DCAT + "service", all_of.own("api"))


def _dataset(all_of: Publication) -> Iterator[Said]:
    yield from words(DCTERMS + "title", "dataset")
    if all_of.demo:
        yield from words(RDFS + "comment", "made up")
    yield from _described(all_of, all_of.links.url(DATASET))
    yield from _times(all_of.first, all_of.last)
    if all_of.last:
        yield plain(DCAT + "version", str(all_of.last.number))
    for release in all_of.releases:
        yield link(DCAT + "hasVersion", all_of.release(release.number))
    yield link(DCTERMS + "conformsTo", TERMS.rstrip("/"))
    yield link(RDFS + "seeAlso", all_of.links.url("/.well-known/void"))
    yield link(RDFS + "seeAlso", all_of.links.url("/changes.atom"))


def _series(all_of: Publication) -> Iterator[Said]:
    yield kind(DCAT + "DatasetSeries")
    yield from words(DCTERMS + "title", "series")
    yield from words(DCTERMS + "description", "about the series")
    yield link(DCTERMS + "publisher", all_of.agent)
    yield link(DCAT + "contactPoint", all_of.own("contact"))
    yield from _times(all_of.first, all_of.releases[0])
    yield link(DCAT + "last", all_of.release(all_of.releases[0].number))


def _release(all_of: Publication, release: Change, older: Change | None) -> Iterator[Said]:
    number = release.number
    yield from words(DCTERMS + "title", "release", number=number)
    yield from _described(all_of, all_of.release(number))
    yield from _times(release, release)
    yield plain(DCAT + "version", str(number))
    yield link(DCAT + "inSeries", all_of.own("series"))
    yield link(DCAT + "isVersionOf", all_of.links.url(DATASET))
    if older:
        yield link(DCAT + "prev", all_of.release(older.number))


def _described(all_of: Publication, iri: str) -> Iterator[Said]:
    """What every dataset of ours has."""
    yield kind(DCAT + "Dataset")
    yield plain(DCTERMS + "identifier", iri)
    yield from words(DCTERMS + "description", "about the dataset")
    yield from _responsible(all_of)
    yield from _open_to_all(all_of)
    yield from languages()
    for text, language in _KEYWORDS:
        yield DCAT + "keyword", ox.Literal(text, language=language)
    yield link(DCAT + "landingPage", all_of.links.url("/about"))


def _scheme(all_of: Publication, scheme: Scheme) -> Iterator[ox.Triple]:
    iri = _scheme_iri(all_of, scheme)
    said = [
        kind(DCAT + "Dataset"),
        plain(DCTERMS + "identifier", scheme.iri),
        *((DCTERMS + "title", ox.Literal(text, language=tag)) for tag, text in scheme.titles),
        *(
            (DCTERMS + "description", ox.Literal(text, language=tag))
            for tag, text in scheme.comments
        ),
        *_responsible(all_of),
        *_open_to_all(all_of),
        *languages(),
        link(DCTERMS + "conformsTo", NL_SBB),
        link(DCTERMS + "isPartOf", all_of.links.url(DATASET)),
        link(FOAF + "primaryTopic", scheme.iri),
    ]
    if not scheme.comments:
        said += words(DCTERMS + "description", "about a list")
    yield from about(iri, said)
    yield from concepts_file(all_of, scheme, iri)


def _scheme_iri(all_of: Publication, scheme: Scheme) -> str:
    return all_of.own(f"concepts-{last_segment(scheme.iri)}")


def _sparql(all_of: Publication) -> Iterator[Said]:
    url = all_of.links.url("/sparql")
    yield from _service(all_of, "sparql", url, url)
    yield from words(DCTERMS + "title", "sparql")
    yield from words(DCTERMS + "description", "about sparql")
    yield link(DCTERMS + "conformsTo", "https://www.w3.org/TR/sparql11-protocol/")


def _api(all_of: Publication) -> Iterator[Said]:
    links = all_of.links
    yield from _service(all_of, "api", links.url("/v1"), links.url("/v1/openapi.json"))
    yield from words(DCTERMS + "title", "api")
    yield from words(DCTERMS + "description", "about the api")


def _service(all_of: Publication, name: str, url: str, described: str) -> Iterator[Said]:
    yield kind(DCAT + "DataService")
    yield plain(DCTERMS + "identifier", all_of.own(name))
    yield link(DCAT + "endpointURL", url)
    yield link(DCAT + "endpointDescription", described)
    yield link(DCAT + "servesDataset", all_of.links.url(DATASET))
    yield link(DCAT + "landingPage", all_of.links.url("/about"))
    yield from _responsible(all_of)
    yield from _open_to_all(all_of)
    yield from licensed(all_of)
    yield from languages()
    yield plain(DCAT + "keyword", "linked data")


def _responsible(all_of: Publication) -> Iterator[Said]:
    yield link(DCTERMS + "publisher", all_of.agent)
    yield link(DCTERMS + "creator", all_of.agent)
    yield link(DCAT + "contactPoint", all_of.own("contact"))


def _open_to_all(all_of: Publication) -> Iterator[Said]:
    yield link(DCTERMS + "accessRights", ACCESS)
    yield link(DCTERMS + "rights", all_of.own("rights"))
    yield from (link(DCAT + "theme", theme) for theme in THEMES)


def _times(first: Change | None, last: Change | None) -> Iterator[Said]:
    if first and last:
        yield moment(DCTERMS + "issued", first.time)
        yield moment(DCTERMS + "modified", last.time)


def _people(all_of: Publication) -> Iterator[ox.Triple]:
    yield from about(
        all_of.agent, [kind(FOAF + "Agent"), *operator(FOAF + "name", all_of.publisher)]
    )
    contact = [kind(VCARD + "Kind"), *operator(VCARD + "fn", all_of.publisher)]
    if all_of.contact_email:
        contact.append(link(VCARD + "hasEmail", f"mailto:{all_of.contact_email}"))
    contact.append(link(VCARD + "hasURL", all_of.links.url("/about")))
    yield from about(all_of.own("contact"), contact)
    rights = words(RDFS + "label", "rights")
    yield from about(all_of.own("rights"), [kind(DCTERMS + "RightsStatement"), *rights])
