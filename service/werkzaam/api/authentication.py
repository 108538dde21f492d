"""Who is asking: a bearer token, or nobody (`RFC 6750 <https://www.rfc-editor.org/rfc/rfc6750>`_)."""

from starlette.requests import Request

from werkzaam.api.service import service_of
from werkzaam.domain.changes import Agent, Role
from werkzaam.errors import Forbidden, Unauthorized


def bears_token(request: Request) -> bool:
    """Whether ``request`` brings a bearer token, be it a valid one or not."""
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def agent_of(request: Request, role: Role) -> Agent:
    """The agent behind the token of ``request``, who has at least ``role``.

    Raises Unauthorized without a valid token, Forbidden with one for a lesser role.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if not secret.strip():
        raise Unauthorized(
            "This needs a token: send `Authorization: Bearer …`. An operator makes one with "
            "`werkzaam token create --role {role}`.",
            role=role,
        )
    agent = None
    if scheme.lower() == "bearer":
        agent = service_of(request).tokens.check(secret.strip())
    if agent is None:
        raise Unauthorized("The token is not valid: unknown, expired or revoked.")
    if not agent.may(role):
        raise Forbidden(
            "This needs the role {role}; the token has the role {given}.",
            role=role,
            given=agent.role,
        )
    return agent
