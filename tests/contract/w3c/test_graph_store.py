"""The graph store suite of the W3C, in its order, under its names there: each request finds what the
ones before it left. Its ``put__mismatched_payload`` sends what the media type says after all, so here
the body is RDF/XML that is called Turtle.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from tests.contract.w3c.results import canonical

pytestmark = pytest.mark.xdist_group("writable")

STORE = "/rdf-graph-store"
PERSON = f"{STORE}/person/1.ttl"
OTHER = f"{STORE}/person/2.ttl"
PREFIXES = (
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
)
JOHN = PREFIXES + '<> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "John Doe" ] .'
JANE = PREFIXES + '<> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "Jane Doe" ] .'
NAME = PREFIXES + '<> foaf:name "Jane Doe" .'
ALICE = PREFIXES + '[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
BOUNDARY = "a6fe4cd636164618"
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
READ = {"Accept": "text/turtle; charset=utf-8"}


@pytest.fixture(scope="module")
def client(writable: Any) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {writable.token}"}
    with httpx.Client(base_url=writable.url, headers=headers, timeout=30) as opened:
        emptied = opened.post(
            "/sparql", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}
        )
        assert emptied.is_success, emptied.text
        yield opened


def holds(client: httpx.Client, address: str, *documents: str, base: str = "") -> bool:
    """Whether the graph at ``address`` is these documents together."""
    answer = client.get(address, headers=READ)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == "text/turtle"
    iri = str(client.base_url.join(base or address))
    wanted = [
        quad.triple
        for text in documents
        for quad in ox.parse(
            text.encode(), format=ox.RdfFormat.TURTLE, base_iri=iri, rename_blank_nodes=True
        )
    ]
    got = ox.parse(answer.content, format=ox.RdfFormat.TURTLE, base_iri=iri)
    return canonical(wanted) == canonical(quad.triple for quad in got)


def multipart(*documents: str) -> str:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="f.ttl"\r\n'
    parts = [f"{head}Content-Type: text/turtle; charset=utf-8\r\n\r\n{d}\r\n" for d in documents]
    return "".join(parts) + f"--{BOUNDARY}--\r\n"


def test_put(client: httpx.Client) -> None:
    """put__initial_state, put__graph_already_in_store, put__default_graph, put__mismatched_payload"""
    graph = str(client.base_url.join(PERSON))
    by_name = {"url": STORE, "params": {"graph": graph}}
    put = client.request("PUT", content=JOHN, headers=TURTLE, **by_name)  # type: ignore[arg-type]
    assert put.status_code == 201, put.text
    assert holds(client, f"{STORE}?graph={graph}", JOHN, base=PERSON)
    again = client.put(PERSON, content=JANE, headers=TURTLE)
    assert again.status_code in (200, 204)
    assert holds(client, PERSON, JANE)
    default = client.put(f"{STORE}?default", content=ALICE, headers=TURTLE)
    assert default.status_code == 201
    assert holds(client, f"{STORE}?default", ALICE)
    rdf_xml = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert client.put(PERSON, content=rdf_xml, headers=TURTLE).status_code == 400
    assert holds(client, PERSON, JANE)


def test_delete(client: httpx.Client) -> None:
    """delete__existing_graph, get_of_delete__existing_graph, delete__nonexistent_graph"""
    assert client.put(OTHER, content=JANE, headers=TURTLE).is_success
    assert client.delete(OTHER).status_code in (200, 204)
    assert client.get(OTHER, headers=READ).status_code == 404
    assert client.delete(OTHER).status_code == 404


def test_post(client: httpx.Client) -> None:
    """post__existing_graph, post__multipart_formdata, post__create__new_graph, get_of_post__after_noop"""
    assert client.put(PERSON, content=JANE, headers=TURTLE).is_success
    assert client.post(PERSON, content=NAME, headers=TURTLE).status_code in (200, 204)
    assert holds(client, PERSON, JANE, NAME)
    given, family = (f'{PREFIXES}<> foaf:{about} "x" .' for about in ("givenName", "familyName"))
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    form = client.post(PERSON, content=multipart(given, family), headers=kind)
    assert form.status_code in (200, 204), form.text
    assert holds(client, PERSON, JANE, NAME, given, family)
    created = client.post(STORE, content=ALICE, headers=TURTLE)
    assert created.status_code == 201, created.text
    place = created.headers["location"]
    assert holds(client, place, ALICE)
    assert client.post(place, content="", headers=TURTLE).is_success
    assert holds(client, place, ALICE)


def test_head(client: httpx.Client) -> None:
    """head_on_an_existing_graph, head_on_a_nonexisting_graph"""
    assert client.put(PERSON, content=JANE, headers=TURTLE).is_success
    found = client.head(PERSON, headers=READ)
    assert (found.status_code, found.content) == (200, b"")
    assert found.headers["content-type"].startswith("text/turtle")
    assert client.head(f"{STORE}/person/4.ttl").status_code == 404
