"""What was refused of a file while the rest was taken in, as a file to mend and send in again.

It parses what a caller sent, so it runs in a confined process: see ``marking_process``.
"""

from werkzaam.domain.queries import Language
from werkzaam.ingest.formats import TREES
from werkzaam.ingest.refused_objects import refused_objects
from werkzaam.ingest.refused_statements import refused_statements
from werkzaam.ingest.refused_workbook import refused_workbook
from werkzaam.ingest.report import Report
from werkzaam.ingest.statements_reading import FORMATS


def refused_part(data: bytes, report: Report, language: Language) -> bytes | None:
    """What ``report`` says was refused of ``data``: of a table as ``refused_workbook`` gives it, of JSON
    as ``refused_objects``, of linked data as ``refused_statements``. None where nothing was refused."""
    kind = report.file.format
    if kind in TREES:
        return refused_objects(data, report)
    if kind in FORMATS:
        return refused_statements(data, report)
    return refused_workbook(data, report, language)
