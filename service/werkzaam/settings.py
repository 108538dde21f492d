"""What an operator sets: environment variables that begin with WERKZAAM_, checked at start."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from werkzaam.content import DEFAULT_FOLDER
from werkzaam.domain.characters import shown
from werkzaam.engine_credentials import authorization, read_secret, read_token, read_user
from werkzaam.errors import SettingsError
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.federation_hosts import NOWHERE, Hosts, read_host
from werkzaam.store.remote_address import EngineAddress

PREFIX = "WERKZAAM_"

_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?"
)
_HTTP_IRI = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[A-Za-z0-9._~/#%:-]{0,400}")
_MOST_TITLE = 200
_CREDENTIALS = re.compile(r"//[^/]*@")


@dataclass(frozen=True)
class Settings:
    """All settings with their defaults; the README lists them.

    ``query_seconds`` bounds one query, ``token_query_seconds`` one of
    a caller with a token who asks for more, ``query_memory_mb`` one reader, ``readers`` how many queries
    run at once. ``public_url`` is where the outside reaches this service, without a final slash;
    None means the address it listens on. ``contact_email`` is published for those who use the API,
    and so are the name and the IRI of the ``publisher``.
    ``proxies`` are the addresses of reverse proxies that are believed who the client is.
    ``updates``: an admin may change the dataset by SPARQL Update and the Graph Store Protocol.
    ``service_hosts`` are the other hosts that a query may name in SERVICE. ``endpoint`` is a SPARQL
    engine that holds the dataset, ``endpoint_update`` its address for updates; unset: the embedded
    one. Who it lets in, by one of the others, is never shown. ``mcp``: assistants may ask at ``/mcp``.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    data_dir: Path = Path("werkzaam-data")
    content_dir: Path = DEFAULT_FOLDER
    public_url: str | None = None
    query_seconds: float = 10.0
    query_memory_mb: int = 1024
    readers: int = 2
    contact_email: str | None = None
    publisher: str | None = None
    publisher_iri: str | None = None
    updates: bool = False
    proxies: tuple[str, ...] = ()
    service_hosts: Hosts = NOWHERE
    token_query_seconds: float = 60.0
    endpoint: str | None = None
    endpoint_update: str | None = None
    endpoint_user: str | None = field(default=None, repr=False)
    endpoint_password: str | None = field(default=None, repr=False)
    endpoint_token: str | None = field(default=None, repr=False)
    endpoint_auth_file: Path | None = None
    mcp: bool = True

    def engine_address(self) -> EngineAddress | None:
        """Where the SPARQL engine is, and as whom it is asked; None for the embedded engine.

        Raises SettingsError where two ways of letting in are set, half of one, or a file that cannot
        be read.
        """
        if self.endpoint is None:
            return None
        return EngineAddress.of(self.endpoint, self.endpoint_update, self._let_in_with())

    def _let_in_with(self) -> str:
        user, password = self.endpoint_user, self.endpoint_password
        return authorization(user, password, self.endpoint_token, self.endpoint_auth_file)

    def store_limits(self, readers: int | None = None) -> StoreLimits:
        """The limits that these settings put on the store; ``readers`` takes the place of theirs."""
        return StoreLimits(
            seconds=self.query_seconds,
            token_seconds=self.token_query_seconds,
            memory_bytes=self.query_memory_mb << 20,
            readers=readers or self.readers,
            service_hosts=self.service_hosts,
        )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from ``environment``. Raises SettingsError for an unknown name or unusable value."""
    given: dict[str, object] = {}
    for name in sorted(environment):
        if not name.startswith(PREFIX):
            continue
        if name not in _READERS:
            raise _unknown(name)
        field, read = _READERS[name]
        given[field] = read(name, environment[name])
    return Settings(**given)  # type: ignore[arg-type]


def _unknown(name: str) -> SettingsError:
    known = [setting.removeprefix(PREFIX) for setting in _READERS]
    close = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=0.5)
    if close:
        return SettingsError(
            "There is no setting {name}. Did you mean {close}?", name=name, close=PREFIX + close[0]
        )
    return SettingsError(
        "There is no setting {name}. The settings are: {known}.",
        name=name,
        known=", ".join(_READERS),
    )


def _text(name: str, value: str) -> str:
    if not value.strip():
        raise SettingsError("{name} is empty. Give it a value, or do not set it.", name=name)
    return value.strip()


def _path(name: str, value: str) -> Path:
    try:
        return Path(_text(name, value)).expanduser()
    except RuntimeError as fault:
        raise SettingsError(
            "{name} is {value}: {reason}", name=name, value=repr(value), reason=str(fault)
        ) from None


def _email(name: str, value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value.strip()):
        raise SettingsError(
            "{name} is {value}: it must be an e-mail address.", name=name, value=repr(value)
        )
    return value.strip()


def _title(name: str, value: str) -> str:
    title = _text(name, value)
    if len(title) > _MOST_TITLE or not title.isprintable():
        raise SettingsError(
            "{name} is {value}: it must be one line of at most {most} characters.",
            name=name,
            value=repr(shown(title, _MOST_TITLE)),
            most=_MOST_TITLE,
        )
    return title


def _iri(name: str, value: str) -> str:
    if not _HTTP_IRI.fullmatch(value.strip()):
        raise SettingsError(
            "{name} is {value}: it must be an IRI, such as https://example.nl/id/organisation.",
            name=name,
            value=repr(shown(value, _MOST_TITLE)),
        )
    return value.strip()


def _hosts(name: str, value: str) -> Hosts:
    hosts = []
    for entry in _text(name, value).split(","):
        host = read_host(entry)
        if host is None:
            raise SettingsError(
                "{name} has {value}: each host, between commas, is written as query.example.nl, "
                "query.example.nl:8443 or, in your own network, https://host or http://host:3030.",
                name=name,
                value=repr(entry.strip()),
            )
        hosts.append(host)
    return tuple(hosts)


def _addresses(name: str, value: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in _text(name, value).split(","))
    try:
        return tuple(str(ip_address(part)) for part in found)
    except ValueError as fault:
        raise SettingsError(
            "{name} is {value}: it must be IP addresses between commas ({reason}).",
            name=name,
            value=repr(value),
            reason=str(fault),
        ) from None


def _endpoint(name: str, value: str) -> str:
    url = _text(name, value)
    if not _ADDRESS.fullmatch(url):
        raise SettingsError(
            "{name} is {value}: it must be the address of a SPARQL engine, such as "
            "http://localhost:3030/werkzaam, without a name or password in it.",
            name=name,
            value=repr(_CREDENTIALS.sub("//…@", url)),
        )
    return url


def _whole(lowest: int, highest: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", value.strip()) or not lowest <= int(value) <= highest:
            raise SettingsError(
                "{name} is {value}: it must be a whole number from {lowest} to {highest}.",
                name=name,
                value=repr(value),
                lowest=lowest,
                highest=highest,
            )
        return int(value)

    return read


def _switch(name: str, value: str) -> bool:
    if value.strip() not in ("0", "1"):
        raise SettingsError(
            "{name} is {value}: it must be 1 (on) or 0 (off).", name=name, value=repr(value)
        )
    return value.strip() == "1"


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 600:
        raise SettingsError(
            "{name} is {value}: it must be a number of seconds from 0.1 to 600.",
            name=name,
            value=repr(value),
        )
    return seconds


def _url(name: str, value: str) -> str:
    url = _text(name, value).rstrip("/")
    if not _ADDRESS.fullmatch(url):
        raise SettingsError(
            "{name} is {value}: it must be an address such as https://werkzaam.example.nl.",
            name=name,
            value=repr(value),
        )
    return url


_READERS: dict[str, tuple[str, Callable[[str, str], object]]] = {
    "WERKZAAM_HOST": ("host", _text),
    "WERKZAAM_PORT": ("port", _whole(0, 65535)),
    "WERKZAAM_DATA_DIR": ("data_dir", _path),
    "WERKZAAM_CONTENT_DIR": ("content_dir", _path),
    "WERKZAAM_PROXIES": ("proxies", _addresses),
    "WERKZAAM_PUBLIC_URL": ("public_url", _url),
    "WERKZAAM_QUERY_SECONDS": ("query_seconds", _seconds),
    "WERKZAAM_TOKEN_QUERY_SECONDS": ("token_query_seconds", _seconds),
    "WERKZAAM_QUERY_MEMORY_MB": ("query_memory_mb", _whole(256, 1 << 20)),
    "WERKZAAM_CONTACT_EMAIL": ("contact_email", _email),
    "WERKZAAM_PUBLISHER": ("publisher", _title),
    "WERKZAAM_PUBLISHER_IRI": ("publisher_iri", _iri),
    "WERKZAAM_SERVICE_HOSTS": ("service_hosts", _hosts),
    "WERKZAAM_READERS": ("readers", _whole(1, 64)),
    "WERKZAAM_UPDATES": ("updates", _switch),
    "WERKZAAM_MCP": ("mcp", _switch),
    "WERKZAAM_ENDPOINT": ("endpoint", _endpoint),
    "WERKZAAM_ENDPOINT_UPDATE": ("endpoint_update", _endpoint),
    "WERKZAAM_ENDPOINT_USER": ("endpoint_user", read_user),
    "WERKZAAM_ENDPOINT_PASSWORD": ("endpoint_password", read_secret),
    "WERKZAAM_ENDPOINT_TOKEN": ("endpoint_token", read_token),
    "WERKZAAM_ENDPOINT_AUTH_FILE": ("endpoint_auth_file", _path),
}
