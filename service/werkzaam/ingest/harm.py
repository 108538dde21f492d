"""What a change of the records in force makes wrong in those that stay."""

from collections.abc import Collection

from werkzaam.domain.identifiers import THINGS
from werkzaam.ingest.shape_check import Background
from werkzaam.validation.columns import Columns
from werkzaam.validation.first_stage import first_results, focus_nodes
from werkzaam.validation.in_force import InForce
from werkzaam.validation.shacl import ShaclResult


def new_violations(
    background: Background, subjects: Collection[str], before: InForce, after: InForce
) -> list[ShaclResult]:
    """The violations of ``subjects`` in ``after`` that were none in ``before``. Raises ContentError where
    a shape could not be applied."""
    stood = _violations(background, subjects, before)
    return [found for found in _violations(background, subjects, after) if found not in stood]


def _violations(
    background: Background, subjects: Collection[str], state: InForce
) -> list[ShaclResult]:
    columns = Columns(state.about(subjects), background.columns)
    focus = focus_nodes(background.plan, columns, columns.own_subjects())
    sought: set[str] = set()
    while wanted := columns.unknown(THINGS) - sought:
        sought |= wanted
        said = state.about(wanted)
        if not said:
            break
        columns = Columns(said, columns)
    found = first_results(background.plan, columns, focus).results
    return [one.result for one in found if one.result.severity == "violation"]
