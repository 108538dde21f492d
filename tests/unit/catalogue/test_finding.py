"""Questions are found by words in either language, by tag and by topic."""

from dataclasses import replace

from werkzaam.catalogue.finding import find_questions, tags_of, topics_of
from werkzaam.domain.queries import Bilingual, CataloguedQuery

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
