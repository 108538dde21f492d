"""Descriptions of a running service, read as a program reads them."""

from typing import Any

import rdflib

BASE = "https://w3id.org/mdt-kennisgraaf/"
PATHS = ("/.well-known/void", "/catalog", "/.well-known/sparql-examples")
# what the editor of the SIB asks of an endpoint, in our words
# (https://github.com/sib-swiss/sparql-editor, packages/sparql-editor/src/metadata.ts)
OF_AN_EDITOR = {
    "prefixes": """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix""",
    "examples": """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query
} ORDER BY ?sq""",
    "classes": """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?graph ?subjectClass ?prop ?objectClass ?objectDatatype ?triples WHERE {
  {
    OPTIONAL {
      ?graph sd:graph ?graphDesc .
      OPTIONAL { ?graph rdfs:label ?graphLabel }
      ?graphDesc void:classPartition ?cp .
    }
    ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
    ?pp void:property ?prop .
    OPTIONAL { ?pp void:triples ?triples }
    OPTIONAL {
      { ?pp void:classPartition [ void:class ?objectClass ] }
      UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
    }
  } UNION {
    ?linkset void:subjectsTarget [ void:class ?subjectClass ] ;
      void:linkPredicate ?prop ; void:objectsTarget [ void:class ?objectClass ] .
  }
}""",
}


def got(running: Any, path: str, **headers: str) -> Any:
    """The answer to a request that succeeds."""
    answer = running.client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def counted(running: Any) -> None:
    """Wait until the dataset of this service was counted: each request waits a while for that."""
    for _ in range(60):
        if "classPartition" in got(running, "/.well-known/void").text:
            return
    raise AssertionError("the dataset was not counted")


def described(running: Any, path: str) -> rdflib.Graph:
    """What stands at ``path``."""
    return rdflib.Graph().parse(data=got(running, path, Accept="text/turtle").text, format="turtle")


def asked(running: Any, query: str) -> list[dict[str, Any]]:
    """The rows that the endpoint answers ``query`` with."""
    answer = running.client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    rows: list[dict[str, Any]] = answer.json()["results"]["bindings"]
    return rows


def rows_in(graph: rdflib.Graph, query: str) -> list[list[str]]:
    """The rows that ``query`` finds in ``graph``; what has no value is empty."""
    found: Any = graph.query(query)
    return [["" if value is None else str(value) for value in row] for row in found]
