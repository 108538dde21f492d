"""What a page is also there as."""

from dataclasses import replace

from tests.unit.web import small_answers as a
from tests.unit.web.small_changes import WHOLE_DATASET
from tests.unit.web.test_resource_templates import EDGES, FORMATS, GRAPH, ONTOLOGY
from tests.unit.web.test_templates import QUESTION

from werkzaam.web.contexts import AboutPage
from werkzaam.web.page_alternates import own_alternates


def test_the_other_formats_are_asked_as_the_page_was() -> None:
    found = {one.media_type: one.href for one in own_alternates(QUESTION)}
    assert found == {"application/json": "/json", "text/csv": "/csv?x=1&y=2"}
    assert [one.href for one in own_alternates(a.PERMALINK)] == ["/json"]
    for document in (EDGES, GRAPH, ONTOLOGY):
        assert [one.href for one in own_alternates(document)] == [one.href for one in FORMATS]


def test_without_an_answer_there_is_no_other_form() -> None:
    assert own_alternates(replace(QUESTION, answer=None)) == []
    assert own_alternates(AboutPage([], [], [], "/map", WHOLE_DATASET)) == []
