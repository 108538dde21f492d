"""One table from error to status, and no error without a row."""

from werkzaam import errors
from werkzaam.api.problems import STATUS
from werkzaam.cli import EXIT_CODES


def test_every_error_has_a_status() -> None:
    known = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.WerkzaamError)
    }
    assert known == set(STATUS)


def test_every_error_has_an_exit_code() -> None:
    assert errors.WerkzaamError in EXIT_CODES
    assert set(EXIT_CODES.values()) <= {1, 2, 3}


def test_the_tree_is_drawn_whole() -> None:
    assert errors.__doc__ is not None
    assert all(kind.__name__ in errors.__doc__ for kind in STATUS)
