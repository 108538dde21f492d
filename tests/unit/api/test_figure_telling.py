"""Values in words: never firmer than the source, and missing is not zero."""

import pytest

from werkzaam.api.figure_telling import Telling
from werkzaam.domain.answers import Term
from werkzaam.domain.queries import Language
from werkzaam.linked_data.figures import Told
from werkzaam.linked_data.names import MDT, Name
from werkzaam.linked_data.statements import Node

UNITS = "https://w3id.org/mdt-kennisgraaf/id/unit/"
NAMES = {
    UNITS + "percent": Name([Term("literal", "procent", None, "nl"), Term("literal", "percent", None, "en")]),
    UNITS + "project": Name([Term("literal", "project", None, "nl"), Term("literal", "project", None, "en")]),
}  # fmt: skip
TOLD = Told({}, {}, NAMES, {}, {})


def figure(language: Language, **facts: str) -> str:
    kinds = {"unit": "uri"}
    terms = {MDT + name: [Term(kinds.get(name, "literal"), value)] for name, value in facts.items()}  # type: ignore[arg-type]
    return Telling(TOLD, language).figure(Node("https://example.org/x", terms))


@pytest.mark.parametrize(
    ("facts", "dutch", "english"),
    [
        ({"value": "86", "unit": UNITS + "percent"}, "86 procent", "86 percent"),
        ({"value": "1327", "unit": UNITS + "project"}, "1.327 (project)", "1,327 (project)"),
        ({"value": "20", "denominator": "71", "approximate": "true"}, "circa 20 van 71", "about 20 of 71"),
        ({"value": "0"}, "0", "0"),
        ({"value": "2.5"}, "2,5", "2.5"),
        ({"minimum": "25", "maximum": "30", "unit": UNITS + "percent"}, "25 tot 30 procent", "25 to 30 percent"),
        ({"value": "3", "unit": UNITS + "not-known"}, "3 (eenheid niet bekend)", "3 (unit not known)"),
        ({"valueMissing": "true", "unit": UNITS + "percent"}, "de waarde staat niet in onze tekst", "the value is not in our text"),
    ],
)  # fmt: skip
def test_a_value_is_said_with_what_belongs_to_it(
    facts: dict[str, str], dutch: str, english: str
) -> None:
    assert figure("nl", **facts) == dutch
    assert figure("en", **facts) == english
