"""What a reader sent with one of the forms of ``/submit``."""

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from werkzaam.errors import BadRequest
from werkzaam.web.session import CSRF_FIELD, refuse_other_origins

_MOST_FIELDS = 6


@dataclass(frozen=True)
class UploadForm:
    """A file to check, or with ``commit`` to record. ``file_name`` is empty where none was chosen."""

    data: bytes
    file_name: str
    mapping: str
    commit: bool
    csrf: str


async def read_upload(request: Request) -> UploadForm:
    """The upload form. Raises BadRequest, Forbidden."""
    form = await _form(request)
    try:
        file = form.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
    finally:
        await form.close()
    mode = text_of(form, "mode")
    if mode not in ("preview", "commit"):
        raise BadRequest("The form could not be read: {reason}.", reason="mode")
    return UploadForm(
        data, name, text_of(form, "mapping"), mode == "commit", text_of(form, CSRF_FIELD)
    )


async def read_fields(request: Request, *names: str) -> tuple[str, ...]:
    """The named fields of a form without a file, empty where not given. Raises as ``read_upload``."""
    form = await _form(request)
    await form.close()
    return tuple(text_of(form, name) for name in names)


def text_of(form: FormData, name: str) -> str:
    """The text in a field; empty for a file or nothing."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def _form(request: Request) -> FormData:
    refuse_other_origins(request)
    try:
        return await request.form(max_files=1, max_fields=_MOST_FIELDS)
    except MultiPartException as fault:
        raise BadRequest("The form could not be read: {reason}.", reason=fault.message) from None
