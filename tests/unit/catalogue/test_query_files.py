"""Query files: what is read from a good one, and where a bad one is wrong."""

import pytest

from werkzaam.catalogue.query_files import faults, load_queries
from werkzaam.catalogue.query_text import without_answers
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError

GOOD = """\
#+ title: {nl: Elementen, en: Elements}
#+ question: {nl: "Welke?", en: "Which?"}
#+ description: {nl: "Alle.", en: "All."}
#+ tags: [coverage]
#+ since: 0.1.0
#+ shows: table
#+ parameters:
#+   goal: {type: iri, class: "mdt:Goal", label: {nl: Doel, en: Goal}}
#+ columns:
#+   element: {label: {nl: Element, en: Element}, role: identifier}
#+   elementLabel: {label: {nl: Naam, en: Name}, role: label, of: element}
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT ?element (STR(?name) AS ?elementLabel) WHERE {
  VALUES ?goal { UNDEF }
  ?element mdt:listedUnderGoal ?goal ; ?p ?name .
} ORDER BY ?element ?elementLabel
"""
PATH = "queries/coverage/elements.rq"


def content(text: str | bytes, path: str = PATH) -> Content:
    data = text if isinstance(text, bytes) else text.encode()
    return Content((ContentFile(path, data),))


def test_a_good_file_is_read_whole() -> None:
    (query,) = load_queries(content(GOOD))
    assert query.name == "coverage/elements"
    assert query.title.in_("en") == "Elements"
    assert [column.name for column in query.columns] == ["element", "elementLabel"]
    assert query.parameters[0].choices_class == "https://w3id.org/mdt-kennisgraaf/def/Goal"
    assert query.text == GOOD
    assert query.cases is None


GRAPH = (
    GOOD[: GOOD.index("#+   element:")]
    + """\
#+   subject: {label: {nl: S, en: S}, role: identifier}
#+   predicate: {label: {nl: P, en: P}, role: category}
#+   object: {label: {nl: O, en: O}, role: text}
CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?goal { UNDEF } ?s ?p ?o ; <urn:a> ?goal } ORDER BY ?s ?p ?o
"""
)


def test_an_answer_may_be_a_graph_told_as_triples() -> None:
    (query,) = load_queries(content(GRAPH))
    assert query.form == "CONSTRUCT"
    assert load_queries(content(GOOD))[0].form == "SELECT"
    assert "WHERE { FILTER(false) VALUES" in without_answers(query.text)
    short = GRAPH.replace("CONSTRUCT { ?s ?p ?o } WHERE", "CONSTRUCT WHERE").replace(
        "VALUES ?goal { UNDEF } ", ""
    )
    for wrong in (GRAPH.replace("object:", "value:"), short):
        with pytest.raises(ContentError):
            load_queries(content(wrong))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ORDER BY ?element ?elementLabel", ""),
        # of a query inside it only, or in words that the engine does not read
        (
            "?element mdt:listedUnderGoal ?goal",
            "{ SELECT ?goal WHERE { ?x ?y ?goal } ORDER BY ?goal } ?element mdt:in ?goal",
        ),
        (" ORDER BY ?element ?elementLabel", " # ORDER BY ?element"),
    ],
)
def test_a_table_without_an_order_is_refused_at_its_select(old: str, new: str) -> None:
    text = GOOD.replace(old, new).replace("} ORDER BY ?element ?elementLabel", "}")
    with pytest.raises(ContentError, match="no ORDER BY of its own") as caught:
        load_queries(content(text))
    assert (caught.value.path, caught.value.line) == (PATH, 13)
    assert load_queries(content(text + "ORDER BY DESC(?element)\n"))


def test_a_file_says_what_its_rows_are_parts_of() -> None:
    named = "one: {nl: element, en: element}, many: {nl: elementen, en: elements}"
    (query,) = load_queries(content(with_cases(f"column: element, {named}")))
    assert query.cases is not None
    assert (query.cases.column, query.cases.many.nl) == ("element", "elementen")
    (query,) = load_queries(content(with_cases(named)))
    assert query.cases is not None
    assert query.cases.column == ""
    for column in ("elementLabel", "nothing"):
        with pytest.raises(ContentError) as caught:
            load_queries(content(with_cases(f"column: {column}, {named}")))
        assert caught.value.line == 7
        assert column in str(caught.value.values["name"])


def parameter(said: str) -> str:
    return GOOD.replace('{type: iri, class: "mdt:Goal", label', f"{{{said}, label")


def test_a_scheme_alone_gives_the_choices_of_all_its_concepts() -> None:
    (query,) = load_queries(content(parameter("type: iri, scheme: doelen")))
    [goal] = query.parameters
    assert goal.choices_class == "http://www.w3.org/2004/02/skos/core#Concept"
    assert goal.choices_scheme == "https://w3id.org/mdt-kennisgraaf/id/scheme/doelen"


def test_what_is_required_has_an_example_to_try_the_question_with() -> None:
    (query,) = load_queries(content(parameter("type: integer, required: true, example: 7")))
    assert query.example == {"goal": "7"}
    (query,) = load_queries(content(parameter("type: integer, example: 7")))
    assert query.example == {}
    with pytest.raises(ContentError, match="example") as caught:
        load_queries(content(parameter("type: integer, required: true")))
    assert caught.value.line == 8


def with_cases(said: str) -> str:
    return GOOD.replace("#+ parameters", f"#+ cases: {{{said}}}\n#+ parameters")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "#+ title: {nl: Elementen, en: Elements}",
            "#+ title: {nl: Elementen}",
            1,
            "'en' is a required",
        ),
        ("#+ title: {", "#+ title: {{", 2, "not YAML"),
        ("#+ tags: [coverage]", "#+ tags: coverage", 4, "tags"),
        ("#+ since: 0.1.0", "#+ since: soon", 5, "must match"),
        ("#+ since: 0.1.0", "#+ sinds: 0.1.0", 5, "sinds"),
        ("#+ shows: table", "#+ shows: cake", 6, "matrix"),
        ("type: iri", "type: url", 8, "iri"),
        ("  goal: {", "  limit: {", 7, "limit"),
        ("  goal: {", "  filter: {", 7, "filter"),
        ("#+ columns:", "#+ cases: {column: element}\n#+ columns:", 9, "one"),
        ("role: identifier", "role: label", 10, "of"),
        (", of: element", ", of: nothing", 11, "of"),
        ("role: identifier", 'role: identifier, notKnown: "> 0"', 10, "measure"),
        ("role: identifier", 'role: measure, notKnown: "1"', 10, "must match"),
        ("role: identifier", 'role: measure, notKnown: "< all"', 10, "notKnown names all"),
        ("?element (STR", "?e (STR", 9, "e, elementLabel"),
        ("VALUES ?goal { UNDEF }\n", "\n", 8, "nowhere bound"),
        ("VALUES ?goal { UNDEF }", "VALUES ?goal { UNDEF }\nVALUES ?goal { UNDEF }", 15, "2 times"),
        ("?element mdt:", "SERVICE <http://h/> {} ?element mdt:", 15, "SERVICE"),
        ("?element mdt:", "?element skos:", 15, "skos:"),
        ("SELECT ?element (STR(?name) AS ?elementLabel)", "CONSTRUCT {}", 9, "subject"),
        ("SELECT ?element (STR(?name) AS ?elementLabel)", "DESCRIBE ?element", None, "SELECT"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int | None, words: str) -> None:
    assert old in GOOD
    broken = content(GOOD.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        load_queries(broken)
    assert (caught.value.path, caught.value.line) == (PATH, line)
    assert words in str(caught.value)
    assert [str(fault) for fault in faults(broken)] == [str(caught.value)]


@pytest.mark.parametrize("path", ["queries/a.rq", "queries/a/b/c.rq", "queries/A/b.rq"])
def test_a_file_in_the_wrong_place(path: str) -> None:
    with pytest.raises(ContentError, match="queries/<topic>"):
        load_queries(content(GOOD, path))


def test_no_header_and_no_utf_8() -> None:
    with pytest.raises(ContentError, match="no header"):
        load_queries(content("SELECT * {}"))
    with pytest.raises(ContentError) as caught:
        load_queries(content(GOOD.encode() + b"\n\xff"))
    assert caught.value.line == GOOD.count("\n") + 2


def test_a_header_without_a_bottom() -> None:
    with pytest.raises(ContentError, match="nested too deep"):
        load_queries(content("#+ title: " + "[" * 4900 + "]" * 4900 + "\nSELECT * {}"))


def test_a_header_without_an_end() -> None:
    with pytest.raises(ContentError, match="more than"):
        load_queries(content("#+ title: " + "[" * 200_000 + "\nSELECT * {}"))


def test_faults_go_on_after_the_first_file() -> None:
    two = Content((ContentFile("queries/a/a.rq", b"x"), ContentFile("queries/a/b.rq", b"y")))
    assert [fault.path for fault in faults(two)] == ["queries/a/a.rq", "queries/a/b.rq"]
