"""Workbooks and JSON over HTTP: recorded, traced to their sheet, followed, given up, and out again."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import rdflib
from tests.running_service import RunningService, start

TITLES = ("identificatie", "titel", "subsidieronde")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def gate(
    tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]
) -> Iterator[RunningService]:
    """A service of its own, and a token for it."""
    folder = tmp_path_factory.mktemp("kinds") / "data"
    shutil.copytree(begun(False), folder)
    running = start(folder)
    running.token = running.secret("submitter")
    yield running
    assert running.stop() == 0


def book(*rows: tuple[str, str, str]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Projecten"
    for row in (TITLES, *rows):
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def owner(gate: RunningService) -> dict[str, str]:
    return {"Authorization": f"Bearer {gate.token}"}


def send(gate: Any, data: bytes, name: str, mode: str = "commit", **more: Any) -> httpx.Response:
    headers = more.pop("headers", owner(gate))
    answer: httpx.Response = gate.client.post(
        "/v1/submissions",
        files={"file": (name, data)},
        data={"mapping": "projects", "mode": mode, **more},
        headers=headers,
    )
    return answer


def test_a_workbook_is_recorded_and_traced_to_its_row(gate: Any) -> None:
    answer = send(gate, book(("MDT-1", "Samen op pad", "5a")), "projecten.xlsx")
    assert answer.status_code == 201, answer.text
    assert answer.json()["report"]["file"]["format"] == "xlsx"
    [record] = answer.json()["records"]
    shown = gate.client.get(record.replace("https://w3id.org/mdt-kennisgraaf/id/", "/doc/"))
    assert shown.status_code == 200
    assert "Samen op pad" in shown.text
    where = """PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
        SELECT ?sheet ?row ?letters FROM <https://w3id.org/mdt-kennisgraaf/graph/provenance> {
          <RECORD> prov:wasDerivedFrom [ mdt:sheetName ?sheet ; mdt:rowNumber ?row ; mdt:rowOf ?file ] .
          ?column mdt:columnOf ?file ; mdt:sheetName ?sheet ; mdt:columnLetters ?letters ;
            mdt:feedsProperty <http://purl.org/dc/terms/title> }"""
    asked = {"query": where.replace("RECORD", record)}
    found = gate.client.post("/sparql", data=asked, headers={"Accept": "text/csv"})
    assert found.text.splitlines()[1:] == ["Projecten,2,B"]
    again = send(gate, book(("MDT-1", "Samen op pad", "5a")), "projecten.xlsx")
    assert again.status_code in (200, 201)


def test_valid_rows_only_if_asked_and_the_refused_ones_come_back(gate: Any) -> None:
    data = book(("MDT-2", "Samen koken", "5a"), ("MDT-3", "Samen lezen", "55a"))
    refused = send(gate, data, "drie.xlsx")
    assert refused.status_code == 400
    wrong = send(gate, data, "drie.xlsx", accept="some")
    assert wrong.status_code == 400
    checked = send(gate, data, "drie.xlsx", "preview", accept="validRows", headers={})
    assert checked.json()["facts"]["acceptedRecords"] == 1
    done = send(gate, data, "drie.xlsx", accept="validRows")
    assert done.status_code == 201, done.text
    assert [iri.rpartition("/")[2] for iri in done.json()["records"]] == ["mdt-2"]
    facts = done.json()["report"]["facts"]
    assert facts["refusedRows"] == [{"sheet": "Projecten", "rows": [3]}]
    where = f"{done.json()['url']}/report?format=refused"
    back = gate.client.get(where, headers=owner(gate))
    assert back.headers["content-type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(back.content))["Projecten"]
    assert [cell.value for cell in sheet[2]][:3] == ["MDT-3", "Samen lezen", "55a"]
    assert sheet["C2"].comment is not None


def test_where_nothing_was_refused_there_are_no_refused_rows(gate: Any) -> None:
    done = send(gate, book(("MDT-4", "Samen sporten", "5a")), "vier.xlsx")
    where = f"{done.json()['url']}/report?format=refused"
    assert gate.client.get(where, headers=owner(gate)).status_code == 404


def test_refused_objects_come_back_letter_by_letter_and_can_be_resent(gate: Any) -> None:
    good = '{"identifier": "MDT-21", "title": "Samen varen", "round": "5a"}'
    bad = '{"identifier": "MDT-22", "title": "Samen bak\\u006ben", "round": "55a", "own": [1.0]}'
    data = f'{{"sent": 1.50, "projects": [{good}, {bad}]}}'.encode()
    done = send(gate, data, "mijn.json", accept="validRows")
    assert done.status_code == 201, done.text
    where = f"{done.json()['url']}/report?format=refused&lang=en"
    back = gate.client.get(where, headers=owner(gate))
    assert back.headers["content-type"] == "application/json"
    assert back.headers["content-disposition"].endswith("mijn-refused-rows.json")
    assert back.content == f'{{"sent": 1.50, "projects": [{bad}]}}'.encode()
    again = send(gate, back.content.replace(b"55a", b"5a"), "mijn.json")
    assert [iri.rpartition("/")[2] for iri in again.json()["records"]] == ["mdt-22"]
    checked = gate.client.post(
        "/v1/submissions?format=refused",
        files={"file": ("mijn.jsonl", f"{good}\n{bad}\n".encode())},
        data={"mapping": "projects", "mode": "preview", "accept": "validRows"},
    )
    assert checked.headers["content-type"] == "application/jsonl"
    assert checked.content == f"{bad}\n".encode()


def test_refused_records_of_linked_data_come_back(gate: Any) -> None:
    text = "@prefix p: <https://w3id.org/mdt-kennisgraaf/id/project/> ."
    text += "@prefix d: <http://purl.org/dc/terms/> ."
    text += "@prefix m: <https://w3id.org/mdt-kennisgraaf/def/> ."
    for number in (31, 32):
        text += (
            f'p:mdt-{number} a m:Project ; d:identifier "MDT-{number}" ; '
            f'd:title "Samen fietsen {number}"@nl ; m:inSubsidyRound '
            "<https://w3id.org/mdt-kennisgraaf/id/subsidy-round/5a> ."
        )
    data = (text + 'p:mdt-32 <urn:x:own> "eigen" .').encode()
    done = send(gate, data, "mijn.ttl", accept="validRows")
    assert done.status_code == 201, done.text
    where = f"{done.json()['url']}/report?format=refused"
    back = gate.client.get(where, headers=owner(gate))
    assert back.headers["content-type"].partition(";")[0] == "text/turtle"
    assert back.headers["content-disposition"].endswith(".ttl")
    assert (back.text.count("p:mdt-32"), back.text.count("p:mdt-31")) == (1, 0)
    again = send(gate, back.content.replace(b'<urn:x:own> "eigen"', b"a m:Project"), "mijn.ttl")
    assert [iri.rpartition("/")[2] for iri in again.json()["records"]] == ["mdt-32"]


def test_rows_of_partners_of_a_project_of_another_come_back_with_it(gate: Any) -> None:
    assert send(gate, book(("MDT-41", "Samen klimmen", "5a")), "een.xlsx").status_code == 201
    made = openpyxl.load_workbook(
        io.BytesIO(book(("MDT-41", "Samen klimmen", "5a"), ("MDT-42", "Samen duiken", "5a")))
    )
    partners = made.create_sheet("Partners")
    for row in (
        ("project", "naam"),
        ("MDT-42", "Stichting Voorbeeld Een"),
        ("MDT-41", "Stichting Voorbeeld Twee"),
    ):
        partners.append(row)
    out = io.BytesIO()
    made.save(out)
    other = gate.bearer("submitter")
    done = send(gate, out.getvalue(), "twee.xlsx", accept="validRows", headers=other)
    assert done.status_code == 201, done.text
    assert done.json()["report"]["facts"]["refusedRows"] == [
        {"sheet": "Partners", "rows": [3]},
        {"sheet": "Projecten", "rows": [2]},
    ]
    where = f"{done.json()['url']}/report?format=refused"
    back = openpyxl.load_workbook(io.BytesIO(gate.client.get(where, headers=other).content))
    assert [cell.value for cell in back["Partners"]["A"]] == ["project", "MDT-41"]
    assert [cell.value for cell in back["Projecten"]["A"]] == ["identificatie", "MDT-41"]


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_records_go_out_and_come_in_unchanged(gate: Any, form: str) -> None:
    send(gate, book(("MDT-5", "Samen zingen", "5a")), "vijf.xlsx")
    out = gate.client.get(f"/v1/mappings/projects/records?format={form}&lang=en")
    assert out.status_code == 200
    tag = {"If-None-Match": out.headers["etag"]}
    where = f"/v1/mappings/projects/records?format={form}&lang=en"
    assert gate.client.get(where, headers=tag).status_code == 304
    report = send(gate, out.content, f"uit.{form}", "preview", headers={}).json()
    assert report["conforms"], report["findings"]
    assert report["facts"]["unchanged"] == report["facts"]["rows"] >= 1
    assert gate.client.get("/v1/mappings/none/records").status_code == 404
    assert gate.client.get("/v1/mappings/projects/records?format=pdf").status_code == 400


def test_json_says_where_a_fault_stands(gate: Any) -> None:
    data = json.dumps([{"identifier": "MDT-6", "title": "Samen", "round": "55a"}]).encode()
    report = send(gate, data, "zes.json", "preview", headers={}).json()
    [found] = [one for one in report["findings"] if one["severity"] == "violation"]
    assert (found["path"], found["row"], found["sheet"]) == ("/0/round", None, None)


def test_a_task_can_be_given_up(gate: Any) -> None:
    rows = [(f"MDT-9{n}", f"Samen {n}", "5a") for n in range(3000)]
    headers = {**owner(gate), "Prefer": "respond-async"}
    begun = send(gate, book(*rows), "veel.xlsx", headers=headers)
    assert begun.status_code == 202
    where = begun.headers["location"]
    before = len(gate.client.get("/v1/changes").json()["changes"])
    assert gate.client.delete(where).status_code == 202
    for _ in range(10_000):
        status = gate.client.get(where).json()["status"]
        if status not in ("waiting", "running"):
            break
    assert status == "cancelled"
    assert len(gate.client.get("/v1/changes").json()["changes"]) == before
    assert gate.client.delete(where).json()["status"] == "cancelled"
    assert gate.client.delete(f"{gate.url}v1/tasks/nothing").status_code == 404


def test_the_report_of_the_standard_on_a_check(gate: Any) -> None:
    data = book(("MDT-7", "", "5a"))
    form = {"mapping": "projects", "mode": "preview"}
    files = {"file": ("zeven.xlsx", data)}
    answer = gate.client.post("/v1/submissions?format=ttl", files=files, data=form)
    assert answer.headers["content-type"].startswith("text/turtle")
    report = rdflib.Graph().parse(data=answer.content, format="turtle")
    paths = set(report.objects(None, rdflib.SH.resultPath))
    assert rdflib.DCTERMS.title in paths
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in report
    wanted = {"Accept": "text/turtle"}
    again = gate.client.post("/v1/submissions", files=files, data=form, headers=wanted)
    assert again.headers["content-type"].startswith("text/turtle")
    refused = send(gate, data, "zeven.xlsx", headers={**owner(gate), **wanted})
    assert refused.status_code == 400
