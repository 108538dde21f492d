"""What a parameter can be given: each thing once, by the name that it goes by."""

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.queries import Bilingual, Parameter
from werkzaam.domain.versions import Version
from werkzaam.store.interface import Answer, Question

DATA = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<u:label> a <u:C> ; skos:prefLabel "naam"@nl , "name"@en ;
  dcterms:title "titel"@nl , "andere titel"@nl , "title"@en , "titre"@fr .
<u:title> a <u:C> ; dcterms:title "b"@nl , "a"@nl , "b"@en , "a"@en ; mdt:position 1 , 2 .
<u:mixed> a <u:C> ; skos:prefLabel "gemengd"@nl ; dcterms:title "titel"@nl , "mixed"@en .
<u:half> a <u:C> ; skos:prefLabel "half"@nl .
<u:other> a <u:D> ; skos:prefLabel "ander"@nl , "other"@en .
"""


class Small:
    """A store with a little in it."""

    version = Version(1, "digest")

    def __init__(self) -> None:
        self._store = ox.Store()
        self._store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)

    def ask(self, question: Question) -> Answer:
        found = self._store.query(question.text)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body
        return Answer(body, self.version)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue([], Small())  # type: ignore[arg-type]


def test_each_is_there_once_by_its_label_or_else_its_title(catalogue: Catalogue) -> None:
    of_class = Parameter("x", "iri", Bilingual("x", "x"), choices_class="u:C")
    found = [(one.iri, one.label) for one in catalogue.choices(of_class)]
    assert sorted(found) == [
        ("u:label", Bilingual("naam", "name")),
        ("u:mixed", Bilingual("gemengd", "mixed")),
        ("u:title", Bilingual("a", "a")),
    ]
