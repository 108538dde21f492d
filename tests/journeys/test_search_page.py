"""The page with results, and the box that every page has."""

import time
from typing import Any

import html5lib
import pytest


@pytest.fixture(scope="module", autouse=True)
def indexed(service: Any) -> None:
    """The shared service has its index before the first test asks it."""
    ends = time.monotonic() + 120
    while service.client.get("/v1/search?q=x").status_code == 503:
        assert time.monotonic() < ends


def test_the_page_reads_without_a_script_and_leads_on(service: Any) -> None:
    page = service.client.get("/search?q=empathie&lang=nl").text
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    heading = tree.find(".//*[@id='results-heading']")
    assert heading is not None
    assert "resultaten voor ‘empathie’" in "".join(heading.itertext())
    items = tree.findall(".//ol[@id='hits']/li")
    assert len(items) == 20
    for link in [a.get("href") for a in tree.findall(".//main//a")]:
        answer = service.client.get(link, follow_redirects=True)
        assert answer.status_code == 200, link


def test_an_empty_page_and_a_refused_one(service: Any) -> None:
    empty = service.client.get("/search")
    assert empty.status_code == 200
    assert "results-heading" not in empty.text
    refused = service.client.get("/search", params={"q": "x" * 400, "lang": "en"})
    assert refused.status_code == 400
    assert "characters long" in refused.text
    statements = "/queries/evidence/statements-about-working-element"
    for path, key in (("/queries", "q"), (statements, "filter")):
        refused = service.client.get(path, params={key: "a " * 20_000 + "b", "lang": "en"})
        assert refused.status_code == 400
        assert "at most 200" in refused.text
    nothing = service.client.get("/search?q=qqqqqqqqqq&lang=en").text
    assert "Nothing was found" in nothing


def test_every_page_has_the_box(service: Any) -> None:
    for path in ("/", "/map", "/about", "/nowhere"):
        page = service.client.get(path, headers={"Accept": "text/html"}).text
        assert 'class="site-search"' in page
        assert 'action="/search"' in page
