"""What happened to the dataset, over HTTP: the list, one change, and what differs."""

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from tests.running_service import RunningService, start

from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.store.journal import Journal
from werkzaam.store.journal_patch import read_patch

BASE = "https://w3id.org/mdt-kennisgraaf/"
NOTES = f"{BASE}graph/notes"
RECORD = f"{BASE}id/project/geheim"
HOUVAST = f"{BASE}id/working-element/houvast"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
PATCH = "application/rdf-patch"


def note(subject: str, text: str) -> bytes:
    return f'<{subject}> <{COMMENT}> "{text}"@nl <{NOTES}> .\n'.encode()


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]) -> Path:
    """A data folder with a journal of seven changes of several kinds."""
    folder = tmp_path_factory.mktemp("changes") / "data"
    shutil.copytree(begun(False), folder)
    many = b"".join(note("u:many", f"nummer {n:03d}") for n in range(130))
    few = b"".join(note(f"u:few{n:03d}", "x") for n in range(70))
    with closing(Journal.open(folder)) as opened:
        said = {RECORD: f'<{RECORD}> <{COMMENT}> "x" <{BASE}graph/records> .\n'.encode()}
        sent = Delivery("qxqx-ann", "qxqx.csv", Upload(b"u"), "projects", "1", said, {})
        name = opened.append_submission(sent).submission.id
        opened.append_update(ChangeData(note(HOUVAST, "een"), b""), "qxqx-bob", "why", after=2)
        opened.withdraw(name, "qxqx-ann")
        more = ChangeData(note(HOUVAST, "twee"), note(HOUVAST, "een"))
        opened.append_update(more, "qxqx-bob", "", after=4)
        opened.append_update(ChangeData(many, b""), "qxqx-bob", "", after=5)
        opened.append_update(ChangeData(few, b""), "qxqx-bob", "", after=6)
    return folder


@pytest.fixture(scope="module")
def running(journal: Path) -> Any:
    service = start(journal)
    yield service
    assert service.stop() == 0


def asked(service: RunningService, address: str, **headers: str) -> Any:
    parts = urlsplit(address)
    return service.client.get(f"{parts.path}?{parts.query}", headers=headers)


def walked(service: RunningService, address: str, key: str) -> list[Any]:
    """All that the pages from ``address`` on hold, by their links."""
    found = []
    following: str | None = address
    while following:
        answer = asked(service, following)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body[key]
        following = body["next"]
        assert body["truncated"] >= (following is not None)
        assert answer.links.get("next", {}).get("url") == following
    return found


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_every_change_is_listed_once_in_either_order(running: Any, limit: int) -> None:
    oldest = walked(running, f"/v1/changes?limit={limit}", "changes")
    newest = walked(running, f"/v1/changes?limit={limit}&order=newest", "changes")
    assert [one["number"] for one in oldest] == [*range(1, 8)]
    assert newest == oldest[::-1]
    assert [one["kind"] for one in oldest[:5]] == [
        *("content", "submission", "update", "withdrawal", "update"),
    ]
    assert [(one["added"], one["removed"]) for one in oldest[1:]] == [
        *((1, 0), (1, 0), (0, 1), (1, 1), (130, 0), (70, 0)),
    ]
    assert oldest[2]["message"] == "why"


def test_one_change_leads_to_its_patch_and_its_difference(running: Any, journal: Path) -> None:
    with closing(Journal.open(journal, read_only=True)) as opened:
        expected = [opened.data(number) for number in range(1, 8)]
    for number, data in enumerate(expected, 1):
        change = running.client.get(f"/v1/changes/{number}").json()
        assert change["number"] == number
        by_format = asked(running, change["patch"])
        by_accept = running.client.get(f"/v1/changes/{number}", headers={"Accept": PATCH})
        assert by_format.headers["content-type"].startswith(PATCH)
        assert by_accept.content == by_format.content
        head, _, body = by_format.content.partition(b"TX .\n")
        assert read_patch(b"TX .\n" + body) == data
        named = [f"H id <{running.url}v1/changes/{number}> ."]
        named += [f"H prev <{running.url}v1/changes/{number - 1}> ."] if number > 1 else []
        assert head.decode().splitlines() == named
        difference = asked(running, change["diff"]).json()
        assert (difference["from"], difference["to"]) == (number - 1, number)
        assert difference["counts"]["added"] == change["added"]


def test_who_and_which_file_is_told_nobody(running: Any, journal: Path) -> None:
    with closing(Journal.open(journal, read_only=True)) as opened:
        hashes = [change.hash for change in opened.changes()]
    texts = [
        running.client.get(path, headers={"Accept": accept}).text
        for path in (
            *(
                "/v1/changes",
                "/changes",
                "/v1/diff?from=1",
                "/changes/diff?from=1",
                "/changes/diff",
            ),
            *(f"/v1/changes/{number}" for number in range(1, 8)),
        )
        for accept in ("*/*", PATCH)
    ]
    assert not re.search("qxqx", "".join(texts))
    assert not any(digest in "".join(texts) for digest in hashes)


def test_what_differs_stands_by_thing_with_its_names(running: Any) -> None:
    found = running.client.get("/v1/diff?from=3&to=5&lang=en").json()
    assert found["counts"] == {"added": 1, "removed": 2, "resources": 2}
    record, element = found["resources"]
    assert (record["value"], len(record["removed"])) == (RECORD, 1)
    assert element["value"] == HOUVAST
    assert element["label"] == {"nl": "Houvast", "en": "Something to hold on to"}
    assert element["types"][0]["value"] == f"{BASE}def/WorkingElement"
    assert element["types"][0]["label"]["en"] == "Working element"
    (added,), (removed,) = element["added"], element["removed"]
    assert added["value"] == {"type": "literal", "value": "twee", "lang": "nl"}
    assert removed["value"]["value"] == "een"
    assert added["graph"] == NOTES
    assert not found["truncated"]
    assert f"{BASE}graph/provenance" in found["limits"]["notCompared"]
    assert "not compared" in found["limits"]["note"]
    back = running.client.get("/v1/diff?from=5&to=3").json()
    assert back["resources"][1]["added"] == element["removed"]
    assert running.client.get("/v1/diff?from=5&to=5").json()["resources"] == []


def test_without_versions_the_last_change_is_told(running: Any) -> None:
    assert running.client.get("/v1/diff").json()["from"] == 6
    assert running.client.get("/v1/diff?to=3").json()["from"] == 2
    assert running.client.get("/v1/diff?to=0").json()["counts"]["resources"] == 0


def test_a_large_difference_is_cut_and_says_so(running: Any) -> None:
    found = running.client.get("/v1/diff?from=5&to=7&limit=30").json()
    assert found["counts"] == {"added": 200, "removed": 0, "resources": 71}
    assert len(found["resources"]) == 30
    assert found["truncated"]
    whole = walked(running, "/v1/diff?from=5&to=7&limit=30", "resources")
    assert len({one["value"] for one in whole}) == len(whole) == 71
    assert running.client.get("/v1/diff?from=5&to=7&limit=9999").json()["limits"]["limit"] == 200
    (many,) = [one for one in whole if one["value"] == "u:many"]
    assert (many["truncated"], len(many["added"]), many["counts"]["added"]) == (True, 100, 130)
    patch = running.client.get("/v1/diff?from=5&to=7&format=patch").text
    assert patch.count("\nA ") == 200


def test_the_first_version_differs_from_nothing_in_everything(running: Any) -> None:
    found = running.client.get("/v1/diff?from=0&to=1").json()
    assert found["counts"]["added"] > 1000
    assert found["counts"]["removed"] == 0
    patch = running.client.get("/v1/diff?from=0&to=1", headers={"Accept": PATCH})
    assert patch.text.count("\nA ") == found["counts"]["added"]
    quads = "\n".join(line[2:] for line in patch.text.splitlines() if line[0] == "A")
    assert sum(1 for _ in ox.parse(quads, format=ox.RdfFormat.N_QUADS)) == found["counts"]["added"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v1/changes/8", 404, "1 to 7"),
        ("/v1/changes/0", 404, "1 to 7"),
        ("/v1/changes/x", 404, "1 to 7"),
        ("/v1/changes/%C2%B2", 404, "1 to 7"),
        ("/v1/changes/99999999999999999999999", 404, "1 to 7"),
        ("/v1/diff?from=8", 400, "0 to 7"),
        ("/v1/diff?to=-1", 400, "0 to 7"),
        ("/v1/diff?to=", 400, "0 to 7"),
        ("/v1/diff?from=1&from=2", 400, "twice|2 times"),
        ("/v1/diff?limit=0", 400, "limit"),
        ("/v1/diff?more=1", 400, "no parameter"),
        ("/v1/diff?format=html", 400, "json, patch"),
        ("/v1/changes?order=up", 400, "oldest, newest"),
        ("/v1/changes?after=x", 400, "after"),
        ("/v1/changes?lang=fy", 400, "nl, en"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    running: Any, path: str, status: int, words: str
) -> None:
    answer = running.client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert re.search(words, answer.json()["detail"])


def test_wrong_versions_come_with_the_choices(running: Any) -> None:
    problem = running.client.get("/v1/diff?from=9").json()
    assert (problem["parameter"], problem["choices"]) == ("from", [str(n) for n in range(8)])


@pytest.mark.parametrize(
    "path", ["/v1/changes", "/v1/changes/2", "/v1/diff?from=2", "/v1/diff?format=patch"]
)
def test_an_answer_is_asked_for_once(running: Any, path: str) -> None:
    answer = running.client.get(path)
    again = running.client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = running.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]
    assert head.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_tell_the_same(running: Any, language: str) -> None:
    listed = running.client.get(f"/changes?lang={language}")
    html5lib.HTMLParser(strict=True).parse(listed.text)
    assert listed.headers["content-language"] == language
    ways = re.findall(r'href="(/changes/diff\?[^"]+)"', listed.text)
    spans = [dict(parse_qsl(urlsplit(way.replace("&amp;", "&")).query)) for way in ways]
    assert [int(span["to"]) for span in spans] == [7, 6, 5, 4, 3, 2, 1]
    compared = running.client.get(f"/changes/diff?from=4&to=5&lang={language}").text
    html5lib.HTMLParser(strict=True).parse(compared)
    assert {"nl": "Houvast", "en": "Something to hold on to"}[language] in compared
    assert "twee" in compared
    assert f'value="{language}"' in compared
    assert 'href="/changes"' in running.client.get("/").text


def test_the_pages_go_on_where_they_end(running: Any) -> None:
    first = running.client.get("/changes/diff?from=5&to=7&lang=en").text
    assert "Things 1 to 50 of 71 are shown." in first
    way = re.search(r'id="following" href="([^"]+)"', first)
    assert way
    second = running.client.get(way[1].replace("&amp;", "&") + "&lang=en").text
    assert "Things 51 to 71 of 71 are shown." in second
    assert 'id="following"' not in second
    assert "some are left out here" in first + second
    older = running.client.get("/changes?after=3&lang=en").text
    assert older.count("/changes/diff?") == 2
    assert 'id="newest"' in older
    for path in ("/changes/diff?from=9", "/changes?after=x", "/changes?x=1"):
        wrong = running.client.get(path)
        assert wrong.status_code == 400
        assert wrong.headers["content-type"].startswith("text/html")
