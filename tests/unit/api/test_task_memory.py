"""Tasks are kept for a while and in a bounded number; those with a token apart."""

import asyncio
import gc
import json
import logging
import weakref
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from werkzaam.api.task_memory import Task, Tasks, as_outcome
from werkzaam.api.tasks import task_answer
from werkzaam.errors import BadRequest, NotFound

RunAsync = Callable[[Coroutine[Any, Any, Any]], Any]


async def ended(tasks: Tasks, name: str, size: int = 0, *, known: bool = False) -> Task:
    async def work(task: Task) -> bytes:
        task.begin()
        return as_outcome({"report": name}) + b" " * size

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
        assert (mine.status, mine.outcome) == ("done", b'{"report":"mine"}')
        assert tasks.find(mine.id) is mine
        for gone in others[:2]:
            with pytest.raises(NotFound):
                tasks.find(gone.id)
        assert [tasks.find(task.id) for task in others[2:]] == others[2:]

    run_async(test())


def test_large_outcomes_make_room_oldest_first(run_async: RunAsync) -> None:
    async def test() -> None:
        tasks = Tasks(most_bytes=1_000, clock=iter(range(100)).__next__)
        mine = await ended(tasks, "mine", 900, known=True)
        first, second = await ended(tasks, "first", 400), await ended(tasks, "second", 400)
        assert tasks.find(first.id) is first
        third = await ended(tasks, "third", 400)
        with pytest.raises(NotFound):
            tasks.find(first.id)
        assert [tasks.find(one.id) for one in (second, third, mine)] == [second, third, mine]

    run_async(test())


def test_the_newest_outcome_stays_whatever_it_takes(run_async: RunAsync) -> None:
    async def test() -> None:
        tasks = Tasks(most_bytes=1_000, clock=iter(range(100)).__next__)
        small = await ended(tasks, "small")
        large = await ended(tasks, "large", 5_000)
        assert tasks.find(large.id) is large
        with pytest.raises(NotFound):
            tasks.find(small.id)
        last = await ended(tasks, "last")
        assert tasks.find(last.id) is last
        with pytest.raises(NotFound):
            tasks.find(large.id)

    run_async(test())


def test_what_is_kept_of_an_error_holds_nothing_of_what_was_sent(run_async: RunAsync) -> None:
    class File:
        pass

    async def test() -> None:
        kept: list[weakref.ref[File]] = []

        async def work(_: Task) -> bytes:
            file = File()
            kept.append(weakref.ref(file))
            try:
                raise ValueError(file)
            except ValueError:
                raise BadRequest("no") from OSError(file)

        tasks = Tasks()
        task = tasks.start(work, known=False)
        del work
        while task.ended is None:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()
        assert (str(task.error), kept[0]()) == ("no", None)

    run_async(test())


def test_a_task_is_shown_with_its_outcome_as_one_object(run_async: RunAsync) -> None:
    async def test() -> None:
        task = await ended(Tasks(), "één")
        shown = json.loads(bytes(task_answer(task, "nl").body))
        assert shown == {"id": task.id, "status": "done", "report": "één"}
        task.outcome = b"{}"
        shown = json.loads(bytes(task_answer(task, "nl").body))
        assert shown == {"id": task.id, "status": "done"}

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
        async def work(_: Task) -> bytes:
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

        async def work(task: Task) -> bytes:
            task.begin()
            await never.wait()
            return b"{}"

        task = tasks.start(work, known=False)
        while task.status == "waiting":
            await asyncio.sleep(0)
        assert tasks.find(task.id).status == "running"
        tasks.stop()
        while task.ended is None:
            await asyncio.sleep(0)

    run_async(test())
