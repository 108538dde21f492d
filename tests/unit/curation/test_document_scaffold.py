"""A new document: its entry and its folder, or nothing at all; nothing is overwritten."""

import os
import re
from pathlib import Path

import pytest

from werkzaam.content import read_content
from werkzaam.curation import document_scaffold
from werkzaam.curation.check_process import check_confined
from werkzaam.curation.document_scaffold import DOCUMENTS, KINDS, Titles, add_document
from werkzaam.curation.turtle_format import canonical, format_folder
from werkzaam.errors import BadRequest, Conflict, ContentError, ContentNotWritten

TITLES = Titles('Een "titel" met \\ en é', "A title")


def everything(folder: Path) -> dict[str, bytes]:
    """Each file below ``folder``, and each folder with no bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_the_new_document_is_sound_before_anything_is_filled_in(content_part: Path) -> None:
    written = add_document(content_part, "nieuw-rapport", TITLES)
    assert written == [
        DOCUMENTS,
        "graph_data/nieuw-rapport/README.md",
        *(f"graph_data/nieuw-rapport/{kind}.ttl" for kind in KINDS),
    ]
    assert format_folder(content_part / "graph_data/nieuw-rapport", write=False) == []
    assert format_folder(content_part / "graph_data/bibliography", write=False) == []
    # and the form of all the rest
    assert check_confined(read_content(content_part)) == []
    entry = (content_part / DOCUMENTS).read_text("utf-8")
    assert "document:nieuw-rapport a mdt:Document" in entry
    assert '"Een \\"titel\\" met \\\\ en é"@nl' in entry


def test_only_the_bibliography_changes(content_copy: Path) -> None:
    before = everything(content_copy)
    add_document(content_copy, "nieuw-rapport", TITLES)
    after = everything(content_copy)
    assert {name for name in before if after[name] != before[name]} == {DOCUMENTS}
    assert all(name.startswith("graph_data/nieuw-rapport") for name in after.keys() - before.keys())
    _, *old = before[DOCUMENTS].decode().rstrip("\n").split("\n\n")
    assert len(old) > 1
    assert all(entry in after[DOCUMENTS].decode() for entry in old)


def test_the_readme_has_an_empty_table_and_prefixes_that_fit(content_part: Path) -> None:
    add_document(content_part, "nieuw-rapport", TITLES)
    readme = (content_part / "graph_data/nieuw-rapport/README.md").read_text("utf-8")
    assert readme.startswith("# " + TITLES.nl)
    assert "| pagina | kop | wat het oplevert | wat niets oplevert, en waarom |\n|---|" in readme
    assert "$" not in readme
    [block] = re.findall(r"```turtle\n(.*?)```", readme, re.DOTALL)
    file = content_part / "graph_data/nieuw-rapport/passages.ttl"
    passage = """
passage:nieuw-rapport-inleiding a mdt:Passage ;
    mdt:inDocument document:nieuw-rapport ;
    mdt:page "1" ;
    mdt:pageStatus page-status:printed ;
    mdt:section "Inleiding"@nl .
"""
    file.write_bytes(canonical((block + passage).encode(), "passages.ttl"))
    names = {prefix.partition(":")[0].split()[1] for prefix in block.splitlines()}
    assert {kind[:-1] for kind in KINDS} <= names
    # other prefixes than the content uses for the same namespace would be findings
    (content_part / "graph_data/nieuw-rapport/all.ttl").write_text(block, "utf-8")
    found = check_confined(read_content(content_part))
    assert [finding for finding in found if finding.check == "prefix"] == []
    assert [finding for finding in found if finding.path.endswith("passages.ttl")] == []


def test_without_titles_a_note_says_that_they_are_provisional(content_copy: Path) -> None:
    add_document(content_copy, "nieuw-rapport", None)
    entry = (content_copy / DOCUMENTS).read_text("utf-8")
    assert '"Nieuw rapport"@en,\n        "Nieuw rapport"@nl' in entry
    assert "The titles are provisional" in entry


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Één Rapport!", "een-rapport"),
        ("2023-cijfers", "cijfers"),
        ("een--twee", "een-twee"),
        ("-een", "een"),
        ("a" * 61, "at most 60"),
        ("een/../twee", "een-twee"),
        ("een\n", "een"),
        ("", "single hyphens"),
        ("concepts", "another use"),
        ("bibliography", "another use"),
        ("mappings", "another use"),
        ("examples", "another use"),
        ("across", "another use"),
    ],
)
def test_a_name_that_cannot_be_used(content_copy: Path, name: str, words: str) -> None:
    before = everything(content_copy)
    with pytest.raises(BadRequest, match=words):
        add_document(content_copy, name, TITLES)
    assert everything(content_copy) == before


def test_a_document_that_is_there_is_left_alone(content_copy: Path) -> None:
    before = everything(content_copy)
    with pytest.raises(Conflict, match="graph_data/ontmoetingen exists"):
        add_document(content_copy, "ontmoetingen", TITLES)
    assert everything(content_copy) == before


def test_an_entry_without_a_folder_is_left_alone(content_copy: Path) -> None:
    other = content_copy / "graph_data/bibliography/more.ttl"
    other.write_text(
        "<https://w3id.org/mdt-kennisgraaf/id/document/nieuw-rapport> "
        "a <https://w3id.org/mdt-kennisgraaf/def/Document> .\n"
    )
    before = everything(content_copy)
    with pytest.raises(Conflict, match=r"more\.ttl describes nieuw-rapport"):
        add_document(content_copy, "nieuw-rapport", TITLES)
    assert everything(content_copy) == before


@pytest.mark.parametrize("kind", ["file", "empty folder", "dead link"])
def test_whatever_stands_at_the_place_is_left_alone(content_copy: Path, kind: str) -> None:
    place = content_copy / "graph_data/nieuw-rapport"
    if kind == "file":
        place.write_text("mine")
    elif kind == "empty folder":
        place.mkdir()
    else:
        place.symlink_to("nowhere")
    with pytest.raises(Conflict, match="exists"):
        add_document(content_copy, "nieuw-rapport", TITLES)
    assert os.path.lexists(place)
    assert "nieuw-rapport" not in (content_copy / DOCUMENTS).read_text("utf-8")


@pytest.mark.parametrize("text", ["# a comment\n", "not turtle\n"])
def test_a_bibliography_at_fault_stops_it(content_copy: Path, text: str) -> None:
    (content_copy / DOCUMENTS).write_text(text)
    before = everything(content_copy)
    with pytest.raises(ContentError, match=DOCUMENTS):
        add_document(content_copy, "nieuw-rapport", TITLES)
    assert everything(content_copy) == before


def test_a_folder_without_bibliography(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"no graph_data/bibliography/documents\.ttl"):
        add_document(tmp_path, "nieuw-rapport", TITLES)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("step", ["rename", "replace_file", "write_bytes"])
def test_all_or_nothing(content_copy: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = everything(content_copy)
    monkeypatch.setattr(document_scaffold if step == "replace_file" else Path, step, full)
    with pytest.raises(ContentNotWritten, match="No space left on device"):
        add_document(content_copy, "nieuw-rapport", TITLES)
    assert everything(content_copy) == before


@pytest.mark.parametrize("given", [("Een", None), (None, "One"), ("  ", "One"), ("E\x07n", "One")])
def test_titles_come_in_both_languages(given: tuple[str | None, str | None]) -> None:
    with pytest.raises(BadRequest, match="both languages"):
        Titles.given(*given)


def test_titles_stand_on_one_line() -> None:
    assert Titles.given(" Een \n titel ", "A  title") == Titles("Een titel", "A title")
    assert Titles.given(None, None) is None
