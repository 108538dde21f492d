"""What is held to before any route."""

import pytest

from werkzaam.api.plain_requests import plain_headers
from werkzaam.api.transport import _announced

ZEROS = b"0" * 5000


@pytest.mark.parametrize(
    ("length", "bytes_announced"),
    [
        *((b"", 0), (b"0", 0), (b"12", 12), (b"x", 0), (b"-1", 0), (ZEROS, 0)),
        *((ZEROS + b"12", 12), (b"9" * 5000, 10**20 - 1)),
    ],
)
def test_how_much_is_announced(length: bytes, bytes_announced: int) -> None:
    assert _announced([(b"content-length", length)]) == bytes_announced


@pytest.mark.parametrize("length", [b"x", b"99999999", b"9" * 5000, ZEROS + b"5"])
def test_a_strange_length_is_not_plain(length: bytes) -> None:
    scope = {"method": "POST", "query_string": b"", "headers": [(b"content-length", length)]}
    assert plain_headers(scope) is None
    scope["headers"] = [(b"content-length", b"5")]
    assert plain_headers(scope) is not None
