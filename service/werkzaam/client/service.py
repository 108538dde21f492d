"""The REST interface of a Werkzaam service, asked."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from werkzaam.client.endpoint import MOST_BYTES
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.errors import (
    BadRequest,
    Forbidden,
    Gone,
    InvalidParameter,
    NotFound,
    QueryDeadlineExceeded,
    QuerySyntaxError,
    QueryTooLarge,
    StoreBusy,
    StoreUnavailable,
    WerkzaamError,
)

_KINDS: Final[Mapping[int, type[WerkzaamError]]] = {
    400: BadRequest,
    403: Forbidden,
    404: NotFound,
    410: Gone,
    503: StoreUnavailable,
    504: QueryDeadlineExceeded,
}
_BY_NAME: Final[Mapping[str, type[WerkzaamError]]] = {"query-too-large": QueryTooLarge}


class RestService:
    """A service at ``url``, which ends with a slash."""

    def __init__(self, url: str, seconds: float) -> None:
        """Raises BadRequest where ``url`` is no http or https address."""
        if not _is_address(url):
            raise BadRequest(
                "{url} is no address of a service: give one such as https://werkzaam.example.nl/.",
                url=repr(url),
            )
        self.url = url.rstrip("/") + "/"
        self._seconds = seconds

    def get(self, path: str, keys: Mapping[str, str]) -> tuple[dict[str, Any], str]:
        """The JSON object at ``path``, and its full address.

        Raises what the service says was wrong as the same error that it had, and StoreUnavailable where
        there is no answer of a service of ours.
        """
        import httpx  # slow to load, and the commands that load this package do without it

        try:
            with (
                httpx.Client(timeout=self._seconds, follow_redirects=False) as client,
                client.stream("GET", self.url + path, params=dict(keys), headers=_ACCEPTED) as got,
            ):
                body = _read(got.iter_bytes(), self.url)
                status, address = got.status_code, str(got.url)
                retry = got.headers.get("retry-after", "")
        except httpx.TimeoutException:
            raise QueryDeadlineExceeded(
                "The service at {url} did not answer in time.", url=self.url
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise StoreUnavailable(
                "The service at {url} gave no answer: {reason}. Is the address right, and is it "
                "running?",
                url=self.url,
                reason=" ".join(str(fault).split())[:300],
            ) from None
        told = _object(body)
        if told is not None and status == 200:
            return told, address
        raise self._refusal(told, status, retry)

    def _refusal(self, told: dict[str, Any] | None, status: int, retry: str) -> WerkzaamError:
        words = told.get("detail") if told is not None else None
        if told is None or not isinstance(words, str):
            return StoreUnavailable(
                "The address {url} does not answer as a Werkzaam service does (status {status}). Give "
                "the address of its start page.",
                url=self.url,
                status=status,
            )
        return _error_in(told, status, retry, words.replace("{", "{{").replace("}", "}}"))


def _error_in(told: Mapping[str, Any], status: int, retry: str, template: str) -> WerkzaamError:
    name = str(told.get("type", "")).rsplit("/", 1)[-1]
    if name == "invalid-parameter":
        choices = [str(one) for one in told.get("choices", ())]
        return InvalidParameter(str(told.get("parameter", "")), choices, template)
    if name == "query-syntax-error":
        return QuerySyntaxError(told.get("line"), told.get("column"), template)
    if name == "store-busy":
        return StoreBusy(int(retry) if retry.isdecimal() else 1, template)
    return _BY_NAME.get(name, _KINDS.get(status, StoreUnavailable))(template)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return url.isascii() and parts.scheme in ("http", "https") and bool(parts.hostname)


_ACCEPTED: Final = {
    "Accept": "application/json, application/problem+json",
    "User-Agent": "werkzaam",
}


def table_in(told: Mapping[str, Any]) -> tuple[Table, dict[str, str]]:
    """The rows of an answer; and by name of column the column that labels it, which is added where the
    labels stand in the cells alone. Where there are no rows, a label is that of the column before it."""
    names = [str(column["name"]) for column in told["columns"]]
    label_of: dict[str, str] = {} if told["rows"] else _labels_after(told["columns"])
    for name in tuple(names):
        if any((row.get(name) or {}).get("label") is not None for row in told["rows"]):
            label_of[name] = _label_column(name, told)
            if label_of[name] not in names:
                names.insert(names.index(name) + 1, label_of[name])
    rows = tuple(_row(row, label_of) for row in told["rows"])
    limits = told["limits"]
    table = Table(
        tuple(names), rows, bool(told["truncated"]), limits["limit"], int(limits["after"])
    )
    return table, label_of


def _labels_after(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    thing = ""
    for column in columns:
        if column.get("role") != "label":
            thing = str(column["name"])
        elif thing:
            found.setdefault(thing, str(column["name"]))
    return found


def _label_column(name: str, told: Mapping[str, Any]) -> str:
    """The column that holds what the cells of ``name`` are called."""
    for column in told["columns"]:
        other = column["name"]
        pairs = [(row[name].get("label"), row.get(other)) for row in told["rows"] if name in row]
        same = all(label == (cell and cell["value"]) for label, cell in pairs)
        if column.get("role") == "label" and same:
            return str(other)
    return f"{name}Label"


def _row(row: Mapping[str, Mapping[str, Any]], label_of: Mapping[str, str]) -> Row:
    found: dict[str, Term] = {}
    for name, cell in row.items():
        found[name] = Term(cell["type"], cell["value"], cell.get("datatype"), cell.get("lang"))
        if cell.get("label") is not None:
            found.setdefault(label_of[name], Term("literal", cell["label"]))
    return found


def _read(pieces: Any, url: str) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            raise StoreUnavailable(
                "The answer of {url} has more than {most} bytes. Ask page by page.",
                url=url,
                most=MOST_BYTES,
            )
    return bytes(body)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
