"""Who is signed in on the pages, and whether a form that writes came from one of our own pages.

The cookie holds the token itself, so that there is nothing to keep here: a token that ends, ends the
session. What a form that writes must send along is an HMAC of the token under a key of this process.
"""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.links import Links
from werkzaam.api.service import instance_of
from werkzaam.domain.changes import Agent
from werkzaam.errors import Forbidden

SESSION_COOKIE: Final = "werkzaam-session"
CSRF_FIELD: Final = "csrf"
SESSION_PATH: Final = "/submit"
_SECONDS: Final = 8 * 60 * 60
_KEY: Final = secrets.token_bytes(32)


@dataclass(frozen=True)
class Session:
    """Someone signed in; ``csrf`` is what a form that writes sends along."""

    agent: Agent
    csrf: str


def session_of(request: Request) -> Session | None:
    """The session of ``request``; None without one, and once its token has ended."""
    secret = request.cookies.get(SESSION_COOKIE, "")
    agent = instance_of(request).tokens.check(secret) if secret else None
    return Session(agent, _csrf(secret)) if agent else None


def signed_in(request: Request) -> Session:
    """The session of ``request``. Raises Forbidden without one."""
    session = session_of(request)
    if session is None:
        raise Forbidden("You are not signed in, or your token has ended. Sign in and try again.")
    return session


def require_session(request: Request, csrf: str) -> Session:
    """The session of a form that writes. Raises Forbidden without one or without the right field."""
    session = signed_in(request)
    if not hmac.compare_digest(session.csrf.encode(), csrf.encode("utf-8", "surrogatepass")):
        raise Forbidden("This form is not from this page, or is too old. Open the page again.")
    return session


def refuse_other_origins(request: Request) -> None:
    """Raises Forbidden for a form on the page of another site."""
    origin = request.headers.get("origin")
    if origin is None:
        return
    ours = {
        request.headers.get("host", "").lower(),
        urlsplit(instance_of(request).links.public_url).netloc.lower(),
    }
    if origin.lower().partition("://")[2] not in ours - {""}:
        raise Forbidden("This form was sent from another site. Open the page here and try again.")


def sign_in(response: Response, secret: str, links: Links) -> None:
    """Let the browser keep the token for this session: for these pages only, and not for scripts."""
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=_SECONDS,
        path=links.path(SESSION_PATH),
        secure=_is_secure(links),
        httponly=True,
        samesite="strict",
    )


def sign_out(response: Response, links: Links) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(
        SESSION_COOKIE,
        path=links.path(SESSION_PATH),
        secure=_is_secure(links),
        httponly=True,
        samesite="strict",
    )


def _is_secure(links: Links) -> bool:
    return links.public_url.startswith("https://")


def _csrf(secret: str) -> str:
    return hmac.new(_KEY, secret.encode(), "sha256").hexdigest()
