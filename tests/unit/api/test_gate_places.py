"""Who waits for the gate, who is refused at once, and whose place comes free."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from threading import Event
from typing import Any

import pytest
from starlette.requests import Request

from werkzaam.api.gate_places import Asking, GatePlaces
from werkzaam.errors import QueryStopped, StoreBusy

RunAsync = Callable[[Coroutine[Any, Any, None]], None]


class Caller:
    """One caller; sends nothing more, and goes away when told to."""

    def __init__(self, places: GatePlaces, asking: Asking) -> None:
        self.gone = asyncio.Event()
        self.started = asyncio.Event()
        self.told: Event | None = None
        self._release = Event()
        request = Request({"type": "http", "method": "POST", "headers": []}, self._receive)
        loop = asyncio.get_running_loop()

        def work(stop: Event) -> str:
            self.told = stop
            loop.call_soon_threadsafe(self.started.set)
            while not stop.wait(0.001):
                if self._release.is_set():
                    return "done"
            raise QueryStopped("stopped")

        turn = places.line_up(asking)
        self.answer = asyncio.create_task(turn.while_connected(request, work))

    async def _receive(self) -> dict[str, str]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def finish(self) -> str:
        self._release.set()
        return await self.answer


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0)


async def refused(answer: Awaitable[str]) -> type[Exception]:
    try:
        await answer
    except Exception as fault:
        return type(fault)
    raise AssertionError("it was not refused")


def test_those_without_a_token_leave_a_place_to_those_with_one(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces(places=2, reserved=1, row=2)
        first = Caller(places, "anonymous preview")
        await first.started.wait()
        waiting = [Caller(places, "anonymous preview") for _ in range(2)]
        with pytest.raises(StoreBusy) as busy:
            places.line_up("anonymous preview")
        assert busy.value.retry_after == 5
        committing = Caller(places, "commit")
        await committing.started.wait()
        assert not any(caller.started.is_set() for caller in waiting)
        assert await committing.finish() == "done"
        for caller in (first, *waiting):
            assert await caller.finish() == "done"
        assert places.waiting("anonymous preview") == 0

    run_async(test())


def test_one_commits_at_a_time_and_the_next_waits_without_a_place(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces(places=2, reserved=1)
        first = Caller(places, "commit")
        await first.started.wait()
        second = Caller(places, "commit")
        preview = Caller(places, "preview")
        await preview.started.wait()
        assert not second.started.is_set()
        for caller in (first, second, preview):
            assert await caller.finish() == "done"

    run_async(test())


def test_who_goes_away_frees_the_place_at_the_gate(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces(places=1, reserved=0)
        first = Caller(places, "anonymous preview")
        await first.started.wait()
        first.gone.set()
        assert await refused(first.answer) is QueryStopped
        assert first.told is not None
        assert first.told.is_set()
        assert await Caller(places, "anonymous preview").finish() == "done"

    run_async(test())


def test_who_goes_away_leaves_the_row(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces(places=1, reserved=0, row=1)
        first = Caller(places, "anonymous preview")
        await first.started.wait()
        second = Caller(places, "anonymous preview")
        second.gone.set()
        assert await refused(second.answer) is QueryStopped
        assert not second.started.is_set()
        third = Caller(places, "anonymous preview")
        assert await first.finish() == await third.finish() == "done"

    run_async(test())


def test_nobody_waits_for_ever(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces(places=1, reserved=0, wait_seconds=0.0)
        turn = places.line_up("commit")
        assert places.waiting("commit") == 1
        turn.give_up()
        turn.give_up()
        assert places.waiting("commit") == 0
        holding = asyncio.Event()
        held = Event()
        loop = asyncio.get_running_loop()

        def work(_: Event) -> None:
            loop.call_soon_threadsafe(holding.set)
            held.wait()

        long = asyncio.create_task(places.line_up("commit").however_long(work))
        await holding.wait()
        assert await refused(Caller(places, "preview").answer) is StoreBusy
        assert places.waiting("preview") == 0
        held.set()
        await long

    run_async(test())


def test_a_body_that_cannot_be_read_leaves_the_row(run_async: RunAsync) -> None:
    async def test() -> None:
        places = GatePlaces()

        async def read() -> str:
            raise OSError

        turn = places.line_up("preview")
        assert await refused(turn.during(read())) is OSError
        assert places.waiting("preview") == 0

    run_async(test())
