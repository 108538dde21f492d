"""The answer to a question in HTTP: its format, and what stands in its headers."""

import json
from collections.abc import Mapping
from typing import Final

from starlette.responses import JSONResponse, Response

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import Limits, limits_of
from werkzaam.api.answer_permalink import permalink
from werkzaam.api.answer_rights import licence_of
from werkzaam.api.answer_wishes import FORMATS, Wishes
from werkzaam.api.answer_workbook import answer_workbook
from werkzaam.api.answers_json import answer_json
from werkzaam.api.demo_mark import DEMO_MARK, demo_file_name, demo_link, marked
from werkzaam.api.service import Service
from werkzaam.catalogue.query_text import prefixes
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import write_csv, write_turtle
from werkzaam.domain.queries import Language
from werkzaam.errors import NotFound
from werkzaam.linked_data.names import names_of

_RELATIONS: Final = {"permalink": "bookmark", "first": "first", "previous": "prev", "next": "next"}


def limits_in(service: Service, answered: Answered, wishes: Wishes) -> Limits:
    """The limits of ``answered`` with what this instance knows: projects, date and addresses."""
    return limits_of(
        answered,
        coverage=coverage_of(service.store, answered),
        date=date_of(service, answered.version.number),
        links=_links(service, answered, wishes),
    )


def date_of(service: Service, version: int) -> str | None:
    """When ``version`` was made, UTC; None where the journal does not know it."""
    try:
        return service.submissions.journal.change(version).time
    except NotFound:
        return None


def answer_response(
    service: Service, answered: Answered, wishes: Wishes, headers: Mapping[str, str]
) -> Response:
    """``answered`` as it is wished, with ``headers`` and those that tell its limits."""
    limits = limits_in(service, answered, wishes)
    said = {**headers, **_limit_headers(service, limits)}
    if wishes.media_type == FORMATS["json"]:
        names = _names(service, answered, wishes.language)
        body = answer_json(answered, wishes.language, service.links, limits, names)
        return JSONResponse(body, headers=said)
    if wishes.media_type == FORMATS["srj"]:
        link = demo_link(service.links) if answered.version.demo else ""
        return Response(results_json(answered, link), media_type=wishes.media_type, headers=said)
    file, kind = _file(service, limits, wishes)
    ending = next(name for name, media in FORMATS.items() if media == wishes.media_type)
    title = answered.query.name.replace("/", "-")
    name = demo_file_name(f"werkzaam-{title}.{ending}", answered.version.demo)
    said["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(file, media_type=kind, headers=said)


def _names(service: Service, answered: Answered, language: Language) -> dict[str, str]:
    """The names by IRI of the things in an answer that is a graph, which has no columns with labels."""
    if answered.query.form != "CONSTRUCT":
        return {}
    terms = (term for row in answered.table.rows for term in row.values())
    found = names_of(service.store, (term.value for term in terms if term.kind == "uri"))
    named = {iri: name.in_(language) for iri, name in found.items()}
    return {iri: text.value for iri, text in named.items() if text}


def _file(service: Service, limits: Limits, wishes: Wishes) -> tuple[bytes, str]:
    """The answer as a file, and the media type as a header has it."""
    answered = limits.answered
    if wishes.media_type == FORMATS["csv"]:
        mark = DEMO_MARK if service.demo_instance else ""
        body = write_csv(answered.table, byte_order_mark=wishes.byte_order_mark, mark=mark)
        return body, "text/csv; charset=utf-8; header=present"
    if wishes.media_type == FORMATS["ttl"]:
        turtle = write_turtle(answered.table, dict(prefixes(answered.query.text)))
        demo = answered.version.demo
        body = marked(turtle, FORMATS["ttl"], service.links) if demo else turtle
        return body, "text/turtle; charset=utf-8"
    book = answer_workbook(
        limits,
        service.catalogue,
        service.links,
        wishes.language,
        demo=answered.version.demo or service.demo_instance,
    )
    return book, wishes.media_type


def _limit_headers(service: Service, limits: Limits) -> dict[str, str]:
    """What a file cannot say in itself: version, rows, whether there are more, and where to go."""
    table, name = limits.answered.table, limits.answered.query.name
    links = [
        f'<{address}>; rel="{_RELATIONS[relation]}"'
        for relation, address in (limits.links or {}).items()
        if address
    ]
    described = service.links.url(f"/v1/queries/{name}/description")
    links.append(f'<{described}>; rel="describedby"')
    licence = licence_of(limits.answered.query)
    if licence:
        links.append(f'<{licence}>; rel="license"')
    return {
        "Werkzaam-Version": str(limits.answered.version.number),
        "Werkzaam-Rows": str(table.total),
        "Werkzaam-Truncated": "true" if table.truncated else "false",
        "Link": ", ".join(links),
    }


def _links(service: Service, answered: Answered, wishes: Wishes) -> dict[str, str | None]:
    """Where this answer is kept, and where the pages before and after it are, on the same version."""
    table = answered.table
    shown = len(table.rows)
    before = min(wishes.limit or table.after, table.after)

    def page(after: int, limit: int | None) -> str:
        asked = _part_keys(wishes.given, after=after, limit=limit)
        asked["version"] = str(answered.version.number)
        return service.links.question_answer(answered.query.name, **asked)

    parted = wishes.limit is not None or table.after > 0
    return {
        "permalink": permalink(service.links, answered, wishes.language),
        "first": page(0, wishes.limit) if parted else None,
        "previous": page(table.after - before, before) if table.after else None,
        "next": page(table.after + shown, wishes.limit) if table.truncated else None,
    }


def _part_keys(given: Mapping[str, str], *, after: int, limit: int | None) -> dict[str, str | None]:
    """The keys of an address, asking for another part of the answer."""
    return {
        **given,
        "after": str(after) if after else None,
        "limit": None if limit is None else str(limit),
    }


def results_json(answered: Answered, link: str = "") -> str:
    """The rows as `SPARQL results JSON <https://www.w3.org/TR/sparql11-results-json/>`_; a ``link`` stands
    in the head."""
    bindings = [
        {
            name: {
                "type": term.kind,
                "value": term.value,
                **({"datatype": term.datatype} if term.datatype else {}),
                **({"xml:lang": term.language} if term.language else {}),
            }
            for name, term in row.items()
        }
        for row in answered.table.rows
    ]
    head = {"vars": list(answered.table.columns), **({"link": [link]} if link else {})}
    return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False)
