"""The content of this repository has no fault."""

from pathlib import Path

from werkzaam.curation.check_process import check_confined
from werkzaam.domain.content import Content, ContentFile

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("ontology", "graph_data", "shapes", "queries")


def test_the_content_has_no_finding() -> None:
    paths = sorted(path for name in _FOLDERS for path in (_ROOT / name).rglob("*"))
    files = tuple(
        ContentFile(path.relative_to(_ROOT).as_posix(), path.read_bytes())
        for path in paths
        if path.is_file()
    )
    assert {file.path.partition("/")[0] for file in files} == set(_FOLDERS)
    findings = check_confined(Content(files))
    assert not findings, "\n".join(map(str, findings))
