"""A body as the graphs that it holds: one, or one for each part of a form
(`GSP §5.5 <https://www.w3.org/TR/sparql11-http-rdf-update/#http-post>`_)."""

import email.parser
import email.policy
import re
from email.message import Message
from typing import Final

from werkzaam.errors import BadRequest
from werkzaam.store.graph_edits import Payload

_MULTIPART: Final = "multipart/form-data"
_MOST_PARTS: Final = 100
_BOUNDARY: Final = re.compile(
    r"""boundary=(?:"(?P<quoted>[^"\x00-\x1f]{1,70})"|(?P<plain>[\w'()+./:=?-]{1,70}))""", re.ASCII
)


def payloads_of(content_type: str, body: bytes) -> list[Payload]:
    """The graphs in ``body``; a part of a form may be a form itself. Raises BadRequest."""
    if content_type.partition(";")[0].partition(",")[0].strip().lower() != _MULTIPART:
        return [Payload(content_type, body)]
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise BadRequest(
            "The header Content-Type gives no boundary between the parts. Let your client make that "
            "header."
        )
    boundary = found["quoted"] or found["plain"]
    head = f'MIME-Version: 1.0\r\nContent-Type: {_MULTIPART}; boundary="{boundary}"\r\n\r\n'
    form = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(head.encode() + body)
    parts = [part for part in form.walk() if not part.is_multipart()]
    if len(parts) > _MOST_PARTS or form.defects:
        raise BadRequest("The form is cut off or damaged. Send it again.")
    return [_payload(part) for part in parts]


def _payload(part: Message) -> Payload:
    if "Content-Type" not in part:
        raise BadRequest("A part of the form has no Content-Type. Say what RDF format it is in.")
    data = part.get_payload(decode=True)
    return Payload(part.get_content_type(), data if isinstance(data, bytes) else b"")
