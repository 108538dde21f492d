"""A modeller begins a document, fills in a first page, and sees what is there and what is missing."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NAME = "nieuw-rapport"
PASSAGE = f"""
passage:{NAME}-inleiding a mdt:Passage ;
    mdt:documentPart document-part:front-matter ;
    mdt:inDocument document:{NAME} ;
    mdt:page "3" ;
    mdt:pageStatus page-status:printed ;
    mdt:section "Inleiding"@nl .
"""
CLAIM = f"""
claim:{NAME}-houvast-helpt a mdt:Claim ;
    mdt:basis basis:none-stated ;
    mdt:gist "Houvast helpt."@nl, "Guidance helps."@en ;
    mdt:hedge "kan"@nl ;
    mdt:object goal:welbevinden ;
    mdt:passage passage:{NAME}-inleiding ;
    mdt:polarity polarity:asserted ;
    mdt:relation relation:contributes-to ;
    mdt:reviewStatus review-status:drafted ;
    mdt:statedIn document:{NAME} ;
    mdt:subject element:houvast ;
    mdt:voice voice:author .
"""


@pytest.fixture
def document(werkzaam: Callable[..., Any], content_part: Path) -> Path:
    """A content folder with a new document, made with DIR after the options."""
    titles = ("--title", "Nieuw rapport", "--title-en", "New report")
    outcome = werkzaam("data", "new", NAME, *titles, str(content_part))
    assert outcome.code == 0, outcome.err
    written = outcome.out.decode().splitlines()
    assert all((content_part / path).is_file() for path in written)
    assert f"graph_data/{NAME}/claims.ttl" in written
    return content_part


def test_from_nothing_to_a_first_page(werkzaam: Callable[..., Any], document: Path) -> None:
    folder = document / "graph_data" / NAME
    # the copied content may have findings of its own: the new document adds none
    before = werkzaam("check", str(document)).out
    assert NAME.encode() not in before
    assert werkzaam("fmt", "--check", str(document)).code == 0
    [block] = re.findall(r"```turtle\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.S)
    (folder / "passages.ttl").write_text(block + PASSAGE, "utf-8")
    (folder / "claims.ttl").write_text(block + CLAIM, "utf-8")
    assert werkzaam("fmt", str(document)).code == 0
    assert werkzaam("check", str(document)).out == before
    outcome = werkzaam("data", "coverage", NAME, str(document))
    assert outcome.code == 0
    assert re.search(r"^  3 +Inleiding +1 Claim$", outcome.out.decode(), re.M)
    assert "1 statements; none lacks" in outcome.err


def test_a_statement_without_translation_ends_with_1(
    werkzaam: Callable[..., Any], document: Path
) -> None:
    claims = document / "graph_data" / NAME / "claims.ttl"
    block = re.findall(
        r"```turtle\n(.*?)```", claims.with_name("README.md").read_text("utf-8"), re.S
    )[0]
    claims.write_text(block + CLAIM.replace(', "Guidance helps."@en', ""), "utf-8")
    outcome = werkzaam("data", "coverage", NAME, "--format", "json", str(document))
    assert outcome.code == 1
    report = json.loads(outcome.out)
    assert not report["complete"]
    [gap] = report["withoutTranslation"]
    assert (gap["thing"], gap["language"]) == (f"claim/{NAME}-houvast-helpt", "en")
    # its passage is not described, so it stands nowhere in this document
    assert [row["thing"] for row in report["withoutPassage"]] == [gap["thing"]]
    assert f"{gap['file']}:{gap['line']}: claim/" in (
        werkzaam("data", "coverage", NAME, str(document)).out.decode()
    )


def test_making_it_twice_changes_nothing(werkzaam: Callable[..., Any], document: Path) -> None:
    before = {path: path.read_bytes() for path in document.rglob("*") if path.is_file()}
    outcome = werkzaam("data", "new", NAME, str(document))
    assert (outcome.code, outcome.out) == (1, b"")
    assert "Nothing was changed" in outcome.err
    assert {path: path.read_bytes() for path in document.rglob("*") if path.is_file()} == before


def test_the_service_runs_with_a_document_that_says_nothing_yet(
    start_service: Any, document: Path
) -> None:
    running = start_service(WERKZAAM_CONTENT_DIR=str(document))
    page = running.client.get("about", headers={"Accept-Language": "nl"})
    assert page.status_code == 200
    assert "Nieuw rapport" in page.text


def test_the_first_report_is_covered(werkzaam: Callable[..., Any], root: Path) -> None:
    outcome = werkzaam("data", "coverage", "ontmoetingen", "--format", "json", str(root))
    assert outcome.code == 0, outcome.out.decode()
    report = json.loads(outcome.out)
    assert {row["page"] for row in report["passages"]} >= {"8", "12", "26", "28"}
    assert sum(row["number"] for row in report["totals"] if row["class"] == "Claim") > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coverage", "onbekend"), "Choose from: gemeenten, integratie, ontmoetingen, pilot"),
        (("new", "Een Twee"), "een-twee"),
        (("new", "een", "--title", "Een"), "both languages"),
        (("new",), "DOCUMENT"),
        (("coverage", "ontmoetingen", "--format", "csv"), "invalid choice"),
    ],
)
def test_wrong_usage_ends_with_2(
    werkzaam: Callable[..., Any], content_part: Path, words: tuple[str, ...], said: str
) -> None:
    folder = [str(content_part)] if len(words) > 1 else []
    outcome = werkzaam("data", *words, *folder)
    assert (outcome.code, outcome.out) == (2, b"")
    assert said in outcome.err
    assert "Traceback" not in outcome.err
