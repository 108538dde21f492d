"""By which names ``/mcp`` may be reached, and from which pages."""

import pytest

from werkzaam.errors import Forbidden
from werkzaam.mcp_server.hosts import KnownHosts

PUBLIC = "https://werkzaam.example.nl/kennis"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("werkzaam.example.nl", None),
        ("WERKZAAM.example.nl:443", "https://werkzaam.example.nl"),
        ("werkzaam.example.nl.", None),
        ("localhost:8080", "http://localhost:6274"),
        ("127.0.0.1:8080", "http://127.0.0.1:6274"),
        ("[::1]:8080", "http://[::1]"),
        ("192.0.2.7", None),
        ("192.0.2.7:8080", "http://192.0.2.7:8080"),
    ],
)
def test_our_own_names_and_numbers_may(host: str, origin: str | None) -> None:
    KnownHosts(PUBLIC).check(host, origin)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (None, None),
        ("", None),
        ("evil.example", None),
        ("evil.example:8080", "http://evil.example:8080"),
        ("werkzaam.example.nl.evil.example", None),
        ("127.0.0.1.evil.example", None),
        ("localhost.evil.example", None),
        ("evil.example@localhost", None),
        ("localhost@evil.example", None),
        ("localhost/evil.example", None),
        ("localhost#.evil.example", None),
        ("localhost evil.example", None),
        ("[::1", None),
        ("loc\u0430lhost", None),
        ("werkzaam.example.nl", "https://evil.example"),
        ("werkzaam.example.nl", "null"),
        ("werkzaam.example.nl", ""),
        ("werkzaam.example.nl", "file://"),
        ("werkzaam.example.nl", "https://werkzaam.example.nl.evil.example"),
        ("localhost:8080", "http://127.0.0.1.evil.example"),
        ("localhost:8080", "http://203.0.113.9"),
        ("localhost:8080", "moz-extension://localhost"),
    ],
)
def test_other_names_and_pages_may_not(host: str | None, origin: str | None) -> None:
    with pytest.raises(Forbidden):
        KnownHosts(PUBLIC).check(host, origin)
