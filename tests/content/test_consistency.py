"""HermiT on the content: it does not contradict itself, and where it would, that is found."""

import pytest

from werkzaam.curation.reasoner_process import reason_confined
from werkzaam.domain.content import Content, ContentFile
from werkzaam.reasoning.hermit import find_java

GOALS = "graph_data/concepts/goals.ttl"
pytestmark = pytest.mark.skipif(find_java() is None, reason="there is no Java on this machine")


def test_the_content_is_consistent_and_no_class_is_empty(content: Content) -> None:
    reasoning = reason_confined(content)
    assert reasoning.findings == ()
    assert "HermiT: consistent, no empty class" in reasoning.words


@pytest.mark.slow
def test_a_thing_of_two_disjoint_classes_is_found(content: Content) -> None:
    """In our own model and one list of concepts: HermiT runs once for each halving of all things."""
    sound = {file.path: file.data for file in content.files}
    text = sound[GOALS].decode().replace("mdt:Goal ;", "mdt:Goal, mdt:WorkingElement ;", 1)
    model = (
        ContentFile(path, data) for path, data in sound.items() if path.startswith("ontology/")
    )
    [finding] = reason_confined(Content((*model, ContentFile(GOALS, text.encode())))).findings
    assert (finding.path, finding.check) == (GOALS, "inconsistent")
    lines = text.split("\n")
    broken = next(n for n, line in enumerate(lines, 1) if "mdt:WorkingElement" in line)
    assert finding.line in (broken - 1, broken)
