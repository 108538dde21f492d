"""A workbook of ours opens in LibreOffice, and the numbers in it are numbers there too."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from werkzaam.api.answer_limits import limits_of
from werkzaam.api.answer_workbook import answer_workbook
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Catalogue

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NAME = "evidence/measurements"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELLS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.mark.slow
def test_it_opens_and_holds_numbers(catalogue: Catalogue, tmp_path: Path) -> None:
    if OFFICE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed; .ci/run installs it")
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    answered = catalogue.answer(catalogue.get(NAME), {}, language="en")
    links = Links("https://example.org")
    book = answer_workbook(limits_of(answered), catalogue, links, "en", demo=False)
    (tmp_path / "answer.xlsx").write_bytes(book)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [OFFICE, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*words, str(tmp_path / "answer.xlsx")], check=True, timeout=240)
    tree = ET.parse(tmp_path / "answer.fods")
    sheets = list(tree.iter(f"{TABLE}table"))
    assert [sheet.get(f"{TABLE}name") for sheet in sheets] == ["Answer", "About this answer"]
    numbers = [
        float(cell.get(f"{CELLS}value", "nan"))
        for cell in sheets[0].iter(f"{TABLE}table-cell")
        if cell.get(f"{CELLS}value-type") == "float"
    ]
    typed = {"integer", "decimal", "double"}
    wanted = [
        float(row[name].value)
        for row in answered.table.rows
        for name in answered.table.columns
        if name in row and (row[name].datatype or "").rpartition("#")[2] in typed
    ]
    assert len(wanted) > 50
    assert numbers == wanted
    # what is true or false it takes for a formula, whoever wrote the file
    formulas = {cell.get(f"{TABLE}formula") for cell in tree.iter()} - {None}
    assert formulas <= {"of:=TRUE()", "of:=FALSE()"}
