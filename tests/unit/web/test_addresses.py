"""Which IRIs become links."""

import pytest

from werkzaam.api.links import Links
from werkzaam.web.addresses import href_of, thing_href

LINKS = Links("https://example.org/w")
BASE = "https://w3id.org/mdt-kennisgraaf/"


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (BASE + "id/working-element/houvast", "/w/id/working-element/houvast"),
        (BASE + "id/project/één", "/w/id/project/%C3%A9%C3%A9n"),
        (BASE + "id/voorbeeld/project/07", "/w/id/voorbeeld/project/07"),
        ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/"),
        (BASE + "def/", ""),
        (BASE + "def//evil.example/x", ""),
        (BASE + "def/../evil", ""),
        (BASE + "id/", ""),
        (BASE + "id//evil.example/x", ""),
        (BASE + "id/x/../../evil", ""),
        (BASE + 'id/x/"><script>', ""),
        ("javascript:alert(1)", ""),
        ("JavaScript://example.org/%0aalert(1)", ""),
        ("data:text/html,<script>alert(1)</script>", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("http:///path", ""),
        ("https://[", ""),
        ("//evil.example/", ""),
        ("urn:x:y", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_things_and_web_addresses_become_links(iri: str, href: str) -> None:
    assert href_of(iri, LINKS) == href
    assert thing_href(iri, LINKS) == (href if iri.startswith(BASE) else "")


@pytest.mark.parametrize("name", ["def", "def/Claim", "def/module/codes", "def/1.0.0"])
def test_a_term_leads_to_what_it_means(name: str) -> None:
    assert href_of(BASE + name, LINKS) == f"/w/{name}"
    assert thing_href(BASE + name, LINKS) == ""
