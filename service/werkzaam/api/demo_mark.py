"""The mark that every export of made-up examples carries, in the file itself where its format can."""

from typing import Final

from werkzaam.api.links import Links

DEMO_MARK: Final = "voorbeeldgegevens, verzonnen; example data, fictitious"
_COMMENTED: Final = (
    *("text/turtle", "application/n-triples"),
    *("application/trig", "application/n-quads"),
)
_JSON_HEAD: Final = b'{"head":{'
_ANCHOR: Final = "#voorbeeldgegevens-example-data-fictitious"
_CONTEXT: Final = (
    b'{"@context":{"voorbeeldgegevens-verzonnen-example-data-fictitious":'
    b'"https://w3id.org/mdt-kennisgraaf/id/voorbeeld/"}'
)

_AT_ADDRESS: Final = b'{"@context":"'


def marked(body: bytes, media_type: str, links: Links) -> bytes:
    """``body`` as our serialisers write ``media_type``, saying that it is made up; the data in it is
    the same. CSV and TSV results have no place for that: their file name and header say it.

    SPARQL results have a link in their head (`JSON <https://www.w3.org/TR/sparql11-results-json/>`_
    §3.1.2, `XML <https://www.w3.org/TR/rdf-sparql-XMLres/>`_ §2.2), RDF a comment, JSON-LD an unused prefix.
    """
    link = demo_link(links).encode()
    if media_type in _COMMENTED:
        return b"# " + DEMO_MARK.encode() + b"\n" + body
    if media_type == "application/rdf+xml":
        start, close, rest = body.partition(b"?>\n")
        return start + close + b"<!-- " + DEMO_MARK.encode() + b" -->\n" + rest
    if media_type == "application/ld+json":
        if body.startswith(_AT_ADDRESS):
            address, comma, rest = body.removeprefix(_AT_ADDRESS).partition(b",")
            own = _CONTEXT.partition(b":")[2]
            return b'{"@context":[' + b'"' + address + b"," + own + b"]" + comma + rest
        return _CONTEXT + b"}" if body == b"[]" else body.replace(b"[{", b"[" + _CONTEXT + b",", 1)
    if media_type == "application/sparql-results+xml":
        return body.replace(b"</head>", b'<link href="' + link + b'"/></head>', 1)
    if media_type == "application/sparql-results+json" and body.startswith(_JSON_HEAD):
        rest = body.removeprefix(_JSON_HEAD)
        comma = b"" if rest.startswith(b"}") else b","
        return _JSON_HEAD + b'"link":["' + link + b'"]' + comma + rest
    return body


def demo_link(links: Links) -> str:
    """Where this instance says that its project data are made up."""
    return links.url("/about") + _ANCHOR


def demo_file_name(name: str, demo: bool) -> str:
    """The name of a download."""
    return f"demo-{name}" if demo else name
