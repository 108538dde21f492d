"""Tasks are kept for a while and in a bounded number; those with a token apart."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from werkzaam.api.task_memory import Outcome, Task, Tasks
from werkzaam.errors import BadRequest, NotFound

RunAsync = Callable[[Coroutine[Any, Any, Any]], Any]


async def ended(tasks: Tasks, name: str, *, known: bool = False) -> Task:
    async def work(task: Task) -> Outcome:
        task.begin()
        return {"report": name}

    task = tasks.start(work, known=known)
    assert task.status == "waiting"
    while task.ended is None:
        await asyncio.sleep(0)
    return task


def test_only_the_last_that_ended_are_kept(run_async: RunAsync) -> None:
    async def test() -> None:
        tasks = Tasks(most=2)
        mine = await ended(tasks, "mine", known=True)
        others = [await ended(tasks, str(number)) for number in range(4)]
        assert (mine.status, mine.outcome) == ("done", {"report": "mine"})
        assert tasks.find(mine.id) is mine
        for gone in others[:2]:
            with pytest.raises(NotFound):
                tasks.find(gone.id)
        assert [tasks.find(task.id) for task in others[2:]] == others[2:]

    run_async(test())


def test_an_hour_later_a_task_is_gone(run_async: RunAsync) -> None:
    async def test() -> None:
        now = 0.0
        tasks = Tasks(seconds=10, clock=lambda: now)
        task = await ended(tasks, "one")
        now = 10.0
        assert tasks.find(task.id) is task
        now = 10.1
        with pytest.raises(NotFound):
            tasks.find(task.id)

    run_async(test())


def test_what_went_wrong_is_kept_and_only_what_is_ours_logged(
    caplog: pytest.LogCaptureFixture, run_async: RunAsync
) -> None:
    async def failed(fault: Exception) -> Task:
        async def work(_: Task) -> Outcome:
            raise fault

        task = Tasks().start(work, known=False)
        while task.ended is None:
            await asyncio.sleep(0)
        return task

    caplog.set_level(logging.ERROR)
    task = run_async(failed(BadRequest("no")))
    assert (task.status, str(task.error)) == ("failed", "no")
    assert caplog.records == []
    run_async(failed(OSError("disk")))
    assert [record.message for record in caplog.records] == ["task failed"]


def test_what_is_under_way_stays_and_can_be_stopped(run_async: RunAsync) -> None:
    async def test() -> None:
        tasks = Tasks(most=0, seconds=0)
        never = asyncio.Event()

        async def work(task: Task) -> Outcome:
            task.begin()
            await never.wait()
            return {}

        task = tasks.start(work, known=False)
        while task.status == "waiting":
            await asyncio.sleep(0)
        assert tasks.find(task.id).status == "running"
        tasks.stop()
        while task.ended is None:
            await asyncio.sleep(0)

    run_async(test())
