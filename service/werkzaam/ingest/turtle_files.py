"""The Turtle files of the content as statements. Standard: `Turtle <https://www.w3.org/TR/turtle/>`_.

Apart, so that who needs only this loads nothing of what judges uploads.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from werkzaam.domain.content import ContentFile
from werkzaam.errors import ContentError


def read_quads(file: ContentFile) -> Iterator[ox.Quad]:
    """What a Turtle file says; its blank nodes are its own. Raises ContentError with the line."""
    try:
        yield from ox.parse(file.data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    except SyntaxError as fault:
        raise ContentError(
            file.path,
            fault.lineno,
            "This is not Turtle: {reason}. Mend that line; `werkzaam fmt` shows what it reads.",
            reason=fault.msg,
        ) from None
