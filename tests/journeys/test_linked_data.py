"""Every thing under its own address: what is there, in which format, and what is not there."""

import html
import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
import rdflib
from rdflib.compare import isomorphic
from tests.linked_data_reading import graph_in

THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
DOCUMENTS = "https://w3id.org/mdt-kennisgraaf/doc/"
KINDS = [
    "working-element/gradatieverschillen",
    "goal/welbevinden",
    "document/ontmoetingen",
    "passage/ontmoetingen-aansluiting-sociaal-contact",
    "claim/ontmoetingen-houvast-bij-welbevinden",
    "assessment/ontmoetingen-gradatieverschillen-in-mdt",
    "measurement/ontmoetingen-empathie-als-doel",
    "definition/ontmoetingen-afstemmen-op-doelgroep",
    "tension/ontmoetingen-afstemmen-op-doelgroep-en-trickle-down",
    "correspondence/andere-afkomst-71-procent-in-drie-bewoordingen",
    "source/felten-2016",
    "in-text-reference/ontmoetingen-blonk-2019-p11",
    "term-use/ontmoetingen-aandacht-en-intentie-conclusie",
    "proposal/ontmoetingen-aandacht-voor-sterke-vooroordelen",
    "norm/ontmoetingen-pijlers-in-ieder-traject",
    "key-concept/welbevinden",
    "presence/split",
    "scheme/presence",
    "collection/werkzame-elementen-algemeen",
]
HOUVAST = "working-element/houvast"
FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def get(service: Any, path: str, accept: str = "", **headers: str) -> Any:
    return service.client.get(path, headers={"Accept": accept, **headers})


def kind_of(answer: Any) -> str:
    return str(answer.headers["content-type"].partition(";")[0])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("slug", KINDS)
def test_every_format_is_the_same_graph(service: Any, slug: str) -> None:
    graphs = []
    for ending, media_type in FORMATS.items():
        if ending == "html":
            continue
        answer = get(service, f"/doc/{slug}.{ending}")
        assert (answer.status_code, kind_of(answer)) == (200, media_type)
        graphs.append(graph_in(service, answer))
    thing, document = rdflib.URIRef(THINGS + slug), rdflib.URIRef(DOCUMENTS + slug)
    assert all(isomorphic(graphs[0], graph) for graph in graphs)
    assert (document, rdflib.FOAF.primaryTopic, thing) in graphs[0]
    assert set(graphs[0].predicates(thing)) - {rdflib.RDF.type}
    assert all(
        graphs[0].value(kind, rdflib.RDFS.label)
        for kind in graphs[0].objects(thing, rdflib.RDF.type)
    )


@pytest.mark.parametrize("slug", KINDS)
def test_the_page_links_to_every_format_and_shows_the_same(service: Any, slug: str) -> None:
    page = get(service, f"/doc/{slug}", BROWSER)
    assert (page.status_code, kind_of(page)) == (200, "text/html")
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for ending in FORMATS:
        assert f'href="/doc/{slug}.{ending}"' in page.text
    graph = rdflib.Graph().parse(data=get(service, f"/doc/{slug}.ttl").text)
    thing = rdflib.URIRef(THINGS + slug)
    shown = page.text
    if 'id="all-edges"' in shown:
        shown += get(service, f"/doc/{slug}?page=1", BROWSER).text
    for subject in graph.subjects(object=thing):
        if str(subject).startswith(THINGS):
            assert f'href="/id/{str(subject).removeprefix(THINGS)}"' in shown
    for value in graph.objects(thing):
        if str(value).startswith(THINGS):
            assert f'href="/id/{str(value).removeprefix(THINGS)}"' in shown


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/rdf+xml;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/turtle;q=0, text/*", "text/html"),
        ("application/*", "application/ld+json"),
        ("image/png, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_negotiation(service: Any, accept: str, media_type: str) -> None:
    answer = get(service, f"/doc/{HOUVAST}", accept)
    assert (answer.status_code, kind_of(answer)) == (200, media_type)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


def test_none_of_the_formats(service: Any) -> None:
    answer = get(service, f"/doc/{HOUVAST}", "image/png")
    assert answer.status_code == 406
    assert "application/ld+json" in answer.text


@pytest.mark.parametrize(("ending", "media_type"), FORMATS.items())
def test_suffix_and_format_win_over_accept(service: Any, ending: str, media_type: str) -> None:
    suffix = get(service, f"/doc/{HOUVAST}.{ending}?format=nt", "image/png")
    asked = get(service, f"/doc/{HOUVAST}?format={ending}", "image/png")
    assert kind_of(suffix) == kind_of(asked) == media_type
    if ending != "html":
        assert suffix.content == asked.content


@pytest.mark.parametrize("query", ["format=xml", "format=", "format=ttl&format=nt"])
def test_an_unknown_format_names_the_known_ones(service: Any, query: str) -> None:
    answer = get(service, f"/doc/{HOUVAST}?{query}", BROWSER)
    assert answer.status_code == 400
    assert "jsonld" in answer.text or "2" in answer.text


def test_links_to_the_other_formats_and_to_what_stays(service: Any) -> None:
    answer = get(service, f"/doc/{HOUVAST}", "text/turtle")
    links = answer.headers["link"]
    for ending, media_type in FORMATS.items():
        link = f'<{service.url}doc/{HOUVAST}.{ending}>; rel="alternate"; type="{media_type}"'
        assert (link in links) == (ending != "ttl")
    assert f'<{DOCUMENTS}{HOUVAST}>; rel="canonical"' in links
    assert f'<{THINGS}{HOUVAST}>; rel="describes"' in links
    for ending in FORMATS:
        assert get(service, f"/doc/{HOUVAST}.{ending}").status_code == 200


@pytest.mark.parametrize("accept", ["", BROWSER])
def test_a_thing_is_elsewhere(service: Any, accept: str) -> None:
    answer = get(service, f"/id/{HOUVAST}?lang=en", accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{HOUVAST}?lang=en"
    assert "Accept" in answer.headers["vary"]
    assert 'rel="describedby"' in answer.headers["link"]
    assert service.client.get(f"/id/{HOUVAST}", follow_redirects=True).status_code == 200


def test_below_a_path_of_a_proxy(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_PUBLIC_URL="https://example.nl/w/")
    assert get(running, f"/id/{HOUVAST}").headers["location"] == f"/w/doc/{HOUVAST}"
    page = get(running, f"/doc/{HOUVAST}", BROWSER)
    assert f'href="/w/doc/{HOUVAST}.ttl"' in page.text
    assert f"<https://example.nl/w/doc/{HOUVAST}.ttl>" in page.headers["link"]
    assert f"{THINGS}{HOUVAST}" in get(running, f"/doc/{HOUVAST}.nt").text


@pytest.mark.parametrize(
    "path",
    [
        "/id/working-element/houvastt",
        "/doc/working-element/houvastt",
        "/doc/working-element/houvas.ttl",
    ],
)
def test_what_is_not_here_has_suggestions(service: Any, path: str) -> None:
    answer = get(service, path, BROWSER)
    assert answer.status_code == 404
    assert "houvast" in answer.text.replace("houvastt", "")
    assert re.search(r'href="/doc/working-element/houvast"[^>]*>\s*Houvast', answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/id/working-element",
        "/id/working-element/",
        "/id/working-element/houvast/",
        "/id//houvast",
        "/id/working-element%2Fhouvast",
        "/id/working-element/%2e%2e/x",
        "/id/working-element/houvast%2Ettl",
        "/id/working-element/houvast%00",
        "/id/working-element/houvast%5Cx",
        "/id/working-element/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/id/working-element/houvast%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "/id/working-element/houvast%0d%0aX-Evil:1",
        "/id/working-element/%ff",
        "/id/working-element/" + "a" * 5000,
    ],
)
def test_hostile_addresses_are_refused_cleanly(service: Any, path: str) -> None:
    for address in (path, path.replace("/id/", "/doc/", 1)):
        answer = get(service, address, BROWSER)
        assert answer.status_code in (400, 404), address
        assert "<script>alert" not in answer.text
        assert "x-evil" not in answer.headers


@pytest.mark.parametrize("accept", [*FORMATS.values()])
def test_an_answer_that_is_known_is_not_sent_again(service: Any, accept: str) -> None:
    first = get(service, f"/doc/{HOUVAST}", accept)
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = get(service, f"/doc/{HOUVAST}", accept, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = get(service, "/doc/goal/welbevinden", accept, **{"If-None-Match": tag})
    assert other.status_code == 200
    assert get(service, f"/doc/{HOUVAST}", accept).content == first.content


def test_tags_differ_by_format(service: Any) -> None:
    tags = {get(service, f"/doc/{HOUVAST}", accept).headers["etag"] for accept in FORMATS.values()}
    assert len(tags) == len(FORMATS)


@pytest.mark.parametrize("path", [f"/id/{HOUVAST}", f"/doc/{HOUVAST}", f"/doc/{HOUVAST}.html"])
def test_head_is_get_without_a_body(service: Any, path: str) -> None:
    head, whole = service.client.head(path), service.client.get(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    for name in ("link", "vary", "etag", "location", "content-type"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_pages_lead_to_things(service: Any) -> None:
    shown = get(service, "/map?element=houvast", BROWSER).text
    assert 'href="/id/working-element/houvast"' in shown
    assert 'href="/id/assessment/ontmoetingen-houvast-in-mdt"' in shown
    assert 'href="/id/document/ontmoetingen"' in shown
    assert 'href="/id/passage/ontmoetingen-welbevinden-elementen"' in shown
    assert 'href="/id/document/ontmoetingen"' in get(service, "/about", BROWSER).text
    answer = get(service, "/queries/evidence/assessment-per-working-element", BROWSER).text
    assert 'href="/id/working-element/houvast"' in answer


def test_all_statements_of_a_kind_have_an_address(service: Any) -> None:
    path = "/doc/key-concept/ontmoeting"
    page = get(service, path, BROWSER).text
    some = re.search(r'href="(/doc/key-concept/ontmoeting\?group=object[^"]*)"', page)
    assert some is not None
    whole = get(service, html.unescape(some[1]).partition("#")[0], BROWSER).text
    assert 12 <= page.count("<article") < whole.count("<article")
    assert "group=object" not in whole.partition("</main>")[0].partition("<main")[2]
    assert get(service, f"{path}?group=nonsense", BROWSER).text.count("<article") == page.count(
        "<article"
    )


DEPRECATED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://w3id.org/mdt-kennisgraaf/id/x/> .
x:old a mdt:Goal ; owl:deprecated true ; dcterms:isReplacedBy x:new.ttl .
x:gone a mdt:Goal ; owl:deprecated true ; dcterms:isReplacedBy <https://evil.example/> .
x:new.ttl a mdt:Goal ; skos:prefLabel "<script>alert('1')</script>"@nl ;
  mdt:see <javascript:alert(1)>, <data:text/html,x>, <https://example.org/> .
"""


def test_replaced_gone_dotted_and_nasty(
    start_service: Callable[..., Any], content_copy: Any
) -> None:
    (content_copy / "graph_data" / "concepts" / "x.ttl").write_text(DEPRECATED)
    running = start_service(WERKZAAM_CONTENT_DIR=str(content_copy))
    moved = get(running, "/doc/x/old.nt")
    assert (moved.status_code, moved.headers["location"]) == (301, "/doc/x/new.ttl.nt")
    assert get(running, moved.headers["location"]).status_code == 200
    kept = get(running, "/doc/x/old?format=nt&version=1&page=2")
    assert (kept.status_code, kept.headers["location"]) == (
        301, "/doc/x/new.ttl?format=nt&version=1",
    )  # fmt: skip
    gone = get(running, "/doc/x/gone")
    assert gone.status_code in (404, 410)
    assert "location" not in gone.headers
    assert kind_of(get(running, "/doc/x/new.ttl", "application/ld+json")) == "application/ld+json"
    page = get(running, "/doc/x/new.ttl", BROWSER).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'href="https://example.org/"' in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page
