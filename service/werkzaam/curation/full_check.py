"""All that ``werkzaam check`` looks at: the files themselves, and what a reasoner makes of them."""

from concurrent.futures import ThreadPoolExecutor

from werkzaam.curation.check_process import check_confined
from werkzaam.curation.reasoner_process import Reasoning, reason_confined
from werkzaam.domain.content import Content


def check_all(content: Content) -> Reasoning:
    """Every finding, sorted, and what to say about the reasoner. The two run side by side.

    Raises ContentError where the check of the files did not come to an end.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        reasoned = beside.submit(reason_confined, content)
        found = check_confined(content)
        reasoning = reasoned.result()
    return Reasoning(tuple(sorted({*found, *reasoning.findings})), reasoning.words)
