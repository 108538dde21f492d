"""``/data/{version}.{ending}``: the dataset as one file (N-Quads, Turtle, JSON-LD, each with ``.gz``).

``latest`` in the place of a number leads to the newest version.
"""

import re
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from werkzaam.api.asked_versions import asked_change
from werkzaam.api.caching import cache_headers, not_modified
from werkzaam.api.demo_mark import demo_file_name
from werkzaam.api.dump_kinds import COMPRESSED_TYPE, KINDS, LATEST, DumpKind, dump_path
from werkzaam.api.dumps import Dump
from werkzaam.api.query_keys import given_only
from werkzaam.api.service import service_of
from werkzaam.domain.characters import quoted
from werkzaam.errors import NotFound

router = APIRouter(include_in_schema=False)
_NAME: Final = re.compile(r"(latest|[0-9]+)\.(nq|ttl|jsonld)(\.gz)?")
_VARY: Final = "Accept-Encoding"


@router.get("/data/{name}")
def download(request: Request, name: str) -> Response:
    """A version of the dataset as a file."""
    service = service_of(request)
    given_only(request)
    version, made, packed = _asked(name)
    if version == LATEST:
        newest = str(service.store.version.number)
        where = service.links.path(dump_path(newest, made, packed=packed))
        return RedirectResponse(where, 307, {"Cache-Control": "no-cache"})
    change = asked_change(service, version)
    dump = Dump(change, made, packed, service.demo)
    unchanged = not_modified(request, dump.tag)
    if unchanged is not None:
        return unchanged
    headers = {**cache_headers(dump.tag, _VARY), "Last-Modified": dump.modified}
    return FileResponse(
        service.dumps.path(dump),
        headers=headers,
        media_type=COMPRESSED_TYPE if packed else made.media_type,
        filename=demo_file_name(dump.file_name, service.demo),
    )


def _asked(name: str) -> tuple[str, DumpKind, bool]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound(
            "There is no file {name} here. A file is a version or latest, a dot, and one of: "
            "{endings}.",
            name=quoted(name),
            endings=", ".join(f"{made.ending}, {made.ending}.gz" for made in KINDS),
        )
    made = next(made for made in KINDS if made.ending == found[2])
    return found[1], made, bool(found[3])
