"""A form that is not as it should be: the answer says in words what is wrong with it."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

FILE = ("a.csv", b"identificatie,titel,subsidieronde\nMDT-1,Samen op pad,5a\n", "text/csv")
GOOD = [("file", FILE), ("mapping", (None, "projects")), ("mode", (None, "preview"))]
Parts = Sequence[tuple[str, Any]]


def send(
    service: Any, parts: Parts, path: str = "/v1/submissions", query: str = "?lang=en"
) -> httpx.Response:
    answer: httpx.Response = service.client.post(f"{path}{query}", files=list(parts))
    return answer


def test_the_form_is_good_as_it_is_here(service: Any) -> None:
    for query in ("", "?lang=en"):
        assert send(service, GOOD, query=query).json()["conforms"] is True


@pytest.mark.parametrize(
    ("parts", "status", "words"),
    [
        (GOOD[::2], 400, "Say in the field mapping how to read it."),
        (GOOD[:2], 400, "The field mode is one of: preview, commit."),
        (GOOD[1:], 400, "Send one file in the field file."),
        ([*GOOD[:2], ("mode", (None, "maybe"))], 400, "The field mode is one of: preview, commit."),
        (
            [*GOOD, ("mode", (None, "commit"))],
            400,
            "The field mode is given 2 times. Give it once.",
        ),
        ([*GOOD, ("file", FILE)], 400, "Send one file, in the field file; this form has more."),
        ([*GOOD, ("other", FILE)], 400, "Send one file, in the field file; this form has more."),
        (
            [*GOOD, ("a", (None, "1")), ("b", (None, "1")), ("c", (None, "1"))],
            400,
            "There is no field a in this form. There is: file, mapping, mode, accept.",
        ),
        (
            [*GOOD, *[(f"f{n}", (None, "1")) for n in range(30)]],
            400,
            "This form has too many fields. There is: file, mapping, mode, accept.",
        ),
        (
            [*GOOD[:2], ("mode", (None, "x" * 2_000_000))],
            400,
            "A field of this form is too long. Only the field file may hold much.",
        ),
        (
            [*GOOD, ("accept", (None, "most"))],
            400,
            "The field accept is one of: all, validRows.",
        ),
        (
            [GOOD[0], ("mapping", (None, "nothing")), GOOD[2]],
            404,
            'There is no mapping "nothing"',
        ),
    ],
)
def test_what_is_wrong_with_a_form_is_said(
    service: Any, parts: Parts, status: int, words: str
) -> None:
    answer = send(service, parts)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"x", "text/csv", 415, "Send the file as multipart/form-data: file, mapping, mode."),
        (b"mode=preview", "application/x-www-form-urlencoded", 415, "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data", 400, "The header Content-Type gives no boundary"),
        (b"nonsense", "multipart/form-data; boundary=x", 400, "The form is cut off or damaged."),
        (
            b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
            400,
            "A field of this form has no name. There is: file, mapping, mode, accept.",
        ),
    ],
)
def test_what_is_wrong_with_a_body_is_said(
    service: Any, body: bytes, kind: str, status: int, words: str
) -> None:
    headers = {"Content-Type": kind, "Accept-Language": "en"}
    for path in ("/v1/submissions", "/submit"):
        if path == "/submit" and status == 415:
            continue
        answer = service.client.post(path, content=body, headers=headers)
        assert answer.status_code == status
        assert words.partition(" There is")[0] in answer.text


def test_on_the_page_two_files_are_refused_in_words(service: Any) -> None:
    answer = send(service, [*GOOD, ("file", FILE)], "/submit")
    assert answer.status_code == 400
    assert "Send one file, in the field file; this form has more." in answer.text


@pytest.mark.parametrize("query", ["?token=abc", "?mode=preview", "?lang=en&lang=nl"])
def test_strange_keys_in_the_address_are_refused(service: Any, query: str) -> None:
    answer = send(service, GOOD, query=query)
    assert answer.status_code == 400
    assert query[1:].partition("=")[0] in answer.json()["detail"]
