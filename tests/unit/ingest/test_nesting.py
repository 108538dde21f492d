"""What is nested deep is refused before a parser takes minutes over it; lists too long are not gone through."""

import time
from collections.abc import Sequence

import pytest

from werkzaam.domain.content import Content
from werkzaam.ingest.formats import Format
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.ingest.limits import MOST_ITEMS
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.nesting import MOST_NESTED, is_nested_too_deep
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.statements_reading import read_statements

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:v="u:">'
PROJECT = "https://w3id.org/mdt-kennisgraaf/id/project/p-1"
DEF = "https://w3id.org/mdt-kennisgraaf/def/"
FAR = 300_000
S = "<u:s> <u:p> "


def xml(depth: int) -> str:
    """``depth`` elements within each other, the root among them."""
    inside = depth - 1
    return RDF + "<v:a>" * inside + "</v:a>" * inside + "</rdf:RDF>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (xml(80_000), "rdfxml"),
        (S + "(" * FAR, "turtle"),
        (S + "[ <u:p> " * FAR, "turtle"),
        (S + "[" * FAR, "trig"),
        (S + "<< <u:s> <u:p> " * FAR, "turtle"),
        (S + "<<( <u:s> <u:p> " * FAR, "ntriples"),
        (S + "{| <u:p> " * FAR, "turtle"),
        ("<u:g> {" * FAR, "trig"),
        (S + "(" * FAR, "nquads"),
        (S + '"' * FAR + "(" * FAR, "turtle"),
        (S + '"\\' * FAR + "(" * FAR, "turtle"),
        ("<" * FAR + "(" * FAR, "turtle"),
    ],
)
def test_what_is_nested_deep_is_refused_at_once(
    mapping: TableMapping, text: str, kind: Format
) -> None:
    began = time.process_time()
    reading = read_statements(text.encode(), kind, mapping)
    assert time.process_time() - began < 2
    assert not reading.records
    assert len(reading.findings) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (xml(MOST_NESTED + 1), "rdfxml"),
        (S + "(" * (MOST_NESTED + 1) + ")" * (MOST_NESTED + 1) + " .", "turtle"),
        (S + "[ <u:p> " * (MOST_NESTED + 1), "trig"),
        (S + '( <u:p#q> \'text\' """more""" ' * (MOST_NESTED + 1), "turtle"),
        (S + "( # a comment )\n" * (MOST_NESTED + 1), "turtle"),
        (S + "( '''it's \" ) ''' \"it's\\\" )\" " * (MOST_NESTED + 1), "turtle"),
        (S + "( u:a\\#b " * (MOST_NESTED + 1), "turtle"),
        (S + "( <u:)> " * (MOST_NESTED + 1), "turtle"),
    ],
)
def test_one_more_than_may_be_open(mapping: TableMapping, text: str, kind: Format) -> None:
    [found] = read_statements(text.encode(), kind, mapping).findings
    assert found.constraint == "deep-statements"
    assert str(MOST_NESTED) in found.message.nl


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (xml(MOST_NESTED), "rdfxml"),
        (RDF + "<v:a/>" * FAR + "</rdf:RDF>", "rdfxml"),
        (S + "(" * MOST_NESTED + ")" * MOST_NESTED + " .", "turtle"),
        (f"{S}( [] ) .\n" * 1_000, "turtle"),
        (S + '"' + "(" * FAR + '" .', "turtle"),
        (S + "'" + "[" * FAR + "' .", "turtle"),
        (S + '"\\"' + "(" * FAR + '" .', "turtle"),
        (S + '"""a "" \\""" \n' + "(" * FAR + '""" .', "trig"),
        (S + "'''a '' \\''' \n" + "(" * FAR + "''' .", "trig"),
        (f"{S}<u:{'(' * FAR}> .", "turtle"),
        (f"# {'(' * FAR}\n{S} 5 .", "turtle"),
        (f"{S} u:{chr(92) + '('}{(chr(92) + '(') * FAR} .", "turtle"),
        (f"{S}<< {S} 1 >> .\n" * 1_000, "turtle"),
        (f"<u:g> {{ {S} 1 }}\n" * 1_000, "trig"),
        ("[" * FAR, "jsonld"),
    ],
)
def test_what_may_be_open_and_what_is_no_bracket(text: str, kind: Format) -> None:
    began = time.process_time()
    assert not is_nested_too_deep(text.encode(), kind)
    assert time.process_time() - began < 2


def municipalities(count: int) -> str:
    names = ", ".join(f'"Voorbeeldstad {number}"@nl' for number in range(count))
    return f"<{PROJECT}> <{DEF}municipalityAsStated> {names} ."


def found_in(content: Content, text: str, name: str) -> Sequence[CellFinding]:
    report = judge(content, b"", Upload(text.encode(), name, "projects"), False).report
    return [one for one in report.findings if one.constraint == "too-many-items"]


def test_a_list_of_linked_data_is_no_longer_than_that_of_a_cell(mapping: TableMapping) -> None:
    most = read_statements(municipalities(MOST_ITEMS).encode(), "turtle", mapping)
    assert not most.findings
    more = read_statements(municipalities(40_000).encode(), "turtle", mapping)
    [found] = more.findings
    assert (found.constraint, found.path, found.severity) == (
        *("too-many-items", PROJECT),
        "violation",
    )
    assert "40000" in found.message.nl
    assert [len(quads) for quads in more.records.values()] == [MOST_ITEMS]


def test_so_is_a_list_of_json(content: Content) -> None:
    def project(count: int) -> str:
        names = ", ".join(f'"Voorbeeldstad {number}"' for number in range(count))
        return f'{{"identifier": "P-1", "title": "Samen", "municipalities": [{names}]}}'

    assert not found_in(content, project(MOST_ITEMS), "p.json")
    [found] = found_in(content, project(40_000), "p.json")
    assert (found.path, found.severity) == ("/municipalities", "violation")
    assert "40000" in found.message.en


def test_what_is_long_and_no_list_stays(mapping: TableMapping) -> None:
    """Things below a record have a row each, however many."""
    below = "\n".join(
        f"<{PROJECT}> <{DEF}hasInvolvement> <{PROJECT}/organisation/o-{number}> ."
        for number in range(MOST_ITEMS + 1)
    )
    reading = read_statements(below.encode(), "turtle", mapping)
    assert not reading.findings
    assert [len(quads) for quads in reading.records.values()] == [MOST_ITEMS + 1]


def test_a_crowd_of_things_below_one_record_takes_time_in_proportion(content: Content) -> None:
    role = "<https://w3id.org/mdt-kennisgraaf/id/involvement-role/partner>"
    text = "\n".join(
        f"<{PROJECT}> <{DEF}hasInvolvement> <{PROJECT}/organisation/o-{number}> .\n"
        f"<{PROJECT}/organisation/o-{number}> a <{DEF}OrganisationInvolvement> ; "
        f'<{DEF}organisationNameAsStated> "O {number}" ; <{DEF}involvementRole> {role} .'
        for number in range(3_000)
    )
    began = time.process_time()
    found_in(content, text, "p.ttl")
    assert time.process_time() - began < 20
