"""``werkzaam ingest``: what a file says is never obeyed by the terminal."""

import argparse
import json
from pathlib import Path

import pytest

from werkzaam.domain.characters import UNSAFE
from werkzaam.domain.content import Content
from werkzaam.errors import BadRequest
from werkzaam.ingest_command import ingest


def options(file: Path, form: str = "text") -> argparse.Namespace:
    return argparse.Namespace(file=file, mapping="projects", preview=True, demo=False, format=form)


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
