"""A mapping that cannot be applied, or names what is not declared, is found before it is used."""

from pathlib import Path

import pytest

from werkzaam.curation.checks.mappings import mappings
from werkzaam.curation.content_check import check_content
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.findings import Finding

ROOT = Path(__file__).parents[3]
PATH = "graph_data/mappings/projects.json"
NAMED = ("code_lists", "concepts", "mappings")


@pytest.fixture(scope="module")
def mapping() -> str:
    return (ROOT / PATH).read_text("utf-8")


@pytest.fixture(scope="module")
def whole() -> Content:
    """All that mappings can name: nothing of what documents say."""
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for folder in ("ontology", *(f"graph_data/{name}" for name in NAMED))
            for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in (".ttl", ".json")
        )
    )


def changed(content: Content, text: str) -> Content:
    kept = (file for file in content.files if file.path != PATH)
    return Content((*kept, ContentFile(PATH, text.encode())))


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)


def about(found: list[Finding]) -> list[tuple[int, str]]:
    return [(one.line, one.check) for one in found if one.path == PATH]


def test_the_mappings_that_there_are_have_no_fault(whole: Content) -> None:
    assert mappings(whole) == []


def test_a_mapping_that_cannot_be_applied_is_told_at_its_line(whole: Content, mapping: str) -> None:
    wrong = mapping.replace('"required": true', '"requird": true', 1)
    [found] = mappings(changed(whole, wrong))
    assert (found.path, found.line) == (PATH, line_of(wrong, "requird"))
    assert "requird" in found.message


def test_terms_and_things_that_are_not_declared_are_told(whole: Content, mapping: str) -> None:
    wrong = mapping.replace("/def/aimsAtPillar", "/def/aimsAtPilar", 1)
    wrong = wrong.replace("/id/coding-state/addressed", "/id/coding-state/adressed", 1)
    wrong = wrong.replace("/dc/terms/title", "/dc/terms/tittle", 1)
    found = check_content(changed(whole, wrong))
    assert set(about(found)) == {
        (line_of(wrong, "aimsAtPilar"), "undeclared-term"),
        (line_of(wrong, "/adressed"), "unknown-thing"),
        (line_of(wrong, "tittle"), "undeclared-borrowed-term"),
    }
