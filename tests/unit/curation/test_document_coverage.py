"""Coverage: every number counted by hand on a small document with every kind of gap."""

from typing import Any

import pytest

from werkzaam.curation.coverage_process import cover_confined
from werkzaam.curation.coverage_text import as_text
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, NotFound

_PREFIXES = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/mdt-kennisgraaf/id/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_ONTOLOGY = """\
mdt:Claim rdfs:subClassOf mdt:SourceStatement .
mdt:Judgement rdfs:subClassOf mdt:SourceStatement .
mdt:HarshJudgement rdfs:subClassOf mdt:Judgement .
"""
_DOCUMENTS = """\
<https://w3id.org/mdt-kennisgraaf/id/document/een> a mdt:Document ; dcterms:title "Een"@nl, "One"@en .
<https://w3id.org/mdt-kennisgraaf/id/document/twee> a mdt:Document ; dcterms:title "Twee"@nl, "Two"@en .
"""
_CONCEPTS = """\
<https://w3id.org/mdt-kennisgraaf/id/goal/used> mdt:describedIn <https://w3id.org/mdt-kennisgraaf/id/passage/p10> .
<https://w3id.org/mdt-kennisgraaf/id/goal/unused> mdt:describedIn <https://w3id.org/mdt-kennisgraaf/id/passage/p10> .
<https://w3id.org/mdt-kennisgraaf/id/goal/elsewhere> mdt:describedIn <https://w3id.org/mdt-kennisgraaf/id/passage/other> .
"""
_PASSAGES = """\
@prefix passage: <https://w3id.org/mdt-kennisgraaf/id/passage/> .
passage:last mdt:inDocument <https://w3id.org/mdt-kennisgraaf/id/document/een> ; a mdt:Passage ; mdt:section "Slot"@nl .
passage:p10 mdt:inDocument <https://w3id.org/mdt-kennisgraaf/id/document/een> ; a mdt:Passage ; mdt:page "10-12" ;
    mdt:pageStatus <https://w3id.org/mdt-kennisgraaf/id/page-status/inferred> .
passage:p9 mdt:inDocument <https://w3id.org/mdt-kennisgraaf/id/document/een> ; a mdt:Passage ; mdt:page "9" .
"""
_OTHER = """\
<https://w3id.org/mdt-kennisgraaf/id/passage/other> a mdt:Passage ;
    mdt:inDocument <https://w3id.org/mdt-kennisgraaf/id/document/twee> .
<https://w3id.org/mdt-kennisgraaf/id/claim/other> a mdt:Claim ;
    mdt:statedIn <https://w3id.org/mdt-kennisgraaf/id/document/twee> .
"""
_STATEMENTS = """\
@prefix claim: <https://w3id.org/mdt-kennisgraaf/id/claim/> .
@prefix document: <https://w3id.org/mdt-kennisgraaf/id/document/> .
@prefix passage: <https://w3id.org/mdt-kennisgraaf/id/passage/> .
claim:whole a mdt:Claim ; mdt:statedIn document:een ; mdt:passage passage:p9, passage:p10 ;
    mdt:gist "Ja"@nl, "Yes"@en ; mdt:hedge "kan"@nl ; mdt:subject <https://w3id.org/mdt-kennisgraaf/id/goal/used> ;
    mdt:voice <https://w3id.org/mdt-kennisgraaf/id/voice/author> ;
    mdt:basis <https://w3id.org/mdt-kennisgraaf/id/basis/survey> ;
    mdt:inTextReference <https://w3id.org/mdt-kennisgraaf/id/in-text-reference/attached> ;
    mdt:reviewStatus <https://w3id.org/mdt-kennisgraaf/id/review-status/drafted> .
claim:nowhere a mdt:Claim ; mdt:passage passage:other ; mdt:gist "Nee"@nl ;
    mdt:reviewStatus <https://w3id.org/mdt-kennisgraaf/id/review-status/accepted> .
<https://w3id.org/mdt-kennisgraaf/id/judgement/mute> a mdt:HarshJudgement ; mdt:statedIn document:een ;
    mdt:passage passage:p10 ; mdt:gist " "@nl .
<https://w3id.org/mdt-kennisgraaf/id/tension/t> a mdt:Tension ; mdt:tensionIn document:een .
<https://w3id.org/mdt-kennisgraaf/id/term-use/t> a mdt:TermUse ; mdt:inPassage passage:p9 .
<https://w3id.org/mdt-kennisgraaf/id/in-text-reference/attached> a mdt:InTextReference ; mdt:inPassage passage:p9 .
<https://w3id.org/mdt-kennisgraaf/id/in-text-reference/loose> a mdt:InTextReference ; mdt:inPassage passage:p9 .
"""
_FILES = {
    "graph_data/bibliography/documents.ttl": _DOCUMENTS,
    "graph_data/concepts/goals.ttl": _CONCEPTS,
    "graph_data/een/passages.ttl": _PASSAGES,
    "graph_data/een/statements.ttl": _STATEMENTS,
    "graph_data/twee/statements.ttl": _OTHER,
    "ontology/mdt.ttl": _ONTOLOGY,
}


def content(**changed: str) -> Content:
    texts = {path: changed.get(path.split("/")[-2], text) for path, text in _FILES.items()}
    return Content(tuple(ContentFile(p, (_PREFIXES + t).encode()) for p, t in texts.items()))


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return cover_confined(content(), "een")


def things(report: dict[str, Any], name: str) -> list[str]:
    return [row["thing"] for row in report[name]]


def test_totals_per_class(report: dict[str, Any]) -> None:
    assert report["statements"] == 3
    assert {row["class"]: (row["number"], row["drafted"]) for row in report["totals"]} == {
        "Claim": (2, 1),
        "HarshJudgement": (1, 0),
        "Judgement": (0, 0),
        "Tension": (1, 0),
        "TermUse": (1, None),
        "InTextReference": (2, None),
        "Passage": (3, None),
        "Concept": (2, None),
    }


def test_passages_in_order_of_page_with_what_stands_there(report: dict[str, Any]) -> None:
    rows = report["passages"]
    assert [(row["passage"], row["page"]) for row in rows] == [
        ("p9", "9"),
        ("p10", "10-12"),
        ("last", None),
    ]
    assert rows[0]["statements"] == {"Claim": 1, "HarshJudgement": 0, "Judgement": 0}
    assert rows[1]["statements"] == {"Claim": 1, "HarshJudgement": 1, "Judgement": 0}
    counted = [[row[k] for k in ("termUses", "inTextReferences", "concepts")] for row in rows]
    assert counted == [[1, 2, 0], [0, 0, 2], [0, 0, 0]]
    assert rows[2]["section"] == "Slot"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("passagesWithoutStatement", ["passage/last"]),
        ("withoutPassage", ["claim/nowhere"]),
        ("withoutGist", ["judgement/mute"]),
        ("withoutTranslation", ["claim/nowhere"]),
        ("withoutVoice", ["claim/nowhere", "judgement/mute"]),
        ("withoutBasis", ["claim/nowhere", "judgement/mute"]),
        ("referencesNotAttached", ["in-text-reference/loose"]),
        ("conceptsWithoutStatement", ["goal/unused"]),
    ],
)
def test_what_is_missing(report: dict[str, Any], name: str, found: list[str]) -> None:
    assert things(report, name) == found


def test_a_gap_has_a_place_and_the_language_that_is_missing(report: dict[str, Any]) -> None:
    [gap] = report["withoutTranslation"]
    line = (_PREFIXES + _STATEMENTS).partition("claim:nowhere")[0].count("\n") + 1
    assert gap == {
        "thing": "claim/nowhere",
        "file": "graph_data/een/statements.ttl",
        "line": line,
        "property": "gist",
        "language": "en",
    }
    text = as_text(report)
    assert f"graph_data/een/statements.ttl:{line}: claim/nowhere: gist has no en\n" in text
    assert "Statements without a gist: 1\n" in text


def test_the_text_tells_every_passage_and_marks_counted_pages(report: dict[str, Any]) -> None:
    lines = [" ".join(line.split()) for line in as_text(report).splitlines()]
    assert lines[0] == "Een (document/een)"
    assert "9 p9 1 Claim, 1 TermUse, 2 InTextReference" in lines
    assert "10-12* p10 1 Claim, 1 HarshJudgement, 2 Concept" in lines
    assert "- Slot nothing" in lines
    assert "Claim 2 1 drafted" in lines


@pytest.mark.parametrize("gap", ["passage passage:p9, passage:p10", 'gist "Ja"@nl, "Yes"@en'])
def test_one_gap_is_enough(gap: str) -> None:
    whole = _STATEMENTS.partition("claim:nowhere")[0]
    assert cover_confined(content(een=whole + _PASSAGES), "een")["complete"]
    broken = whole.replace(f"mdt:{gap}", 'mdt:note "x"@nl, "x"@en')
    assert not cover_confined(content(een=broken + _PASSAGES), "een")["complete"]


def test_words_in_one_language_are_a_gap_in_any_property_but_exact_ones() -> None:
    whole = _STATEMENTS.partition("claim:nowhere")[0]
    one = whole.replace('mdt:hedge "kan"@nl', 'mdt:hedge "kan"@nl ; skos:editorialNote "x"@en')
    report = cover_confined(content(een=one + _PASSAGES), "een")
    assert [(g["property"], g["language"]) for g in report["withoutTranslation"]] == [
        ("editorialNote", "nl")
    ]


def test_an_unknown_document_is_answered_with_those_that_are_there() -> None:
    with pytest.raises(NotFound, match="no document drie .*Choose from: een, twee"):
        cover_confined(content(), "drie")
    with pytest.raises(NotFound, match=r"Choose from: twee\."):
        cover_confined(content(), "tweee")


def test_a_folder_for_something_else_is_no_document_and_never_becomes_one() -> None:
    for folder in ("across", "concepts"):
        with pytest.raises(
            NotFound, match=rf"graph_data/{folder}/ holds no document.*een, twee\.$"
        ):
            cover_confined(content(), folder)


def test_a_file_that_is_not_turtle_gives_no_numbers() -> None:
    with pytest.raises(
        ContentError, match=r"^graph_data/concepts/goals\.ttl:6: This is not Turtle"
    ):
        cover_confined(content(concepts="what is this\n"), "een")


def test_it_is_stopped_in_time() -> None:
    with pytest.raises(
        ContentError, match="could not be worked out: it was stopped after 0 seconds"
    ):
        cover_confined(content(), "een", seconds=0)
