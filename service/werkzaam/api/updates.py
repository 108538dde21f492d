"""Updates over HTTP, and who may write at all."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.authentication import agent_of
from werkzaam.api.service import service_of
from werkzaam.api.sparql_protocol import ProtocolUpdate
from werkzaam.curation.updates import Edited, SparqlUpdate, Updates
from werkzaam.domain.changes import Agent
from werkzaam.errors import Forbidden

VERSION_HEADER = "Werkzaam-Version"
"""On the answer to a change: the version of the dataset that has it."""


async def answer_update(request: Request, sent: ProtocolUpdate) -> Response:
    """Carry out an update by an admin: 204, with the version that has it."""

    def work() -> Response:
        updates, agent = writer_of(request)
        base = service_of(request).links.url("/sparql")
        update = SparqlUpdate(sent.text, base, sent.using, sent.using_named, sent.seconds)
        return changed(updates.update(update, agent), 204)

    return await run_in_threadpool(work)


def writer_of(request: Request) -> tuple[Updates, Agent]:
    """What changes the dataset, and the admin who asks for it.

    Raises Forbidden where updates are switched off, and as ``agent_of`` does.
    """
    updates = service_of(request).updates
    if updates is None:
        raise Forbidden(
            "Updates are switched off here; this service answers queries only. An operator switches "
            "them on with WERKZAAM_UPDATES=1."
        )
    return updates, agent_of(request, "admin")


def changed(edited: Edited, status: int) -> Response:
    """The answer to a change that was carried out."""
    headers = {"Cache-Control": "no-store", VERSION_HEADER: str(edited.version)}
    return Response(status_code=status, headers=headers)
