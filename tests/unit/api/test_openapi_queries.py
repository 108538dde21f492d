"""What a parameter can be given, and how a body says it, in OpenAPI."""

from typing import Any

import pytest

from werkzaam.api.openapi_posted import asked_body
from werkzaam.api.openapi_queries import value_schema
from werkzaam.api.openapi_responses import query_key, whole_schema
from werkzaam.catalogue.parameters import Choice
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import Bilingual, Parameter, ParameterType

LABEL = Bilingual("Doel", "Goal")
CLASS = "https://w3id.org/mdt-kennisgraaf/def/Goal"


def choices(number: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"{THINGS}goal/g{i}", LABEL) for i in range(number))


def test_choices_are_given_by_their_end_or_in_full() -> None:
    schema = value_schema(Parameter("goal", "iri", LABEL, choices_class=CLASS), choices(2))
    assert schema["enum"] == ["g0", "g1", f"{THINGS}goal/g0", f"{THINGS}goal/g1"]
    assert schema["examples"] == ["g0", "g1"]


def test_of_very_many_choices_the_first_are_examples() -> None:
    schema = value_schema(Parameter("goal", "iri", LABEL, choices_class=CLASS), choices(201))
    assert "enum" not in schema
    assert schema["examples"] == [f"g{i}" for i in range(200)]


def test_where_there_is_nothing_to_choose_only_nothing_is_taken() -> None:
    schema = value_schema(Parameter("goal", "iri", LABEL, choices_class=CLASS), ())
    assert schema["maxLength"] == 0


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("iri", {"type": "string", "format": "uri", "maxLength": 1000}),
        ("string", {"type": "string", "maxLength": 1000}),
        ("date", {"type": "string", "format": "date"}),
        ("integer", {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1}),
    ],
)
def test_other_values_are_bounded(kind: ParameterType, told: dict[str, Any]) -> None:
    assert value_schema(Parameter("thing", kind, LABEL), ()) == told


def test_a_choice_that_may_be_left_open_may_be_empty() -> None:
    goal = {**query_key("goal", "Doel", {"type": "string"}), "allowEmptyValue": True}
    form, written = (one["schema"] for one in asked_body([goal], {})["content"].values())
    empty = {"type": "string", "maxLength": 0}
    assert form["properties"]["goal"] == {"anyOf": [{"type": "string"}, empty]}
    assert empty in written["properties"]["goal"]["anyOf"]


def test_in_json_a_number_may_be_text_and_null_says_nothing() -> None:
    limit = query_key("limit", "Rijen", whole_schema(1))
    goal = {**query_key("goal", "Doel", {"type": "string"}), "required": True}
    reference = {"$ref": "#/components/schemas/GoalChoice"}
    body = asked_body([goal, limit], {"goal": reference})
    form, written = (one["schema"] for one in body["content"].values())
    assert body["required"]
    assert form["required"] == written["required"] == ["goal"]
    assert form["properties"] == {"goal": reference, "limit": whole_schema(1)}
    assert written["properties"]["goal"] == reference
    assert written["properties"]["limit"]["anyOf"] == [
        whole_schema(1),
        {"type": "string", "pattern": "^[1-9][0-9]{0,4}$"},
        {"type": "null"},
    ]
    assert form["additionalProperties"] is written["additionalProperties"] is False
