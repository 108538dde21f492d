"""Every kind of finding has a title of its own, short and in two languages."""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from rdflib import Graph, URIRef

from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import term
from werkzaam.errors import ContentError
from werkzaam.ingest.faults import faults
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.titles import titles

LONGEST = 50


def constraints(content: Content) -> set[str]:
    """What a finding can be of: a fault, or a constraint on records, which has a layer."""
    graph = Graph()
    for file in content.under("shapes", ".ttl"):
        graph.parse(data=file.data, format="turtle")
    shapes = graph.subjects(URIRef(term("checkKind")))
    return {str(shape).rpartition("/")[2] for shape in shapes} | set(faults())


def test_every_constraint_has_a_title_in_two_languages(all_content: Content) -> None:
    found = titles(all_content)
    names = constraints(all_content)
    assert len(names) > 250
    assert names - found.keys() == set()
    for name in names:
        for text in (found[name].nl, found[name].en):
            assert 3 < len(text) <= LONGEST, (name, text)
            assert text[0].isupper(), (name, text)
            assert not re.search(r"[{}.]|" + re.escape(name), text), (name, text)


def test_no_two_constraints_have_the_same_title(all_content: Content) -> None:
    found = titles(all_content)
    for language in ("nl", "en"):
        texts = [
            getattr(found[name], language).casefold() for name in sorted(constraints(all_content))
        ]
        assert sorted(texts) == sorted(set(texts))


def test_a_finding_about_a_shape_has_the_title_of_that_shape(
    all_content: Content, judged: Callable[..., GateOutcome], sheet: Any
) -> None:
    [finding] = judged(sheet.changed("titel", "abc").data()).report.findings
    assert titles(all_content)[finding.constraint].en == "Short title"
    assert "title" not in finding.as_json()


def test_shapes_that_cannot_be_read_are_named() -> None:
    with pytest.raises(ContentError) as caught:
        titles(Content((ContentFile("shapes/x.ttl", b"a b c"),)))
    assert caught.value.path == "shapes/x.ttl"


def test_a_shape_without_both_languages_has_no_title() -> None:
    text = (
        "<https://w3id.org/mdt-kennisgraaf/shape/x> "
        '<http://www.w3.org/2000/01/rdf-schema#label> "x"@en .'
    )
    assert "x" not in titles(Content((ContentFile("shapes/x.ttl", text.encode()),)))


def test_titles_are_read_without_what_judges_uploads() -> None:
    code = "import sys, werkzaam.ingest.titles; print('rdflib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
