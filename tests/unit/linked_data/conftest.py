"""A store with things made to be hard."""

from collections.abc import Iterator

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/mdt-kennisgraaf/id/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://w3id.org/mdt-kennisgraaf/id/x/> .
"""
CROWD = "\n".join(
    f'x:user-{number:03} a mdt:Thing ; mdt:uses x:code ; skos:prefLabel "user {number}"@nl .'
    for number in range(60)
)
HARD = """
x:old a mdt:Thing ; owl:deprecated true ; dcterms:isReplacedBy x:new .
x:gone a mdt:Thing ; owl:deprecated true .
x:new a mdt:Thing .
x:v1.2 a mdt:Thing .
x:one.ttl a mdt:Thing .
x:both a mdt:Thing .
x:both.ttl a mdt:Thing .
x:code a mdt:Thing .
x:licensed a skos:Concept ; skos:inScheme x:scheme .
x:scheme a skos:ConceptScheme ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
x:record a mdt:Thing ; mdt:has <https://w3id.org/mdt-kennisgraaf/id/x/record/1> ; mdt:has x:record2 .
<https://w3id.org/mdt-kennisgraaf/id/x/record/1> mdt:note "inside" .
<https://w3id.org/mdt-kennisgraaf/id/x/record/2> mdt:of x:record ; mdt:note "inside as well" .
x:record2 mdt:note "beside" .
x:nasty a mdt:Thing ; skos:prefLabel "<script>alert('1')</script>"@nl ; skos:definition "</p><img src=x onerror=alert(1)>"@en ;
  mdt:see <javascript:alert(1)>, <data:text/html,x>, <https://example.org/> ; mdt:note "a & <b>" .
"""


@pytest.fixture(scope="session")
def hard_store() -> Iterator[EmbeddedStore]:
    """The store on the hard things alone."""
    data = (PREFIXES + CROWD + HARD).encode()
    content = Content((ContentFile("graph_data/concepts/hard.ttl", data),))
    opened = open_content(content, read_rules(content), StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()
