"""Whether taking a submission back leaves the other records right. Run as a confined module."""

import json

from werkzaam.curation.content_process import answer
from werkzaam.curation.withdrawal_process import STATES
from werkzaam.domain.content import Content
from werkzaam.ingest.background import background_of
from werkzaam.ingest.harm import new_violations
from werkzaam.validation.in_force import InForce


def judge(content: Content) -> list[str]:
    """The IRIs of what is judged that become wrong; ``content`` holds the two states beside the rest."""
    parts = {file.path: file.data for file in content.files}
    before, after = (InForce(parts[state]) for state in STATES)
    judged = parts["judged"].decode().split("\n")
    found = new_violations(background_of(content), judged, before, after)
    return sorted({result.focus.value for result in found})


if __name__ == "__main__":
    answer(lambda content, _: json.dumps(judge(content)).encode())
