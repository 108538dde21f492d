"""Two lanes: who is answered next, who waits, who is stopped, and how many readers that takes."""

from dataclasses import dataclass

import pytest

from werkzaam.errors import StoreBusy
from werkzaam.store.lanes import OURSELVES, LaneLimits, Lanes, Ticket


@dataclass(eq=False)
class Reader:
    """A reader that only remembers what was done to it."""

    name: int
    slowed: bool = False
    is_running: bool = True
    stopped: bool = False
    preempted: bool = False

    def slow_down(self) -> None:
        self.slowed = True

    def preempt(self) -> None:
        self.stopped = True


def lanes(readers: int, *, fast: int = 1, slow: int = 1, wait: int = 9, most: int = 9) -> Lanes:
    made = Lanes(LaneLimits(fast, slow, wait, most))
    for name in range(readers):
        made.put(Reader(name))  # type: ignore[arg-type]
    return made


def enter(made: Lanes, caller: str = "a", *, slow: bool = False) -> Ticket:
    return made.enter(caller, lambda: None, slow=slow)


def reader(ticket: Ticket) -> Reader:
    assert isinstance(ticket.reader, Reader)
    return ticket.reader


def done(made: Lanes, ticket: Ticket) -> None:
    made.leave(ticket)
    made.put(reader(ticket))  # type: ignore[arg-type]


def test_a_free_reader_is_granted_at_once_and_whoever_waits_is_woken() -> None:
    made = lanes(1)
    first = enter(made)
    assert reader(first).name == 0
    woken: list[str] = []
    second = made.enter("b", lambda: woken.append("b"))
    assert second.reader is None
    assert woken == []
    done(made, first)
    assert reader(second).name == 0
    assert woken == ["b"]


def test_callers_take_turns() -> None:
    made = lanes(1)
    running = enter(made)
    waiting = [enter(made, caller) for caller in ("a", "a", "a", "b", "c")]
    order = []
    while waiting:
        done(made, running)
        running = next(ticket for ticket in waiting if ticket.reader)
        waiting.remove(running)
        order.append(running.caller)
    assert order == ["a", "b", "c", "a", "a"]


def test_a_full_lane_says_so_and_so_does_a_caller_with_enough() -> None:
    made = lanes(1, wait=2, most=2)
    enter(made, "a")
    enter(made, "a")
    with pytest.raises(StoreBusy, match="2 queries"):
        enter(made, "a")
    enter(made, "b")
    with pytest.raises(StoreBusy, match="queue is full"):
        enter(made, "c")
    assert made.missing() == 1


def test_our_own_questions_have_no_cap() -> None:
    made = lanes(1, most=1)
    for _ in range(5):
        enter(made, OURSELVES)


def test_an_overdue_query_makes_room_for_a_small_one() -> None:
    made = lanes(2)
    slow = enter(made)
    small = enter(made, "b")
    assert small.reader is None
    assert made.overdue(slow)
    assert reader(slow).slowed
    assert small.reader is not None


def test_where_the_slow_lane_is_full_it_is_stopped_only_when_somebody_waits() -> None:
    made = lanes(2)
    assert made.overdue(enter(made))
    second = enter(made)
    assert not made.overdue(second)
    assert not reader(second).stopped
    enter(made, "b")
    assert reader(second).stopped


def test_our_own_slow_query_is_never_stopped() -> None:
    made = lanes(2)
    assert made.overdue(enter(made))
    ours = enter(made, OURSELVES)
    assert not made.overdue(ours)
    enter(made, "b")
    assert not reader(ours).stopped


def test_what_is_known_to_be_slow_does_not_take_the_place_of_a_quick_one() -> None:
    made = lanes(3)
    slow = [enter(made, slow=True) for _ in range(3)]
    assert [ticket.reader is not None for ticket in slow] == [True, False, False]
    assert enter(made, "b").reader is not None


def test_a_reader_that_was_slowed_down_serves_the_slow_lane_and_one_is_kept() -> None:
    made = lanes(3, slow=2)
    first, second = enter(made, slow=True), enter(made, slow=True)
    done(made, first)
    made.leave(second)
    assert not made.put(reader(second))  # type: ignore[arg-type]
    quick = enter(made)
    assert not reader(quick).slowed
    made.leave(quick)
    assert enter(made).reader is None
    assert enter(made, slow=True).reader is first.reader


def test_a_slowed_reader_that_nobody_needs_is_taken_out_in_the_end() -> None:
    made = lanes(2)
    ticket = enter(made, slow=True)
    assert made.take_unused_slow() == []
    done(made, ticket)
    assert made.take_unused_slow() == []
    again = enter(made, slow=True)
    assert made.take_unused_slow() == []
    done(made, again)
    assert made.take_unused_slow() == []
    assert made.take_unused_slow() == [ticket.reader]
    assert made.take_unused_slow() == []


def test_readers_are_missing_for_free_places_and_one_in_reserve() -> None:
    made = lanes(0, fast=2)
    assert (made.missing(), made.at_rest) == (3, 3)
    made = lanes(3, fast=2)
    assert made.missing() == 0
    ticket = enter(made)
    assert made.missing() == 0
    made.overdue(ticket)
    assert made.missing() == 1
    enter(made, slow=True)
    enter(made, slow=True)
    made.leave(ticket)
    assert made.missing() == 2


def test_those_who_wait_go_on_with_the_readers_of_the_next_version() -> None:
    made = lanes(1)
    enter(made)
    waiting = enter(made)
    made.overdue(waiting)
    assert made.exchange_idle([Reader(9)]) == []  # type: ignore[list-item]
    assert [one.name for one in made.exchange_idle([])] == [9]  # type: ignore[attr-defined]


def test_one_place_is_kept_free_of_suspects_and_they_come_last() -> None:
    made = lanes(3, fast=2, slow=0)
    first, second = (made.enter("bad", lambda: None, suspect=True) for _ in range(2))
    assert (first.reader is not None, second.reader is not None) == (True, False)
    clean = enter(made)
    assert clean.reader is not None
    later = enter(made, "c")
    done(made, clean)
    assert later.reader is not None
    done(made, first)
    assert second.reader is not None


def test_the_last_idle_reader_is_for_no_suspect_and_no_slow_query() -> None:
    made = lanes(1, fast=2)
    suspect = made.enter("bad", lambda: None, suspect=True)
    slow = enter(made, "worse", slow=True)
    assert (suspect.reader, slow.reader) == (None, None)
    assert made.missing() == 3
    clean = enter(made)
    assert clean.reader is not None
    made.put(Reader(8))  # type: ignore[arg-type]
    assert (suspect.reader, slow.reader) == (None, None)
    made.put(Reader(9))  # type: ignore[arg-type]
    assert (suspect.reader is None) != (slow.reader is None)
    made.put(Reader(10))  # type: ignore[arg-type]
    assert suspect.reader is not None
    assert slow.reader is not None


def test_an_overdue_suspect_makes_room_for_the_next_one() -> None:
    made = lanes(4, fast=2)
    assert made.overdue(made.enter("bad", lambda: None, suspect=True))
    second = made.enter("bad", lambda: None, suspect=True)
    assert not made.overdue(second)
    assert not reader(second).stopped
    made.enter("bad", lambda: None, suspect=True)
    assert reader(second).stopped


def test_with_one_place_a_suspect_begins_in_the_slow_lane() -> None:
    made = lanes(2)
    assert made.enter("bad", lambda: None, suspect=True).slow
    assert enter(made).reader is not None


def test_a_reader_that_died_while_idle_is_taken_out() -> None:
    made = lanes(0)
    made.put(Reader(1, is_running=False))  # type: ignore[arg-type]
    made.put(Reader(2))  # type: ignore[arg-type]
    assert [reader.name for reader in made.take_dead()] == [1]  # type: ignore[attr-defined]
    assert made.missing() == 1


def test_who_gives_up_waits_no_more() -> None:
    made = lanes(1)
    running, gone, last = enter(made), enter(made), enter(made)
    made.leave(gone)
    done(made, running)
    assert gone.reader is None
    assert last.reader is not None


def test_closing_wakes_whoever_waits() -> None:
    made = lanes(0)
    woken: list[int] = []
    tickets = [made.enter("a", lambda: woken.append(1)), made.enter("b", lambda: woken.append(2))]
    made.close()
    assert sorted(woken) == [1, 2]
    assert all(ticket.closed for ticket in tickets)
    assert made.enter("c", lambda: None).closed


def test_a_full_queue_has_room_for_whoever_has_fewer_waiting() -> None:
    made = lanes(1, wait=3)
    enter(made, "a")
    woken: list[str] = []
    many = [made.enter("a", lambda: woken.append("a")) for _ in range(3)]
    few = enter(made, "b")
    assert [ticket.pushed_out for ticket in many] == [False, False, True]
    assert woken == ["a"]
    with pytest.raises(StoreBusy):
        enter(made, "a")
    with pytest.raises(StoreBusy):
        enter(made, "b")
    made.leave(few)
    assert enter(made, "c").reader is None


def test_our_own_are_never_pushed_out() -> None:
    made = lanes(1, wait=2)
    ours = [enter(made, OURSELVES) for _ in range(3)]
    with pytest.raises(StoreBusy):
        enter(made, "a")
    assert not any(ticket.pushed_out for ticket in ours)
