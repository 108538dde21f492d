"""A curator's day: break something, be told where and how to mend it; tidy up and see what changed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ELEMENTS = "graph_data/concepts/working-elements.ttl"
QUERY = "queries/evidence/assessment-per-working-element.rq"


def change(folder: Path, path: str, old: str, new: str) -> int:
    """Replace the first ``old`` by ``new`` and give the line (from 1) where it stood."""
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.fixture
def concepts(root: Path, tmp_path: Path) -> Path:
    """A content folder with the concepts alone."""
    shutil.copytree(root / "graph_data" / "concepts", tmp_path / "content/graph_data/concepts")
    return tmp_path / "content"


def test_the_content_of_the_checkout_is_sound(werkzaam: Callable[..., Any], root: Path) -> None:
    outcome = werkzaam("check", str(root))
    assert (outcome.code, outcome.out) == (0, b""), outcome.out.decode()
    assert "0 findings" in outcome.err


FAULTS = [
    (QUERY, "#+ shows: table", "#+ shows: tabel", "Choose one of: table"),
    (ELEMENTS, "mdt:position", "mdt:positon", "mdt:position"),
]


def without_english(folder: Path) -> int:
    """Take the English label of an element away and give the line (from 1) where it begins."""
    file = folder / ELEMENTS
    lines = file.read_text("utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if '"Reciprocity"@en' in line)
    lines[place] = lines[place].replace('"Reciprocity"@en', '"Reciprocity"@de')
    file.write_text("".join(lines), "utf-8")
    return max(n for n in range(place) if lines[n].startswith("element:")) + 1


def test_planted_faults_are_each_named_with_file_line_and_remedy(
    werkzaam: Callable[..., Any], content_part: Path
) -> None:
    expected = [(ELEMENTS, without_english(content_part), "English")]
    for path, old, new, words in FAULTS:
        expected.append((path, change(content_part, path, old, new), words))
    outcome = werkzaam("check", str(content_part))
    found = outcome.out.decode()
    assert outcome.code == 1
    for path, line, words in expected:
        assert f"{path}:{line}: " in found, (path, line, found)
        assert words in found, found


def test_fmt_changes_the_form_and_nothing_else(
    werkzaam: Callable[..., Any], concepts: Path
) -> None:
    file = concepts / ELEMENTS
    before = file.read_bytes()
    file.write_bytes(before.replace(b" ;\n", b"  ;\n\n"))
    checked = werkzaam("fmt", "--check", str(concepts))
    assert checked.code == 1
    assert ELEMENTS in checked.out.decode()
    assert file.read_bytes() != before
    assert werkzaam("fmt", str(concepts)).code == 0
    assert file.read_bytes() == before
    again = werkzaam("fmt", "--check", str(concepts))
    assert (again.code, again.out) == (0, b"")


def test_fmt_leaves_a_broken_file_as_it_is_and_does_the_rest(
    werkzaam: Callable[..., Any], concepts: Path
) -> None:
    elements, goals = concepts / ELEMENTS, concepts / "graph_data/concepts/goals.ttl"
    sound = goals.read_bytes()
    elements.write_bytes(elements.read_bytes() + b"element:x a .\n")
    goals.write_bytes(sound + b"\n\n")
    broken = elements.read_bytes()
    outcome = werkzaam("fmt", str(concepts))
    assert outcome.code == 1
    assert f"{ELEMENTS}:{broken.count(bytes([10]))}" in outcome.out.decode()
    assert elements.read_bytes() == broken
    assert goals.read_bytes() == sound


def test_a_folder_without_content_is_not_found_sound(
    werkzaam: Callable[..., Any], content_copy: Path
) -> None:
    outcome = werkzaam("check", str(content_copy / "ontology"))
    assert outcome.code == 2
    assert "nothing to check" in outcome.err


def test_fmt_passes_over_what_is_no_file(werkzaam: Callable[..., Any], concepts: Path) -> None:
    os.mkfifo(concepts / "graph_data" / "pipe.ttl")
    (concepts / "graph_data" / "folder.ttl").mkdir()
    assert werkzaam("fmt", "--check", str(concepts)).code == 0


def test_a_net_of_blank_nodes_is_refused_in_time(
    werkzaam: Callable[..., Any], content_part: Path
) -> None:
    nodes = range(14)
    net = "".join(f"_:b{a} <http://x/p> _:b{b} .\n" for a in nodes for b in nodes if a != b)
    (content_part / "ontology" / "net.ttl").write_text(net)
    for command in (["fmt", "--check"], ["check"]):
        outcome = werkzaam(*command, str(content_part))
        assert outcome.code == 1
        assert "ontology/net.ttl" in outcome.out.decode()
        assert "14 blank nodes" in outcome.out.decode()


def test_no_such_folder(werkzaam: Callable[..., Any]) -> None:
    for command in ("check", "fmt"):
        outcome = werkzaam(command, "/nowhere")
        assert outcome.code == 2
        assert "/nowhere" in outcome.err
        assert "Traceback" not in outcome.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written(werkzaam: Callable[..., Any], concepts: Path) -> None:
    file = concepts / ELEMENTS
    file.write_bytes(file.read_bytes() + b"\n\n")
    file.parent.chmod(0o555)
    outcome = werkzaam("fmt", str(concepts))
    file.parent.chmod(0o755)
    assert outcome.code == 1
    assert ELEMENTS in outcome.out.decode()
