"""The headers of the questions meet their shapes, and every fault is found at its line."""

from dataclasses import replace

import pytest
from rdflib import RDF, SH, Graph

from werkzaam.curation.checks.query_headers import SHAPES_FILE, query_headers
from werkzaam.curation.parsed_content import ParsedContent, parse_content
from werkzaam.domain.content import Content, ContentFile

PATH = "queries/coverage/goals.rq"
GOOD = """\
#+ title: {nl: Doelen, en: Goals}
#+ question: {nl: "Welke doelen?", en: "Which goals?"}
#+ description: {nl: "Alle doelen.", en: "All goals."}
#+ tags: [coverage, goals]
#+ since: 0.6.0
#+ shows: table
#+ parameters:
#+   goal: {type: iri, class: "mdt:Goal", scheme: doelen, label: {nl: Doel, en: Goal}, required: true, example: welbevinden}
#+   group: {type: iri, class: "mdt:TargetGroup", label: {nl: Groep, en: Group}, default: jongeren}
#+ columns:
#+   goal: {label: {nl: "Doel (IRI)", en: "Goal (IRI)"}, role: identifier}
#+   goalLabel: {label: {nl: Doel, en: Goal}, role: label, of: goal}
#+   elements: {label: {nl: Elementen, en: Elements}, role: measure}
#+   all: {label: {nl: Alle elementen, en: All elements}, role: measure}
#+   said: {label: {nl: In woorden, en: In words}, role: text}
#+ figures:
#+   elements:
#+     counts: "?member mdt:listedUnderGoal ?goal ."
#+     outOf: all
#+   all: {counts: "?member a mdt:WorkingElement ."}
#+   said: {words: elements}
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?goal ?goalLabel ?elements ?all ?said WHERE {
  VALUES ?group { UNDEF }
  VALUES ?goal { UNDEF }
  ?goal a mdt:Goal ; skos:prefLabel ?goalLabel .
  OPTIONAL { ?group mdt:position ?elements , ?all ; skos:prefLabel ?said }
} ORDER BY ?goal ?goalLabel
"""
OTHER = (
    GOOD.replace("Doelen, en: Goals", "Wat, en: What")
    .replace("doelen?", "?")
    .replace("goals?", "?")
)
FAULTS = {
    "catalogued-query-title": ("Doelen, en: Goals", "Doelen., en: Goals", 1),
    "catalogued-query-title-twice": ("Doelen, en: Goals", "Doelen, en: What", 1),
    "catalogued-query-question": ('"Welke doelen?"', '"Welke doelen"', 2),
    "catalogued-query-question-twice": ('"Which goals?"', '"Which ?"', 2),
    "catalogued-query-description": ('"Alle doelen."', '"Alle doelen"', 3),
    "catalogued-query-topic-tag": ("[coverage, goals]", "[goals]", 4),
    "catalogued-query-column": ("role: identifier", "role: source", 10),
    "catalogued-query-column-twice": ("nl: Alle elementen", "nl: Elementen", 10),
    "catalogued-query-figure": ('#+   all: {counts: "?member a mdt:WorkingElement ."}\n', "", 10),
    "query-parameter-label": ("{nl: Groep, en: Group}", "{nl: G, en: Group}", 9),
    "query-parameter-class": ("mdt:TargetGroup", "mdt:TargetGruop", 9),
    "query-parameter-scheme": ("scheme: doelen", "scheme: doeln", 8),
    "query-parameter-no-choice": ("scheme: doelen", "scheme: coder", 8),
    "query-parameter-example": ("example: welbevinden", "example: welbevnden", 8),
    "query-parameter-default": ("default: jongeren", "default: jongren", 9),
    "answer-column-label": ("{nl: In woorden, en: In words}", "{nl: I, en: In words}", 15),
    "answer-column-named": ("of: goal}", "of: all}", 12),
    "answer-column-out-of": ("outOf: all", "outOf: said", 13),
    "answer-column-words": ("words: elements", "words: goal", 15),
}
ALSO = {
    # a scheme that does not exist holds nothing, and what is no class has no members
    "query-parameter-scheme": {"query-parameter-no-choice"},
}


@pytest.fixture(scope="module")
def parsed(content: Content) -> ParsedContent:
    """The model and the lists, without what documents say."""
    kept = ("ontology/", "graph_data/concepts/", "graph_data/code_lists/", SHAPES_FILE)
    return parse_content(Content(tuple(f for f in content.files if f.path.startswith(kept))))


def found(parsed: ParsedContent, text: str, other: str = OTHER) -> dict[str, tuple[str, int]]:
    files = (
        ContentFile(PATH, text.encode()),
        ContentFile("queries/coverage/other.rq", other.encode()),
    )
    whole = Content((*parsed.content.files, *files))
    findings = query_headers(replace(parsed, content=whole))
    return {
        finding.fix.removeprefix("Shape: ").partition(",")[0]: (finding.path, finding.line)
        for finding in findings
        if finding.path == PATH
    }


def test_every_question_of_the_catalogue_meets_them(content: Content) -> None:
    assert query_headers(parse_content(content)) == []


def test_a_good_header_has_no_finding(parsed: ParsedContent) -> None:
    assert found(parsed, GOOD) == {}


@pytest.mark.parametrize("shape", FAULTS)
def test_a_fault_is_found_at_its_line(parsed: ParsedContent, shape: str) -> None:
    old, new, line = FAULTS[shape]
    assert GOOD.count(old) == 1
    faults = found(parsed, GOOD.replace(old, new))
    assert faults.pop(shape) == (PATH, line)
    assert set(faults) <= ALSO.get(shape, set())


def test_there_is_a_fault_for_every_shape(content: Content) -> None:
    [file] = [file for file in content.files if file.path == SHAPES_FILE]
    shapes = Graph().parse(data=file.data, format="turtle")
    names = {str(shape).rsplit("/", 1)[1] for shape in shapes.subjects(RDF.type, SH.PropertyShape)}
    assert names == set(FAULTS)


def test_a_file_that_cannot_be_read_is_left_to_the_check_of_files(parsed: ParsedContent) -> None:
    assert found(parsed, GOOD.replace("SELECT", "SELEKT")) == {}


def test_nothing_is_looked_for_without_shapes_or_beside_broken_data(parsed: ParsedContent) -> None:
    broken = GOOD.replace('"Welke doelen?"', '"Welke doelen"')
    assert found(parsed, broken)
    without = tuple(file for file in parsed.files if file.path != SHAPES_FILE)
    assert found(replace(parsed, files=without), broken) == {}
