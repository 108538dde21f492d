"""Questions are listed, described and answered over HTTP: every format, page by page, with the limits."""

import csv
import io
import json
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pyoxigraph as ox
import pytest

from werkzaam.domain.identifiers import TERMS

GAP = "coverage/working-elements-without-projects"
PER_ELEMENT = "coverage/projects-per-working-element"
BETWEEN = "comparison/working-elements-between-rounds"
MEASUREMENTS = "evidence/measurements"
GRAPH = "evidence/statements-about-working-element"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def again(service: Any, address: str) -> Any:
    parts = urlsplit(address)
    return service.client.get(f"{parts.path}?{parts.query}")


def workbook(service: Any, name: str, **keys: str) -> Any:
    answer = service.client.get(f"/v1/queries/{name}", params={"format": "xlsx", **keys})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def about(book: Any) -> dict[str, Any]:
    return {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}


def test_the_list_is_searched_in_both_languages_and_by_tag_and_topic(service: Any) -> None:
    client = service.client
    whole = client.get("/v1/queries").json()
    assert whole["total"] == len(whole["queries"]) == sum(whole["topics"].values())
    for words in ("werkzame elementen geen project", "WORKING elements any project"):
        found = client.get("/v1/queries", params={"q": words}).json()
        assert GAP in [one["name"] for one in found["queries"]]
        assert len(found["queries"]) < found["total"]
    tag = client.get("/v1/queries?tag=evidence&tag=assessments&topic=evidence").json()["queries"]
    assert tag
    assert all({"evidence", "assessments"} <= set(one["tags"]) for one in tag)
    assert client.get("/v1/queries?q=qxqxqx").json()["queries"] == []
    for wrong in (
        "tag=nothing",
        "topic=nothing",
        "topic=a&topic=b",
        "tags=evidence",
        f"q={'a' * 201}",
    ):
        problem = client.get(f"/v1/queries?{wrong}&lang=en")
        assert problem.status_code == 400
        assert problem.headers["content-type"] == "application/problem+json"


def test_a_description_has_all_to_ask_with(service: Any) -> None:
    said = service.client.get(f"/v1/queries/{GAP}/description?lang=en").json()
    (goal,) = (one for one in said["parameters"] if one["name"] == "goal")
    assert {"value", "iri", "label"} == set(goal["choices"][0])
    assert set(said["answers"]) == {"json", "csv", "xlsx", "srj"} == set(said["formats"])
    assert said["form"] == "SELECT"
    assert "SELECT" in said["sparql"]
    for address in said["answers"].values():
        assert again(service, address).status_code == 200
    listed = service.client.get("/v1/queries?lang=en").json()["queries"]
    (one,) = (one for one in listed if one["name"] == GAP)
    assert again(service, one["details"]).json()["name"] == GAP
    assert service.client.get("/v1/queries/no/question/description").status_code == 404


@pytest.mark.parametrize("form", ["json", "csv", "srj"])
def test_post_gives_what_get_gives(service: Any, form: str) -> None:
    keys = {"goal": "sociaal-contact", "lang": "en", "format": form, "limit": "2"}
    get = service.client.get(f"/v1/queries/{GAP}", params=keys)
    for sent in ({"data": keys}, {"json": {**keys, "limit": 2, "bom": False, "after": None}}):
        post = service.client.post(f"/v1/queries/{GAP}", **sent)
        assert (post.status_code, post.content) == (200, get.content) or form == "json"
        assert post.headers["cache-control"] == "no-store"
        assert again(service, post.headers["content-location"]).status_code == 200
        if form == "json":
            assert post.json()["rows"] == get.json()["rows"]
            assert post.json()["limits"]["permalink"] == get.json()["limits"]["permalink"]
    split = service.client.post(f"/v1/queries/{GAP}?lang=en&format={form}&limit=2", data={"goal": keys["goal"]})  # fmt: skip
    assert split.status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {"goal": ["a"]}}, 400),
        ({"json": ["goal"]}, 400),
        ({"json": {"limit": 1.5}}, 400),
        ({"json": {"nothing": "a"}}, 400),
        ({"content": b"[" * 200_000, "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"a":1,"a":2}', "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"goal=%ff", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"&".join(b"a%d=1" % n for n in range(200)), "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"goal", "headers": {"content-type": "text/plain"}}, 415),
        ({"json": {"version": "99"}}, 404),
        ({"json": {"format": "ttl"}}, 406),
        ({"content": b"a" * (2 << 20), "headers": {"content-type": "application/json"}}, 413),
        ({}, 200),
    ],
)  # fmt: skip
def test_what_is_posted_wrongly_is_refused_in_words(
    service: Any, sent: dict[str, Any], status: int
) -> None:
    answer = service.client.post(f"/v1/queries/{GAP}", **sent)
    assert answer.status_code == status
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_a_wrong_choice_is_told_the_choices_by_name(service: Any) -> None:
    problem = service.client.get(f"/v1/queries/{GAP}?goal=x&lang=en").json()
    assert [one["value"] for one in problem["options"]] == problem["choices"]
    assert all(one["label"] and one["iri"] for one in problem["options"])


def test_what_must_be_given_is_asked_for_with_its_choices_by_name(service: Any) -> None:
    answer = service.client.get(f"/v1/queries/{BETWEEN}?lang=en&firstRound=4b")
    problem = answer.json()
    assert (answer.status_code, problem["parameter"]) == (400, "secondRound")
    assert {"value", "iri", "label"} == set(problem["options"][0])
    assert [one["value"] for one in problem["options"]] == problem["choices"]
    assert (
        service.client.get(f"/v1/queries/{BETWEEN}?firstRound=4b&secondRound=5a").status_code == 200
    )


def test_a_format_that_does_not_go_with_the_question_is_406(service: Any) -> None:
    for name, form, offered in ((GAP, "ttl", "xlsx"), (GRAPH, "srj", "ttl")):
        answer = service.client.get(f"/v1/queries/{name}?format={form}&lang=en")
        assert answer.status_code == 406
        assert offered in answer.json()["detail"]
    assert service.client.get(f"/v1/queries/{GAP}", headers={"Accept": "text/turtle"}).status_code == 406  # fmt: skip


def test_a_workbook_holds_numbers_as_numbers_and_says_what_it_is(service: Any) -> None:
    book = workbook(service, MEASUREMENTS, lang="en")
    answer = service.client.get(f"/v1/queries/{MEASUREMENTS}?lang=en").json()
    sheet = book.worksheets[0]
    names = [column["name"] for column in answer["columns"]]
    assert [cell.value for cell in sheet[1]] == [column["label"] for column in answer["columns"]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A1:")) == ("A2", True)
    assert sheet.max_row == len(answer["rows"]) + 1
    column = names.index("value") + 1
    numbers = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert {cell.data_type for cell in numbers if cell.value is not None} == {"n"}
    iri = sheet.cell(2, 1)
    assert iri.value == answer["rows"][0][names[0]]["value"]
    assert iri.hyperlink.target.startswith(service.url)
    facts = about(book)
    question = next(q for q in service.client.get("/v1/queries?lang=en").json()["queries"] if q["name"] == MEASUREMENTS)  # fmt: skip
    assert facts["Question"] == question["question"]
    assert facts["Dataset version"] == answer["version"]
    assert facts["Rows of the whole answer"] == answer["limits"]["total"]
    assert facts["Licence"] == "CC BY 4.0"
    assert facts["Is this still the answer? Look here"] == answer["limits"]["permalink"]
    assert str(facts["Version made on"])[:10] == answer["limits"]["date"][:10]


def test_a_part_of_an_answer_as_a_workbook_says_so(service: Any) -> None:
    book = workbook(service, PER_ELEMENT, lang="nl", limit="3", after="2")
    whole = service.client.get(f"/v1/queries/{PER_ELEMENT}").json()["limits"]["total"]
    facts = about(book)
    assert (facts["Rijen hier"], facts["Rijen van het hele antwoord"]) == (3, whole)
    assert facts["Weggelaten na deze (limit=3)"] == whole - 5
    assert facts["Weggelaten vóór deze (after=2)"] == 2
    assert facts["Projectgegevens"] == "geen projectgegevens"


def test_a_graph_is_turtle_and_rows(service: Any) -> None:
    address = f"/v1/queries/{GRAPH}?element=houvast"
    turtle = service.client.get(address)
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = set(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))
    rows = rows_of(service.client.get(address + "&format=csv").content)
    assert rows[0] == ["subject", "predicate", "object"]
    assert len(rows) - 1 == len(triples) > 20
    told = service.client.get(address + "&format=json&lang=en").json()
    assert len(told["rows"]) == len(triples)
    named = {row["predicate"]["value"]: row["predicate"]["label"] for row in told["rows"]}
    assert named[f"{TERMS}voice"] == "voice"
    objects = [row["object"] for row in told["rows"] if row["object"]["type"] == "uri"]
    assert all(cell["label"] for cell in objects if "/id/voice/" in cell["value"])
    assert workbook(service, GRAPH, element="houvast").worksheets[0].max_row == len(rows)
    part = service.client.get(address + "&limit=5")
    assert len(list(ox.parse(part.content, format=ox.RdfFormat.TURTLE))) == 5
    assert part.headers["werkzaam-truncated"] == "true"


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "srj"])
def test_every_format_says_its_version_and_whether_there_is_more(service: Any, form: str) -> None:
    part = service.client.get(f"/v1/queries/{GAP}?format={form}&limit=3&after=1")
    assert part.headers["werkzaam-version"] == "1"
    assert part.headers["werkzaam-truncated"] == "true"
    assert {"bookmark", "first", "prev", "next", "describedby"} <= set(part.links)
    whole = service.client.get(f"/v1/queries/{GAP}?format={form}")
    assert whole.headers["werkzaam-truncated"] == "false"
    assert part.headers["werkzaam-rows"] == whole.headers["werkzaam-rows"]
    assert {"next", "prev", "first"} & set(whole.links) == set()
    head = service.client.head(f"/v1/queries/{GAP}?format={form}&limit=3&after=1")
    assert head.headers["link"] == part.headers["link"]
    tag = {"If-None-Match": part.headers["etag"]}
    assert service.client.get(f"/v1/queries/{GAP}?format={form}&limit=3&after=1", headers=tag).status_code == 304  # fmt: skip


@pytest.mark.parametrize("limit", [1, 4, 7, 1000])
def test_pages_add_up_to_the_whole_in_either_direction(service: Any, limit: int) -> None:
    whole = service.client.get(f"/v1/queries/{GAP}?lang=en").json()["rows"]
    found: list[Any] = []
    answer = service.client.get(f"/v1/queries/{GAP}?lang=en&limit={limit}")
    last = answer
    while True:
        found += answer.json()["rows"]
        last = answer
        assert answer.json()["limits"]["next"] == answer.links.get("next", {}).get("url")
        if "next" not in answer.links:
            break
        answer = again(service, answer.links["next"]["url"])
    assert found == whole
    back = last.json()["rows"]
    while "prev" in last.links:
        last = again(service, last.links["prev"]["url"])
        back = last.json()["rows"] + back
    assert back == whole


def test_plain_csv_is_the_values_and_bom_is_for_a_spreadsheet(service: Any) -> None:
    plain = service.client.get(f"/v1/queries/{MEASUREMENTS}?format=csv&lang=nl").content
    for_excel = service.client.get(f"/v1/queries/{MEASUREMENTS}?format=csv&lang=nl&bom=true").content  # fmt: skip
    assert for_excel.startswith(b"\xef\xbb\xbf")
    results = json.loads(service.client.get(f"/v1/queries/{MEASUREMENTS}?format=srj&lang=nl").content)  # fmt: skip
    names = results["head"]["vars"]
    values = [
        [one.get(name, {}).get("value", "") for name in names]
        for one in results["results"]["bindings"]
    ]
    assert rows_of(plain) == [names, *values]
    assert len(rows_of(for_excel)) == len(values) + 1
