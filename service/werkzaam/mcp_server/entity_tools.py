"""A tool that finds things by what they are called, and what is said of them by its words."""

from typing import Any, Final

from werkzaam.api.search_asked import Found, name_of, read_wanted, run
from werkzaam.api.search_json import path_of
from werkzaam.api.service import Service
from werkzaam.domain.queries import Language
from werkzaam.mcp_server.answers import dataset, note, submitted_among
from werkzaam.mcp_server.calls import LANGUAGE, Call, Tool
from werkzaam.search.asked import MOST_CHARACTERS
from werkzaam.search.entries import QUESTION, Entry
from werkzaam.search.highlights import shown

_MOST: Final = 50
_USUAL: Final = 10
_LAST: Final = 10_000


def find_entity(call: Call) -> dict[str, Any]:
    """What the search of ``/v1/search`` finds, exact names first. Raises InvalidParameter, and StoreBusy
    while the index is made."""
    language, service = call.language, call.service
    given = {
        "q": call.given.text("name", most=MOST_CHARACTERS, required=True),
        "type": call.given.text("kind"),
        "limit": str(call.given.number("limit", _USUAL, 1, _MOST)),
        "after": str(call.given.number("after", 0, 0, _LAST)),
    }
    index = service.search.index()
    found = run(index, read_wanted(index, given, {"type": "kind"}))
    entries = found.hits.entries
    submitted = submitted_among(service, [entry.iri for entry in entries])
    more = {"nextAfter": found.after_these} if found.truncated else {}
    return {
        "entities": [
            _told(service, found, entry, language)
            | ({"submitted": True} if entry.iri in submitted else {})
            for entry in entries
        ],
        "limits": {
            "total": found.hits.total,
            "returned": len(entries),
            "truncated": found.truncated,
            **more,
            "searched": len(index),
            "allWords": found.hits.all_words,
            "spelledAs": {word: list(near) for word, near in found.hits.asked.misspelled.items()},
        },
        "dataset": dataset(service, index.version, language),
        "links": {"page": service.links.url("/search", **found.wanted.given, lang=language)},
        "note": note(language),
    }


def _told(service: Service, found: Found, entry: Entry, language: Language) -> dict[str, Any]:
    """One hit, without what is empty; of a question the name that ``run_question`` takes."""
    index, hit = found.index, shown(entry, found.hits.asked, language)
    documents = [name_of(index, one, language).value for one in entry.documents]
    told = {
        "iri": entry.iri,
        "question": entry.path.removeprefix("/queries/") if entry.kind == QUESTION else "",
        "kind": name_of(index, entry.kind, language).value,
        "label": hit.label.text,
        "alsoCalled": hit.also.text if hit.also else "",
        "saysOfIt": hit.snippet.text,
        "documents": documents,
        "section": entry.section.value if entry.section else "",
        "page": entry.page,
        "address": service.links.url(path_of(entry)),
    }
    return {name: value for name, value in told.items() if value}


ENTITY_TOOL: Final = Tool(
    "find_entity",
    "Find something by its name",
    "Finds working elements, goals, risks, organisations, projects, statements, sources and questions by "
    "what they are called or what is said, in Dutch or English, also misspelled; exact names come "
    "first. Gives the IRI, kind, document and page, and the address that tells all of it; of a question its "
    "name for run_question. describe_entity tells what is said about one of them.",
    {
        "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": MOST_CHARACTERS,
            "description": "A name, the beginning of one, or words of a statement.",
        },
        "kind": {
            "type": "string",
            "maxLength": 1000,
            "description": "Only things of this class, such as working-element or project.",
        },
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": _MOST,
            "default": _USUAL,
            "description": "Most things to return.",
        },
        "after": {
            "type": "integer",
            "minimum": 0,
            "maximum": _LAST,
            "default": 0,
            "description": "Skip this many: nextAfter of the answer before.",
        },
        "language": LANGUAGE,
    },
    find_entity,
    ("name",),
)
