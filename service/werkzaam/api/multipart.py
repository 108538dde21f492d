"""A form with a file, read within limits; what is wrong with it is said in words."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from werkzaam.domain.file_names import MOST_NAME_CHARACTERS
from werkzaam.errors import BadRequest

_MOST_FIELDS: Final = 20
# how the sentences of starlette begin -> ours
_REASONS: Final = {
    "Too many files": "Send one file, in the field file; this form has more.",
    "Too many fields": "This form has too many fields. There is: {fields}.",
    "Missing boundary": "The header Content-Type gives no boundary between the fields. Let your "
    "client make that header.",
    "Part exceeded": "A field of this form is too long. Only the field file may hold much.",
    "The Content-Disposition": "A field of this form has no name. There is: {fields}.",
}
_TOO_LONG: Final = (
    "The name of the file, or another header of a field, is too long. Give the file a name of at most "
    "{most} characters and send it again."
)
_DAMAGED: Final = "The form is cut off or damaged. Send it again."


async def read_form(request: Request, fields: Sequence[str]) -> FormData:
    """The form in the body, with at most one file; ``fields`` are told to who errs. Raises BadRequest."""
    try:
        return await request.form(max_files=1, max_fields=_MOST_FIELDS)
    except (HTTPException, MultiPartException) as fault:
        said = fault.detail if isinstance(fault, HTTPException) else fault.message
        too_long = _is_too_long(fault)
    if too_long:
        raise BadRequest(_TOO_LONG, most=MOST_NAME_CHARACTERS)
    for beginning in _REASONS:
        if said.startswith(beginning):
            raise BadRequest(_REASONS[beginning], fields=", ".join(fields))
    raise BadRequest(_DAMAGED)


def _is_too_long(fault: BaseException) -> bool:
    """Whether the parser gave up, some way back, because of the size of a header within the form."""
    cause: BaseException | None = fault
    while cause is not None and not str(cause).startswith("Maximum header size"):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def only_fields(form: FormData, fields: Sequence[str]) -> None:
    """Raises BadRequest for a field that is not one of ``fields`` or is given twice."""
    names = [name for name, _ in form.multi_items()]
    for name in names:
        if name not in fields:
            raise BadRequest(
                "There is no field {name} in this form. There is: {fields}.",
                name=name,
                fields=", ".join(fields),
            )
        if names.count(name) > 1:
            raise BadRequest(
                "The field {name} is given {count} times. Give it once.",
                name=name,
                count=names.count(name),
            )
