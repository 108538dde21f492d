"""What each kind of finding is called: a short title for readers beside the name of its constraint."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph as ox

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import BASE, last_segment
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.faults import faults
from werkzaam.ingest.turtle_files import read_quads

_SHAPES = BASE + "shape/"
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


@lru_cache(maxsize=4)
def titles(content: Content) -> Mapping[str, Bilingual]:
    """The title of every constraint by its name in a report: the faults of reading, and the shapes
    of ``content`` that have a label in both languages.

    Raises ContentError for a file of shapes that is not Turtle.
    """
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for file in content.under("shapes", ".ttl"):
        for quad in read_quads(file):
            if quad.predicate == _LABEL and isinstance(quad.object, ox.Literal):
                labels[str(quad.subject)[1:-1]][quad.object.language or ""] = quad.object.value
    of_shapes = {
        last_segment(iri): Bilingual(nl=words["nl"], en=words["en"])
        for iri, words in labels.items()
        if iri.startswith(_SHAPES) and {"nl", "en"} <= words.keys()
    }
    return {**of_shapes, **{name: fault.title for name, fault in faults().items()}}
