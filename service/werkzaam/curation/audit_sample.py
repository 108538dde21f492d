"""A random sample of statements for an audit, drawn in a process of its own. Run as a confined
module.

The same content, seed and size always give the same sample: the statements are put in order of IRI
and drawn without replacement, each with the same chance.
"""

import csv
import io
import json
import random
import re
from collections.abc import Set as AbstractSet
from typing import Final

from werkzaam.confinement.frames import Header
from werkzaam.curation.content_process import StoppedWork, answer, ask
from werkzaam.curation.document_content import DocumentContent
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS, last_segment, term
from werkzaam.errors import ContentError, RequestError

COLUMNS: Final = (
    *("statement", "kind", "document", "pages", "headings", "gist_nl", "gist_en", "file", "line"),
    *("verdict", "field", "what"),
)
_MODULE: Final = "werkzaam.curation.audit_sample"
_SECONDS: Final = 30.0
_MEMORY: Final = 1 << 30
_THING: Final = re.compile(r"(?<![\w-])(?=([a-z][a-z-]*/[\w-]+))")


def sample_confined(content: Content, seed: int, size: int, leave_out: str = "") -> bytes:
    """A sheet to audit: CSV, UTF-8, one row for each of ``size`` statements, ``COLUMNS`` above.

    The last three columns are for the reader. ``leave_out`` is any text; a statement whose
    ``kind/name`` or IRI stands in it, as in the record of an earlier audit, is not drawn again.

    Raises RequestError where fewer than ``size`` statements are left, ContentError where a file
    is not Turtle or the work did not come to an end.
    """
    question = {"seed": seed, "size": size, "leave_out": sorted(set(_THING.findall(leave_out)))}
    try:
        reply = json.loads(ask(_MODULE, content, question, _SECONDS, _MEMORY))
    except StoppedWork as reason:
        raise ContentError(
            "content",
            None,
            "The sample could not be drawn: {reason}. Look for a file that is very large.",
            reason=str(reason),
        ) from None
    if size > reply["left"]:
        raise RequestError(
            "There are {left} statements to draw from and {size} were asked for. Ask for fewer, or "
            "leave out fewer.",
            left=reply["left"],
            size=size,
        )
    sheet: str = reply["sheet"]
    return sheet.encode()


def draw(statements: AbstractSet[str], seed: int, size: int) -> list[str]:
    """``size`` of ``statements``, in the order in which chance gave them."""
    return random.Random(seed).sample(sorted(statements), size)  # noqa: S311


def _sample(content: Content, question: Header) -> bytes:
    found = DocumentContent(content, "")
    left_out = {THINGS + name for name in question["leave_out"]}
    statements = found.statements_of_all - left_out
    size = min(question["size"], len(statements))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for iri in draw(statements, question["seed"], size):
        writer.writerow(_row(found, iri))
    return json.dumps({"left": len(statements), "sheet": out.getvalue()}).encode()


def _row(found: DocumentContent, iri: str) -> list[str]:
    passages = sorted(found.objects(iri, term("passage")))
    gist = found.words(iri, term("gist"))
    path, line = found.place(iri)
    kind = iri.removeprefix(THINGS).partition("/")[0]
    return [
        iri,
        kind,
        *(last_segment(document) for document in found.objects(iri, term("statedIn"))),
        "; ".join(found.text(passage, "page") or "-" for passage in passages),
        "; ".join(found.text(passage, "section") or "-" for passage in passages),
        gist.get("nl", ""),
        gist.get("en", ""),
        path,
        str(line),
        *("", "", ""),
    ]


if __name__ == "__main__":
    answer(_sample)
