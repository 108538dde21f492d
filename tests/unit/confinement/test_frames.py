"""Messages over a pipe."""

import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.confinement.frames import (
    Channel,
    ChannelClosed,
    ChannelFull,
    ChannelTimeout,
    read_frame,
    write_frame,
)

SOON = 5.0


def a_pair() -> tuple[Channel, int, int]:
    """A channel, and the descriptors of the other side: to read from and to write to."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    return Channel(ours_in, ours_out), theirs_in, theirs_out


def echo(reading: int, writing: int) -> None:
    with os.fdopen(reading, "rb") as incoming, os.fdopen(writing, "wb") as outgoing:
        write_frame(outgoing, *read_frame(incoming))


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()), st.binary(max_size=4000))
def test_a_frame_comes_back_as_it_went(header: dict[str, object], body: bytes) -> None:
    channel, reading, writing = a_pair()
    other = threading.Thread(target=echo, args=(reading, writing))
    other.start()
    channel.send(header, body, time.monotonic() + SOON)
    assert channel.receive(time.monotonic() + SOON) == (header, body)
    other.join()
    channel.close()


def test_a_body_larger_than_the_pipe_goes_through() -> None:
    channel, reading, writing = a_pair()
    other = threading.Thread(target=echo, args=(reading, writing))
    other.start()
    body = os.urandom(3_000_000)
    channel.send({}, body, time.monotonic() + SOON)
    assert channel.receive(time.monotonic() + SOON)[1] == body
    other.join()
    channel.close()


def test_silence_ends_at_the_deadline() -> None:
    channel, reading, writing = a_pair()
    with pytest.raises(ChannelTimeout):
        channel.receive(time.monotonic() + 0.05)
    with pytest.raises(ChannelTimeout):
        channel.send({}, bytes(10_000_000), time.monotonic() + 0.05)
    os.close(reading)
    os.close(writing)
    channel.close()


def test_the_end_of_the_other_side_is_seen() -> None:
    channel, reading, writing = a_pair()
    os.close(reading)
    os.close(writing)
    with pytest.raises(ChannelClosed):
        channel.receive(time.monotonic() + SOON)
    with pytest.raises(ChannelClosed):
        channel.send({}, b"x" * 100_000, time.monotonic() + SOON)
    channel.close()


def test_more_than_the_most_bytes_is_not_read() -> None:
    channel, _, writing = a_pair()
    with os.fdopen(writing, "wb") as outgoing:
        write_frame(outgoing, {}, bytes(100))
        write_frame(outgoing, {}, bytes(101))
    soon = time.monotonic() + SOON
    assert channel.receive(soon, most_bytes=102) == ({}, bytes(100))
    with pytest.raises(ChannelFull):
        channel.receive(soon, most_bytes=102)
