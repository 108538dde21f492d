"""Behind a number in an answer: the query for what it counts, and the name of its row."""

from dataclasses import replace

import pytest

from werkzaam.catalogue.members import members_query, row_name
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Term
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.errors import ContentError, QuerySyntaxError
from werkzaam.store.interface import Question
from werkzaam.store.query_policy import read_query

FILE = """\
#+ title: {nl: Knelpunten, en: Bottlenecks}
#+ question: {nl: "Hoeveel?", en: "How many?"}
#+ description: {nl: "Telt.", en: "Counts."}
#+ tags: [pilot]
#+ since: 0.1.0
#+ shows: table
#+ parameters:
#+   phase: {type: iri, class: "mdt:JourneyPhase", label: {nl: Fase, en: Phase}}
#+   voice: {type: iri, class: "mdt:Voice", label: {nl: Stem, en: Voice}}
#+ columns:
#+   bottleneck: {label: {nl: Knelpunt, en: Bottleneck}, role: identifier}
#+   phase: {label: {nl: Fase, en: Phase}, role: category}
#+   number: {label: {nl: Aantal, en: Number}, role: measure}
#+   said: {label: {nl: In woorden, en: In words}, role: text}
#+ figures:
#+   number:
#+     counts: |
#+       ?member mdt:reportsFinding ?bottleneck ;
#+         mdt:voice ?voice .
#+   said: {words: number}
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT ?bottleneck ?phase ?number ?said WHERE {
  VALUES ?phase { UNDEF }
  VALUES ?voice { UNDEF }
  ?bottleneck mdt:n ?number ; mdt:p ?phase ; mdt:v ?voice ; mdt:s ?said
} ORDER BY ?bottleneck ?phase
"""
BASE = "https://w3id.org/mdt-kennisgraaf/"
LANGUAGE = Term("uri", BASE + "id/bottleneck/taal")


def read(text: str = FILE) -> CataloguedQuery:
    (query,) = load_queries(Content((ContentFile("queries/pilot/x.rq", text.encode()),)))
    return query


def test_a_row_is_named_by_its_identifiers_and_categories_in_the_order_of_the_columns() -> None:
    start = Term("uri", BASE + "id/journey-phase/start")
    row = {"bottleneck": LANGUAGE, "phase": start, "number": Term("literal", "3")}
    assert row_name(read(), row) == "id/bottleneck/taal~id/journey-phase/start"
    elsewhere = {"bottleneck": Term("uri", "https://example.org/x")}
    assert row_name(read(), elsewhere) == "https://example.org/x~"


def test_the_members_are_asked_for_with_the_row_and_the_parameters_bound() -> None:
    query = read()
    behind = query.behind("number")
    assert behind is not None
    text = members_query(query, behind, {"bottleneck": LANGUAGE}, {"voice": "<https://x.org/v>"})
    # the parameter phase has the name of a column: that of the row goes before
    assert "VALUES (?voice ?bottleneck ?phase)" in text
    assert f"(<https://x.org/v> <{LANGUAGE.value}> UNDEF)" in text
    assert "#+" not in text
    assert read_query(text).form == "SELECT"


def test_a_term_of_a_row_cannot_end_the_pattern() -> None:
    query = read()
    behind = replace(query.figures[0])
    hostile = Term("literal", 'x" } DELETE { ?s ?p "', None, "nl")
    text = members_query(query, behind, {"phase": hostile}, {})
    assert r'"x\" } DELETE { ?s ?p \""@nl' in text
    assert read_query(text).form == "SELECT"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("#+   said: {words: number}", "#+   sayd: {words: number}", 20, "sayd"),
        ("#+   said: {words: number}", "#+   said: {words: amount}", 20, "amount"),
        ("#+   said: {words: number}", "#+   said: {says: number}", 20, "says"),
        ("#+   said: {words: number}", "#+   said: {words: number, statedBy: phase}", 20, "figures.said"),
        ("?member mdt:reportsFinding", "?one mdt:reportsFinding", 17, "must match"),
        ("mdt:voice ?voice .", "voice:x ?voice .", 17, "cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_figure_in_a_header_is_told_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(FILE.replace(old, new))
    assert caught.value.line == line
    assert words in str(caught.value)


def test_the_engine_reads_the_patterns_at_the_start_too() -> None:
    read_texts: list[str] = []

    class Reading:
        def ask(self, question: Question) -> None:
            read_texts.append(question.text)
            if "mdt:voice ?voice . }" in question.text:
                raise QuerySyntaxError(3, 1, "This is no SPARQL.")

    Catalogue([read()], Reading()).read_each_once()  # type: ignore[arg-type]
    assert len(read_texts) == 2
    wrong = read(FILE.replace("mdt:voice ?voice .", "mdt:voice ?voice . }"))
    with pytest.raises(ContentError) as caught:
        Catalogue([wrong], Reading()).read_each_once()  # type: ignore[arg-type]
    assert caught.value.path == "queries/pilot/x.rq"
