"""Where a SPARQL engine elsewhere is reached, and as whom."""

import base64
import re
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class EngineAddress:
    """The addresses for queries and for updates
    (`SPARQL 1.1 Protocol §2 <https://www.w3.org/TR/sparql11-protocol/#protocol>`_).

    ``authorization`` is the header of that name, empty for none; it is never shown.
    """

    query: str
    update: str
    authorization: str = field(default="", repr=False)

    @classmethod
    def of(cls, query: str, update: str | None = None, authorization: str = "") -> Self:
        """Without ``update`` it is where such engines usually have it."""
        return cls(query, update or update_address(query), authorization)


def update_address(query: str) -> str:
    """Where an engine takes updates that takes queries at ``query``.

    ``…/query`` and ``…/sparql`` have ``…/update`` beside them (Fuseki, Oxigraph), a repository has
    ``/statements`` below it (GraphDB, RDF4J), and any other takes both at one address.
    """
    if re.search(r"/repositories/[^/]+$", query):
        return query + "/statements"
    return re.sub(r"(?<=[^/]/)(?:query|sparql)$", "update", query)


def basic(user: str, password: str) -> str:
    """The header of basic authentication (`RFC 7617 <https://www.rfc-editor.org/rfc/rfc7617>`_)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def bearer(token: str) -> str:
    """The header for a token (`RFC 6750 §2.1 <https://www.rfc-editor.org/rfc/rfc6750#section-2.1>`_)."""
    return f"Bearer {token}"
