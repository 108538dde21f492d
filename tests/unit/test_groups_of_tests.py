"""Tests that share what takes long to make are run by one worker."""

import pytest


def test_whoever_shares_a_fixture_of_a_module_is_in_its_group(
    request: pytest.FixtureRequest,
) -> None:
    for item in request.session.items:
        fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        if any(found[-1].scope == "module" for found in fixtures):
            assert item.get_closest_marker("xdist_group"), item.nodeid


def test_the_group_stands_in_the_name_that_the_controller_sees(
    request: pytest.FixtureRequest,
) -> None:
    """Else it spreads the tests of a group over all workers."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("the tests are not spread by group")
    grouped = [item for item in request.session.items if item.get_closest_marker("xdist_group")]
    assert grouped
    assert [item.nodeid for item in grouped if "@" not in item.nodeid.rpartition("]")[2]] == []
