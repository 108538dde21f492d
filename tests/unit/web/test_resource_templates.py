"""The pages about things, terms and graphs draw their records as HTML that parses strictly."""

import re
from dataclasses import replace

import html5lib
import pytest
from tests.unit.web.small_figures import NAMED, NASTY

from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.web import contexts as c
from werkzaam.web import pieces as p
from werkzaam.web import resource_pieces as r
from werkzaam.web.drawing import environment

LINES = [r.NetworkLine(20, NASTY), r.NetworkLine(40, "b")]
BOX = r.NetworkBox(1, 60, 160, 80, LINES, LINES, "/id/x/y", NASTY, "nl")
NETWORK = r.NetworkView(
    [r.Neighbour(NAMED, NAMED, True), r.Neighbour(NAMED, NAMED, False)], 40, 358, 200, LINES, 50,
    [BOX, replace(BOX, x=190)], (179, 51, 100),
)  # fmt: skip
FORMATS = [p.Named("Turtle", "/doc/x.ttl", iri="text/turtle")]
BARE = c.ResourcePage("i", p.Named("x"), [], p.Named(""), [], [], [], FORMATS)
EDGES = r.EdgesPage(
    NAMED, "/doc/x", 2, 3, 401, 800, 1200,
    [r.EdgeRow(True, NAMED, NAMED), r.EdgeRow(False, NAMED, p.Named(NASTY))],
    "/doc/x", "/doc/x?page=3", FORMATS,
)  # fmt: skip
TERM = r.TermRow(p.Named(NASTY, "/def/Claim", "nl", "Claim"), NAMED)
ONTOLOGY = r.OntologyPage(
    NAMED, NAMED, "1.0.0", NASTY, [r.TermGroup("kind-Class", "Kinds", [TERM])], FORMATS,
    [p.Named("1", "/def/context/1.jsonld")],
)  # fmt: skip
GRAPH = r.GraphPage(
    NASTY, "i", NASTY, 7, FORMATS,
    [r.GraphRow(NAMED, 7, True), r.GraphRow(p.Named(NASTY, "/graph/x"), 1, False)],
)  # fmt: skip
PAGES: list[c.Page] = [
    replace(
        BARE, network=NETWORK, schema='{"name": "\\u003c/script\\u003e"}', more="/doc/x?page=2"
    ),
    EDGES,
    replace(EDGES, number=3, next=""),
    ONTOLOGY,
    replace(ONTOLOGY, version="", definition=p.Named(""), title=p.Named("")),
    GRAPH,
    replace(GRAPH, about=""),
    c.ErrorPage(404, "Not found", NASTY, "/", "/queries", [p.Named(NASTY, "/doc/x/y")]),
]
ENVIRONMENTS = {language: environment(language) for language in LANGUAGES}


def drawn(page: c.Page, language: Language, content: Language) -> str:
    frame = c.Frame(
        language, content, "/", "/about", "/about#accessibility", "/changes", "/style.css", "/page.js",
        "/icon.svg", [p.NavigationLink("Home", "/", True)], "en" if language == "nl" else "nl",
        "/?lang=en", "0.1.0", 1, 1, False,
    )  # fmt: skip
    return ENVIRONMENTS[language].get_template(page.template).render(page=page, frame=frame)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: type(page).__name__)
@pytest.mark.parametrize("content", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_strict_html(page: c.Page, language: Language, content: Language) -> None:
    text = drawn(page, language, content)
    html5lib.HTMLParser(strict=True).parse(text)
    assert NASTY not in text
    assert not re.search(r"<style|<[^>]*\s(?:style|on[a-z]+)=", text)
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'aria-(?:labelledby|describedby|controls)="([^"]*)"', text)
    assert {name for target in targets for name in target.split()} <= set(ids)


def test_the_picture_and_the_list_lead_to_the_same() -> None:
    text = drawn(PAGES[0], "nl", "nl")
    picture = text.partition("<svg")[2].partition("</svg>")[0]
    listed = text.partition('id="network-list"')[2].partition("</ul>")[0]
    assert picture.count("<a ") == listed.count("<li>") == len(NETWORK.neighbours)
    assert "40" in text.partition('id="network-caption"')[2].partition("</figcaption>")[0]


def test_data_in_a_page_is_no_script_that_runs() -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", drawn(PAGES[0], "nl", "nl"))
    assert [kind for kind, body in scripts if body] == [' type="application/ld+json"']
