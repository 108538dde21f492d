"""What robots may visit, where that is listed, and what the head of a page leads to."""

import urllib.robotparser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HTML = "{http://www.w3.org/1999/xhtml}"


def listed(running: Any, path: str) -> tuple[list[str], set[str]]:
    """The addresses in a sitemap, and the times that it gives."""
    answer = running.client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    places = [str(one.text) for one in root.iter(f"{SITEMAP}loc")]
    return places, {str(one.text) for one in root.iter(f"{SITEMAP}lastmod")}


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def heads(running: Any, path: str) -> list[dict[str, str]]:
    answer = running.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    tree = html5lib.parse(answer.text)
    return [dict(one.attrib) for one in tree.iter(f"{HTML}link") if one.get("rel") != "stylesheet"]


def test_robots_are_led_to_the_sitemap_and_kept_from_what_is_heavy(service: Any) -> None:
    answer = service.client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.site_maps() == [service.url + "sitemap.xml"]
    for page in ("", "map", "queries", "doc/working-element/houvast", "catalog", "changes.atom"):
        assert rules.can_fetch("Anybot", service.url + page), page
    for page in ("changes/diff?from=0&to=1", "why?subject=x", "v1/changes", "rdf-graph-store"):
        assert not rules.can_fetch("Anybot", service.url + page), page


def test_a_demo_is_closed_to_robots(demo: Any) -> None:
    text = demo.client.get("/robots.txt").text
    assert text.splitlines() == ["User-agent: *", "Disallow: /"]


def test_the_sitemap_lists_each_page_once(service: Any) -> None:
    parts, times = listed(service, "/sitemap.xml")
    assert [path_of(part) for part in parts] == ["/sitemap-0.xml", "/sitemap-1.xml"]
    change = service.client.get("/v1/changes?order=newest&limit=1").json()["changes"][0]
    assert times == {change["time"]}
    inside = [listed(service, path_of(part)) for part in parts]
    # of other pages it is not known when they changed
    assert [times for _, times in inside] == [{change["time"]}, set()]
    places = [place for places, _ in inside for place in places]
    assert {service.url + page for page in ("def", "search", "graph/concepts")} <= set(places)
    assert len(places) == len(set(places))
    assert all(place.startswith(service.url) for place in places)
    names = {one["name"] for one in service.client.get("/v1/queries").json()["queries"]}
    assert {f"{service.url}queries/{name}" for name in names} <= set(places)
    assert f"{service.url}doc/working-element/houvast" in places
    assert service.url in places


def test_what_is_listed_is_there(service: Any) -> None:
    pages, _ = listed(service, "/sitemap-0.xml")
    documents, _ = listed(service, "/sitemap-1.xml")
    assert len(documents) > 1000
    for place in (*pages[:16], *pages[16::20], *documents[:: len(documents) // 25]):
        answer = service.client.get(place, headers={"Accept": "text/html"})
        assert answer.status_code == 200, place


@pytest.mark.parametrize("part", ["2", "99999999999", "x", "-1", "01"])
def test_no_other_part_is_there(service: Any, part: str) -> None:
    assert service.client.get(f"/sitemap-{part}.xml").status_code == 404


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml"]
)
def test_they_are_not_sent_twice(service: Any, path: str) -> None:
    answer = service.client.get(path)
    head = service.client.head(path)
    assert head.headers["content-length"] == str(len(answer.content))
    again = service.client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_leads_to_the_feed_and_to_what_describes_the_dataset(
    service: Any, language: str
) -> None:
    for path in ("/", "/about", "/changes", "/queries"):
        links = heads(service, f"{path}?lang={language}")
        feed = next(one for one in links if one.get("type") == "application/atom+xml")
        assert (feed["rel"], feed["href"]) == ("alternate", f"/changes.atom?lang={language}")
        assert (
            feed["title"]
            == {"nl": "Wijzigingen van Werkzaam", "en": "Changes of Werkzaam"}[language]
        )
        assert [one["href"] for one in links if one["rel"] == "describedby"] == [
            "/.well-known/void"
        ]


@pytest.mark.parametrize(
    ("path", "types"),
    [
        (
            "/doc/working-element/houvast",
            {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"},
        ),
        (
            "/doc/working-element/houvast.html",
            {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"},
        ),
        ("/queries/coverage/working-elements-without-projects", {"application/json", "text/csv"}),
        ("/queries/comparison/amounts-between-rounds", set()),
        (
            "/def/Claim",
            {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"},
        ),
    ],
)
def test_a_page_leads_to_its_other_forms(service: Any, path: str, types: set[str]) -> None:
    links = [one for one in heads(service, path) if one["rel"] == "alternate"]
    found = {one["type"]: one["href"] for one in links if "title" not in one}
    assert set(found) == types
    for media_type, address in found.items():
        answer = service.client.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/doc/voice/author?page=2", "page=2"),
        (
            "/queries/coverage/projects-per-working-element?goal=sociaal-contact&contentLang=en",
            "goal=sociaal-contact&lang=en",
        ),
    ],
)
def test_another_form_is_asked_as_the_page_was(service: Any, path: str, keys: str) -> None:
    links = [one for one in heads(service, path) if one["rel"] == "alternate"]
    own = [one["href"] for one in links if "title" not in one]
    assert own
    assert all(keys in address for address in own)


def test_the_page_about_the_service_has_the_whole_dataset(service: Any) -> None:
    answer = service.client.get("/about?lang=en", headers={"Accept": "text/html"})
    hrefs = [one.get("href", "") for one in html5lib.parse(answer.text).iter(f"{HTML}a")]
    files = [href for href in hrefs if href.startswith("/data/")]
    assert len(files) == 6
    for href in (*files, "/catalog", "/.well-known/void", "/changes.atom?lang=en"):
        assert href in hrefs
        assert service.client.head(href, follow_redirects=True).status_code == 200


def test_an_error_leads_nowhere(service: Any) -> None:
    answer = service.client.get("/doc/working-element/niets", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "application/atom+xml" not in answer.text
