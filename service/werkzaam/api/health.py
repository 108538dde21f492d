"""``/health``: for whoever keeps the service running."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from werkzaam.api.service import service_of

router = APIRouter()
_FRESH = {"Cache-Control": "no-store"}


@router.get("/health/live", include_in_schema=False)
async def live() -> JSONResponse:
    """200 as long as this process answers."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


@router.get("/health/ready", include_in_schema=False)
def ready(request: Request) -> JSONResponse:
    """200 only when a query is answered; otherwise 503."""
    service = service_of(request)
    condition = service.store.condition()
    body = {
        "status": "ready" if condition.ready else "not ready",
        "version": service.store.version.number,
        "quads": condition.quads,
        "confinement": dict(condition.confinement),
    }
    return JSONResponse(body, 200 if condition.ready else 503, headers=_FRESH)
