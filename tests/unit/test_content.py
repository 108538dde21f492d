"""Content as bytes, and the graph that each file belongs to."""

from pathlib import Path

import pytest

from werkzaam.content import read_content
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import graph_of_file
from werkzaam.errors import SettingsError


@pytest.mark.parametrize(
    ("path", "graph"),
    [
        ("ontology/mdt.ttl", "ontology"),
        ("ontology/stubs/skos.ttl", "ontology"),
        ("graph_data/concepts/goals.ttl", "concepts"),
        ("graph_data/code_lists/voice.ttl", "concepts"),
        ("graph_data/bibliography/documents.ttl", "bibliography"),
        ("graph_data/ontmoetingen/claims.ttl", "knowledge/ontmoetingen"),
        ("graph_data/across/tensions.ttl", "knowledge/across"),
        ("graph_data/examples/projects.ttl", None),
        ("graph_data/mappings/projects.ttl", None),
        ("graph_data/stray.ttl", None),
        ("shapes/goal.ttl", None),
        ("ontology/rules/a.rq", None),
    ],
)
def test_the_folder_decides_the_graph(path: str, graph: str | None) -> None:
    expected = None if graph is None else f"https://w3id.org/mdt-kennisgraaf/graph/{graph}"
    assert graph_of_file(path) == expected


def test_reading_is_in_order_and_leaves_the_rest_out(tmp_path: Path) -> None:
    for name in ("shapes/b.ttl", "shapes/a.ttl", "shapes/.hidden.ttl", "shapes/note.md", "x/c.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# x")
    assert [file.path for file in read_content(tmp_path).files] == ["shapes/a.ttl", "shapes/b.ttl"]


def test_an_empty_folder_is_empty_content_and_none_is_an_error(tmp_path: Path) -> None:
    assert read_content(tmp_path).files == ()
    with pytest.raises(SettingsError, match="WERKZAAM_CONTENT_DIR"):
        read_content(tmp_path / "nowhere")


def test_the_digest_sees_names_and_bytes() -> None:
    one = Content((ContentFile("a", b"bc"),))
    assert one.digest == Content((ContentFile("a", b"bc"),)).digest
    assert one.digest != Content((ContentFile("ab", b"c"),)).digest
    assert one.digest != Content((ContentFile("a", b"bd"),)).digest
