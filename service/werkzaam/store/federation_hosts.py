"""The hosts that this service may ask on behalf of a query, and addresses on them.

An address is read strictly: whoever reads it again finds the same host. No user, no backslash, no
name outside ASCII.
"""

import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import quote

_NAME: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]"
_ENTRY: Final = re.compile(rf"(?:(https?)://)?({_NAME})(?::([0-9]{{1,5}}))?/?", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    rf"(https?)://({_NAME})(?::([0-9]{{1,5}}))?(/[^?#\\\x00-\x20]*)?(\?[^#\\\x00-\x20]*)?(?:#.*)?",
    re.IGNORECASE,
)
_PORTS: Final = {"http": 80, "https": 443}
_AS_THEY_STAND: Final = "%/?:@!$&'()*+,;=~[]"


class Host(NamedTuple):
    """A host on the list. ``private``: it may have an address that is not public."""

    scheme: str
    name: str
    port: int
    private: bool = False

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.name}{port}"

    def takes(self, address: str) -> bool:
        """Whether the IP ``address`` is one that this host may have."""
        found = ipaddress.ip_address(address)
        mapped = getattr(found, "ipv4_mapped", None)
        return self.private or ((mapped or found).is_global and not found.is_multicast)


class Address(NamedTuple):
    """A place on a host: ``target`` is the path with the query, ready for a request line."""

    host: Host
    target: str


Hosts = tuple[Host, ...]
NOWHERE: Final[Hosts] = ()


def read_host(entry: str) -> Host | None:
    """A host as an operator lists it; None where it cannot be read.

    ``host`` and ``host:port`` are asked over HTTPS, at public addresses only. With its scheme an
    entry may stand in a private network: ``https://host``, or ``http://host:port``, where the port
    must be there. An IP address or ``localhost`` says that by itself.
    """
    match = _ENTRY.fullmatch(entry.strip())
    if match is None:
        return None
    scheme, name = (match[1] or "https").lower(), match[2].lower()
    port = int(match[3] or _PORTS[scheme])
    if not 1 <= port <= 65535 or (scheme == "http" and match[3] is None):
        return None
    numeric = _is_ip(name)
    if name.startswith("[") and not numeric:
        return None
    return Host(scheme, name, port, bool(match[1]) or numeric or name == "localhost")


def address_on(iri: str, hosts: Hosts) -> Address | None:
    """The address ``iri``, if it is on one of ``hosts``."""
    match = _ADDRESS.fullmatch(iri)
    if match is None:
        return None
    scheme, name = match[1].lower(), match[2].lower()
    wanted = (scheme, name, int(match[3] or _PORTS[scheme]))
    for host in hosts:
        if host[:3] == wanted:
            return Address(host, quote((match[4] or "/") + (match[5] or ""), _AS_THEY_STAND))
    return None


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
