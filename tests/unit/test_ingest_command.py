"""``werkzaam ingest``: what a file says is never obeyed by the terminal."""

import argparse
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from werkzaam.domain.characters import UNSAFE
from werkzaam.domain.content import Content
from werkzaam.errors import BadRequest, NotFound, WerkzaamError
from werkzaam.ingest_command import _tell, ingest, write_export, write_template

BAD = "identificatie,titel,subsidieronde,doelen\nP 1,Samen,5a,Xyzzy\n"


def options(file: Path, form: str = "text", **more: Any) -> argparse.Namespace:
    given = {"mapping": "projects", "preview": True, "demo": False, "lang": "nl"}
    files = {"report": None, "marked": None, "refused": None, "accept": "all"}
    return argparse.Namespace(**{"file": file, "format": form, **given, **files, **more})


@pytest.mark.parametrize("form", ["text", "json"])
def test_escape_sequences_are_written_out(
    content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    file = tmp_path / "a\x1b[31m\u202e.csv"
    cells = ["P 1", "Samen\x1b[31m", "6\nA9: info: in orde", "2\x9b"]
    row = ",".join(f'"{cell}"' for cell in cells)
    file.write_text(f"identificatie,titel,subsidieronde,deelnemers,x\x1b\n{row}\n", "utf-8")
    assert ingest(options(file, form), tmp_path / "data", content) == 1
    written = capsys.readouterr()
    assert not UNSAFE.search(written.out + written.err)
    assert not any(line.startswith("A9:") for line in written.out.splitlines())
    if form == "json":
        assert json.loads(written.out)["file"]["name"] == "a[31m.csv"
    else:
        assert r"6\nA9: info: in orde" in written.out
        assert "a[31m.csv: " in written.err


def test_the_name_of_a_file_that_is_not_there_is_written_out(
    content: Content, tmp_path: Path
) -> None:
    with pytest.raises(BadRequest) as refused:
        ingest(options(tmp_path / "a\x1b.csv"), tmp_path / "data", content)
    assert r"a\x1b.csv cannot be read" in str(refused.value)


def test_a_check_tells_what_the_file_is_about_and_writes_what_is_asked(
    content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report, marked = (tmp_path / name for name in ("p.csv", "r.xlsx", "m.xlsx"))
    file.write_text(BAD)
    asked = options(file, report=report, marked=marked, lang="en")
    assert ingest(asked, tmp_path / "data", content) == 1
    out = capsys.readouterr().out
    assert out.startswith("p.csv: 1 project. Is that what you expected?\n")
    assert 'D2: Fault: "Xyzzy" is not in the list' in out
    assert openpyxl.load_workbook(report).sheetnames == ["Findings"]
    assert openpyxl.load_workbook(marked)["p"]["D2"].comment.text.startswith("Fault: ")
    for name, beginning in (("r.csv", "bestand,blad,"), ("r.json", "{\n")):
        ingest(options(file, report=tmp_path / name), tmp_path / "data", content)
        assert (tmp_path / name).read_text().startswith(beginning)


def test_a_file_that_cannot_be_read_gets_a_report_and_no_remarks(
    content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report, marked = (tmp_path / name for name in ("p.csv", "r.csv", "m.xlsx"))
    file.write_bytes(b"a\0b")
    assert ingest(options(file, report=report, marked=marked), tmp_path / "data", content) == 1
    assert "no remarks" in capsys.readouterr().err
    assert (report.exists(), marked.exists()) == (True, False)


def test_a_file_to_write_has_an_ending_that_is_known(content: Content, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(BAD)
    wrong: list[dict[str, Any]] = [{"report": tmp_path / "r.pdf"}, {"marked": tmp_path / "m.csv"}]
    for more in wrong:
        with pytest.raises(BadRequest, match="its name must end in"):
            ingest(options(file, **more), tmp_path / "data", content)
    nowhere = options(file, report=tmp_path / "no" / "r.csv")
    with pytest.raises(WerkzaamError, match="cannot be written: No such file"):
        ingest(nowhere, tmp_path / "data", content)


def test_a_template_is_written(content: Content, tmp_path: Path) -> None:
    def write(name: str, mapping: str = "projects", **more: Any) -> Path:
        given = {"mapping": mapping, "output": tmp_path / name, "lang": "nl", "demo": False}
        assert write_template(argparse.Namespace(**{**given, **more}), content) == 0
        return tmp_path / name

    assert write("t.csv").read_text("utf-8-sig").startswith("identificatie,titel,")
    book = openpyxl.load_workbook(write("t.xlsx", lang="en"))
    assert book.worksheets[0]["A1"].value == "identifier"
    with pytest.raises(NotFound):
        write("t.xlsx", "nothing")
    with pytest.raises(BadRequest):
        write("t.ods")


def test_a_finding_in_a_sheet_or_in_json_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    words = {"nl": "m", "en": "m"}
    one = {"severity": "info", "message": words, "fix": words, "value": None, "constraint": "c"}
    findings = [
        {**one, "sheet": "Projecten", "column": "B", "row": 3},
        {**one, "sheet": "Projecten", "column": None, "row": None},
        {**one, "sheet": None, "column": None, "row": None, "path": "/0/titel"},
    ]
    file = {"name": "p.xlsx", "format": None}
    told = {"file": file, "facts": {}, "counts": {}, "findings": findings}
    _tell(told, b"", options(Path("p")))
    places = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()[::2]]
    assert places == ["Projecten!B3", "Projecten", "/0/titel"]


ROWS = (
    "identificatie,titel,subsidieronde,samenvatting\n"
    "P 1,Samen op pad,5a,Jongeren en nieuwkomers wandelen elke week samen door de stad.\n"
    "P 2,Samen koken,55a,Jongeren en nieuwkomers koken elke maand samen in het buurthuis.\n"
)


def test_valid_rows_are_recorded_if_asked_and_the_others_come_back_to_be_mended(
    content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, refused, folder = tmp_path / "p.csv", tmp_path / "r.xlsx", tmp_path / "data"
    file.write_text(ROWS)
    assert ingest(options(file, preview=False), folder, content) == 1
    asked = options(file, preview=False, accept="validRows", refused=refused)
    assert ingest(asked, folder, content) == 0
    assert ": 1 record.\n" in capsys.readouterr().err
    book = openpyxl.load_workbook(refused)
    sheet = book["p"]
    assert [[cell.value for cell in row][:2] for row in sheet.rows] == [
        ["identificatie", "titel"],
        ["P 2", "Samen koken"],
    ]
    assert sheet["C2"].comment is not None
    sheet["C2"] = "5a"
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    assert ingest(options(mended, preview=False), folder, content) == 0
    out = tmp_path / "out.json"
    assert write_export(export(out), folder, content) == 0
    found = json.loads(out.read_text())["projects"]
    assert [one["identifier"] for one in found] == ["P 1", "P 2"]


def export(output: Path) -> argparse.Namespace:
    return argparse.Namespace(mapping="projects", output=output, lang="en", demo=False)


def test_refused_objects_come_back_as_they_were(content: Content, tmp_path: Path) -> None:
    file, refused = tmp_path / "p.json", tmp_path / "r.json"
    good = '{"identifier": "P 1", "title": "Samen op pad", "round": "5a"}'
    bad = good.replace("P 1", "P 2").replace("5a", "55a")
    file.write_text(f"[{good},\n {bad}]")
    wrong = options(file, accept="validRows", refused=tmp_path / "r.xlsx")
    with pytest.raises(BadRequest, match=r"its name must end in \.json"):
        ingest(wrong, tmp_path / "data", content)
    assert (
        ingest(options(file, accept="validRows", refused=refused), tmp_path / "data", content) == 1
    )
    assert refused.read_text() == f"[{bad}]"


def test_what_was_exported_is_what_stands(content: Content, tmp_path: Path) -> None:
    file, folder, out = tmp_path / "p.csv", tmp_path / "data", tmp_path / "out.xlsx"
    file.write_text(ROWS.replace("55a", "5a"))
    assert ingest(options(file, preview=False), folder, content) == 0
    assert write_export(export(out), folder, content) == 0
    report = tmp_path / "r.json"
    assert ingest(options(out, report=report), folder, content) == 0
    facts = json.loads(report.read_text())["facts"]
    assert (facts["rows"], facts["unchanged"]) == (2, 2)
    with pytest.raises(BadRequest, match="must end in"):
        write_export(export(tmp_path / "out.csv"), folder, content)
