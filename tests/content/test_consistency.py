"""HermiT on the content: it does not contradict itself, and where it would, that is found."""

from pathlib import Path

import pytest

from werkzaam.content import read_content
from werkzaam.curation.reasoner_process import reason_confined
from werkzaam.domain.content import Content
from werkzaam.reasoning.hermit import find_java

pytestmark = pytest.mark.skipif(find_java() is None, reason="there is no Java on this machine")


def test_the_content_is_consistent_and_no_class_is_empty(content: Content) -> None:
    reasoning = reason_confined(content)
    assert reasoning.findings == ()
    assert "HermiT: consistent, no empty class" in reasoning.words


@pytest.mark.slow
def test_a_thing_of_two_disjoint_classes_is_found(content_part: Path) -> None:
    goals = content_part / "graph_data" / "concepts" / "goals.ttl"
    text = goals.read_text("utf-8")
    goals.write_text(text.replace("mdt:Goal ;", "mdt:Goal, mdt:WorkingElement ;", 1), "utf-8")
    [finding] = reason_confined(read_content(content_part)).findings
    assert (finding.path, finding.check) == ("graph_data/concepts/goals.ttl", "inconsistent")
    lines = goals.read_text("utf-8").split("\n")
    broken = next(n for n, line in enumerate(lines, 1) if "mdt:WorkingElement" in line)
    assert finding.line in (broken - 1, broken)
