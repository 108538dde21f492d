"""The bench of validation: what it judges has faults, both of its ways find them, and its arithmetic is right."""

from collections import Counter
from typing import Any

import pytest
from tests.benchmarks import validating
from tests.benchmarks.rows import Table


def test_each_fiftieth_project_has_a_fault_and_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(validating.records(3)) == list(validating.records(3))
    monkeypatch.setattr(validating, "_SHARE", 0.0)
    whole = {str(quad) for record in validating.records(300) for quad in record.quads}
    monkeypatch.undo()
    faulty = [
        {str(quad.subject)[1:-1] for quad in record.quads if str(quad) not in whole}
        for record in validating.records(300)
    ]
    assert 2 <= sum(map(bool, faulty)) <= 15
    _, results = validating.ours(300)
    found = Counter(r.focus.value for r in results if r.severity != "info")
    assert set(found) >= {iri for subjects in faulty for iri in subjects}


def test_the_time_of_many_follows_from_two_small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(who: str, count: int) -> dict[str, Any]:
        seconds = 10.0 + 2.0 * count if who == "theirs" else count / 100
        return {"seconds": seconds, "megabytes": 5.0, "results": ["a"]}

    monkeypatch.setattr(validating, "_alone", measured)
    table = Table([], [], lambda _: None)
    validating.measure(table, 1_000, (10, 20))
    assert [(row.median, row.ratio, row.met) for row in table.rows] == [
        (10.0, pytest.approx(201.0), True),
        (5.0, None, None),
    ]
    monkeypatch.setattr(validating, "_alone", lambda who, _: {"seconds": 1.0, "results": [who]})
    with pytest.raises(AssertionError, match="differ"):
        validating.measure(table)
