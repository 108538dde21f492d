"""Words for what a model is written in, where the graph has none for a reader."""

from typing import Final

from werkzaam.domain.queries import Language
from werkzaam.linked_data.names import RDFS
from werkzaam.web.wording import say

_OWL: Final = "http://www.w3.org/2002/07/owl#"


def model_words(language: Language) -> dict[str, str]:
    """What the words of the languages that models are written in mean, by IRI."""
    return {
        RDFS + "domain": say("applies to", language),
        RDFS + "range": say("leads to", language),
        RDFS + "subClassOf": say("is a kind of", language),
        RDFS + "subPropertyOf": say("falls under", language),
        RDFS + "isDefinedBy": say("is part of the model", language),
        _OWL + "Class": say("kind of thing", language),
        _OWL + "ObjectProperty": say("relation between things", language),
        _OWL + "DatatypeProperty": say("property with a value", language),
        _OWL + "AnnotationProperty": say("note", language),
        _OWL + "Ontology": say("model", language),
    }
