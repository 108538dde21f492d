"""A small content that has no fault, to plant faults in."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from werkzaam.curation.turtle_format import canonical
from werkzaam.domain.content import Content, ContentFile

_FILES = {
    "ontology/mdt.ttl": """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

mdt:Claim a owl:Class ;
    rdfs:label "bewering"@nl,
        "claim"@en ;
    rdfs:subClassOf mdt:SourceStatement ;
    skos:definition "A claim."@en,
        "Een bewering."@nl .

mdt:Goal a owl:Class ;
    rdfs:label "doel"@nl,
        "goal"@en ;
    rdfs:subClassOf skos:Concept ;
    skos:definition "A goal."@en,
        "Een doel."@nl .

mdt:SourceStatement a owl:Class ;
    rdfs:label "statement"@en,
        "uitspraak"@nl ;
    skos:definition "A statement."@en,
        "Een uitspraak."@nl .

mdt:gist a owl:DatatypeProperty ;
    rdfs:label "gist"@en,
        "kern"@nl ;
    skos:definition "De kern."@nl,
        "The gist."@en .

mdt:object a owl:ObjectProperty ;
    rdfs:label "object"@en,
        "object"@nl ;
    skos:definition "An object."@en,
        "Een object."@nl .
""",
    "ontology/stubs/borrowed.ttl": """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

dcterms:title a owl:AnnotationProperty .

skos:Concept a owl:Class .

skos:ConceptScheme a owl:Class .

skos:definition a owl:AnnotationProperty .

skos:inScheme a owl:ObjectProperty .

skos:prefLabel a owl:AnnotationProperty .
""",
    "graph_data/concepts/goals.ttl": """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix scheme: <https://w3id.org/mdt-kennisgraaf/id/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

goal:contact a mdt:Goal ;
    skos:definition "Elkaar zien."@nl,
        "Seeing each other."@en ;
    skos:inScheme scheme:goals ;
    skos:prefLabel "Contact"@en,
        "Contact"@nl .

goal:wellbeing a mdt:Goal ;
    skos:definition "Feeling well."@en,
        "Zich goed voelen."@nl ;
    skos:inScheme scheme:goals ;
    skos:prefLabel "Welbevinden"@nl,
        "Well-being"@en .

scheme:goals a skos:ConceptScheme ;
    dcterms:title "Doelen"@nl,
        "Goals"@en .
""",
    "graph_data/report/claims.ttl": """\
@prefix claim: <https://w3id.org/mdt-kennisgraaf/id/claim/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .

claim:one a mdt:Claim ;
    mdt:gist "Een."@nl,
        "One."@en ;
    mdt:object goal:contact .
""",
    "shapes/claim.ttl": """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/mdt-kennisgraaf/shape/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

shape:claim a sh:NodeShape ;
    sh:property shape:claim-gist,
        shape:claim-object ;
    sh:targetClass mdt:Claim .

shape:claim-gist a sh:PropertyShape ;
    sh:minCount "2"^^xsd:integer ;
    sh:path mdt:gist .

shape:claim-object a sh:PropertyShape ;
    sh:class mdt:Goal ;
    sh:message "Name a goal."@en,
        "Noem een doel."@nl ;
    sh:minCount "1"^^xsd:integer ;
    sh:path mdt:object .

shape:goal-note a sh:PropertyShape ;
    sh:minCount "3"^^xsd:integer ;
    sh:path skos:definition ;
    sh:severity sh:Warning ;
    sh:targetClass mdt:Goal .
""",
    "ontology/rules/has-object.rq": """\
# title@nl: Gaat over contact
# title@en: Is about contact
# because@nl: Er is een bewering met een doel.
# because@en: There is a claim with a goal.
# not-said@nl: Zegt niets over een effect.
# not-said@en: Says nothing about an effect.
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX goal: <https://w3id.org/mdt-kennisgraaf/id/goal/>
CONSTRUCT { ?claim mdt:object goal:contact }
WHERE { ?claim a mdt:Claim ; mdt:object ?goal }
""",
}


@dataclass(frozen=True)
class Sample:
    """Files by path; every change gives a new sample."""

    files: Mapping[str, str]

    def changed(self, path: str, old: str, new: str) -> "Sample":
        """With the first ``old`` in the file replaced; it has to be there."""
        assert old in self.files[path]
        return Sample({**self.files, path: self.files[path].replace(old, new, 1)})

    def with_file(self, path: str, text: str) -> "Sample":
        """With one more file."""
        return Sample({**self.files, path: text})

    def formatted(self, path: str) -> "Sample":
        """With one file in the canonical form."""
        text = canonical(self.files[path].encode(), path).decode()
        return Sample({**self.files, path: text})

    def line(self, path: str, text: str) -> int:
        """The line, from 1, where ``text`` first stands in the file."""
        before, found, _ = self.files[path].partition(text)
        assert found
        return before.count("\n") + 1

    @property
    def content(self) -> Content:
        """The same as the check takes it."""
        return Content(
            tuple(ContentFile(path, text.encode()) for path, text in sorted(self.files.items()))
        )


@pytest.fixture
def sample() -> Sample:
    """Content without a fault."""
    return Sample(_FILES)
