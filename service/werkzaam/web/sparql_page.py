"""``/sparql`` for a browser: a box for a query and what it gave."""

import json
from threading import Event

from starlette.requests import Request

from werkzaam.api.problems import STATUS, message_in
from werkzaam.api.service import Service
from werkzaam.api.sparql_answers import caller_of
from werkzaam.api.sparql_protocol import ProtocolQuery
from werkzaam.catalogue.tables import part_of, read_results
from werkzaam.domain.queries import Language
from werkzaam.errors import QuerySyntaxError, WerkzaamError
from werkzaam.store.interface import Question
from werkzaam.store.query_policy import read_query
from werkzaam.web.answer_tables import plain_table
from werkzaam.web.contexts import SparqlPage
from werkzaam.web.forms import hidden_fields
from werkzaam.web.languages import languages_of
from werkzaam.web.pieces import QuestionLink, Results
from werkzaam.web.question_page import readable_query
from werkzaam.web.snippets import query_snippets
from werkzaam.web.wording import say, say_number

_MOST_ROWS = 500
_MOST_BYTES = 2 << 20
_RESULTS = "application/sparql-results+json"
_TURTLE = "text/turtle"
_START = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>

SELECT ?element ?label
WHERE {
  ?element a mdt:WorkingElement ;
    skos:prefLabel ?label .
  FILTER(LANG(?label) = "@language@")
}
ORDER BY ?label
LIMIT 100
"""


def sparql_page(
    service: Service, request: Request, query: ProtocolQuery | None, gone: Event | None = None
) -> tuple[SparqlPage, int]:
    """The page with the answer to ``query`` (none when it is empty), and its HTTP status. Once
    ``gone`` is set nobody waits for it."""
    text = query.text if query else ""
    languages = languages_of(request)
    language = languages.interface
    results: Results | None = None
    error, place, status = "", "", 200
    media_type = _RESULTS
    if query and text.strip():
        try:
            media_type = _media_type(service, text)
            asked = _question(service, query, media_type, caller_of(request.scope))
            body = service.store.ask(asked, query.seconds, gone).body
            results = _results(service, body, media_type, language)
        except WerkzaamError as fault:
            status = STATUS[type(fault)]
            if status == 500:
                raise
            error, place = message_in(fault, language), _place(fault, language)
    endpoint = service.links.url("/sparql")
    page = SparqlPage(
        action=service.links.path("/sparql"),
        query=text or _START.replace("@language@", languages.content),
        examples=_examples(service, language),
        endpoint=endpoint,
        hidden=hidden_fields(request, languages),
        results=results,
        error=error,
        place=place,
        snippets=query_snippets(endpoint, text, media_type) if results else (),
    )
    return page, status


def _media_type(service: Service, text: str) -> str:
    form = read_query(text, service.service_hosts).form
    return _RESULTS if form in ("SELECT", "ASK") else _TURTLE


def _question(service: Service, query: ProtocolQuery, media_type: str, caller: str) -> Question:
    return Question(
        query.text,
        media_type,
        query.default_graphs,
        query.named_graphs,
        base=service.links.url("/sparql"),
        any_graph=service.updates is not None,
        most_rows=_MOST_ROWS + 1,
        most_bytes=_MOST_BYTES,
        caller=caller,
    )


def _results(service: Service, body: bytes, media_type: str, language: Language) -> Results:
    if media_type == _TURTLE:
        return Results(text=body.decode())
    boolean = json.loads(body).get("boolean")
    if boolean is not None:
        return Results(boolean=bool(boolean))
    table = part_of(read_results(body), _MOST_ROWS, 0)
    count = say_number("{number} row", "{number} rows", len(table.rows), language)
    return Results(plain_table(table, service.links), count=count, more=table.truncated)


def _place(fault: WerkzaamError, language: Language) -> str:
    if isinstance(fault, QuerySyntaxError) and fault.line is not None:
        return say("Line {line}, column {column}", language, line=fault.line, column=fault.column)
    return ""


def _examples(service: Service, language: Language) -> list[QuestionLink]:
    return [
        QuestionLink(
            query.title.in_(language),
            query.question.in_(language),
            service.links.path("/sparql", query=readable_query(query.text)),
        )
        for query in service.catalogue.all()
    ]
