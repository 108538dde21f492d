"""What a reader sent with one of the forms of ``/submit``."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from werkzaam.api.multipart import read_form
from werkzaam.errors import BadRequest
from werkzaam.web.session import CSRF_FIELD, refuse_other_origins

_FIELDS = ("file", "mapping", "mode", "accept", CSRF_FIELD)


@dataclass(frozen=True)
class UploadForm:
    """A file to check, with ``commit`` to record, or with ``marked`` to give back with remarks.
    ``file_name`` is empty where none was chosen. ``valid_rows``: to record what is without faults,
    though not all is."""

    file: UploadFile | None
    file_name: str
    mapping: str
    commit: bool
    csrf: str
    marked: bool = False
    valid_rows: bool = False

    async def read(self) -> bytes:
        """What is in the file."""
        return await self.file.read() if self.file else b""


@asynccontextmanager
async def upload_form(request: Request) -> AsyncIterator[UploadForm]:
    """The upload form, closed afterwards. Raises BadRequest, Forbidden."""
    form = await _form(request, _FIELDS)
    try:
        given = form.get("file")
        file = given if isinstance(given, UploadFile) else None
        mode = text_of(form, "mode")
        if mode not in ("preview", "commit", "marked"):
            raise BadRequest("The form could not be read: {reason}.", reason="mode")
        yield UploadForm(
            file,
            (file.filename or "") if file else "",
            text_of(form, "mapping"),
            mode == "commit",
            text_of(form, CSRF_FIELD),
            mode == "marked",
            text_of(form, "accept") == "validRows",
        )
    finally:
        await form.close()


async def read_fields(request: Request, *names: str) -> tuple[str, ...]:
    """The named fields of a form without a file, empty where not given. Raises as ``upload_form``."""
    form = await _form(request, names)
    await form.close()
    return tuple(text_of(form, name) for name in names)


def text_of(form: FormData, name: str) -> str:
    """The text in a field; empty for a file or nothing."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def _form(request: Request, fields: Sequence[str]) -> FormData:
    refuse_other_origins(request)
    return await read_form(request, fields)
