"""The YAML header of a query file, checked against its JSON Schema, with the line of every fault."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from werkzaam.errors import ContentError

_MARK = "#+"
# libyaml itself has no bound on nesting; a text of this length cannot exhaust the stack
_MOST_CHARACTERS = 10_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def header_validator() -> Draft202012Validator:
    """The validator for `JSON Schema 2020-12 <https://json-schema.org/draft/2020-12>`_."""
    source = resources.files("werkzaam.catalogue") / "header.schema.json"
    return Draft202012Validator(json.loads(source.read_text("utf-8")))


def read_header(path: str, text: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """The header of ``text`` as data, and the line (from 1) of each key by its path.

    Raises ContentError with file and line for the first fault: no header, not YAML, not as the
    schema says.
    """
    source = _header_lines(path, text)
    if len(source) > _MOST_CHARACTERS:
        raise ContentError(
            path,
            1,
            "The header has more than {most} characters. Shorten it.",
            most=_MOST_CHARACTERS,
        )
    try:
        data, root = _read_once(source)
        lines = dict(_lines((), root))
        faults = [
            _schema_fault(path, fault, lines) for fault in header_validator().iter_errors(data)
        ]
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise ContentError(
            path,
            mark.line + 1 if mark else 1,
            "The header is not YAML: {reason}. Compare it with another file in queries/.",
            reason=getattr(fault, "problem", None) or str(fault),
        ) from None
    except RecursionError:
        raise ContentError(path, 1, "The header is nested too deep. Write it flatter.") from None
    if faults:
        raise max(faults, key=lambda fault: fault.line or 0)
    return data, lines


def _read_once(source: str) -> tuple[Any, yaml.Node | None]:
    """What the YAML says, and where: reading it twice would take a start a tenth of a second."""
    loader = _LOADER(source)
    try:
        root = loader.get_single_node()
        return (None if root is None else loader.construct_document(root)), root
    finally:
        loader.dispose()


def _header_lines(path: str, text: str) -> str:
    lines = []
    for line in text.splitlines():
        if not line.startswith(_MARK):
            break
        lines.append(line[len(_MARK) :].removeprefix(" "))
    if not lines:
        raise ContentError(
            path,
            1,
            "The file has no header. Begin it with lines that start with '#+': title, question, "
            "description, tags, since, shows, parameters and columns.",
        )
    return "\n".join(lines) + "\n"


def _lines(path: tuple[str, ...], node: yaml.Node | None) -> Iterator[tuple[tuple[str, ...], int]]:
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*path, str(key.value))
            yield from _lines(place, value)
            yield place, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _lines((*path, str(number)), item)


def _schema_fault(
    path: str, fault: ValidationError, lines: Mapping[tuple[str, ...], int]
) -> ContentError:
    place = tuple(str(part) for part in fault.absolute_path) + _stray_key(fault)
    return ContentError(
        path,
        _nearest(place, lines),
        "The header is wrong at {place}: {reason}. {remedy}",
        place=".".join(place) or "the top",
        reason=fault.message,
        remedy=_remedy(fault),
    )


def _stray_key(fault: ValidationError) -> tuple[str, ...]:
    """The first key that the schema does not know, when that is the fault."""
    if fault.validator != "additionalProperties":
        return ()
    schema: Any = fault.schema
    given: Any = fault.instance
    return tuple(str(key) for key in given if key not in schema["properties"])[:1]


def _nearest(place: Sequence[str], lines: Mapping[tuple[str, ...], int]) -> int:
    for length in range(len(place), -1, -1):
        if tuple(place[:length]) in lines:
            return lines[tuple(place[:length])]
    return 1


def _remedy(fault: ValidationError) -> str:
    expected: Any = fault.validator_value
    schema: Any = fault.schema
    if fault.validator == "required":
        return f"Add what is missing; required here: {', '.join(expected)}."
    if fault.validator == "additionalProperties":
        return (
            f"Take it out or mend its name; known here: {', '.join(schema.get('properties', {}))}."
        )
    if fault.validator == "enum":
        return f"Choose one of: {', '.join(map(str, expected))}."
    if fault.validator == "pattern":
        return f"It must match {expected}."
    return "See catalogue/header.schema.json."
