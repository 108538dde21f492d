"""What every kind of address answers to every way to ask: a thing, a deprecated one, one that was
withdrawn, one that never was, a term, the ontology, a version of it, a graph, a submission, a question."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.linked_data_reading import BROWSER, FORMATS, kind_of
from tests.running_service import RunningService, start

QUESTION = "coverage/working-elements-without-projects"
EXTRA = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix x: <https://w3id.org/mdt-kennisgraaf/id/x/> .
x:old a mdt:Goal ; owl:deprecated true ; dcterms:isReplacedBy x:new .
x:new a mdt:Goal .
x:over a mdt:Goal ; owl:deprecated true .
"""
TERM = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
mdt:OldClaim a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy mdt:Claim .
"""
PROJECT = "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
ROW = "{name},Samen op pad,Jongeren trekken samen op.,5a,Houvast,analist\n"
STANDING = {
    "thing": "/doc/working-element/houvast",
    "term": "/def/Claim",
    "ontology": "/def",
    "version": "/def/1.0.0",
    "module": "/def/module/codes",
    "graph": "/graph/concepts",
    "submission": "/doc/{submission}",
}
WITHDRAWN = ("/doc/x/fleeting", "/id/x/fleeting", "/doc/{project}", "/id/{project}")
UNKNOWN = (
    "/doc/working-element/houvastt",
    "/id/working-element/houvastt",
    "/def/Claimm",
    "/def/0.0.7",
    "/graph/concept",
    "/doc/submission/00000000-0000-0000-0000-000000000000",
)
MOVED = {
    "/doc/x/old": "/doc/x/new",
    "/doc/x/old.ttl": "/doc/x/new.ttl",
    "/doc/x/old?format=nt": "/doc/x/new?format=nt",
    "/def/OldClaim": "/def/Claim",
    "/def/OldClaim.jsonld": "/def/Claim.jsonld",
}
ACCEPTED = [
    ("", "text/turtle"),
    ("*/*", "text/turtle"),
    (BROWSER, "text/html"),
    ("text/html", "text/html"),
    ("text/turtle", "text/turtle"),
    ("application/ld+json", "application/ld+json"),
    ("application/n-triples", "application/n-triples"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/rdf+xml;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
    ("text/html;q=0, */*", "text/turtle"),
    ("text/turtle;q=0, text/*", "text/html"),
    ("application/*", "application/ld+json"),
    ("image/png, text/turtle;q=0.1", "text/turtle"),
    ("text/turtle;q=high, application/n-triples;q=0.2", "application/n-triples"),
    ("image/png", ""),
    ("application/json", ""),
]
MISSING = [
    ("", "application/problem+json"),
    ("text/turtle", "application/problem+json"),
    ("application/ld+json", "application/problem+json"),
    ("application/problem+json", "application/problem+json"),
    (BROWSER, "text/html"),
    ("text/html", "text/html"),
]
LONG_AGO = "Mon, 02 Jan 2006 15:04:05 GMT"


@pytest.fixture(scope="module")
def table(
    tmp_path_factory: pytest.TempPathFactory, gate_content: str
) -> Iterator[tuple[RunningService, dict[str, str]]]:
    """A service in which one thing was deprecated, one written and removed again, and one submission
    withdrawn: with the names of the submission that stands and of the project that went."""
    folder = tmp_path_factory.mktemp("table")
    content = folder / "content"
    shutil.copytree(gate_content, content)
    (content / "graph_data" / "concepts" / "x.ttl").write_text(EXTRA)
    (content / "ontology" / "modules" / "old.ttl").write_text(TERM)
    question = content / "queries" / f"{QUESTION}.rq"
    question.parent.mkdir(parents=True)
    shutil.copy(ROOT / "queries" / f"{QUESTION}.rq", question)
    running = start(folder / "data", WERKZAAM_UPDATES="1", WERKZAAM_CONTENT_DIR=str(content))
    admin = running.bearer("admin")
    for verb in ("INSERT", "DELETE"):
        triple = "<https://w3id.org/mdt-kennisgraaf/id/x/fleeting> <urn:x:said> 'here'"
        text = f"{verb} DATA {{ {triple} }}"
        sent = running.client.post("/sparql", data={"update": text}, headers=admin)
        assert sent.status_code in (200, 204), sent.text
    stays, goes = (_send(running, name) for name in ("MDT-1", "MDT-2"))
    gone = running.client.delete(f"/v1/submissions/{goes}", headers=running.bearer("curator"))
    assert gone.status_code == 200, gone.text
    yield running, {"submission": f"submission/{stays}", "project": "project/mdt-2"}
    assert running.stop() == 0


def _send(running: RunningService, name: str) -> str:
    answer = running.client.post(
        "/v1/submissions",
        files={"file": ("x.csv", (PROJECT + ROW.format(name=name)).encode(), "text/csv")},
        data={"mapping": "projects", "mode": "commit"},
        headers=running.bearer("submitter", name),
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def asked(table: Any, path: str, accept: str, **headers: str) -> Any:
    """The answer to GET; HEAD says the same without a body."""
    running, names = table
    address = path.format(**names)
    sent = {"Accept": accept, **headers}
    whole = running.client.get(address, headers=sent)
    head = running.client.head(address, headers=sent)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "etag", "last-modified", "link", "location", "vary"):
        assert head.headers.get(name) == whole.headers.get(name), name
    assert "accept" in whole.headers["vary"].lower()
    return whole


def conditional(table: Any, path: str, accept: str, answer: Any) -> None:
    """A caller who has the answer is told so, by its tag or by its date; who has another is not."""
    tag, made = answer.headers["etag"], answer.headers["last-modified"]
    for given in ({"If-None-Match": tag}, {"If-Modified-Since": made}):
        again = asked(table, path, accept, **given)
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["last-modified"]) == (tag, made)
    for given in (
        {"If-None-Match": '"another"', "If-Modified-Since": made},
        {"If-Modified-Since": LONG_AGO},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
    ):
        assert asked(table, path, accept, **given).status_code == 200


@pytest.mark.parametrize(("accept", "media_type"), ACCEPTED)
@pytest.mark.parametrize("kind", STANDING)
def test_what_stands_is_given_as_it_is_asked_for(
    table: Any, kind: str, accept: str, media_type: str
) -> None:
    answer = asked(table, STANDING[kind], accept)
    if not media_type:
        assert answer.status_code == 406
        assert "application/ld+json" in answer.text
        return
    assert (answer.status_code, kind_of(answer)) == (200, media_type)
    assert 'rel="canonical"' in answer.headers["link"]
    conditional(table, STANDING[kind], accept, answer)


@pytest.mark.parametrize(("ending", "media_type"), FORMATS.items())
@pytest.mark.parametrize("kind", STANDING)
def test_suffix_and_format_win(table: Any, kind: str, ending: str, media_type: str) -> None:
    suffix = asked(table, f"{STANDING[kind]}.{ending}", "image/png")
    wanted = asked(table, f"{STANDING[kind]}?format={ending}", "image/png")
    assert (suffix.status_code, kind_of(suffix)) == (200, media_type)
    assert (wanted.status_code, kind_of(wanted)) == (200, media_type)
    links = suffix.headers["link"]
    assert [links.count(f'type="{one}"') for one in FORMATS.values()] == [
        int(one != media_type) for one in FORMATS.values()
    ]


@pytest.mark.parametrize("accept", ["", BROWSER, "image/png"])
@pytest.mark.parametrize("name", ["working-element/houvast", "{submission}"])
def test_a_thing_is_elsewhere(table: Any, name: str, accept: str) -> None:
    answer = asked(table, f"/id/{name}", accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{name}".format(**table[1])


@pytest.mark.parametrize("path", MOVED)
def test_what_was_replaced_has_moved(table: Any, path: str) -> None:
    answer = asked(table, path, "text/turtle")
    assert (answer.status_code, answer.headers["location"]) == (301, MOVED[path])
    assert asked(table, MOVED[path], "text/turtle").status_code == 200


def test_a_deprecated_thing_without_a_replacement_is_gone(table: Any) -> None:
    assert asked(table, "/doc/x/over", "text/turtle").status_code == 410


@pytest.mark.parametrize(("accept", "media_type"), MISSING)
@pytest.mark.parametrize("path", WITHDRAWN)
def test_what_was_withdrawn_is_gone_and_who_and_when(
    table: Any, path: str, accept: str, media_type: str
) -> None:
    running, names = table
    answer = asked(table, path, accept)
    assert (answer.status_code, kind_of(answer)) == (410, media_type)
    document = path.replace("/id/", "/doc/").format(**names)
    if media_type == "text/html":
        assert f'href="{document}?version=' in answer.text
        return
    told = answer.json()["withdrawn"]
    assert told["role"] == ("admin" if "fleeting" in path else "curator")
    assert told["time"].endswith("Z")
    assert told["lastSeen"] == f"{running.url[:-1]}{document}?version={told['lastVersion']}"
    seen = running.client.get(told["lastSeen"], headers={"Accept": "text/turtle"})
    assert (seen.status_code, kind_of(seen)) == (200, "text/turtle")
    assert "MDT-2" not in answer.json()["detail"]


@pytest.mark.parametrize(("accept", "media_type"), MISSING)
@pytest.mark.parametrize("path", UNKNOWN)
def test_what_never_was_is_not_found_with_what_comes_near(
    table: Any, path: str, accept: str, media_type: str
) -> None:
    answer = asked(table, path, accept)
    assert (answer.status_code, kind_of(answer)) == (404, media_type)
    near = {
        "houvastt": "id/working-element/houvast",
        "Claimm": "def/Claim",
        "concept": "graph/concepts",
    }
    wanted = near.get(path.rpartition("/")[2])
    if wanted and media_type == "text/html":
        assert f'href="/{wanted.replace("id/", "doc/", 1)}"' in answer.text
    elif wanted:
        assert f"https://w3id.org/mdt-kennisgraaf/{wanted}" in answer.json()["suggestions"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("", "application/json"), ("text/csv", "text/csv"), ("application/json", "application/json")],
)
def test_a_question_is_answered_as_it_is_asked_for(
    table: Any, accept: str, media_type: str
) -> None:
    answer = asked(table, f"/v1/queries/{QUESTION}", accept)
    assert (answer.status_code, kind_of(answer)) == (200, media_type)


def test_the_table_is_long_enough() -> None:
    kinds = len(STANDING)
    assert kinds * (len(ACCEPTED) + len(FORMATS)) + len(MISSING) * len(UNKNOWN) > 60


def test_no_token_or_file_name_is_told(table: Any) -> None:
    told = asked(table, "/doc/{project}", "").text
    assert "x.csv" not in told
    assert not any(name in told for name in ("local", "agent"))
