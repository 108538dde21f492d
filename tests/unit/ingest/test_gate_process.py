"""The gate in its own process: the same verdict, and a clear word where there is none."""

from collections.abc import Callable
from typing import Any

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, NotFound, RequestTooLarge, UnsupportedMediaType
from werkzaam.ingest.gate_outcome import GateOutcome, Wish
from werkzaam.ingest.gate_process import Bounds, run_gate
from werkzaam.ingest.limits import MOST_BYTES

Judged = Callable[..., GateOutcome]


def test_the_verdict_is_that_of_the_gate(all_content: Content, sheet: Any, judged: Judged) -> None:
    for data in (sheet.data(), sheet.changed("doelen", "x").data(), b"\0"):
        assert run_gate(all_content, b"", data, "a.csv", "projects") == judged(data)


def test_examples_are_taken_in_unless_real_records_stand(all_content: Content, sheet: Any) -> None:
    data = sheet.changed("subsidieronde", "VOORBEELD").data()
    assert run_gate(all_content, b"", data, "a.csv", "projects", wish=Wish(True)).report.conforms
    assert run_gate(all_content, b"", data, "a.csv", "projects").report.conforms
    real = run_gate(all_content, b"", data, "a.csv", "projects", wish=Wish(False))
    assert real.report.conforms is False


@pytest.mark.parametrize("limits", [{"seconds": 0.05}, {"memory_bytes": 30 << 20}])
def test_an_upload_that_takes_too_much_is_no_verdict(
    all_content: Content, sheet: Any, limits: dict[str, Any]
) -> None:
    outcome = run_gate(all_content, b"", sheet.data(), "a.csv", "projects", bounds=Bounds(**limits))
    assert (outcome.report.validated, outcome.report.conforms) == (False, None)
    assert [finding.constraint for finding in outcome.report.findings] == ["not-validated"]
    assert not outcome.records


def test_an_answer_that_is_too_large_is_no_verdict_and_says_so(
    all_content: Content, sheet: Any
) -> None:
    outcome = run_gate(
        all_content, b"", sheet.data(), "a.csv", "projects", bounds=Bounds(reply_bytes=100)
    )
    [found] = outcome.report.findings
    assert (outcome.report.conforms, found.constraint) == (None, "not-validated")
    assert "holds too much" in found.message.en
    assert "te veel" in found.message.nl


def test_the_name_of_the_file_is_cleaned(all_content: Content) -> None:
    outcome = run_gate(all_content, b"", b"\0", "../../etc/a\u202e\x1bvsc.exe.csv", "projects")
    assert outcome.report.file.name == "avsc.exe.csv"


def test_refusals_before_anything_is_started(all_content: Content, sheet: Any) -> None:
    with pytest.raises(NotFound):
        run_gate(all_content, b"", sheet.data(), "a.csv", "other")
    with pytest.raises(RequestTooLarge):
        run_gate(all_content, b"", b"a" * (MOST_BYTES + 1), "a.csv", "projects")
    for data, name in ((b"PK\x03\x04", "a.csv"), (sheet.data(), "a.xlsx"), (b"%PDF-1.7", "a")):
        with pytest.raises(UnsupportedMediaType):
            run_gate(all_content, b"", data, name, "projects")


def test_a_fault_in_the_content_is_not_one_of_the_upload(all_content: Content, sheet: Any) -> None:
    content = Content((*all_content.files, ContentFile("shapes/zz.ttl", b"<urn:a> <urn:b>")))
    with pytest.raises(ContentError, match="not Turtle") as fault:
        run_gate(content, b"", sheet.data(), "a.csv", "projects")
    assert fault.value.path == "shapes/zz.ttl"
