"""An answer as a table for people."""

from werkzaam.api.links import Links
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column
from werkzaam.web.answer_tables import answer_table, places_of, plain_table
from werkzaam.web.lookups import ScaleValue
from werkzaam.web.snippets import answer_snippets, query_snippets

LINKS = Links("https://example.org/w")
HOUVAST = "https://w3id.org/mdt-kennisgraaf/id/working-element/houvast"


def _words(text: str) -> Bilingual:
    return Bilingual(text, text)


def _query(*columns: Column) -> CataloguedQuery:
    words = _words("x")
    return CataloguedQuery("a/b", words, words, words, (), "table", "0.1.0", (), columns, "", "")


def _text(value: str, language: str | None = None) -> Term:
    return Term("literal", value, None, language)


def test_names_stand_for_iris_and_bare_identifiers_come_last() -> None:
    query = _query(
        Column("assessment", _words("Assessment"), "identifier"),
        Column("element", _words("Element"), "identifier"),
        Column("elementLabel", _words("Name"), "label", "element"),
        Column("said", _words("Said"), "category"),
        Column("saidLabel", _words("Says"), "label", "said"),
        Column("number", _words("Number"), "measure"),
    )
    row: Row = {
        "assessment": Term("uri", "https://example.org/one"),
        "element": Term("uri", "https://example.org/e"),
        "elementLabel": _text("E", "en"),
        "said": Term("uri", "https://example.org/present"),
        "saidLabel": _text("present", "en"),
    }
    scale = {
        "https://example.org/present": ScaleValue("https://example.org/present", "p", "", "●", True)
    }
    made = answer_table(query, Table(("x",), (row,)), scale, "en", "en", LINKS)
    assert [heading.label for heading in made.headings] == ["Name", "Says", "Assessment"]
    assert [(c.kind, c.text, c.iri.rpartition("/")[2]) for c in made.rows[0]] == [
        ("text", "E", "e"),
        ("presence", "present", "present"),
        ("text", "one", "one"),
    ]
    assert made.left_out == ["Number"]


def test_several_passages_stay_apart() -> None:
    row: Row = {
        "documentTitle": _text("D"),
        "section": _text("one; two"),
        "page": _text("1; 2"),
        "pageStatus": _text("printed; inferred"),
    }
    places = places_of(row, LINKS, {"inferred": "counted"})
    assert [(p.section, p.page, p.origin, p.origin_meaning) for p in places] == [
        ("one", "1", "printed", ""),
        ("two", "2", "inferred", "counted"),
    ]
    odd: Row = {**row, "section": _text("a; b; c")}
    assert [(p.section, p.page) for p in places_of(odd, LINKS)] == [("a; b; c", "1; 2")]
    assert places_of({}, LINKS) == []


def test_free_results_keep_their_iris() -> None:
    table = Table(("a", "b"), ({"a": Term("uri", "https://example.org/")},))
    assert [cell.kind for cell in plain_table(table, LINKS).rows[0]] == ["iri", "none"]


def test_things_of_ours_lead_to_their_document_and_nothing_else_does() -> None:
    query = _query(
        Column("element", _words("Element"), "identifier"),
        Column("elementLabel", _words("Name"), "label", "element"),
        Column("statement", _words("Statement"), "identifier"),
        Column("page", _words("Page"), "source"),
    )
    for iri, href in {
        HOUVAST: "/w/id/working-element/houvast",
        "javascript:alert(1)": "",
        "https://evil.example/": "",
    }.items():
        thing = Term("uri", iri)
        row: Row = {
            "element": thing, "elementLabel": _text("E"), "statement": thing,
            "document": thing, "documentTitle": _text("D"), "passage": thing, "page": _text("1"),
        }  # fmt: skip
        table = Table(tuple(row), (row,))
        name, place, statement = answer_table(query, table, {}, "nl", "nl", LINKS).rows[0]
        assert (name.href, statement.href) == (href, href)
        assert [(p.document_href, p.href) for p in place.places] == [(href, href)]
        assert plain_table(table, LINKS).rows[0][0].href == href


def test_a_text_stands_for_its_statement_and_leads_to_it() -> None:
    query = _query(
        Column("statement", _words("Statement"), "identifier"),
        Column("gist", _words("Gist"), "text"),
        Column("voice", _words("Voice"), "category"),
        Column("voiceLabel", _words("Who"), "label", "voice"),
        Column("subject", _words("Subject"), "category"),
        Column("subjectLabel", _words("About"), "label", "subject"),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "statement": Term("uri", HOUVAST),
            "gist": _text(f"long {number} " * 40),
            "voice": Term("uri", f"https://example.org/{'ab'[number % 2]}"),
            "voiceLabel": _text("ab"[number % 2]),
            "subject": Term("uri", f"https://example.org/{number}"),
            "subjectLabel": _text(f"subject {number}"),
        }
        for number in range(6)
    )
    made = answer_table(query, Table(("x",), rows), {}, "nl", "nl", LINKS)
    assert [(h.label, h.shape) for h in made.headings] == [
        ("Gist", "wide"),
        ("Who", "short"),
        ("About", "short"),
    ]
    gist, voice, subject = made.rows[0]
    assert gist.about == "/w/id/working-element/houvast"
    assert (voice.quiet, subject.quiet) == (True, False)


def test_an_identifier_without_a_text_that_stands_for_it_is_shown() -> None:
    query = _query(Column("statement", _words("Statement"), "identifier"))
    row: Row = {"statement": Term("uri", HOUVAST)}
    made = answer_table(query, Table(("x",), (row,)), {}, "nl", "nl", LINKS)
    assert [cell.text for cell in made.rows[0]] == ["houvast"]


def test_a_cell_can_lead_somewhere_by_its_row() -> None:
    query = _query(
        Column("records", _words("Records"), "text"), Column("other", _words("Other"), "text")
    )
    rows: tuple[Row, ...] = (
        {"records": _text("1 of 2"), "other": _text("x")},
        {"records": _text("no data"), "other": _text("y")},
    )
    leads = {"records": lambda row: "/there" if "of" in row["records"].value else ""}
    made = answer_table(query, Table(("x",), rows), {}, "nl", "nl", LINKS, leads)
    assert [[cell.href for cell in row] for row in made.rows] == [["/there", ""], ["", ""]]


def test_snippets_are_quoted_for_where_they_run() -> None:
    curl, python, r = answer_snippets("""https://example.org/?a='x'&b="y"$(z)""")
    assert curl.text.startswith("curl --fail --location 'https://example.org/?a='\"'\"'x'")
    assert r"b=\"y\"$(z)" in python.text
    assert r"b=\"y\"$(z)" in r.text
    compile(python.text, "snippet", "exec")
    (sent,) = query_snippets("https://example.org/sparql", "ASK { ?s ?p 'x' }", "text/csv")
    assert "'query=ASK { ?s ?p '\"'\"'x'\"'\"' }'" in sent.text
