"""What the parameters of the questions can be given, of the content as it is."""

import json

from werkzaam.catalogue.questions import Catalogue
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question

SOURCES = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT DISTINCT ?source { ?source a mdt:Source }"""


def test_each_is_there_once(catalogue: Catalogue) -> None:
    parameters = [one for query in catalogue.all() for one in query.parameters]
    for parameter in parameters:
        iris = [one.iri for one in catalogue.choices(parameter)]
        assert len(iris) == len(set(iris)), parameter.name


def test_every_source_can_be_chosen(catalogue: Catalogue, store: EmbeddedStore) -> None:
    parameter = catalogue.get("sources/claims-on-one-source").parameter("source")
    assert parameter
    answer = store.ask(Question(SOURCES, "application/sparql-results+json"))
    rows = json.loads(answer.body)["results"]["bindings"]
    found = {row["source"]["value"] for row in rows}
    assert {one.iri for one in catalogue.choices(parameter)} == found
    assert len(found) > 50
