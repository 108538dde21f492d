"""What keeps linked data from being read is told in words: where, what kind of thing, what to do."""

import pytest

from werkzaam.domain.content import Content
from werkzaam.ingest.faults import faults
from werkzaam.ingest.formats import Format
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.statements_reading import read_statements

A = "<https://voorbeeld.example/a>"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'


def broken(mapping: TableMapping, text: str | bytes, kind: Format) -> CellFinding:
    """The one finding on a file that cannot be read."""
    data = text.encode() if isinstance(text, str) else text
    reading = read_statements(data, kind, mapping)
    assert not reading.records
    [found] = reading.findings
    return found


@pytest.mark.parametrize(
    ("text", "constraint", "line", "character"),
    [
        (f'{A} {A} "b"\n{A} {A} "c" .', "statement-without-end", 2, 1),
        (f'{A} {A} "b"', "statement-without-end", 1, 64),
        (f'\n{A} ex:b "c" .', "undeclared-prefix", 2, 31),
        (f'{A} {A} "b .\n{A} {A} "c" .', "unclosed-text", 1, 65),
        (f"{A} {A} <b .\n", "cut-off-file", 1, 61),
        (f'{A} {A} """ b .', "cut-off-file", 1, 61),
        (f'{A} {A} [ {A} "b" .', "unclosed-bracket", 1, 97),
        (f'{A} hallo "b" .', "unexpected-part", 1, 31),
        (f'{A} {A} "b" ; "c" .', "unexpected-part", 1, 67),
        (f'"b" {A} {A} .', "unexpected-part", 1, 1),
        (f"{A} {A} “b” .", "unexpected-part", 1, 61),
        (f'{A} {A} "b"^^ .', "unexpected-part", 1, 67),
        (f'@prefix ex <a> .\n{A} {A} "b" .', "unexpected-part", 1, 9),
        (f'<https://a b> {A} "b" .', "malformed-address", 1, 1),
        (f'<a> {A} "b" .', "malformed-address", 1, 1),
        (f'{A} {A} "b\\q" .', "unknown-escape", 1, 63),
        (f'{A} {A} "b"@1 .', "malformed-language", 1, 65),
        (f'{A} {A} "b\xff" .'.encode("latin-1"), "not-utf-8", 1, 63),
    ],
)
def test_a_fault_in_turtle_has_a_name_and_a_place(
    mapping: TableMapping, text: str | bytes, constraint: str, line: int, character: int
) -> None:
    found = broken(mapping, text, "turtle")
    assert (found.constraint, found.row) == (constraint, line)
    assert f"vanaf regel {line}, teken {character}. " in found.message.nl
    assert f"from line {line}, character {character}. " in found.message.en


@pytest.mark.parametrize(
    ("text", "kind", "constraint", "line"),
    [
        (f'{A} {A} "b"', "ntriples", "statement-without-end", 1),
        (f'{A} {A} "b"\n{A} {A} "c" .', "nquads", "statement-without-end", 2),
        (f'{A} ex:b "c" .', "nquads", "unexpected-part", 1),
        (f'{A} {{ {A} {A} "b" .', "trig", "cut-off-file", 1),
        (f"{RDF}\n<a></rdf:RDF>", "rdfxml", "broken-xml", 2),
        (f"{RDF}&nbsp;</rdf:RDF>", "rdfxml", "broken-xml", 1),
        (f"{RDF}\n", "rdfxml", "cut-off-file", 2),
        (f"{RDF}<ex:a/></rdf:RDF>", "rdfxml", "undeclared-prefix", None),
        (f'{RDF}<rdf:Description rdf:about="a"/></rdf:RDF>', "rdfxml", "malformed-address", None),
        (f'{RDF}<rdf:Description rdf:ID="1 2"/></rdf:RDF>', "rdfxml", "no-linked-data-value", None),
        (f"{RDF}hallo</rdf:RDF>", "rdfxml", "no-linked-data-value", None),
        ('{"@id": 5, "https://voorbeeld.example/b": "c"}', "jsonld", "no-linked-data-value", None),
        ('{"@context": {},\n "a":}', "jsonld", "broken-json", 2),
        ('{"@id": "x"', "jsonld", "broken-json", 1),
        ("[" * 100_000, "jsonld", "deep-json", None),
        (
            '{"@id":\n"https://voorbeeld.example/a", "b": NaN}',
            "jsonld",
            "not-a-json-value",
            None,
        ),
        ('{"@id": "\\ud800"}', "jsonld", "unexpected-part", None),
        (b'{"@id": "\xff"}', "jsonld", "not-utf-8", None),
    ],
)
def test_a_fault_in_another_format_has_a_name(
    mapping: TableMapping, text: str | bytes, kind: Format, constraint: str, line: int | None
) -> None:
    found = broken(mapping, text, kind)
    assert (found.constraint, found.row) == (constraint, line)
    assert ("regel" in found.message.nl) == (line is not None)


def test_a_fault_says_what_to_do_and_ends_with_the_words_of_the_parser(
    mapping: TableMapping,
) -> None:
    found = broken(mapping, f'{A} ex:b "c" .', "turtle")
    assert found.message.nl == (
        'Het bestand is niet te lezen vanaf regel 1, teken 31. De afkorting "ex" wordt gebruikt, '
        "maar er staat nergens waar zij voor staat. Technische melding: The prefix ex: has not been "
        "declared."
    )
    assert found.message.en.startswith("The file cannot be read from line 1, character 31. ")
    assert "@prefix" in found.fix.nl
    assert "at the top" in found.fix.en
    end = broken(mapping, f'{A} {A} "b"\n{A} {A} "c" .', "turtle")
    assert "op de regel erboven" in end.fix.nl


def test_a_fault_that_has_no_name_is_told_with_its_place(
    mapping: TableMapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("werkzaam.ingest.statement_faults._KINDS", ())
    found = broken(mapping, f'{A} ex:b "c" .', "turtle")
    assert found.constraint == "broken-statements"
    assert found.message.en.startswith("The file cannot be read from line 1, character 31. ")


def test_the_report_names_the_file(all_content: Content) -> None:
    report = judge(all_content, b"", Upload(f"{A} x".encode(), "a.ttl", "projects")).report
    assert report.file.name == "a.ttl"
    assert report.counts["violation"] == 1


def test_every_kind_has_words() -> None:
    from werkzaam.ingest.statement_faults import _KINDS

    assert {name for name, _ in _KINDS} <= set(faults())
