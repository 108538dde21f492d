"""A permalink of an answer says later whether it is still the answer, and else which rows differ."""

import hashlib
import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.journeys.three_versions import NEW, three_versions
from tests.running_service import start

from werkzaam.api.answer_permalink import permalink as make_permalink
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Table
from werkzaam.domain.queries import Bilingual, CataloguedQuery
from werkzaam.domain.versions import Version

PER_ELEMENT = "coverage/projects-per-working-element"
DEFINITIONS = "evidence/working-elements-per-goal"
OTHER = "evidence/measurements"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]) -> Any:
    """A service on three versions."""
    service = start(three_versions(tmp_path_factory.mktemp("permalinks"), begun(False)))
    yield service
    assert service.stop() == 0


def permalink(service: Any, name: str, **keys: str) -> str:
    answer = service.client.get(f"/v1/queries/{name}", params=keys)
    assert answer.status_code == 200, answer.text
    address: str = answer.json()["limits"]["permalink"]
    assert answer.links["bookmark"]["url"] == address
    return address


def opened(service: Any, address: str, **keys: str) -> Any:
    parts = urlsplit(address)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    answer = service.client.get(f"/v1{parts.path}", params={**given, "lang": "en", **keys})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_newest_answer_is_the_same(running: Any) -> None:
    address = permalink(running, PER_ELEMENT, lang="nl", goal="sociaal-contact")
    said = opened(running, address)
    assert (said["status"], said["question"], said["words"]) == (
        "same", "same", "This is still the answer.",
    )  # fmt: skip
    assert said["parameters"] == {"goal": "sociaal-contact"}
    assert said["counts"] == {"added": 0, "removed": 0, "changed": 0}
    assert said["now"]["hash"] == said["then"]["hash"]


def test_the_hash_is_of_the_plain_csv(running: Any) -> None:
    said = opened(running, permalink(running, PER_ELEMENT, lang="en"))
    csv = running.client.get(f"/v1/queries/{PER_ELEMENT}?lang=en&format=csv").content
    assert said["now"]["hash"].endswith("-" + hashlib.sha256(csv).hexdigest()[:32])


def test_a_change_elsewhere_leaves_the_answer_the_same(running: Any) -> None:
    said = opened(running, permalink(running, OTHER, version="1"))
    assert (said["status"], said["then"]["version"]) == ("same", 1)
    assert said["now"]["version"] >= 3


def test_rows_that_came_since_are_told(running: Any) -> None:
    said = opened(running, permalink(running, PER_ELEMENT, version="1", lang="nl"))
    assert (said["status"], said["question"]) == ("changed", "same")
    assert said["counts"] == {"added": 1, "removed": 0, "changed": 0}
    assert said["added"][0]["element"]["value"] == NEW
    assert said["then"]["reproduced"] is True
    assert said["now"]["rows"] == said["then"]["rows"] + 1
    for side in ("then", "now"):
        parts = urlsplit(said[side]["answer"])
        answer = running.client.get(f"{parts.path}?{parts.query}").json()
        assert answer["limits"]["total"] == said[side]["rows"]


def test_cells_that_changed_since_are_told(running: Any) -> None:
    said = opened(running, permalink(running, DEFINITIONS, version="2", lang="en"))
    assert said["counts"] == {"added": 0, "removed": 0, "changed": 1}
    (one,) = said["changed"]
    assert one["columns"] == ["elementLabel", "definition"]
    assert one["then"]["definition"]["value"] == "Voorbeeld en"
    assert one["now"]["definition"]["value"] == "Anders en"


def test_a_page_of_an_answer_is_kept_as_that_page(running: Any) -> None:
    address = permalink(running, PER_ELEMENT, version="1", limit="5", after="2")
    assert {"limit", "after"} <= set(parse_qs(urlsplit(address).query))
    said = opened(running, address)
    assert (said["status"], said["part"]) == ("changed", "same")
    assert said["counts"] == {"added": 1, "removed": 0, "changed": 0}
    assert said["now"]["rows"] == said["then"]["rows"] + 1
    assert "outside the part that was kept" in said["words"]
    last = str(said["then"]["rows"] - 1)
    end = opened(running, permalink(running, PER_ELEMENT, version="1", after=last))
    assert (end["part"], end["counts"]["added"]) == ("changed", 1)
    assert end["added"][0]["element"]["value"] == NEW
    assert "stand other rows than then" in end["words"]
    same = opened(running, permalink(running, PER_ELEMENT, limit="5", after="2"))
    assert (same["status"], same["part"]) == ("same", None)
    assert same["words"].startswith("This part of the answer is still the same")


def test_a_choice_that_is_gone_is_told(running: Any) -> None:
    address = permalink(running, PER_ELEMENT, version="2", subsidyRound="voorbeeldronde")
    said = opened(running, address)
    assert (said["status"], said["question"], said["counts"]) == ("changed", "same", None)
    assert '"voorbeeldronde" cannot be chosen any more' in said["words"]
    assert (said["then"]["reproduced"], said["now"]["answer"]) == (True, None)
    assert said["then"]["rows"] > 0
    parts = urlsplit(address)
    page = running.client.get(f"{parts.path}?{parts.query}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "voorbeeldronde" in page.text


def test_a_question_that_is_gone_is_told(running: Any) -> None:
    words = Bilingual("x", "x")
    query = CataloguedQuery("a/b", words, words, words, (), "table", "1", (), (), "SELECT 1", "p")
    answered = Answered(query, {}, "", Table((), ()), Version(1, "x"))
    parts = urlsplit(make_permalink(Links("https://example.org"), answered, "nl"))
    answer = running.client.get(f"/v1{parts.path}?{parts.query}&lang=en")
    assert answer.status_code == 410
    assert "is not asked here any more" in answer.json()["detail"]
    other = running.client.get(f"/v1{parts.path.replace('/b', '/c')}?{parts.query}")
    assert other.status_code == 404


@pytest.mark.parametrize(("other", "status", "said"), [
    ({"version": "999"}, 404, "versions 1 to 3"),
    ({"version": "2"}, 400, "not the address that was given"),
    ({"goal": "sociaal-contact"}, 400, "not the address that was given"),
    ({"hash": f"{'0' * 16}-20-{'0' * 32}-{'0' * 8}"}, 400, "not the address that was given"),
])  # fmt: skip
def test_an_address_that_was_never_given_is_refused(
    running: Any, other: dict[str, str], status: int, said: str
) -> None:
    parts = urlsplit(permalink(running, PER_ELEMENT, version="1"))
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for place in (f"/v1{parts.path}", parts.path):
        keys = {**given, **other, "lang": "en"}
        answer = running.client.get(place, params=keys, headers={"Accept": "text/html, */*"})
        assert (answer.status_code, said in answer.text) == (status, True), place


@pytest.mark.parametrize("wrong", [
    {"hash": "x"}, {"version": "x"}, {"contentLang": "de"}, {"limit": "0"}, {"nothing": "1"},
])  # fmt: skip
def test_a_damaged_permalink_is_refused(running: Any, wrong: dict[str, str]) -> None:
    parts = urlsplit(permalink(running, PER_ELEMENT))
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for place in (f"/v1{parts.path}", parts.path):
        answer = running.client.get(place, params={**given, **wrong}, headers={"Accept": "text/html"})  # fmt: skip
        assert answer.status_code == 400
    assert running.client.get(f"/v1{parts.path}").status_code == 400


def test_the_page_says_the_same_and_sends_programs_on(running: Any) -> None:
    parts = urlsplit(permalink(running, PER_ELEMENT, version="1", lang="nl"))
    address = f"{parts.path}?{parts.query}"
    page = running.client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["vary"].startswith("Accept, ")
    assert "Het antwoord is sindsdien veranderd" in page.text
    assert "Voorbeeld" not in page.text
    assert "Anders nl" in page.text
    (other,) = HEAD.findall(page.text)
    assert running.client.get(html.unescape(other)).json()["status"] == "changed"
    tag = {"Accept": "text/html", "If-None-Match": page.headers["etag"]}
    assert running.client.get(address, headers=tag).status_code == 304
    sent = running.client.get(address, headers={"Accept": "application/json"})
    assert sent.status_code == 303
    assert "Accept" in sent.headers["vary"]
    following = urlsplit(sent.headers["location"])
    assert running.client.get(f"{following.path}?{following.query}").json()["status"] == "changed"
    json = running.client.get(f"/v1{address}")
    assert running.client.head(f"/v1{address}").headers["etag"] == json.headers["etag"]


ALTERNATE = re.compile(r'<([^>]*)>; rel="(?:alternate|prev|next|first|last)"')
HEAD = re.compile(r'<link rel="alternate" type="(?!application/atom)[^"]*" href="([^"]*)"')
DATA = re.compile(r'href="(/doc/[^"]*\.(?:ttl|jsonld|nt|rdf)[^"]*)"')


def local(address: str) -> str:
    parts = urlsplit(address)
    return html.unescape(f"{parts.path}?{parts.query}")


def test_a_document_of_the_past_leads_to_the_past(running: Any) -> None:
    get = running.client.get
    slug = NEW.partition("/id/")[2]
    page = get(f"/doc/{slug}?version=2&lang=en", headers={"Accept": "text/html"})
    assert "Voorbeeld en" in page.text
    found = {
        "link": ALTERNATE.findall(page.headers["link"]),
        "head": HEAD.findall(page.text),
        "downloads": DATA.findall(page.text),
    }
    for addresses in found.values():
        assert len(addresses) >= 4
        for address in map(local, addresses):
            given = get(address)
            assert (given.status_code, "version=2" in address) == (200, True), address
            assert "Voorbeeld en" in given.text, address
    ways = re.findall(r'href="(/(?:id|def|figures)/[^"]*)"', page.text)
    assert ways
    assert all("version=2" in way for way in ways)
    sent = get(f"/id/{slug}?version=2&lang=en")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/doc/{slug}?version=2&lang=en")
    assert get(f"/id/{slug}?version=1").status_code == 404


@pytest.mark.parametrize(("version", "pinned"), [("1", "version=1"), (None, "version=3")])
def test_the_pages_of_a_hub_are_of_one_version(
    running: Any, version: str | None, pinned: str
) -> None:
    keys = {"page": "2", **({"version": version} if version else {})}
    for accept in ("text/turtle", "text/html"):
        given = running.client.get("/doc/voice/author", params=keys, headers={"Accept": accept})
        link = given.headers["link"]
        ways = {
            rel: href for href, rel in re.findall(r'<([^>]*)>; rel="(prev|next|first|last)"', link)
        }
        assert set(ways) == {"prev", "next", "first", "last"}
        assert all(way.endswith(f"&{pinned}") for way in ways.values())
        for way in re.findall(
            r'rel="(?:prev|next)" href="([^"]*)"|href="([^"]*)" rel="(?:prev|next)"', given.text
        ):
            assert pinned in "".join(way)
