"""Names of others that a catalogue refers to, with the class that `DCAT-AP-NL 3.0
<https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/>`_ asks of each: a check does not fetch them."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from werkzaam.api.dump_kinds import COMPRESSED, KINDS
from werkzaam.api.metadata_terms import DCTERMS, LICENCE, SKOS, Said, about, kind, link
from werkzaam.domain.identifiers import TERMS

_EU: Final = "http://publications.europa.eu/resource/authority/"
ACCESS: Final = _EU + "access-right/PUBLIC"
THEMES: Final = (_EU + "data-theme/SOCI", _EU + "data-theme/EDUC")
LANGUAGES_USED: Final = (_EU + "language/NLD", _EU + "language/ENG")
NL_SBB: Final = "https://docs.geostandaarden.nl/nl-sbb/def-st-nl-sbb-20241010"
_THEME_WORDS: Final = {
    THEMES[0]: (("nl", "Bevolking en samenleving"), ("en", "Population and society")),
    THEMES[1]: (
        ("nl", "Onderwijs, cultuur en sport"),
        ("en", "Education, culture and sport"),
    ),
}


def authorities() -> Iterator[ox.Triple]:
    """The class of each name of others, and what a theme is called."""
    for theme, texts in _THEME_WORDS.items():
        yield from about(theme, _theme(texts))
    yield from about(
        ACCESS,
        [
            kind(DCTERMS + "RightsStatement"),
            kind(SKOS + "Concept"),
            link(SKOS + "inScheme", _EU + "access-right"),
            (SKOS + "prefLabel", ox.Literal("openbaar", language="nl")),
            (SKOS + "prefLabel", ox.Literal("public", language="en")),
        ],
    )
    for language in LANGUAGES_USED:
        yield from about(language, [kind(DCTERMS + "LinguisticSystem")])
    for standard in (NL_SBB, TERMS.rstrip("/"), "https://www.w3.org/TR/sparql11-protocol/"):
        yield from about(standard, [kind(DCTERMS + "Standard")])
    yield from about(LICENCE, [kind(DCTERMS + "LicenseDocument")])
    yield from about(COMPRESSED, [kind(DCTERMS + "MediaType")])
    for made in KINDS:
        yield from about(made.media_type_iri, [kind(DCTERMS + "MediaType")])
        yield from about(made.file_type, [kind(DCTERMS + "MediaTypeOrExtent")])


def _theme(texts: tuple[tuple[str, str], ...]) -> Iterator[Said]:
    yield kind(SKOS + "Concept")
    yield link(SKOS + "inScheme", _EU + "data-theme")
    for language, text in texts:
        yield SKOS + "prefLabel", ox.Literal(text, language=language)
