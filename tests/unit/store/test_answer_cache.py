"""Answers that are kept: of one version, and of bounded size."""

from werkzaam.domain.versions import Version
from werkzaam.store.answer_cache import AnswerCache

ONE, TWO = Version(1, "x"), Version(2, "x")


def test_an_answer_is_kept_for_its_version() -> None:
    cache = AnswerCache()
    cache.keep(ONE, "q", b"a")
    assert cache.get(ONE, "q") == b"a"
    assert cache.get(TWO, "q") is None


def test_a_newer_version_lets_go_of_the_older_one_and_never_the_reverse() -> None:
    cache = AnswerCache()
    cache.keep(ONE, "q", b"a")
    cache.keep(TWO, "r", b"b")
    assert cache.get(ONE, "q") is None
    cache.keep(ONE, "q", b"a")
    assert cache.get(ONE, "q") is None
    assert cache.get(TWO, "r") == b"b"


def test_the_last_used_stay() -> None:
    cache = AnswerCache(most_bytes=40_000)
    for name in range(30):
        cache.keep(ONE, name, bytes(1000))
        cache.get(ONE, 0)
    assert cache.get(ONE, 0) is not None
    assert cache.get(ONE, 1) is None
    assert cache.get(ONE, 29) is not None


def test_one_answer_does_not_take_all_the_room() -> None:
    cache = AnswerCache(most_bytes=40_000)
    cache.keep(ONE, "large", bytes(5000))
    assert cache.get(ONE, "large") is None
