"""The query behind an answer, as a reader gets to see it."""

from werkzaam.web.question_page import readable_query


def test_neither_the_header_nor_what_was_not_given_is_shown() -> None:
    asked = "#+ title: x\n#+ tags: [y]\nSELECT ?a\n\nWHERE {\n  \n  ?a ?b ?c # c\n}\n"
    assert readable_query(asked) == "SELECT ?a\n\nWHERE {\n  ?a ?b ?c # c\n}\n"
