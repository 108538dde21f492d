"""What lets this service in at a SPARQL engine elsewhere: read, checked, and never shown."""

import re
from pathlib import Path
from typing import Final

from werkzaam.errors import SettingsError
from werkzaam.store.remote_address import basic, bearer

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")


def authorization(
    user: str | None, password: str | None, token: str | None, file: Path | None
) -> str:
    """The header that lets us in; empty where nothing is set.

    Raises SettingsError where two ways are set, half of one, or a file that cannot be read.
    """
    if sum(way is not None for way in (user or password, token, file)) > 1:
        raise SettingsError(
            "More than one way is set to be let in at WERKZAAM_ENDPOINT. Keep one: "
            "WERKZAAM_ENDPOINT_AUTH_FILE, or WERKZAAM_ENDPOINT_TOKEN, or WERKZAAM_ENDPOINT_USER "
            "with WERKZAAM_ENDPOINT_PASSWORD."
        )
    if file is not None:
        return _authorization_in(file)
    if token is not None:
        return bearer(token)
    if user is None and password is None:
        return ""
    if user is None or password is None:
        raise SettingsError(
            "WERKZAAM_ENDPOINT_USER and WERKZAAM_ENDPOINT_PASSWORD belong together. Set both."
        )
    return basic(user, password)


def read_user(name: str, value: str) -> str:
    """A name for basic authentication. Raises SettingsError."""
    if ":" in read_secret(name, value):
        raise SettingsError("{name} holds a colon, which ends a name. Leave it out.", name=name)
    return value


def read_secret(name: str, value: str) -> str:
    """A password. Raises SettingsError, which does not show it."""
    if not value or not value.isprintable():
        raise SettingsError(
            "{name} is empty, or holds a character that cannot be sent. Set it to what the SPARQL "
            "engine gave you, or do not set it.",
            name=name,
        )
    return value


def read_token(name: str, value: str) -> str:
    """A token (`RFC 6750 §2.1 <https://www.rfc-editor.org/rfc/rfc6750#section-2.1>`_).

    Raises SettingsError, which does not show it.
    """
    if not _TOKEN.fullmatch(value):
        raise SettingsError(
            "{name} is no token: it may hold letters, digits and . _ ~ + / - and end with =. Its "
            "value is not shown here.",
            name=name,
        )
    return value


def _authorization_in(file: Path) -> str:
    """What a file lets in with: ``Bearer TOKEN``, or ``Basic USER:PASSWORD``."""
    name = "WERKZAAM_ENDPOINT_AUTH_FILE"
    try:
        kind, _, secret = file.read_text("utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(
            "{name} is {value}, which cannot be read ({reason}).",
            name=name,
            value=repr(str(file)),
            reason=getattr(fault, "strerror", None) or type(fault).__name__,
        ) from None
    user, colon, password = secret.partition(":")
    if kind.lower() == "bearer" and secret:
        return bearer(read_token(name, secret.strip()))
    if kind.lower() == "basic" and colon:
        return basic(read_secret(name, user.strip()), read_secret(name, password))
    raise SettingsError(
        "The file that {name} names must hold one line: `Bearer TOKEN`, or `Basic USER:PASSWORD`. "
        "What it holds is not shown here.",
        name=name,
    )
