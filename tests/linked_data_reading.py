"""Linked data of a running service as a graph, JSON-LD by the context that the service itself gives:
nothing is fetched from elsewhere."""

import json
import warnings
from typing import Any
from urllib.parse import urlsplit

import rdflib

THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
TERMS = "https://w3id.org/mdt-kennisgraaf/def/"
FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
DATA_FORMATS = {ending: kind for ending, kind in FORMATS.items() if ending != "html"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def kind_of(answer: Any) -> str:
    """The media type of an answer, without its parameters."""
    return str(answer.headers.get("content-type", "").partition(";")[0])


def graph_in(running: Any, answer: Any) -> rdflib.Graph:
    """The graph that an answer of ``running`` holds."""
    kind, text = kind_of(answer), answer.text
    if kind == "application/ld+json":
        text = json.dumps(with_context(running, json.loads(text)))
    with warnings.catch_warnings():
        # rdflib's own reader of JSON-LD uses what rdflib has deprecated
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated")
        return rdflib.Graph().parse(data=text, format=kind)


def with_context(running: Any, document: Any) -> Any:
    """A JSON-LD document with what stands at the address of its context in its place."""
    if not isinstance(document, dict):
        return document
    given = document["@context"]
    found = [given] if not isinstance(given, list) else given
    return document | {"@context": [_loaded(running, one) for one in found]}


def _loaded(running: Any, one: Any) -> Any:
    if not isinstance(one, str):
        return one
    assert one.startswith(running.url)
    answer = running.client.get(urlsplit(one).path)
    assert (answer.status_code, kind_of(answer)) == (200, "application/ld+json")
    return answer.json()["@context"]
