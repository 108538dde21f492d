"""The hits of a search as JSON, as rows, and as a block of SPARQL."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.links import Links
from werkzaam.api.search_asked import MOST_HITS, Found, name_of, slug_of
from werkzaam.api.service import Service
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.characters import on_one_line, shown
from werkzaam.domain.identifiers import BASE
from werkzaam.domain.queries import Language
from werkzaam.linked_data.asking import in_brackets
from werkzaam.messages import say
from werkzaam.search.entries import QUESTION, Entry, Text
from werkzaam.search.highlights import Marked, Shown
from werkzaam.search.highlights import shown as as_shown
from werkzaam.search.index import Index

COLUMNS: Final = (
    *("iri", "type", "typeLabel", "label", "snippet"),
    *("document", "documentTitle", "section", "page", "url"),
)
_SEARCH: Final = "/v1/search"
_MOST_QUERY: Final = 300

Json = dict[str, Any]


def found_json(service: Service, found: Found, language: Language) -> Json:
    """The answer of ``/v1/search``."""
    hits, wanted, index = found.hits, found.wanted, found.index
    given = {**wanted.given, "lang": language}
    more = {"limit": str(wanted.limit), "after": str(found.after_these)}
    links = service.links
    return {
        "query": wanted.text,
        "version": index.version.number,
        **({"demo": DEMO_MARK} if index.version.demo or service.demo_instance else {}),
        "language": language,
        "total": hits.total,
        "after": wanted.after,
        "limit": wanted.limit,
        "truncated": found.truncated,
        "next": links.url(_SEARCH, **given, **more) if found.truncated else None,
        "page": links.url("/search", **given),
        "allWords": hits.all_words,
        "spelledAs": {word: list(near) for word, near in hits.asked.misspelled.items()},
        "passedOver": list(hits.asked.passed_over),
        "hits": [
            hit_json(links, index, as_shown(entry, hits.asked, language), language)
            for entry in hits.entries
        ],
        "facets": _facets(found, language),
        "limits": {
            "most": MOST_HITS,
            "searched": len(index),
            "about": say(
                "Searched are names, synonyms, definitions, statements in our own words, sources, "
                "headings of documents and questions; not the full text of the documents.",
                language,
            ),
        },
    }


def _facets(found: Found, language: Language) -> Json:
    only = found.hits.asked.only
    return {
        name: [
            _choice(found.index, name, one.value, language)
            | {"count": one.hits, "selected": only.get(name) == one.value}
            for one in counted
        ]
        for name, counted in found.hits.facets.items()
    }


def hit_json(links: Links, index: Index, hit: Shown, language: Language) -> Json:
    """One hit."""
    entry = hit.entry
    return {
        "iri": entry.iri,
        "url": links.url(path_of(entry)),
        "type": _choice(index, "type", entry.kind, language),
        "label": _marked(hit.label),
        "alsoCalled": _marked(hit.also) if hit.also else None,
        "snippet": _marked(hit.snippet) if hit.snippet.text else None,
        "documents": [_choice(index, "document", one, language) for one in entry.documents],
        "section": _text(entry.section) if entry.section else None,
        "page": entry.page or None,
    }


def suggestion_json(links: Links, index: Index, hit: Shown, language: Language) -> Json:
    """One suggestion while somebody types."""
    return {
        "label": hit.label.text,
        "lang": hit.label.language or None,
        "alsoCalled": hit.also.text if hit.also else None,
        "type": _choice(index, "type", hit.entry.kind, language),
        "iri": hit.entry.iri,
        "url": links.url(path_of(hit.entry)),
    }


def path_of(entry: Entry) -> str:
    """The path at which this instance answers for ``entry``."""
    path = entry.path or "/" + entry.iri.removeprefix(BASE)
    return quote(path, safe="/~!$&'*+,;=:@")


def found_table(service: Service, found: Found, language: Language) -> Table:
    """The hits as rows of COLUMNS."""
    rows = []
    for entry in found.hits.entries:
        hit = as_shown(entry, found.hits.asked, language)
        document = entry.documents[0] if entry.documents else ""
        title = name_of(found.index, document, language).value if document else ""
        kind = name_of(found.index, entry.kind, language).value
        values = (
            *(entry.iri, entry.kind, kind, hit.label.text, hit.snippet.text),
            *(document, title, entry.section.value if entry.section else "", entry.page),
            service.links.url(path_of(entry)),
        )
        rows.append(_row(values))
    return Table(COLUMNS, tuple(rows), found.truncated, found.wanted.limit, found.wanted.after)


def found_values(found: Found) -> str:
    """The hits as a ``VALUES`` block, to be set in a query of SPARQL 1.1: things and their rank."""
    wanted, hits = found.wanted, found.hits
    said = on_one_line(shown(wanted.text, _MOST_QUERY))
    first = wanted.after + 1
    lines = [
        f"  ({in_brackets(entry.iri)} {rank})" for rank, entry in enumerate(hits.entries, first)
    ]
    head = (
        f"# {len(lines)} of {hits.total} hits in version {found.index.version.number} for: {said}"
    )
    return "\n".join([head, "VALUES (?thing ?rank) {", *lines, "}", ""])


def _row(values: Sequence[str]) -> Row:
    return {
        name: Term("literal", value) for name, value in zip(COLUMNS, values, strict=True) if value
    }


def _choice(index: Index, facet: str, value: str, language: Language) -> Json:
    name = name_of(index, value, language)
    return {
        "value": None if value == QUESTION else value,
        "slug": slug_of(facet, value),
        "label": name.value,
        "lang": name.language or None,
    }


def _marked(marked: Marked) -> Json:
    return {"text": marked.text, "lang": marked.language or None, "html": marked.html}


def _text(text: Text) -> Json:
    return {"text": text.value, "lang": text.language or None}
