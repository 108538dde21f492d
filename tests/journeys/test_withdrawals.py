"""Taking back what others build on: refused over HTTP, on the page and by the command, until that is
gone; and a file that says less than what is on record is told so in each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

PROJECT = "identificatie,titel,samenvatting,subsidieronde\nMDT-1,Samen op pad,Samen eten.,5a\n"
THIN = "identificatie,titel,subsidieronde\nMDT-1,Samen op pad,5a\n"
REPORT = (
    "verslag,project,titel,soort verslag,deelnemers bereikt,bronnen\n"
    "V 9,MDT-1,Eindverslag van Samen op pad,eindverslag,30,Voorbeeldbron\n"
)


@dataclass
class Desk:
    """A running service with a project of ``one`` and a report on it of ``two``."""

    running: Any
    werkzaam: Callable[..., Any]

    def __post_init__(self) -> None:
        self.here = {"WERKZAAM_DATA_DIR": str(self.running.folder)}
        self.one, self.two = self._token("een"), self._token("twee")
        self.project: str = self.send(PROJECT, "projects", self.one).headers["location"]
        self.report = self.send(REPORT, "reports", self.two).json()

    def _token(self, label: str) -> str:
        words = ["token", "create", "--role", "submitter", "--label", label]
        made: bytes = self.werkzaam(*words, **self.here).out
        return made.decode().strip()

    def send(self, text: str, mapping: str, secret: str, mode: str = "commit") -> httpx.Response:
        answer: httpx.Response = self.running.client.post(
            "/v1/submissions",
            files={"file": ("a.csv", text.encode(), "text/csv")},
            data={"mapping": mapping, "mode": mode},
            headers={"Authorization": f"Bearer {secret}"},
        )
        return answer

    def delete(self, where: str, secret: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "nl"}
        answer: httpx.Response = self.running.client.delete(where, headers=headers)
        return answer

    def on_the_page(self, submission: str) -> httpx.Response:
        """What the page answers to ``one``, who withdraws there."""
        cookie = {"Cookie": f"werkzaam-session={self.one}", "Accept-Language": "en"}
        with httpx.Client(base_url=self.running.url, headers=cookie, timeout=60) as client:
            csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/submit").text)
            assert csrf
            data = {"submission": submission, "csrf": csrf[1]}
            return client.post("/submit/withdraw", data=data)


@pytest.fixture
def desk(start_service: Callable[..., Any], werkzaam: Callable[..., Any]) -> Desk:
    return Desk(start_service(), werkzaam)


def test_a_file_that_says_less_is_told_so(desk: Desk, tmp_path: Path) -> None:
    thin = desk.send(THIN, "projects", desk.one, "preview").json()
    assert thin["conforms"] is True
    assert [(d["name"], d["records"]) for d in thin["facts"]["disappear"]] == [("summary", 1)]
    [gone] = [f for f in thin["findings"] if f["constraint"] == "column-disappears"]
    assert "Samen eten." in gone["message"]["nl"]
    file = tmp_path / "thin.csv"
    file.write_text(THIN)
    told = desk.werkzaam("ingest", str(file), "--mapping", "projects", "--preview", **desk.here)
    assert "thin.csv: Waarden die verdwijnen: samenvatting: 1 rij.\n" in told.out.decode()


def test_what_others_build_on_is_not_taken_back_before_that(desk: Desk) -> None:
    refused = desk.delete(desk.project, desk.one)
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert [iri.rsplit("/", 1)[1] for iri in refused.json()["records"]] == ["v-9"]
    assert "bouwen voort op deze aanlevering" in refused.json()["detail"]
    assert desk.report["id"] in refused.json()["detail"]

    name = desk.project.rsplit("/", 1)[1]
    drawn = desk.on_the_page(name)
    assert drawn.status_code == 409
    assert "Other records build on this submission" in drawn.text
    by_command = desk.werkzaam("withdraw", name, **desk.here)
    assert by_command.code != 0
    assert "Other records build on this submission" in by_command.err

    assert desk.delete(desk.report["url"], desk.two).status_code == 200
    assert desk.delete(desk.project, desk.one).json()["state"] == "withdrawn"
