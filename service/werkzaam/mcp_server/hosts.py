"""Who may speak to ``/mcp``, by the names it was reached by: a defence against DNS rebinding.

A page elsewhere can let its own name point at this machine, and then speak to it from the browser of
whoever looks at the page. It cannot do so by the number of an address, nor by ``localhost`` or our own
name (`MCP, transports, security
<https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning>`_).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from werkzaam.domain.characters import quoted
from werkzaam.errors import Forbidden

_LOCAL = "localhost"


class KnownHosts:
    """The names of this instance: that of its ``public_url``, ``localhost``, and every number."""

    def __init__(self, public_url: str) -> None:
        self._public = (urlsplit(public_url).hostname or "").lower()

    def check(self, host: str | None, origin: str | None) -> None:
        """Raises Forbidden where a request was sent to another name than ours, or by a page of
        another site. ``host`` and ``origin`` are the headers; what is no browser sends no origin."""
        name = _name_in(host)
        if not self._is_ours(name):
            raise Forbidden(
                "This service does not know itself as {host}. Use the address that it was set up "
                "with, or let a proxy pass on the name that was asked for.",
                host=quoted(host or ""),
            )
        if origin is None or self._may_be_read_from(origin, host or ""):
            return
        raise Forbidden(
            "A page of {origin} may not speak to this address. Use a program, or a page of this "
            "service.",
            origin=quoted(origin),
        )

    def _is_ours(self, name: str) -> bool:
        return name in (self._public, _LOCAL) if not _is_number(name) else True

    def _may_be_read_from(self, origin: str, host: str) -> bool:
        scheme, separator, rest = origin.partition("://")
        if not separator or scheme not in ("http", "https"):
            return False
        name = _name_in(rest)
        same = rest.lower() == host.lower()
        return same or name in (self._public, _LOCAL) or _is_loopback(name)


def _name_in(host: str | None) -> str:
    """The name, or number, in what a Host header says; empty where it says none."""
    if not host or not host.isascii() or any(mark in host for mark in "/\\@?# \t"):
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower().removesuffix(".")
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return _is_number(name) and ip_address(name).is_loopback
