"""``/v1/submissions`` and ``/v1/tasks`` as OpenAPI describes them."""

from collections.abc import Sequence

from werkzaam.api.openapi_responses import Json, json_of, path_key, problems, query_key, success
from werkzaam.api.report_answers import KEPT_FORMS, REPORT_FORMS
from werkzaam.domain.queries import LANGUAGES
from werkzaam.ingest.formats import RESENT

SECURITY_SCHEMES: Json = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "Een token van de beheerder: `werkzaam token create --role submitter`.",
    }
}
TAGS = [
    {"name": "submissions", "description": "Projectgegevens aanleveren, nakijken en intrekken"},
]
_WITH_TOKEN: list[Json] = [{"bearer": []}]
_NO_TOKEN = {"401": "Er is geen geldig token meegestuurd"}
_ANOTHERS = {"403": "De aanlevering is van een ander"}
_UNKNOWN = {"404": "Er is geen aanlevering met dit nummer"}
_WRONG_KEY = {"400": "Een parameter is onbekend of onbruikbaar"}
_BUSY = {"503": "De dienst is bezet of kan niet schrijven; er is niets vastgelegd"}
_LANG = query_key("lang", "Taal", {"type": "string", "enum": list(LANGUAGES)})
_BOM = query_key("bom", "CSV met een byte order mark", {"type": "boolean"})
_FORMAT = query_key(
    "format",
    "Vorm van het rapport bij nakijken, in plaats van Accept: json; csv of xlsx met de bevindingen; "
    "marked: uw bestand als werkmap (XLSX) met opmerkingen in de cellen; refused: wat is afgekeurd "
    "terwijl het andere is vastgelegd, van een tabel als werkmap, van JSON en linked data als een "
    "bestand van dezelfde soort; ttl: het rapport van SHACL, alleen bij nakijken",
    {"type": "string", "enum": list(REPORT_FORMS)},
)
_KEPT_FORMAT = {**_FORMAT, "schema": {"type": "string", "enum": list(KEPT_FORMS)}}
_FILE = {"schema": {"type": "string"}}
_FILES = {
    kind: _FILE
    for kind in (*REPORT_FORMS.values(), *(kind for _, kind in RESENT.values()))
    if kind != REPORT_FORMS["json"]
}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "respond-async: antwoord meteen met een taak",
    "schema": {"type": "string", "examples": ["respond-async"]},
}
_TASK_ID = path_key("taskId", "Naam van de taak", {"type": "string"})
_ID = path_key("submissionId", "Nummer van de aanlevering", {"type": "string"})


def submission_paths(mappings: Sequence[str]) -> Json:
    """The addresses under ``/submissions`` and ``/tasks``; ``mappings`` names those there are."""
    one = "/submissions/{submissionId}"
    return {
        "/submissions": {"get": _list(), "post": _submit(mappings)},
        one: {"get": _show(), "delete": _withdraw()},
        f"{one}/report": {"get": _report()},
        f"{one}/original": {"get": _original()},
        "/tasks/{taskId}": {"get": _show_task(), "delete": _cancel_task()},
    }


def _submit(mappings: Sequence[str]) -> Json:
    refused = "Het formulier is onvolledig, of het bestand is onleesbaar of afgekeurd: zie report"
    return {
        "operationId": "submit",
        "tags": ["submissions"],
        "summary": "Een bestand nakijken of vastleggen",
        "description": "Nakijken mag zonder token; er is dan weinig plaats tegelijk. Vastleggen gebeurt "
        "alleen als alles klopt.",
        "security": [{}, *_WITH_TOKEN],
        "parameters": [_PREFER, _LANG, _FORMAT, _BOM],
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _form(mappings)}},
        },
        "responses": {
            "200": success(
                "Nagekeken, en er is niets bewaard; of deze aanlevering stond er al, en er is niets "
                "veranderd (met Location en Content-Location)",
                {**json_of("CheckedOrStanding"), **_FILES},
            ),
            "201": success("Vastgelegd", json_of("RecordedSubmission"), "Location"),
            "202": success("Begonnen", json_of("Task"), "Location", "Preference-Applied"),
            **problems({"400": refused}, "Refusal"),
            **problems(
                {
                    **_NO_TOKEN,
                    "404": "Er is geen mapping met deze naam",
                    "406": "Het rapport is er niet in een vorm die Accept noemt",
                    "413": "Het bestand is te groot, ook om er opmerkingen in te zetten",
                    "415": "Dit is geen formulier met een bestand dat gelezen kan worden",
                    **_BUSY,
                }
            ),
        },
    }


def _form(mappings: Sequence[str]) -> Json:
    fields = {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "Eén bestand: Excel (.xlsx), OpenDocument (.ods), CSV of JSON",
        },
        "mapping": {
            "type": "string",
            **({"enum": list(mappings)} if mappings else {}),
            "description": "Soort tabel",
        },
        "mode": {
            "type": "string",
            "enum": ["preview", "commit"],
            "description": "preview: alleen nakijken; commit: ook vastleggen",
        },
        "accept": {
            "type": "string",
            "enum": ["all", "validRows"],
            "default": "all",
            "description": "validRows: leg vast wat klopt, ook als andere rijen zijn afgekeurd",
        },
    }
    required = [name for name in fields if name != "accept"]
    return {"type": "object", "required": required, "properties": fields}


def _cancel_task() -> Json:
    return {
        "operationId": "cancel-task",
        "tags": ["submissions"],
        "summary": "Een taak opgeven",
        "description": "Wat nog niet is vastgelegd, wordt niet vastgelegd. Een taak die al klaar was, "
        "blijft zoals zij was.",
        "parameters": [_TASK_ID, _LANG],
        "responses": {
            "202": success("De taak; cancelled zodra zij is gestopt", json_of("Task")),
            **problems({**_WRONG_KEY, "404": "Er is geen taak met deze naam, of niet meer"}),
        },
    }


def _show_task() -> Json:
    return {
        "operationId": "show-task",
        "tags": ["submissions"],
        "summary": "Hoe ver een taak is, en wat ervan kwam",
        "description": "done: met report (nagekeken) of result (vastgelegd); failed: met problem. Wie "
        "de naam kent, mag de taak zien. Zij blijft een uur, en niet over een herstart heen.",
        "parameters": [_TASK_ID, _LANG],
        "responses": {
            "200": success("De taak", json_of("Task")),
            **problems({**_WRONG_KEY, "404": "Er is geen taak met deze naam, of niet meer"}),
        },
    }


def _list() -> Json:
    return {
        "operationId": "list-submissions",
        "tags": ["submissions"],
        "summary": "Uw aanleveringen; een curator ziet ze allemaal",
        "security": _WITH_TOKEN,
        "parameters": [_LANG],
        "responses": {
            "200": success("De aanleveringen", json_of("SubmissionList")),
            **problems({**_WRONG_KEY, **_NO_TOKEN}),
        },
    }


def _show() -> Json:
    return _about_one("show-submission", "Eén aanlevering met haar rapport") | {
        "responses": {
            "200": success("De aanlevering", json_of("SubmissionWithReport")),
            **_refusals_of_one(),
        }
    }


def _report() -> Json:
    one = _about_one(
        "show-report", "Het rapport over een aanlevering, of haar bestand met opmerkingen"
    )
    return one | {
        "parameters": [_ID, _LANG, _KEPT_FORMAT, _BOM],
        "responses": {
            "200": success("Het rapport", {**json_of("ReportOrRefused"), **_FILES}),
            **_refusals_of_one(),
            **problems(
                {
                    "406": "Het rapport is er niet in een vorm die Accept noemt",
                    "413": "De opmerkingen passen niet in het bestand",
                    **_BUSY,
                }
            ),
        },
    }


def _original() -> Json:
    file = {"application/octet-stream": _FILE}
    return _about_one("download-original", "Het bestand zoals het binnenkwam") | {
        "responses": {
            "200": success("Het bestand", file, "Content-Disposition"),
            **_refusals_of_one(),
        }
    }


def _withdraw() -> Json:
    return _about_one("withdraw-submission", "Een aanlevering intrekken") | {
        "description": "Wat zij verving, geldt weer. Nog eens intrekken verandert niets. Zouden andere "
        "gegevens daardoor niet meer kloppen, dan wordt er niets ingetrokken: records noemt de eerste "
        "20, en detail de aanleveringen die u eerst intrekt.",
        "responses": {
            "200": success("Ingetrokken", json_of("WithdrawnSubmission")),
            **_refusals_of_one(),
            **problems({"409": "Andere gegevens bouwen hierop voort"}, "Obstruction"),
            **problems(_BUSY),
        },
    }


def _about_one(operation: str, summary: str) -> Json:
    return {
        "operationId": operation,
        "tags": ["submissions"],
        "summary": summary,
        "security": _WITH_TOKEN,
        "parameters": [_ID, _LANG],
    }


def _refusals_of_one() -> Json:
    return problems({**_WRONG_KEY, **_NO_TOKEN, **_ANOTHERS, **_UNKNOWN})
