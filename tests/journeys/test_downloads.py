"""The dataset as a file, and kept in step by the feed of its changes."""

import gzip
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from tests.running_service import start

from werkzaam.domain.changes import ChangeData, Delivery, Upload
from werkzaam.store.journal import Journal

BASE = "https://w3id.org/mdt-kennisgraaf/"
NOTES = f"{BASE}graph/notes"
RECORD = f"{BASE}id/project/voorbeeldig"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
ATOM = "{http://www.w3.org/2005/Atom}"
PATCH = "application/rdf-patch"
KINDS = {"nq": "application/n-quads", "ttl": "text/turtle", "jsonld": "application/ld+json"}
# what follows from the rest, and is in no patch
DERIVED = (f"{BASE}graph/inferred", f"{BASE}graph/provenance", f"{BASE}graph/dataset")
LAST = 7
LATER = "Fri, 01 Jan 2100 00:00:00 GMT"
LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT"


def note(subject: str, text: str) -> bytes:
    return f'{subject} <{COMMENT}> "{text}"@nl <{NOTES}> .\n'.encode()


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]) -> Path:
    """A data folder with seven changes: content, a submission and its withdrawal, and updates, one of
    them with blank nodes and with what content says already."""
    folder = tmp_path_factory.mktemp("downloads") / "data"
    shutil.copytree(begun(False), folder)
    with closing(Journal.open(folder)) as opened:
        said = {RECORD: f'<{RECORD}> <{COMMENT}> "x" <{BASE}graph/records> .\n'.encode()}
        sent = Delivery("ann", "a.csv", Upload(b"u"), "projects", "1", said, {})
        name = opened.append_submission(sent).submission.id
        content = next(
            line + b"\n" for line in opened.state(1).split(b"\n") if b"graph/concepts" in line
        )
        more = content + note("_:b", 'met \\"aanhaling\\"') + note("<u:a>", "een & <twee>")
        opened.append_update(ChangeData(more, b""), "bob", "A & <B> \x07", after=2)
        opened.withdraw(name, "ann")
        opened.append_update(ChangeData(b"", content), "bob", "", after=4)
        opened.append_update(ChangeData(content, note("_:b", "x")), "bob", "", after=5)
        opened.append_submission(Delivery("ann", "b.csv", Upload(b"v"), "projects", "1", said, {}))
        assert opened.last_number() == LAST
    return folder


@pytest.fixture(scope="module")
def running(journal: Path) -> Any:
    service = start(journal)
    yield service
    assert service.stop() == 0


def got(running: Any, path: str, **headers: str) -> Any:
    answer = running.client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def quads(data: bytes) -> set[ox.Quad]:
    return set(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def isomorphic(one: set[ox.Quad], other: set[ox.Quad]) -> bool:
    sets = [ox.Dataset(one), ox.Dataset(other)]
    for each in sets:
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sets[0] == sets[1]


def in_an_engine(held: set[ox.Quad]) -> set[ox.Quad]:
    """As an engine gives them back: it writes numbers in its own way."""
    store = ox.Store()
    store.extend(held)
    return set(store)


def entries(running: Any, path: str = "/changes.atom?limit=3") -> list[ElementTree.Element]:
    """All entries of the feed, page after page."""
    found: list[ElementTree.Element] = []
    while path:
        feed = ElementTree.fromstring(got(running, path).content)
        found += feed.findall(f"{ATOM}entry")
        path = next((link(one) for one in feed.iter(f"{ATOM}link") if one.get("rel") == "next"), "")
    return found


def link(element: ElementTree.Element) -> str:
    parts = urlsplit(element.get("href") or "")
    return f"{parts.path}?{parts.query}"


def patch_of(running: Any, entry: ElementTree.Element) -> bytes:
    (address,) = (link(one) for one in entry.iter(f"{ATOM}link") if one.get("type") == PATCH)
    data: bytes = got(running, address).content
    return data


def apply(held: set[bytes], patch: bytes) -> None:
    """As a consumer does that knows nothing of us: rows of RDF Patch, in order."""
    for row in patch.split(b"\n"):
        action, _, quad = row.partition(b" ")
        if action == b"A":
            held.add(quad)
        elif action == b"D":
            held.discard(quad)
        else:
            assert action in (b"H", b"TX", b"TC", b"#", b"")


def served(running: Any) -> set[ox.Quad]:
    """What the endpoint holds in its named graphs, without what is derived."""
    names = got(
        running,
        "/sparql?query=SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        Accept="application/sparql-results+json",
    ).json()["results"]["bindings"]
    found = set()
    for name in {row["g"]["value"] for row in names} - set(DERIVED):
        graph = running.client.get(
            "/rdf-graph-store", params={"graph": name}, headers={"Accept": "application/n-triples"}
        )
        for triple in ox.parse(graph.content, format=ox.RdfFormat.N_TRIPLES):
            said = triple.subject, triple.predicate, triple.object
            found.add(ox.Quad(*said, ox.NamedNode(name)))
    return found


class TestFiles:
    @pytest.mark.parametrize("ending", KINDS)
    def test_a_version_is_the_same_in_every_form(self, running: Any, ending: str) -> None:
        plain = got(running, f"/data/{LAST}.{ending}")
        packed = got(running, f"/data/{LAST}.{ending}.gz")
        assert plain.headers["content-type"].partition(";")[0] == KINDS[ending]
        assert packed.headers["content-type"] == "application/gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert len(packed.content) * 4 < len(plain.content)
        expected = quads(got(running, f"/data/{LAST}.nq").content)
        if ending != "nq":
            expected = {ox.Quad(q.subject, q.predicate, q.object) for q in expected}
        syntax = ox.RdfFormat.from_media_type(KINDS[ending])
        assert syntax
        assert isomorphic(set(ox.parse(plain.content, format=syntax)), expected)

    def test_it_is_what_the_endpoint_holds(self, running: Any) -> None:
        held = quads(got(running, f"/data/{LAST}.nq").content)
        # a graph comes alone here, so its blank nodes have names of their own
        assert isomorphic(served(running), in_an_engine(held))

    @pytest.mark.parametrize("number", [1, 2, 4])
    def test_a_version_of_the_past_is_what_the_journal_says(
        self, running: Any, journal: Path, number: int
    ) -> None:
        with closing(Journal.open(journal, read_only=True)) as opened:
            assert got(running, f"/data/{number}.nq").content == opened.state(number)

    def test_the_newest_has_an_address_that_stays(self, running: Any) -> None:
        answer = running.client.get("/data/latest.ttl.gz")
        assert (answer.status_code, answer.headers["location"]) == (307, f"/data/{LAST}.ttl.gz")

    def test_it_is_not_sent_twice_and_in_parts_where_wanted(self, running: Any) -> None:
        path = f"/data/{LAST}.nq"
        whole = got(running, path)
        head = running.client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.content))
        tag = whole.headers["etag"]
        assert head.headers["etag"] == tag
        unchanged = ({"If-None-Match": tag}, {"If-Modified-Since": whole.headers["last-modified"]})
        for condition in (*unchanged, {"If-None-Match": "*"}, {"If-Modified-Since": LATER}):
            again = running.client.get(path, headers=condition)
            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "vary", "last-modified", "cache-control"):
                assert again.headers[name] == whole.headers[name], name
            assert "content-length" not in again.headers
        for condition in ({"If-Modified-Since": LONG_AGO}, {"If-None-Match": '"x"'}):
            assert running.client.head(path, headers=condition).status_code == 200
        part = running.client.get(path, headers={"Range": "bytes=10-19", "If-Range": tag})
        assert (part.status_code, part.content) == (206, whole.content[10:20])
        other = running.client.get(path, headers={"Range": "bytes=10-19", "If-Range": '"x"'})
        assert (other.status_code, other.content) == (200, whole.content)

    def test_its_tag_and_bytes_outlive_the_file(self, running: Any, journal: Path) -> None:
        path = "/data/3.jsonld.gz"
        first = got(running, path)
        shutil.rmtree(journal / "dumps")
        again = got(running, path)
        assert again.content == first.content
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["last-modified"] == first.headers["last-modified"]

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            *(("/data/99.nq", 404), ("/data/0.nq", 404), ("/data/1.csv", 404)),
            *(("/data/1", 404), ("/data/..%2fjournal.nq", 404), ("/data/1.nq?format=ttl", 400)),
        ],
    )
    def test_what_is_not_there_is_refused(self, running: Any, path: str, status: int) -> None:
        answer = running.client.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == status
        assert answer.json()["detail"]

    def test_a_demo_says_so_in_its_file(self, demo: Any) -> None:
        answer = demo.client.get("/data/latest.nq", follow_redirects=True)
        assert answer.content.startswith(b"# voorbeeldgegevens, verzonnen")
        assert "demo-werkzaam" in answer.headers["content-disposition"]


class TestFeed:
    def test_it_tells_every_change_once_newest_first(self, running: Any) -> None:
        found = entries(running)
        listed = got(running, "/v1/changes?order=newest").json()["changes"]
        assert [one.findtext(f"{ATOM}id") for one in found] == [one["url"] for one in listed]
        assert [one.findtext(f"{ATOM}updated") for one in found] == [one["time"] for one in listed]
        assert len({one.findtext(f"{ATOM}id") for one in found}) == LAST

    @pytest.mark.parametrize(
        ("language", "title"),
        [("nl", "Versie 1: Nieuwe inhoud"), ("en", "Version 1: New content")],
    )
    def test_it_is_atom_in_the_language_that_is_asked(
        self, running: Any, language: str, title: str
    ) -> None:
        answer = got(running, f"/changes.atom?lang={language}")
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        for name in ("id", "title", "updated", f"author/{ATOM}name"):
            assert feed.findtext(f"{ATOM}{name}")
        relations = {one.get("rel") for one in feed.findall(f"{ATOM}link")}
        assert relations == {"self", "alternate", "current", "related"}
        assert feed.findall(f"{ATOM}entry")[-1].findtext(f"{ATOM}title") == title
        summary = feed.findall(f"{ATOM}entry")[-3].findtext(f"{ATOM}summary") or ""
        assert summary.startswith("A & <B> \ufffd\n")

    def test_every_address_in_it_answers(self, running: Any) -> None:
        feed = ElementTree.fromstring(got(running, "/changes.atom?limit=2").content)
        for one in feed.iter(f"{ATOM}link"):
            answer = running.client.get(link(one), follow_redirects=True)
            assert answer.status_code == 200, link(one)
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind == one.get("type")

    def test_it_is_not_sent_twice_and_reads_no_clock(self, running: Any) -> None:
        answer = got(running, "/changes.atom")
        assert got(running, "/changes.atom").content == answer.content
        tag = {"If-None-Match": answer.headers["etag"]}
        assert running.client.get("/changes.atom", headers=tag).status_code == 304
        head = running.client.head("/changes.atom")
        assert head.headers["content-length"] == str(len(answer.content))

    @pytest.mark.parametrize("key", ["after=x", "after=0", "limit=0", "lang=de", "page=2"])
    def test_a_wrong_key_is_refused(self, running: Any, key: str) -> None:
        assert running.client.get(f"/changes.atom?{key}").status_code == 400

    def test_who_applies_all_patches_has_the_dataset(self, running: Any) -> None:
        held: set[bytes] = set()
        for entry in reversed(entries(running)):
            apply(held, patch_of(running, entry))
        replayed = quads(b"\n".join(held) + b"\n")
        assert replayed == quads(got(running, f"/data/{LAST}.nq").content)
        assert isomorphic(in_an_engine(replayed), served(running))
        assert len(replayed) > 10_000

    @pytest.mark.parametrize("number", range(1, LAST))
    def test_who_begins_with_a_file_goes_on_from_there(self, running: Any, number: int) -> None:
        held = set(got(running, f"/data/{number}.nq").content.splitlines())
        for entry in reversed(entries(running)[: LAST - number]):
            apply(held, patch_of(running, entry))
        assert held - {b""} == set(got(running, f"/data/{LAST}.nq").content.splitlines())

    def test_a_patch_leads_to_the_next(self, running: Any) -> None:
        address, seen = "/v1/changes/1", 0
        while address:
            answer = got(running, address, Accept=PATCH)
            seen += 1
            following = answer.links.get("next", {}).get("url", "")
            address = urlsplit(following).path
        assert seen == LAST
        assert answer.links["prev"]["url"].endswith(f"/v1/changes/{LAST - 1}?format=patch")
