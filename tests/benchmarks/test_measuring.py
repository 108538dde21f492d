"""The harness of the benchmarks, at sizes that take seconds: it measures, and it says what failed."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.benchmarks import servers
from tests.benchmarks.bench import Plan, bench
from tests.benchmarks.catalogue_rows import Pace, measure
from tests.benchmarks.exchange import COUNTER, BadAnswer, Target, Unfinished
from tests.benchmarks.inprocess import InProcess, Late
from tests.benchmarks.load import drive_apart
from tests.benchmarks.projects import PROJECT_STATEMENTS, fill, projects, spreadsheet
from tests.benchmarks.questions import SMALL, Catalogued, anew, numbered
from tests.benchmarks.rows import Row, Table, beside, plain, spread, write
from tests.benchmarks.servers import NotRun, Server

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.store.journal import Journal

_NOTHING_LISTENS = Target("127.0.0.1", 1)


@pytest.fixture
def triples(tmp_path: Path) -> Path:
    path = tmp_path / "few.nt"
    path.write_text("".join(f'<urn:{n}> <urn:p> "{n}" .\n' for n in range(50)), "utf-8")
    return path


@pytest.fixture
def empty() -> Table:
    return Table([], [], lambda _: None)


def test_the_load_generator_counts_whole_answers_of_several_clients(nothing: Server) -> None:
    outcome = drive_apart(nothing.target, nothing.target.query(anew(SMALL)), 3, 0.2)
    assert outcome.good > 10
    assert outcome.bad == 0
    assert outcome.latencies == sorted(outcome.latencies)
    assert len(outcome.latencies) == outcome.good


def test_a_load_on_a_server_that_is_not_there_is_a_failure_and_no_number() -> None:
    with pytest.raises(BadAnswer, match="Refused"):
        drive_apart(_NOTHING_LISTENS, b"GET / HTTP/1.1\r\n\r\n", 1, 0.1)


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", b"abcde"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", b""),
    ],
    ids=["sized", "chunked", "empty"],
)  # fmt: skip
def test_an_answer_is_whole_at_its_last_byte_and_not_before(answer: bytes, body: bytes) -> None:
    unfinished = Unfinished()
    assert not any(unfinished.feed(answer[place : place + 1]) for place in range(len(answer) - 1))
    assert unfinished.feed(answer[-1:])
    assert unfinished.reply().body == body


def test_an_answer_that_ends_early_is_none() -> None:
    with pytest.raises(BadAnswer):
        Unfinished().feed(b"")


def test_made_up_projects_are_the_same_each_time_and_have_14_statements() -> None:
    once_more = [project.lines() for project in projects(3, 7)]
    assert once_more == [project.lines() for project in projects(9)][6:]
    assert all(len(set(lines.splitlines())) == PROJECT_STATEMENTS for lines in once_more)


def test_the_gate_takes_the_spreadsheet_and_makes_the_same_records(content: Content) -> None:
    made = list(projects(3))
    outcome = judge(content, b"", Upload(spreadsheet(made), "metingen.csv", "projects"), True)
    assert outcome.report.conforms
    for project in made:
        said = set(project.lines().splitlines())
        assert said <= set(outcome.records[project.iri].splitlines())


def test_a_journal_filled_past_the_gate_is_sound(tmp_path: Path) -> None:
    fill(tmp_path, 20)
    journal = Journal.open(tmp_path)
    assert journal.verify() == []
    assert len(journal.records_state().splitlines()) == 20 * PROJECT_STATEMENTS
    journal.close()


def test_a_query_asked_anew_differs_each_time_and_means_the_same() -> None:
    store = ox.Store()
    assert numbered("ASK { }", 1) != numbered("ASK { }", 2)
    assert COUNTER not in numbered("ASK { }", 1)
    assert bool(store.query(numbered("ASK { }", 1))) is True


@pytest.mark.parametrize("kind", ["pyoxigraph", "rdflib"])
def test_an_engine_in_process_answers_is_stopped_and_says_what_it_cannot(
    kind: str, triples: Path
) -> None:
    engine = InProcess(kind, triples)
    assert engine.ask("SELECT * { ?s ?p ?o }", 10)[1] == 50
    with pytest.raises(NotRun):
        engine.ask("SELECT nonsense", 10)
    if kind == "rdflib":
        with pytest.raises(Late):
            engine.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 0.2)
    engine.close()


def test_ratios_above_one_are_better_be_it_times_or_rates() -> None:
    faster = beside("a", "ms", [1.0, 2.0, 4.0], [2.0, 4.0, 8.0], "peer", least=1.5)
    more = beside("a", "1/s", [1.0, 2.0, 4.0], [2.0, 4.0, 8.0], "peer", rate=True, least=1.5)
    assert (faster.ratio, faster.met, more.ratio, more.met) == (2.0, True, 0.5, False)
    assert (plain("a", "s", [0.2, 0.4, 0.9], 0.3).met, plain("a", "s", [0.1], 0.3).met) == (
        *(False, True),
    )
    assert spread([1, 2, 3, 4, 5]) == 2


def test_each_query_gets_a_row_for_each_peer_and_another_answer_is_a_failure(
    triples: Path, tmp_path: Path, empty: Table
) -> None:
    fewer = tmp_path / "fewer.nt"
    fewer.write_text("".join(triples.read_text("utf-8").splitlines(keepends=True)[:9]), "utf-8")
    same, less = InProcess("pyoxigraph", triples), InProcess("pyoxigraph", fewer)
    with servers.oxigraph(triples, tmp_path / "serve") as serve:
        queries = [Catalogued("a/b", "SELECT * { ?s ?p ?o }"), Catalogued("a/c", "nonsense")]
        peers = {"same": same, "less": less, "rdflib": same}
        only = {"rdflib": {"a/c"}}
        measure(empty, "few", queries, serve.target, peers, Pace(turns=3), only)
    same.close()
    less.close()
    by_peer = {row.peer: row for row in empty.rows if row.work == "query a/b, few"}
    assert set(by_peer) == {"same", "less (9 rows, not 50)"}
    assert by_peer["same"].ratio
    assert len(empty.failures) == 2


def test_a_missed_target_is_no_failure_and_a_failed_measurement_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starts(table: Table, *_: object) -> None:
        table.add(plain("start", "s", [9.0], 3.0))

    def breaks(*_: object, **__: str) -> Server:
        raise NotRun("no service here")

    monkeypatch.setattr("tests.benchmarks.moving.starts", starts)
    monkeypatch.setattr("tests.benchmarks.validating.measure", lambda *_: None)
    monkeypatch.setattr("tests.benchmarks.bench.Bench._at_size", lambda *_: None)
    assert bench(Plan(), tmp_path) == 0
    monkeypatch.undo()
    monkeypatch.setattr("tests.benchmarks.moving.starts", starts)
    monkeypatch.setattr("tests.benchmarks.validating.measure", lambda *_: None)
    monkeypatch.setattr("tests.benchmarks.servers.werkzaam", breaks)
    assert bench(Plan(projects=0), tmp_path) == 1
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [row["met"] for row in written["rows"]] == [False]
    assert "no service here" in (tmp_path / "results.md").read_text("utf-8")


def test_the_rows_have_the_names_that_the_design_gives_them(tmp_path: Path, empty: Table) -> None:
    empty.add(Row("work", "ms", 1.0, 0.1, "peer", 1.5, "ratio >= 1", True))
    empty.not_run("work", "ms", "Fuseki", "it is not there")
    write(tmp_path, empty)
    rows = json.loads((tmp_path / "results.json").read_text("utf-8"))["rows"]
    names = ["work", "unit", "median", "spread", "peer", "ratio", "target", "met"]
    assert [list(row) for row in rows] == [names, names]
    assert rows[1]["peer"] == "Fuseki (not run: it is not there)"
