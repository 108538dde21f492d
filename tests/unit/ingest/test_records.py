"""From rows to statements: addresses, values, codings, and the cell of each."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.domain.characters import is_visible
from werkzaam.ingest.cell_checks import text_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.reading import read_tables
from werkzaam.ingest.records import RecordMaker
from werkzaam.ingest.text_values import tidied
from werkzaam.ingest.values import Vocabulary
from werkzaam.ingest.words import folded, slug, with_plain_lines

Judged = Callable[..., GateOutcome]
ID = "https://w3id.org/mdt-kennisgraaf/id/"
DEF = "https://w3id.org/mdt-kennisgraaf/def/"
TITLE = "http://purl.org/dc/terms/title"


def statements(outcome: GateOutcome) -> set[tuple[str, str, str]]:
    quads = ox.parse(b"".join(outcome.records.values()), format=ox.RdfFormat.N_QUADS)
    return {
        (q.subject.value.removeprefix(ID), q.predicate.value.removeprefix(DEF), q.object.value)
        for q in quads
    }


def test_a_record_says_what_its_row_says(sound: GateOutcome) -> None:
    said = statements(sound)
    coding = "project/p-01/element/houvast"
    assert ("project/p-01", "inSubsidyRound", ID + "subsidy-round/5a") in said
    assert ("project/p-01", "startDate", "2022-09-01") in said
    assert ("project/p-01", "participantCount", "40") in said
    assert ("project/p-01", "aimsAtGoal", ID + "goal/welbevinden") in said
    assert ("project/p-01", "hasElementCoding", ID + coding) in said
    assert (coding, "codedElement", ID + "working-element/houvast") in said
    assert (coding, "codingState", ID + "coding-state/addressed") in said
    assert (coding, "codedBy", ID + "coder/self-declared") in said
    assert len({subject for subject, _, _ in said}) == 5


def test_a_record_owns_its_address_and_those_below(sound: GateOutcome) -> None:
    for iri, quads in sound.records.items():
        lines = quads.splitlines()
        assert lines == sorted(set(lines))
        for line in lines:
            assert line.startswith((f"<{iri}> ".encode(), f"<{iri}/".encode()))
            assert line.endswith(b" <https://w3id.org/mdt-kennisgraaf/graph/records> .")


def test_a_value_is_found_by_label_slug_and_address(sheet: Any, judged: Judged) -> None:
    found = {
        "houvast": ["houvast", "HOUVAST", " Houvast ", "Something to hold on to"],
        "spanningen-en-risicos": ["Spanningen en risico’s"],
    }
    found["houvast"].append(ID + "working-element/houvast")
    asked = [(words, element) for element, every in found.items() for words in every]
    table = sheet.with_rows(("werkzame elementen: wel", words) for words, _ in asked)
    said = statements(judged(table.data()))
    for number, (words, element) in enumerate(asked):
        coded = (
            f"project/q-{number}/element/{element}",
            "codingState",
            ID + "coding-state/addressed",
        )
        assert coded in said, words


def test_an_unknown_value_names_the_nearest(sheet: Any, judged: Judged) -> None:
    [finding] = judged(sheet.changed("doelen", "Welbevind").data()).report.findings
    assert "welbevinden" in finding.message.nl.casefold().partition("bedoelt u")[2]


def test_a_number_is_kept_in_one_form(sheet: Any, judged: Judged) -> None:
    forms = [("+5", "5"), ("007", "7"), ("-0", "0"), (" 40 ", "40")]
    table = sheet.with_rows(("deelnemers", text) for text, _ in forms)
    said = statements(judged(table.data()))
    for row, (text, number) in enumerate(forms):
        assert (f"project/q-{row}", "participantCount", number) in said, text


@pytest.mark.parametrize(
    ("demo", "real", "example"), [(False, True, False), (True, False, True), (None, True, True)]
)
def test_only_rounds_that_are_taken_in_here_are_offered(
    sheet: Any, judged: Judged, demo: bool | None, real: bool, example: bool
) -> None:
    wrong = sheet.changed("subsidieronde", "zz").changed("doelen", "zz")
    found = {f.column: f.fix.en for f in judged(wrong.data(), demo=demo).report.findings}
    assert (" 5a" in found["D"], "EXAMPLE" in found["D"]) == (real, example)
    assert "," in found["J"]


def test_a_dutch_date_is_refused_with_the_likely_one(sheet: Any, judged: Judged) -> None:
    [finding] = judged(sheet.changed("startdatum", "1-9-2022").data()).report.findings
    assert "2022-09-01" in finding.fix.nl


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("P 01", "p-01"),
        ("  MDT_2023/14.b ", "mdt-2023-14-b"),
        ("\uff30\uff11", "p1"),
        ("Café", "cafe"),
        ("\u0420 01", None),
        ("a\u200bb", None),
        ("P\n1", None),
        ("../../x", "x"),
        ("> <urn:x", None),
        ("---", None),
        ("", None),
    ],
)
def test_identifiers_become_addresses_or_are_refused(text: str, address: str | None) -> None:
    assert slug(text) == address


@given(st.text())
def test_an_address_is_safe_and_stays_the_same(text: str) -> None:
    made = slug(text)
    if made is not None:
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert slug(made) == made
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=200))
@settings(max_examples=300, deadline=2000)
def test_any_text_survives_but_for_spaces_that_nobody_sees(
    mapping: TableMapping, text: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["identificatie", "titel"], ["P 1", text]])
    [table] = read_tables(out.getvalue().encode(), "csv", mapping).tables
    assert table is not None
    maker = RecordMaker(mapping, table.columns.places, table.header, Vocabulary({}), demo=False)
    [record] = [maker.make(number, row) for number, row in table.records]
    titles = [str(q.object.value) for q in record.quads if q.predicate.value == TITLE]  # type: ignore[union-attr]
    assert titles == (
        []
        if text_faults(Cell(text=text)) or not is_visible(text)
        else [tidied(with_plain_lines(text))]
    )


def test_an_example_has_an_address_of_its_own_and_only_in_a_demo(
    sheet: Any, judged: Judged
) -> None:
    data = sheet.changed("subsidieronde", "VOORBEELD").data()
    assert list(judged(data, demo=True).records) == [ID + "voorbeeld/p-01"]
    assert list(judged(data, demo=None).records) == [ID + "voorbeeld/p-01"]
    assert [f.constraint for f in judged(data).report.findings] == ["example-record"]
    real = judged(sheet.data(), demo=True)
    assert [f.constraint for f in real.report.findings] == ["real-record-in-demo"]
    assert list(judged(sheet.data(), demo=None).records) == [ID + "project/p-01"]
