"""The session of the page about submissions, and a report as a reader gets it."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.links import Links
from werkzaam.domain.changes import Agent
from werkzaam.errors import Forbidden
from werkzaam.web.session import (
    refuse_other_origins,
    require_session,
    session_of,
    sign_in,
    sign_out,
)
from werkzaam.web.submit_report import report_view


@dataclass
class OneToken:
    """Knows one token."""

    def check(self, secret: str) -> Agent | None:
        return Agent("one", "submitter") if secret == "right" else None


def request(public_url: str = "http://here:1", **headers: str) -> Request:
    service = SimpleNamespace(tokens=OneToken(), links=Links(public_url))
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    app = SimpleNamespace(state=SimpleNamespace(service=service))
    return Request({"type": "http", "method": "POST", "headers": raw, "app": app})


def test_the_cookie_is_secure_behind_https_and_below_its_prefix() -> None:
    response = Response()
    sign_in(response, "right", Links("https://example.org/kennis"))
    cookie = response.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/kennis/submit", "Secure"):
        assert part in cookie
    plain = Response()
    sign_in(plain, "right", Links("http://127.0.0.1:1"))
    assert "Secure" not in plain.headers["set-cookie"]
    assert "Path=/submit;" in plain.headers["set-cookie"]
    sign_out(response, Links("https://example.org/kennis"))
    assert "Max-Age=0" in response.headers.getlist("set-cookie")[1]


def test_a_form_that_writes_carries_what_belongs_to_the_token() -> None:
    signed_in = request(cookie="werkzaam-session=right")
    found = session_of(signed_in)
    assert found is not None
    assert "right" not in found.csrf
    assert require_session(signed_in, found.csrf).agent.id == "one"
    assert session_of(request(cookie="werkzaam-session=wrong")) is None
    for asked, csrf in [(signed_in, ""), (signed_in, "é\ud800"), (request(), found.csrf)]:
        with pytest.raises(Forbidden):
            require_session(asked, csrf)


@pytest.mark.parametrize("origin", ["http://here:1", "http://proxied", "https://public.example"])
def test_our_own_pages_may_send(origin: str) -> None:
    host = "proxied" if origin == "http://proxied" else "here:1"
    refuse_other_origins(request("https://public.example/x", host=host, origin=origin))
    refuse_other_origins(request(host=host))


@pytest.mark.parametrize("origin", ["null", "", "http://here:2", "http://here:1.example"])
def test_other_sites_may_not(origin: str) -> None:
    with pytest.raises(Forbidden):
        refuse_other_origins(request(host="here:1", origin=origin))


def finding(constraint: str, row: int, message: str, severity: str = "violation") -> dict[str, Any]:
    both = {"nl": message, "en": message}
    return {
        "constraint": constraint, "severity": severity, "row": row, "column": "A",
        "columnTitle": "x", "value": None, "message": both, "fix": both,
    }  # fmt: skip


def report(findings: list[dict[str, Any]], conforms: bool | None) -> dict[str, Any]:
    counts = dict.fromkeys(("violation", "warning", "info"), 0)
    for one in findings:
        counts[one["severity"]] += 1
    file = {"name": "p.csv", "encoding": "utf-8"}
    facts = {"delimiter": "tab", "rows": 2000, "new": 1, "changed": 0, "unchanged": 2}
    return {
        "conforms": conforms, "validated": conforms is not None, "file": file, "counts": counts,
        "facts": facts, "findings": findings,
    }  # fmt: skip


def test_findings_are_grouped_the_worst_first() -> None:
    same = [finding("same", row, "m") for row in range(2, 302)]
    view = report_view(
        report([finding("a", 2, "i", "info"), *same, finding("own", 2, "m"), finding("own", 3, "n")], False),
        "nl",
    )  # fmt: skip
    assert [group.constraint for group in view.groups] == ["same", "own", "a"]
    assert view.sentence == (
        "Dit bestand is nog niet goed: 302 fouten, 0 waarschuwingen, 1 opmerking."
    )
    first, own, _ = view.groups
    assert (len(first.first), len(first.others), first.message) == (3, 200, "m")
    assert first.left_out == "Nog 97 bevindingen worden niet getoond."
    assert own.own_messages
    assert [cell.message for cell in own.first] == ["m", "n"]
    assert view.change == ""


def test_a_good_file_says_what_would_change() -> None:
    view = report_view(report([], True), "nl")
    assert view.conforms
    assert view.change == (
        "Als u dit bestand vastlegt: 1 nieuw project, "
        "0 projecten die iets anders zeggen dan nu, 2 die blijven zoals ze zijn."
    )
    assert ("Rijen met een project", "2.000") in view.facts
    assert ("Tussen de kolommen", "tab") in view.facts


def test_a_file_that_could_not_be_checked_is_not_called_good_or_bad() -> None:
    view = report_view(report([finding("nul-byte", 1, "m")], None), "en")
    assert view.sentence == "This file could not be checked: 1 fault."
    assert not view.conforms
