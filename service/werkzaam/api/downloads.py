"""``/data/{version}.{ending}``: the dataset as one file (N-Quads, Turtle, JSON-LD, each with ``.gz``).

``latest`` in the place of a number leads to the newest version.
"""

import re
from functools import partial
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from werkzaam.api.asked_versions import asked_change
from werkzaam.api.caching import cache_headers, held_since, not_modified
from werkzaam.api.demo_mark import demo_file_name
from werkzaam.api.dump_kinds import COMPRESSED_TYPE, KINDS, LATEST, DumpKind, dump_path
from werkzaam.api.dumps import Dump, Dumps
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
    headers = {**cache_headers(dump.tag, _VARY), "Last-Modified": dump.modified}
    since = held_since(request)
    if not_modified(request, dump.tag) or (since is not None and dump.made_at <= since):
        return Response(status_code=304, headers=headers)
    return _Sent(
        service.dumps,
        service.dumps.take(dump),
        headers=headers,
        media_type=COMPRESSED_TYPE if packed else made.media_type,
        filename=demo_file_name(dump.file_name, service.demo),
    )


class _Sent(FileResponse):
    """A file that stays until it was sent."""

    def __init__(self, dumps: Dumps, path: Path, **more: Any) -> None:
        super().__init__(path, **more)
        self._let_go = partial(dumps.let_go, path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, or as much of it as the caller waits for."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._let_go()


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
