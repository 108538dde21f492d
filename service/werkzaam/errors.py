"""Every deliberate refusal, in one tree.

::

    WerkzaamError
    ├─ SettingsError            an environment variable is unknown or has no usable value
    ├─ DataFolderInUse          another service holds the data folder
    ├─ DataFolderUnusable       the data folder cannot be made, read or written
    ├─ AddressInUse             the address to listen on is taken
    ├─ ContentError             a content file is wrong: file, line, what to do
    ├─ ContentNotWritten        a content file or folder could not be written
    ├─ RequestError             the caller can mend it
    │  ├─ BadRequest            a parameter of the request is missing, unknown or wrong
    │  │  ├─ InvalidParameter   … and these are the values to choose from
    │  │  └─ RdfSyntaxError     … or a body that is not the RDF it says it is: line and column
    │  ├─ QueryRefused          this SPARQL is not run here
    │  │  └─ QuerySyntaxError   … because it is not SPARQL: line and column
    │  ├─ NotFound              no such thing
    │  ├─ Gone                  it was here, and nothing replaces it
    │  ├─ Conflict              it would overwrite what is another's
    │  ├─ NotAcceptable         none of the accepted media types can be given
    │  ├─ MethodNotAllowed      not with this HTTP method
    │  ├─ DataRefused           a file did not pass the gate: the report says why
    │  ├─ PreconditionFailed    it is not in the state that the caller takes it to be in
    │  ├─ Unauthorized          a valid token is needed
    │  ├─ Forbidden             not allowed for this caller
    │  ├─ RequestTooLarge       more bytes than are read
    │  └─ UnsupportedMediaType  the body is in a format that is not read
    ├─ QueryDeadlineExceeded    the answer was not there in time
    ├─ QueryStopped             whoever asked is gone
    ├─ QueryTooLarge            evaluation needed more memory or nesting than a reader has
    ├─ FederationFailed         another host that the query names did not answer as it should
    ├─ StoreBusy                all readers are taken and the queue is full
    └─ StoreUnavailable         no reader could be started, or the journal cannot be used

A message is an English template with named values; ``messages`` translates the template.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Self


class WerkzaamError(Exception):
    """A refusal with a message that says what is wrong, where, and what to do.

    ``template`` is English with ``{named}`` places, ``values`` fill them.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


class SettingsError(WerkzaamError):
    """An environment variable is unknown or has no usable value."""


class DataFolderInUse(WerkzaamError):
    """Another service holds the data folder."""


class DataFolderUnusable(WerkzaamError):
    """The data folder cannot be made, read or written."""


class AddressInUse(WerkzaamError):
    """The address to listen on is taken or cannot be used."""


class ContentError(WerkzaamError):
    """A content file is wrong. ``path`` is relative to the content folder, ``line`` counts from 1."""

    def __init__(self, path: str, line: int | None, template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.path = path
        self.line = line

    @property
    def place(self) -> str:
        """``file:line``, or the file alone where no line is known."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}"


class ContentNotWritten(WerkzaamError):
    """A content file or folder could not be written; all content is as it was."""


class RequestError(WerkzaamError):
    """The caller can mend this. ``facts`` are what else a program may want to know, as JSON."""

    facts: Mapping[str, object] = MappingProxyType({})

    def knowing(self, **facts: object) -> Self:
        """This refusal, with ``facts``."""
        self.facts = facts
        return self


class BadRequest(RequestError):
    """A parameter of the request is missing, unknown or wrong."""


class InvalidParameter(BadRequest):
    """A parameter has a value that cannot be used; ``choices`` are the values that can."""

    def __init__(
        self, name: str, choices: Sequence[str], template: str, /, **values: object
    ) -> None:
        super().__init__(template, name=name, **values)
        self.name = name
        self.choices = tuple(choices)


class RdfSyntaxError(BadRequest):
    """A body is not in the syntax that its media type says; ``line`` and ``column`` count from 1,
    None where they are not known."""

    def __init__(
        self, line: int | None, column: int | None, template: str, /, **values: object
    ) -> None:
        super().__init__(template, **{"line": line, "column": column, **values})
        self.line = line
        self.column = column


class QueryRefused(RequestError):
    """This SPARQL is not run here."""


class QuerySyntaxError(QueryRefused):
    """The query is not SPARQL 1.1; ``line`` and ``column`` count from 1."""

    def __init__(
        self, line: int | None, column: int | None, template: str, /, **values: object
    ) -> None:
        super().__init__(template, **{"line": line, "column": column, **values})
        self.line = line
        self.column = column


class NotFound(RequestError):
    """No such thing."""


class Gone(RequestError):
    """It was here, and nothing replaces it."""


class Conflict(RequestError):
    """It would overwrite what is another's; ``records`` are the IRIs that stand in the way."""

    def __init__(self, records: Sequence[str], template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.records = tuple(records)


class NotAcceptable(RequestError):
    """None of the accepted media types can be given."""


class MethodNotAllowed(RequestError):
    """Not with this HTTP method; ``allowed`` are the methods that are."""

    def __init__(self, allowed: Sequence[str], template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.allowed = tuple(allowed)


class DataRefused(RequestError):
    """A file did not pass the gate; ``report`` is its validation report, a JSON object."""

    def __init__(self, report: Mapping[str, object], template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.report = report


class PreconditionFailed(RequestError):
    """It is not in the state that the caller takes it to be in."""


class Unauthorized(RequestError):
    """A valid token is needed."""


class Forbidden(RequestError):
    """Not allowed for this caller."""


class RequestTooLarge(RequestError):
    """More bytes than are read."""


class UnsupportedMediaType(RequestError):
    """The body is in a format that is not read."""


class QueryDeadlineExceeded(WerkzaamError):
    """The answer was not there in time."""


class QueryStopped(WerkzaamError):
    """Whoever asked is gone, or the service is stopping."""


class QueryTooLarge(WerkzaamError):
    """Evaluation needed more memory or nesting than a reader has, or gave more bytes than are sent."""


class FederationFailed(WerkzaamError):
    """Another host that the query names did not answer as it should."""


class StoreBusy(WerkzaamError):
    """All readers are taken and the queue is full; ``retry_after`` in seconds."""

    def __init__(self, retry_after: int, template: str, /, **values: object) -> None:
        super().__init__(template, retry_after=retry_after, **values)
        self.retry_after = retry_after


class StoreUnavailable(WerkzaamError):
    """No reader could be started, or the journal cannot be used."""
