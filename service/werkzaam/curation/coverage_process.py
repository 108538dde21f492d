"""The coverage of a document, worked out in a process of its own. Run as a confined module."""

import difflib
import json
from typing import Final

from werkzaam.confinement.frames import Header
from werkzaam.curation.content_process import StoppedWork, answer, ask
from werkzaam.curation.document_content import DocumentContent
from werkzaam.curation.document_coverage import Report, cover
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import is_for_a_document, last_segment
from werkzaam.errors import ContentError, NotFound

_MODULE = "werkzaam.curation.coverage_process"
_SECONDS: Final = 30.0
_MEMORY: Final = 1 << 30


def cover_confined(
    content: Content, document: str, seconds: float = _SECONDS, memory_bytes: int = _MEMORY
) -> Report:
    """The report of ``document_coverage.cover``. ``document`` is the last part of its IRI.

    Raises NotFound where the content describes no such document, and ContentError where a file
    is not Turtle or the work did not come to an end.
    """
    try:
        answered = ask(_MODULE, content, {"document": document}, seconds, memory_bytes)
    except StoppedWork as reason:
        raise ContentError(
            "content",
            None,
            "The coverage could not be worked out: {reason}. Look for a file that is very large.",
            reason=str(reason),
        ) from None
    report: Report = json.loads(answered)
    if "documents" in report:
        raise _unknown(document, report["documents"])
    return report


def _unknown(document: str, known: list[str]) -> NotFound:
    if not is_for_a_document(document):
        return NotFound(
            "graph_data/{document}/ holds no document, so there is no coverage of it. Choose from: "
            "{known}.",
            document=document,
            known=", ".join(known) or "none yet",
        )
    near = difflib.get_close_matches(document, known, n=1)
    return NotFound(
        "There is no document {document} in graph_data/bibliography/. Choose from: {known}. "
        "`werkzaam data new {document}` makes a new one.",
        document=document,
        known=", ".join(near or known) or "none yet",
    )


def _cover(content: Content, question: Header) -> bytes:
    document = DocumentContent(content, question["document"])
    if document.iri not in document.documents:
        known = [last_segment(iri) for iri in document.documents]
        return json.dumps({"documents": known}).encode()
    return json.dumps(cover(document)).encode()


if __name__ == "__main__":
    answer(_cover)
