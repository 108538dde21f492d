"""What descriptions of the service say in words, in every language of ours."""

from typing import Final

import pyoxigraph as ox

from werkzaam.api.metadata_terms import Said
from werkzaam.domain.queries import LANGUAGES
from werkzaam.messages import translate

_WORDS: Final = {
    "dataset": "Werkzaam: what works in the Maatschappelijke Diensttijd",
    "about the dataset": (
        "What documents say about what makes the Maatschappelijke Diensttijd work, where it stands "
        "and how surely they say it, and what projects report about themselves."
    ),
    "about all": "What was recorded and what follows from it by rules, as it can be asked by SPARQL.",
    "recorded": "Werkzaam: what was recorded",
    "about what was recorded": "What was recorded, without what follows from it by rules.",
    "made up": "This instance also holds fictitious project data.",
    "void": "Description of the dataset of Werkzaam",
    "catalog": "Catalogue of Werkzaam",
    "about the catalog": (
        "The dataset, its releases, its lists of concepts and the services of this instance."
    ),
    "series": "Releases of Werkzaam",
    "about the series": "Each release is a version of the dataset with new content.",
    "release": "Werkzaam, version {number}",
    "compressed": "{format}, compressed",
    "about a list": "A list of concepts of Werkzaam.",
    "sparql": "Werkzaam by SPARQL",
    "about sparql": "Any question to the dataset, in SPARQL 1.1.",
    "api": "Werkzaam by REST",
    "about the api": "Catalogued questions, submissions and changes, as JSON and CSV.",
    "operator": "Operator of this instance",
    "rights": (
        "Our own words and modelling: CC BY 4.0. The source documents stay with their owners; some "
        "are marked for internal use. Whoever publishes must first make sure that this is allowed."
    ),
    "examples": "The questions of Werkzaam as queries",
}


def words(predicate: str, name: str, **values: object) -> list[Said]:
    """A property with the words called ``name`` in every language, filled with ``values``."""
    found: list[Said] = []
    for language in LANGUAGES:
        text = translate(_WORDS[name], language).format(**values)
        found.append((predicate, ox.Literal(text, language=language)))
    return found


def operator(predicate: str, publisher: str | None) -> list[Said]:
    """A property with the name of who publishes this instance, ``publisher`` where that is set."""
    if publisher is None:
        return words(predicate, "operator")
    return [(predicate, ox.Literal(publisher, language="nl"))]
