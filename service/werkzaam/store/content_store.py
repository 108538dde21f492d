"""A store on content files alone, without a journal."""

from collections.abc import Sequence

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import holds_examples
from werkzaam.domain.versions import Version
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.replica import Source, sources_of
from werkzaam.store.rule_text import Derivation


def open_content(
    content: Content,
    derivations: Sequence[Derivation],
    limits: StoreLimits,
    *,
    records: bytes = b"",
    demo: bool = False,
) -> EmbeddedStore:
    """A store on ``content`` and ``records`` (N-Quads), as version 1.

    The concepts that only examples use are loaded when there are examples among the records, and
    always with ``demo``. Raises ContentError with file and line, StoreUnavailable.
    """
    examples = demo or holds_examples(records)
    sources = [*sources_of(content, examples), Source("records.nq", "", records)]
    return EmbeddedStore(
        lambda _: sources, derivations, limits, Version(1, content.digest, examples)
    )
