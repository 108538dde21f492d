"""Search over HTTP: JSON, CSV, a block for SPARQL, suggestions; and how it follows commits."""

import csv
import io
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

BASE = "https://w3id.org/mdt-kennisgraaf/"
ROWS = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "ZK-1,Voorbeeldproject Zonnewijzer,Voorbeeldjongeren bouwen zonnewijzers.,5a,Houvast,analist\n"
)


def asked(service: Any, address: str, **keys: Any) -> Any:
    """The answer once the first index is there: on a busy machine that takes a while."""
    ends = time.monotonic() + 120
    while (answer := service.client.get(address, **keys)).status_code == 503:
        assert int(answer.headers["retry-after"]) > 0
        assert time.monotonic() < ends
    return answer


def search(service: Any, **keys: str) -> Any:
    answer = asked(service, "/v1/search", params=keys)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module", autouse=True)
def indexed(service: Any) -> None:
    """The shared service has its index before the first test asks it."""
    assert asked(service, "/v1/search?q=x").status_code == 200


def test_a_hit_says_what_it_is_where_it_stands_and_why_it_was_found(service: Any) -> None:
    found = search(service, q="wederkerigheid", lang="nl")
    hit = found["hits"][0]
    assert hit["iri"] == BASE + "id/working-element/wederkerigheid"
    assert hit["type"]["slug"] == "working-element"
    assert hit["type"]["label"] == "Werkzaam element"
    assert hit["label"] == {
        "text": "Wederkerigheid", "lang": "nl", "html": "<mark>Wederkerigheid</mark>"
    }  # fmt: skip
    assert hit["snippet"]["lang"] == "nl"
    statement = next(one for one in found["hits"] if one["page"])
    assert statement["documents"][0]["label"]
    assert service.client.get(urlsplit(hit["url"]).path, follow_redirects=True).status_code == 200
    assert found["version"] == 1
    assert found["total"] >= len(found["hits"])
    assert found["limits"]["searched"] > 4000


def test_labels_are_in_the_language_that_is_asked_for(service: Any) -> None:
    english = search(service, q="wederkerigheid", lang="en")["hits"][0]
    assert english["label"]["text"] == "Reciprocity"
    assert english["alsoCalled"]["text"] == "Wederkerigheid"
    assert english["type"]["label"] == "Working element"


def test_facets_count_and_choose(service: Any) -> None:
    every = search(service, q="empathie", lang="nl")
    claims = next(one for one in every["facets"]["type"] if one["slug"] == "claim")
    chosen = search(service, q="empathie", lang="nl", type="claim", limit="200")
    assert chosen["total"] == claims["count"] == len(chosen["hits"])
    assert {hit["type"]["slug"] for hit in chosen["hits"]} == {"claim"}
    marks = {one["slug"]: one["selected"] for one in chosen["facets"]["type"]}
    assert marks["claim"]
    assert sum(marks.values()) == 1
    assert search(service, type="goal")["total"] == 7
    assert search(service, q="", layer="fundament")["total"] > 0
    none = search(service, q="empathie", type="project")
    assert (none["total"], none["hits"]) == (0, [])


def test_pages_are_walked_by_their_links(service: Any) -> None:
    found, following = [], "/v1/search?q=empathie&lang=nl&limit=7"
    while following:
        parts = urlsplit(following)
        answer = service.client.get(f"{parts.path}?{parts.query}")
        body = answer.json()
        found += [hit["iri"] for hit in body["hits"]]
        following = body["next"] or ""
        assert body["truncated"] == bool(following)
        assert answer.links.get("next", {}).get("url", "") == following
    assert len(found) == len(set(found)) == body["total"]


def test_what_was_not_typed_as_it_is_written_is_told(service: Any) -> None:
    assert search(service, q="wederkerigeid")["spelledAs"] == {"wederkerigeid": ["wederkerigheid"]}
    assert search(service, q="houvast azc taalles")["allWords"] is False
    assert search(service, q="houvast")["allWords"] is True


def test_as_csv_with_or_without_a_mark_for_spreadsheets(service: Any) -> None:
    answer = service.client.get("/v1/search?q=houvast&lang=nl&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "werkzaam-search.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    hits = search(service, q="houvast", lang="nl")["hits"]
    assert [row["iri"] for row in rows] == [hit["iri"] for hit in hits]
    assert rows[0]["typeLabel"] == "Werkzaam element"
    marked = service.client.get("/v1/search?q=houvast&format=csv&bom=true")
    assert marked.content.startswith(b"\xef\xbb\xbf")
    accepted = service.client.get("/v1/search?q=houvast", headers={"Accept": "text/csv"})
    assert accepted.headers["content-type"].startswith("text/csv")


def test_the_hits_go_into_a_query_of_sparql(service: Any) -> None:
    block = service.client.get("/v1/search?q=vertrouwen&type=claim&format=values&limit=50")
    assert block.headers["content-type"] == "text/plain; charset=utf-8"
    query = f"""
    PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
    SELECT ?thing ?rank ?gist ?voice WHERE {{
      {block.text}
      ?thing mdt:gist ?gist ; mdt:voice ?voice .
      FILTER(LANG(?gist) = "nl")
    }} ORDER BY ?rank"""
    answer = service.client.post("/sparql", data={"query": query})
    assert answer.status_code == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    hits = search(service, q="vertrouwen", type="claim", limit="50")["hits"]
    assert [row["thing"]["value"] for row in rows] == [hit["iri"] for hit in hits]
    assert [int(row["rank"]["value"]) for row in rows] == list(range(1, len(hits) + 1))


@pytest.mark.parametrize("typed", ["qqqqqqqqq", "a\nINSERT DATA {}", "# } #", '"', "***"])
def test_a_block_is_sparql_whatever_was_typed(service: Any, typed: str) -> None:
    block = service.client.get("/v1/search", params={"q": typed, "format": "values"}).text
    query = f"SELECT ?thing WHERE {{ {block} }}"
    assert service.client.post("/sparql", data={"query": query}).status_code == 200


def test_suggestions_while_somebody_types(service: Any) -> None:
    answer = service.client.get("/v1/search/suggestions?q=gradat&lang=nl")
    first = answer.json()["suggestions"][0]
    assert first["label"].startswith("Zorg voor gradatieverschillen")
    assert first["type"]["slug"] == "working-element"
    for typed in ("", " ", "*", "g"):
        answer = service.client.get("/v1/search/suggestions", params={"q": typed, "limit": "3"})
        assert answer.status_code == 200
        assert len(answer.json()["suggestions"]) <= 3
    assert service.client.get("/v1/search/suggestions?q=x&type=goal").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/v1/search?q=houvast&lang=nl",
        "/v1/search?q=houvast&lang=nl&format=csv",
        "/v1/search?q=houvast&lang=nl&format=values",
        "/v1/search/suggestions?q=houv&lang=nl",
        "/search?q=houvast",
    ],
)
def test_who_has_the_answer_is_told_that_it_stands(service: Any, address: str) -> None:
    answer = service.client.get(address)
    assert answer.status_code == 200
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    assert "Accept" in answer.headers["vary"]
    again = service.client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    head = service.client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == tag
    other = service.client.get(address.replace("houv", "empat"))
    assert other.headers["etag"] != tag


@pytest.mark.parametrize(
    ("keys", "named", "choice"),
    [
        ("q=x&type=nothing", "type", "working-element"),
        ("q=x&document=nothing", "document", "ontmoetingen"),
        ("q=x&goal=nothing", "goal", "welbevinden"),
        ("q=x&format=xml", "format", "values"),
        ("q=x&lang=de", "lang", "nl"),
        ("q=x&bom=maybe", "bom", "true"),
        ("q=x&colour=red", "colour", "q"),
        ("q=x&limit=0", "limit", ""),
        ("q=x&after=-1", "after", ""),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_choices(
    service: Any, keys: str, named: str, choice: str
) -> None:
    answer = service.client.get(f"/v1/search?{keys}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["parameter"] == named
    assert choice in [*problem["choices"], ""]


def test_too_much_is_refused_in_words(service: Any) -> None:
    for language, words in (("nl", "tekens lang"), ("en", "characters long")):
        answer = service.client.get(
            "/v1/search", params={"q": "x" * 301}, headers={"Accept-Language": language}
        )
        assert answer.status_code == 400
        assert words in answer.json()["detail"]
    assert service.client.get("/v1/search?q=a&q=b").status_code == 400
    assert search(service, q=" ".join(f"w{n}" for n in range(40)))["passedOver"]


@settings(max_examples=60, deadline=None)
@given(typed=st.text(max_size=300), wanted=st.sampled_from(("json", "csv", "values", "page")))
def test_nothing_that_is_typed_is_an_error(service: Any, typed: str, wanted: str) -> None:
    keys = {"q": typed} if wanted == "page" else {"q": typed, "format": wanted}
    path = "/search" if wanted == "page" else "/v1/search"
    answer = service.client.get(path, params=keys)
    assert answer.status_code == 200, (typed, answer.text)
    if wanted == "page":
        html5lib.HTMLParser(strict=True).parse(answer.text)
    if wanted == "json":
        assert json.loads(answer.text)["query"] is not None


def test_what_is_typed_never_becomes_markup(service: Any) -> None:
    answer = service.client.get("/search", params={"q": "<script>alert(1)</script> houvast"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_new_project_is_found_within_seconds_and_gone_when_withdrawn(intake: Any) -> None:
    def until(total: int) -> Any:
        ends = time.monotonic() + 60
        while (found := search(intake, q="zonnewijzer", lang="nl"))["total"] != total:
            assert time.monotonic() < ends
        return found

    assert until(0)["hits"] == []
    before = search(intake, q="zonnewijzer")["version"]
    sent = intake.client.post(
        "/v1/submissions",
        files={"file": ("projecten.csv", ROWS.encode(), "text/csv")},
        data={"mapping": "projects", "mode": "commit"},
        headers=intake.bearer("submitter", "zoeker"),
    )
    assert sent.status_code == 201, sent.text
    found = until(1)
    assert found["version"] > before
    assert found["hits"][0]["label"]["text"] == "Voorbeeldproject Zonnewijzer"
    assert found["hits"][0]["type"]["slug"] == "project"
    assert search(intake, q="zonnewijzers bouwen")["total"] == 1
    told = intake.client.get("/v1/search?q=zonnewijzer&lang=nl")
    assert "bouwen zonnewijzers" in told.text
    intake.withdraw_all()
    known = {"If-None-Match": told.headers["etag"]}
    again = intake.client.get("/v1/search?q=zonnewijzer&lang=nl", headers=known)
    assert again.json()["hits"] == []
    assert until(0)["spelledAs"].get("zonnewijzer") != ["zonnewijzer"]
    suggested = intake.client.get("/v1/search/suggestions?q=voorbeeldproject zon")
    assert "Zonnewijzer" not in suggested.text


def test_made_up_projects_say_so(demo: Any) -> None:
    found = search(demo, q="voorbeeldproject 01", lang="nl")
    assert "demo" in found
    assert found["hits"][0]["type"]["slug"] == "project"
    answer = asked(demo, "/v1/search?q=voorbeeldproject&format=csv")
    assert "demo-werkzaam-search.csv" in answer.headers["content-disposition"]
    assert "demo" in answer.text.splitlines()[0]
    assert "goal" in found["facets"]


@pytest.mark.slow
def test_on_an_engine_elsewhere_too(content_part: Any, start_service: Callable[..., Any]) -> None:
    from tests.contract.remote_engines import start_oxigraph

    engine = start_oxigraph()
    try:
        service = start_service(
            WERKZAAM_CONTENT_DIR=str(content_part), WERKZAAM_ENDPOINT=f"{engine.url}/query"
        )
        found = search(service, q="wederkerigeid")
        assert found["hits"][0]["iri"] == BASE + "id/working-element/wederkerigheid"
        assert service.stop() == 0
    finally:
        engine.kill()
