"""The example spreadsheet: exactly what its script writes, openly made up, and without a fault."""

import csv
import io

from werkzaam.domain.content import Content
from werkzaam.ingest.example import example_csv
from werkzaam.ingest.gate_outcome import Wish
from werkzaam.ingest.gate_process import run_gate

PATH = "graph_data/examples/projects.csv"


def committed(content: Content) -> bytes:
    return next(file.data for file in content.files if file.path == PATH)


def test_it_is_what_the_script_writes(all_content: Content) -> None:
    assert committed(all_content) == example_csv(all_content)


def test_it_is_openly_made_up(all_content: Content) -> None:
    rows = list(csv.DictReader(io.StringIO(committed(all_content).decode())))
    assert [row["identificatie"] for row in rows] == [
        f"Voorbeeldproject {n:02}" for n in range(1, 25)
    ]
    assert all(row["subsidieronde"] == "VOORBEELD" for row in rows)
    assert all("Voorbeeld" in row["gemeenten"] and "Voorbeeld" in row["penvoerder"] for row in rows)


def test_it_passes_the_gate_of_a_demo_with_every_coding_state(all_content: Content) -> None:
    outcome = run_gate(all_content, b"", committed(all_content), PATH, "projects", wish=Wish(True))
    assert outcome.report.conforms
    assert outcome.report.counts == {"violation": 0, "warning": 0, "info": 3}
    assert len(outcome.records) == 24
    values = outcome.facts["values"]
    assert values["addressed"]
    assert values["explicitlyNotAddressed"]
    assert values["notMentioned"]
    assert len(values["codedBy"]) == 3
