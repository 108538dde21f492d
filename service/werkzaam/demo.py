"""A demo instance: openly fictitious projects, through the ordinary gate, in a folder of its own."""

import logging
from pathlib import Path

from werkzaam.curation.submissions import Submissions
from werkzaam.domain.changes import LOCAL_ADMIN
from werkzaam.errors import DataRefused, SettingsError

_log = logging.getLogger(__name__)
_FILE = "graph_data/examples/projects.csv"


def load_examples(gate: Submissions, content_dir: Path) -> None:
    """Put the example spreadsheet through ``gate``; a second time changes nothing.

    Raises SettingsError where the content has no examples, or they do not pass.
    """
    path = content_dir / _FILE
    if not path.is_file():
        raise SettingsError(
            "There is no {file} in the content, so there is nothing to show in a demo.", file=_FILE
        )
    try:
        committed = gate.commit(path.read_bytes(), path.name, "projects", LOCAL_ADMIN)
    except DataRefused as refusal:
        raise SettingsError(
            "The examples in {file} do not pass the gate: run `werkzaam ingest --preview` on it. "
            "{reason}",
            file=_FILE,
            reason=str(refusal),
        ) from None
    _log.info("examples loaded", extra={"records": len(committed.submission.records)})
