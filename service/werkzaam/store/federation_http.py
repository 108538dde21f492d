"""One request to a listed host, bounded in time, bytes and places that it may lead to."""

import functools
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import httpcore

from werkzaam import __version__
from werkzaam.domain.characters import quoted
from werkzaam.errors import FederationFailed, QueryRefused
from werkzaam.store.federation_connection import HostBackend, Patience
from werkzaam.store.federation_hosts import Address, Hosts, address_on

_MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = (301, 302, 307, 308)
_MOST_SAID: Final = 2_000
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Fetched:
    """An answer: its bytes and its media type, without parameters and in lower case."""

    body: bytes
    media_type: str


def fetch(
    address: Address,
    hosts: Hosts,
    patience: Patience,
    *,
    accept: str,
    most_bytes: int,
    form: bytes | None = None,
) -> Fetched:
    """Get what stands at ``address``, or what it answers to ``form``; redirects to one of ``hosts``
    are followed.

    Raises FederationFailed where there is no answer, QueryRefused for one of more than
    ``most_bytes``, QueryStopped.
    """
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            found = _ask(address, patience, accept, most_bytes, form)
        except httpcore.TimeoutException:
            raise _late(address) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
            raise _unreachable(address, fault) from None
        if isinstance(found, Fetched):
            return found
        address = _redirected(address, found, hosts)
    raise FederationFailed(
        "{host} leads from one address to the next, more than {most} times. Write the last address "
        "in the query.",
        host=str(address.host),
        most=_MOST_REDIRECTS,
    )


def _ask(
    address: Address, patience: Patience, accept: str, most_bytes: int, form: bytes | None
) -> Fetched | str:
    """The answer, or the address to which it leads."""
    host = address.host
    headers: dict[bytes | str, bytes | str] = {
        "Host": str(host).partition("://")[2],
        "Accept": accept,
        "Accept-Encoding": "identity",
        "User-Agent": f"Werkzaam/{__version__} (SPARQL 1.1 Federated Query)",
        "Connection": "close",
        **({} if form is None else {"Content-Type": _FORM, "Content-Length": str(len(form))}),
    }
    url = httpcore.URL(
        scheme=host.scheme, host=host.name.strip("[]"), port=host.port, target=address.target
    )
    method = "GET" if form is None else "POST"
    with (
        httpcore.ConnectionPool(
            certificates(), network_backend=HostBackend(host, patience)
        ) as pool,
        pool.stream(method, url, headers=headers, content=form) as response,
    ):
        return _received(address, response, most_bytes)


def _received(address: Address, response: httpcore.Response, most_bytes: int) -> Fetched | str:
    headers = {name.decode("latin-1").lower(): value for name, value in response.headers}
    location = headers.get("location", b"").decode("latin-1")
    if response.status in _REDIRECTS and location:
        return location
    most = most_bytes if response.status == 200 else _MOST_SAID
    body = bytearray()
    for piece in response.iter_stream():
        body += piece
        if len(body) > most:
            break
    if response.status != 200:
        raise _status(address, response.status, body)
    if len(body) > most_bytes:
        raise QueryRefused(
            "The answer of {host} has more than {most} bytes. Ask it for less: fewer variables, a "
            "narrower pattern.",
            host=str(address.host),
            most=most_bytes,
        )
    if headers.get("content-encoding", b"identity").lower() != b"identity":
        raise FederationFailed(
            "The answer of {host} is compressed, and that was not asked for. Have those who keep it "
            "mend that, or write SILENT to go on without its answer.",
            host=str(address.host),
        )
    media_type = headers.get("content-type", b"").decode("latin-1").partition(";")[0]
    return Fetched(bytes(body), media_type.strip().lower())


@functools.lru_cache(maxsize=1)
def certificates() -> ssl.SSLContext:
    """What a host over HTTPS has to show: a certificate in its name, by an authority of the system."""
    return httpcore.default_ssl_context()


def _redirected(address: Address, location: str, hosts: Hosts) -> Address:
    try:
        target = urljoin(f"{address.host}{address.target}", location)
    except ValueError:
        target = location
    found = address_on(target, hosts)
    if found is None:
        raise FederationFailed(
            "{host} leads to {target}, and that is not on a host that this service may ask. Have the "
            "operator list that host in WERKZAAM_SERVICE_HOSTS.",
            host=str(address.host),
            target=quoted(target),
        )
    return found


def _late(address: Address) -> FederationFailed:
    return FederationFailed(
        "{host} did not answer in time. Ask it for less, or write SILENT to go on without its "
        "answer.",
        host=str(address.host),
    )


def _unreachable(address: Address, fault: Exception) -> FederationFailed:
    return FederationFailed(
        "{host} could not be asked ({reason}). Try again later, or write SILENT to go on without its "
        "answer.",
        host=str(address.host),
        reason=quoted(str(fault) or type(fault).__name__),
    )


def _status(address: Address, status: int, body: bytearray) -> FederationFailed:
    return FederationFailed(
        "{host} answered with status {status} ({said}). Mend what it is asked, or write SILENT to go "
        "on without its answer.",
        host=str(address.host),
        status=status,
        said=quoted(" ".join(body.decode("utf-8", "replace").split())),
    )
