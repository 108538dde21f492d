"""The shapes of what goes in and out by ``/v1/submissions`` and ``/v1/mappings``, as JSON Schema."""

from typing import get_args

from werkzaam.api.openapi_responses import Json
from werkzaam.api.task_memory import TaskStatus
from werkzaam.domain.changes import SubmissionState
from werkzaam.ingest.report import SEVERITIES

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_TEXT_OR_NOTHING: Json = {"type": ["string", "null"]}
_SHA256: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _ref(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _all_of(properties: Json) -> Json:
    """An object that has every one of ``properties``."""
    return {"type": "object", "required": list(properties), "properties": properties}


_FINDING: Json = {
    "constraint": _TEXT,
    "severity": {"type": "string", "enum": list(SEVERITIES)},
    "category": _TEXT,
    "sheet": _TEXT_OR_NOTHING,
    "row": {"type": ["integer", "null"], "description": "Zoals een spreadsheet telt: de kop is 1"},
    "column": {"type": ["string", "null"], "description": "Letters van de kolom"},
    "columnTitle": _TEXT_OR_NOTHING,
    "value": _TEXT_OR_NOTHING,
    "message": _ref("Words"),
    "fix": _ref("Words"),
}
_POINTER: Json = {"type": "string", "description": "Plaats in JSON (RFC 6901); alleen daar"}
_REPORT: Json = {
    "conforms": {"type": ["boolean", "null"], "description": "null: er kon niets worden nagegaan"},
    "validated": _FLAG,
    "file": _all_of(
        {
            "name": _TEXT,
            "sha256": _SHA256,
            "encoding": _TEXT_OR_NOTHING,
            "format": _TEXT_OR_NOTHING,
        }
    ),
    "mapping": _ref("AppliedMapping"),
    "facts": {
        "type": "object",
        "description": "Wat er is gelezen, in aantallen; disappear: de kolommen waarvan waarden die nu "
        "zijn vastgelegd zouden verdwijnen, en bij hoeveel gegevens",
        "properties": {"disappear": _list(_ref("Disappearing"))},
    },
    "counts": _all_of(dict.fromkeys(SEVERITIES, _NUMBER)),
    "findings": _list(_ref("Finding")),
}
_SUBMISSION: Json = {
    "id": _TEXT,
    "url": {"type": "string", "format": "uri"},
    "state": {"type": "string", "enum": list(get_args(SubmissionState))},
    "time": {"type": "string", "format": "date-time"},
    "agent": _TEXT,
    "fileName": _TEXT,
    "sha256": _SHA256,
    "mapping": _ref("AppliedMapping"),
    "records": _list({"type": "string", "format": "uri"}),
}
_TASK: Json = {
    "id": _TEXT,
    "status": {"type": "string", "enum": list(get_args(TaskStatus))},
}
_OUTCOME: Json = {
    "progress": {
        "type": "object",
        "required": ["part", "records"],
        "properties": {"part": {"enum": ["reading", "checking"]}, "records": _NUMBER},
        "description": "Hoe ver de taak is",
    },
    "report": _ref("Report"),
    "result": {"type": "string", "format": "uri", "description": "De vastgelegde aanlevering"},
    "version": _NUMBER,
    "new": _FLAG,
    "problem": _ref("Refusal"),
}
_COLUMN: Json = {
    "name": _TEXT,
    "title": _TEXT,
    "titles": _list(_TEXT),
    "required": _FLAG,
    "datatype": _TEXT,
    "separator": _TEXT_OR_NOTHING,
}
_MAPPING: Json = {
    "name": _TEXT,
    "version": _TEXT,
    "title": _TEXT,
    "columns": _list(_ref("MappingColumn")),
    "template": {"type": "string", "format": "uri"},
    "workbook": {"type": "string", "format": "uri"},
    "records": {"type": "string", "format": "uri"},
}

SCHEMAS: Json = {
    "Words": _all_of({"nl": _TEXT, "en": _TEXT}),
    "Disappearing": _all_of({"name": _TEXT, "title": _ref("Words"), "records": _NUMBER}),
    "AppliedMapping": _all_of({"name": _TEXT, "version": _TEXT}),
    "Finding": {**_all_of(_FINDING), "properties": {**_FINDING, "path": _POINTER}},
    "Report": _all_of(_REPORT),
    "Submission": _all_of(_SUBMISSION),
    "SubmissionList": _all_of({"submissions": _list(_ref("Submission"))}),
    "SubmissionWithReport": _all_of({**_SUBMISSION, "report": _ref("Report")}),
    "RecordedSubmission": _all_of(
        {**_SUBMISSION, "version": _NUMBER, "new": _FLAG, "report": _ref("Report")}
    ),
    "CheckedOrStanding": {"anyOf": [_ref("ReportOrRefused"), _ref("RecordedSubmission")]},
    "ReportOrRefused": {"anyOf": [_ref("Report"), _ref("RefusedPart")]},
    "RefusedPart": {
        "anyOf": [_ref("RefusedObject"), _ref("RefusedList")],
        "description": "Bij format=refused van een bestand in JSON: wat is afgekeurd, zoals het kwam",
    },
    "RefusedObject": {"type": "object", "not": {"required": ["validated"]}},
    "RefusedList": {"type": "array"},
    "Task": {**_all_of(_TASK), "properties": {**_TASK, **_OUTCOME}},
    "WithdrawnSubmission": _all_of({**_SUBMISSION, "version": _NUMBER}),
    "MappingColumn": _all_of(_COLUMN),
    "Mapping": _all_of(_MAPPING),
    "MappingList": _all_of({"mappings": _list(_ref("Mapping"))}),
}
