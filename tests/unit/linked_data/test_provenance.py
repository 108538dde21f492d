"""From a thing to the submission, the row and the columns it came from."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from werkzaam.curation.provenance import SUBMISSIONS, provenance_lines
from werkzaam.domain.changes import RecordOrigin, SubmissionOrigin, SubmittedColumn
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import GRAPHS, THINGS
from werkzaam.errors import NotFound
from werkzaam.linked_data.describe import describe
from werkzaam.linked_data.graph import graph_of
from werkzaam.linked_data.names import DCTERMS, MDT
from werkzaam.linked_data.provenance import Place, origin_of, submitted
from werkzaam.linked_data.things import find
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

PROJECT = THINGS + "project/p"
CODINGS = {"houvast": "addressed", "begrenzing": "not-mentioned"}
COLUMNS = (
    SubmittedColumn("A", "titel", "title"),
    SubmittedColumn("B", "werkzame elementen: wel", "addressed"),
    SubmittedColumn("D", "werkzame elementen: niet genoemd", "notMentioned"),
    SubmittedColumn("E", "codeur", "codedBy"),
)
CROWD = 250


def records() -> bytes:
    lines = [
        f'<{PROJECT}> <{DCTERMS}title> "Samen"@nl',
        f"<{PROJECT}> <{MDT}note> <{THINGS}coding-state/not-mentioned>",
        f'<{THINGS}project/typed> <{DCTERMS}title> "Getypt"@nl',
    ]
    for element, state in CODINGS.items():
        coding = f"{PROJECT}/element/{element}"
        lines += [
            f"<{PROJECT}> <{MDT}hasElementCoding> <{coding}>",
            f"<{coding}> <{MDT}codedElement> <{THINGS}working-element/{element}>",
            f"<{coding}> <{MDT}codingState> <{THINGS}coding-state/{state}>",
            f"<{coding}> <{MDT}codedBy> <{THINGS}coder/analyst>",
        ]
    lines += [
        f'<{BOOKED}> <{DCTERMS}title> "Samen koken"@nl',
        f"<{BOOKED}> <{MDT}hasElementCoding> <{BOOKED}/element/houvast>",
        f"<{BOOKED}/element/houvast> <{MDT}codedElement> <{THINGS}working-element/houvast>",
    ]
    lines += figured()
    lines += [f'<{THINGS}project/c-{n}> <{DCTERMS}title> "C {n}"@nl' for n in range(CROWD)]
    return "".join(f"{line} <{GRAPHS}records> .\n" for line in lines).encode()


BOOKED = THINGS + "project/booked"
SHEETS = ("Projecten", "Werkzame elementen")


def in_a_book() -> dict[str, Any]:
    """One project of a workbook, whose element stands in a row of a second sheet."""
    return {
        "sheets": SHEETS,
        "columns": (
            SubmittedColumn("A", "identificatie", "identifier", SHEETS[0]),
            SubmittedColumn("B", "titel", "title", SHEETS[0]),
            SubmittedColumn("B", "werkzaam element", "element", SHEETS[1]),
        ),
        "standing": (RecordOrigin(BOOKED, 3, SHEETS[0]),),
        "parts": (RecordOrigin(BOOKED + "/element/houvast", 5, SHEETS[1]),),
    }


FIGURED = THINGS + "project/figured"
KINDS = ("planned-not-split", "planned-mdt-basis", "reached-not-split", "reached-mdt-basis")
FIGURES = dict(zip(KINDS, "BCDE", strict=True))


def figured() -> Iterator[str]:
    """A project with four figures, two organisations and a value that is said to be absent."""
    for figure in FIGURES:
        stage, _, kind = figure.partition("-")
        about = f"<{FIGURED}/participants/{figure}>"
        yield f"<{FIGURED}> <{MDT}hasParticipantFigure> {about}"
        yield f"{about} <{MDT}participantStage> <{THINGS}participant-stage/{stage}>"
        yield f"{about} <{MDT}participantKind> <{THINGS}participant-kind/{kind}>"
        yield f'{about} <{MDT}participantNumber> "40"'
    for name, role in (("Alfa", "applicant"), ("Beta", "partner")):
        about = f"<{FIGURED}/organisation/{name.lower()}>"
        yield f"<{FIGURED}> <{MDT}hasInvolvement> {about}"
        yield f'{about} <{MDT}organisationNameAsStated> "{name}"'
        yield f"{about} <{MDT}involvementRole> <{THINGS}involvement-role/{role}>"
    yield f'<{FIGURED}/organisation/alfa> <{MDT}kvkNumber> "90004711"'
    about = f"<{FIGURED}/absence/granted>"
    yield f"<{FIGURED}> <{MDT}hasStatedAbsence> {about}"
    yield f"{about} <{MDT}absentProperty> <{MDT}grantedAmount>"
    yield f"{about} <{MDT}absenceKind> <{THINGS}absence-kind/not-applicable>"


def in_figures() -> dict[str, Any]:
    names = (
        "planned plannedBasis reached reachedBasis applicant applicantKvk partners grantedAmount"
    )
    both = zip("BCDEFGHI", names.split(), strict=True)
    columns = tuple(SubmittedColumn(letters, name, name) for letters, name in both)
    return {"columns": columns, "standing": (RecordOrigin(FIGURED, 2),)}


def in_json() -> tuple[RecordOrigin, ...]:
    return (RecordOrigin(THINGS + "project/tree", None, None, "/projects/0"),)


class Journalled:
    """A journal that holds three submissions: one file, one crowd, one that was withdrawn."""

    def origins(self, upto: int) -> tuple[SubmissionOrigin, ...]:
        crowd = tuple(RecordOrigin(f"{THINGS}project/c-{n}", n + 2) for n in range(CROWD))
        both = (RecordOrigin(PROJECT, 12), RecordOrigin(THINGS + "project/typed", None))
        time, sha256 = "2026-11-24T12:00:00.000001Z", "f" * 64
        one = SubmissionOrigin(
            *("one", 1, time, sha256, "utf-8", "projects", "1.0.0"), "in_force", 2, COLUMNS, both
        )
        title = COLUMNS[:1]
        return (
            one,
            replace(one, id="crowd", change=2, record_count=CROWD, columns=title, standing=crowd),
            replace(one, id="book", change=3, **in_a_book()),
            replace(one, id="figures", change=3, **in_figures()),
            replace(one, id="tree", change=3, columns=(), standing=in_json()),
            replace(one, id="gone", change=upto, state="withdrawn", columns=title, standing=()),
        )


@pytest.fixture(scope="module")
def traced(content: Content) -> Iterator[EmbeddedStore]:
    """A store with records and where they come from."""
    journal: Any = Journalled()
    lines = records() + provenance_lines(journal, content, 3)
    limits = StoreLimits(seconds=60, readers=1)
    opened = open_content(content, read_rules(content), limits, records=lines)
    yield opened
    opened.close()


def cells(store: EmbeddedStore, iri: str) -> set[tuple[str, str, str]]:
    """Property, value and letters, by their last parts."""
    origin = origin_of(store, iri)
    assert origin is not None
    return {
        (name.rpartition("/")[2], value.value.rpartition("/")[2], cell.column.letters)
        for (name, value), cell in origin.cells.items()
    }


def test_a_record_stands_in_a_row_and_each_value_in_a_column(traced: EmbeddedStore) -> None:
    origin = origin_of(traced, PROJECT)
    assert origin is not None
    assert (origin.submission, origin.place.number) == (SUBMISSIONS + "one", 12)
    assert (origin.place.row, origin.time[:4]) == (SUBMISSIONS + "one/row/12", "2026")
    assert cells(traced, PROJECT) == {
        ("title", "Samen", "A"),
        ("hasElementCoding", "houvast", "B"),
        ("hasElementCoding", "begrenzing", "D"),
    }


@pytest.mark.parametrize(("element", "letters"), [("houvast", "B"), ("begrenzing", "D")])
def test_a_coding_stands_in_the_column_of_its_state(
    traced: EmbeddedStore, element: str, letters: str
) -> None:
    coding = f"{PROJECT}/element/{element}"
    assert cells(traced, coding) == {
        ("codedElement", element, letters),
        ("codingState", CODINGS[element], letters),
        ("codedBy", "analyst", "E"),
    }


def test_what_came_from_no_table_has_no_row(traced: EmbeddedStore) -> None:
    origin = origin_of(traced, THINGS + "project/typed")
    assert origin is not None
    assert origin.place == Place()


@pytest.mark.parametrize("slug", ["working-element/houvast", "submission/one", "project/none"])
def test_other_things_came_with_no_submission(traced: EmbeddedStore, slug: str) -> None:
    assert origin_of(traced, THINGS + slug) is None


def test_what_was_submitted(traced: EmbeddedStore) -> None:
    contents = submitted(traced, SUBMISSIONS + "one")
    assert {(record.iri, record.place.number) for record in contents.records} == {
        (PROJECT, 12),
        (THINGS + "project/typed", None),
    }
    assert [read.column.letters for read in contents.columns] == ["A", "B", "D", "E"]
    title, addressed = contents.columns[:2]
    assert (title.properties, title.state) == ([DCTERMS + "title"], None)
    assert len(addressed.properties) == 3
    assert addressed.state == THINGS + "coding-state/addressed"
    assert submitted(traced, SUBMISSIONS + "gone").records == []


def test_a_crowd_is_cut_in_the_order_of_the_file(traced: EmbeddedStore) -> None:
    described = describe(traced, find(traced, ["submission/crowd"]))
    assert described.submitted is not None
    assert [record.place.number for record in described.submitted.records] == list(range(2, 202))
    assert len(described.facts["http://www.w3.org/ns/prov#generated"]) == CROWD
    assert described.names[SUBMISSIONS + "crowd"].own


@pytest.mark.parametrize(
    "slug",
    ["submission/one", "submission/gone", "submission/one/row/12", "submission/one/column/B"],
)
def test_what_only_provenance_describes_is_here(traced: EmbeddedStore, slug: str) -> None:
    described = describe(traced, find(traced, [slug]))
    assert described.facts
    assert described.names[THINGS + slug].own
    assert (described.submitted is not None) == (slug.count("/") == 1)


def test_a_row_says_which_record_came_from_it(traced: EmbeddedStore) -> None:
    (pointing,) = describe(traced, find(traced, ["submission/one/row/12"])).pointing
    assert pointing.subjects == (PROJECT,)


def test_a_submission_that_is_not_here_has_suggestions(traced: EmbeddedStore) -> None:
    with pytest.raises(NotFound, match="one"):
        find(traced, ["submission/onee"])


def test_the_graph_of_a_record_has_its_row_and_columns(traced: EmbeddedStore) -> None:
    for iri in (PROJECT, f"{PROJECT}/element/houvast"):
        body = graph_of(traced, iri, "application/n-triples").decode()
        assert f"<{SUBMISSIONS}one/row/12> <{MDT}rowNumber>" in body
        assert f"<{SUBMISSIONS}one/column/B> <{MDT}columnTitle>" in body
        assert f"<{PROJECT}> <http://www.w3.org/ns/prov#wasDerivedFrom>" in body
        assert f"<{SUBMISSIONS}one> <http://www.w3.org/ns/prov#endedAtTime>" in body
        assert f"{THINGS}project/typed" not in body
        assert SUBMISSIONS + "crowd" not in body
    plain = graph_of(traced, THINGS + "working-element/houvast", "application/n-triples").decode()
    assert SUBMISSIONS not in plain


def test_in_a_workbook_each_thing_stands_on_its_own_sheet(traced: EmbeddedStore) -> None:
    project = origin_of(traced, BOOKED)
    element = origin_of(traced, BOOKED + "/element/houvast")
    assert project is not None
    assert element is not None
    address = SUBMISSIONS + "book"
    assert project.place == Place(f"{address}/sheet-1/row/3", 3, SHEETS[0])
    assert element.place == Place(f"{address}/sheet-2/row/5", 5, SHEETS[1])
    assert {
        name.rpartition("/")[2]: (cell.column.iri, cell.place)
        for (name, _), cell in project.cells.items()
    } == {
        "title": (f"{address}/sheet-1/column/B", project.place),
        "hasElementCoding": (f"{address}/sheet-2/column/B", element.place),
    }
    assert {cell.column.iri for cell in element.cells.values()} == {f"{address}/sheet-2/column/B"}


def test_a_figure_stands_in_the_column_that_means_all_it_says(traced: EmbeddedStore) -> None:
    for figure, letters in FIGURES.items():
        assert {cell for _, _, cell in cells(traced, f"{FIGURED}/participants/{figure}")} == {
            letters
        }
    assert cells(traced, FIGURED) == {
        *(("hasParticipantFigure", figure, letters) for figure, letters in FIGURES.items()),
        ("hasInvolvement", "alfa", "G"),
        ("hasInvolvement", "beta", "H"),
        ("hasStatedAbsence", "granted", "I"),
    }


def test_a_name_stands_in_the_column_of_its_role_and_an_absence_in_that_of_the_value(
    traced: EmbeddedStore,
) -> None:
    assert cells(traced, FIGURED + "/organisation/alfa") == {
        ("organisationNameAsStated", "Alfa", "F"),
        ("kvkNumber", "90004711", "G"),
        ("involvementRole", "applicant", "G"),
    }
    assert cells(traced, FIGURED + "/organisation/beta") == {
        ("organisationNameAsStated", "Beta", "H"),
        ("involvementRole", "partner", "H"),
    }
    # why there is no value stands in the column of the value
    assert cells(traced, FIGURED + "/absence/granted") == {
        ("absentProperty", "grantedAmount", "I"),
        ("absenceKind", "not-applicable", "I"),
    }


def test_a_record_of_json_stands_at_its_path(traced: EmbeddedStore) -> None:
    [record] = submitted(traced, SUBMISSIONS + "tree").records
    assert record.place == Place(SUBMISSIONS + "tree/part/projects-0", path="/projects/0")
