"""Every URL in one place."""

from werkzaam.api.links import Links

LOCAL = Links("http://127.0.0.1:8080")
PROXIED = Links("https://example.nl/werkzaam")


def test_paths_carry_the_prefix_of_the_public_url() -> None:
    assert LOCAL.path("/map") == "/map"
    assert PROXIED.path("/map", lang="en") == "/werkzaam/map?lang=en"
    assert PROXIED.url("/sparql") == "https://example.nl/werkzaam/sparql"


def test_values_are_encoded_and_empty_ones_left_out() -> None:
    assert LOCAL.path("/map", goal="a b&c", element=None, lang="") == "/map?goal=a+b%26c"
    assert LOCAL.question_answer("a/b", goal="x") == "http://127.0.0.1:8080/v1/queries/a/b?goal=x"


def test_our_things_are_answered_here_whatever_the_identity_base() -> None:
    iri = "https://w3id.org/mdt-kennisgraaf/id/goal/welbevinden"
    assert PROXIED.of_thing(iri) == "/werkzaam/id/goal/welbevinden"
    assert LOCAL.of_thing("https://example.org/id/x") is None


def test_from_the_past_links_lead_to_the_past() -> None:
    past = Links("https://example.nl/w", 3)
    iri = "https://w3id.org/mdt-kennisgraaf/id/goal/één"
    assert past.of_thing(iri) == "/w/id/goal/%C3%A9%C3%A9n?version=3"
    assert past.url("/doc/x/y.ttl", page="2") == "https://example.nl/w/doc/x/y.ttl?page=2&version=3"
    assert past.path("/figures/counts/x", version="2") == "/w/figures/counts/x?version=2"
    assert past.question_answer("a/b") == "https://example.nl/w/v1/queries/a/b?version=3"
    for path in ("/map", "/def/context/1.jsonld", "/queries/a/b", "/sparql", "/v1/queries"):
        assert past.path(path) == f"/w{path}"
