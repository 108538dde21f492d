"""A connection to a listed host: at an address it may have, and never beyond its time.

The time limits of an HTTP client count from byte to byte; here they count to one end, so a host that
sends a byte now and then does not hold the caller.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

import httpcore

from werkzaam.errors import FederationFailed, QueryStopped
from werkzaam.store.federation_hosts import Host

_GLANCE: Final = 0.1
_CONNECT_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Patience:
    """How long an answer is waited for: until ``deadline`` (monotonic seconds), or ``stop`` is set."""

    deadline: float
    stop: Event | None = None

    @property
    def left(self) -> float:
        """The seconds left. Raises QueryStopped once nobody waits any more."""
        if self.stop is not None and self.stop.is_set():
            raise QueryStopped("The query was stopped: nobody waits for its answer.")
        return max(0.0, self.deadline - time.monotonic())


class HostBackend(httpcore.NetworkBackend):
    """Connects to one host only, whatever the address asked for says."""

    def __init__(self, host: Host, patience: Patience) -> None:
        self._host = host
        self._patience = patience

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 (the name is looked up here, and checked)
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises FederationFailed where the host has an
        address that it may not have; otherwise what the library raises."""
        fault: Exception = httpcore.ConnectError("no address")
        for address in _addresses(self._host, self._patience):
            seconds = max(min(self._patience.left, _CONNECT_SECONDS), 0.001)
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, seconds, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                fault = failed
            else:
                return _PatientStream(stream, self._patience)
        raise fault


class _PatientStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, patience: Patience) -> None:
        self._stream = stream
        self._patience = patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        while (left := self._patience.left) > 0:
            try:
                return self._stream.read(max_bytes, min(left, _GLANCE))
            except httpcore.ReadTimeout:
                continue
        raise httpcore.ReadTimeout

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, max(self._patience.left, 0.001))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        seconds = max(min(self._patience.left, _CONNECT_SECONDS), 0.001)
        secured = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return _PatientStream(secured, self._patience)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: Host, patience: Patience) -> list[str]:
    """The addresses of ``host``, each one it may have."""
    found: list[str] = []
    faults: list[Exception] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host.name.strip("[]"), host.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as fault:
            faults.append(fault)

    # the system's look-up has no time limit of its own
    thread = threading.Thread(target=look_up, name="host-look-up", daemon=True)
    thread.start()
    thread.join(min(patience.left, _CONNECT_SECONDS))
    if faults:
        raise httpcore.ConnectError(str(faults[0]))
    if thread.is_alive():
        raise httpcore.ConnectTimeout
    for address in found:
        if not host.takes(address):
            raise FederationFailed(
                "{host} has the address {address}, which is not public. If that is meant, the "
                "operator lists the host as {entry} in WERKZAAM_SERVICE_HOSTS.",
                host=str(host),
                address=address,
                entry=str(host),
            )
    return found
