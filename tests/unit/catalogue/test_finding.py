"""Questions are found by words in either language, by tag and by topic."""

from dataclasses import replace

import pytest

from werkzaam.catalogue import finding
from werkzaam.catalogue.finding import find_questions, holds, tags_of, topics_of
from werkzaam.domain.queries import Bilingual, CataloguedQuery
from werkzaam.errors import BadRequest

WORDS = Bilingual("Werkzaam element", "Working element")
ONE = CataloguedQuery(
    "a/one", WORDS, WORDS, WORDS, ("gaps", "both"), "table", "0.1.0", (), (), "", ""
)
TWO = replace(ONE, name="b/two", title=Bilingual("Bróndocument", "Source"), tags=("both",))


def test_all_words_in_either_language_and_without_accents() -> None:
    assert find_questions([ONE, TWO], "WORKING elem") == [ONE, TWO]
    assert find_questions([ONE, TWO], "brondocument") == [TWO]
    assert find_questions([ONE, TWO], "source gaps") == []
    assert find_questions([ONE, TWO], " ") == [ONE, TWO]


def test_every_tag_and_the_topic() -> None:
    assert find_questions([ONE, TWO], "", ["both"]) == [ONE, TWO]
    assert find_questions([ONE, TWO], "", ["both", "gaps"]) == [ONE]
    assert find_questions([ONE, TWO], "", (), "b") == [TWO]
    assert topics_of([ONE, TWO]) == {"a": 1, "b": 1}
    assert tags_of([ONE, TWO]) == {"both": 2, "gaps": 1}


def test_the_words_of_a_search_are_read_once_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def fold(text: str) -> str:
        read.append(text)
        return text

    monkeypatch.setattr(finding, "folded", fold)
    assert [holds(text, "bb aa") for text in ("aa bb", "aa", "bb")] == [True, False, False]
    assert read == ["bb aa", "aa bb", "aa", "bb"]
    with pytest.raises(BadRequest, match="at most 200"):
        holds("anything", "a" * 201)
    assert len(read) == 4
