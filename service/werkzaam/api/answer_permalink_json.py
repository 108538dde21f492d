"""A permalink that was opened, as a JSON object."""

from typing import Any

from werkzaam.api.answer_limits import day_of
from werkzaam.api.answer_permalink import (
    MOST_LISTED,
    Difference,
    Opened,
    changed_columns,
    permalink,
    seal_of,
)
from werkzaam.api.answer_responses import date_of
from werkzaam.api.answers_json import row_json
from werkzaam.api.service import Service
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.queries import Language
from werkzaam.messages import say


def permalink_json(service: Service, opened: Opened, language: Language) -> dict[str, Any]:
    """Whether the answer is still the same, the two versions, and the rows that differ: the first of
    each kind, and how many there are."""
    kept, now, links = opened.kept, opened.now, service.links
    return {
        "query": kept.query.name,
        "status": "same" if opened.same else "changed",
        "words": say_outcome(opened, language),
        "question": "same" if opened.question_same else "changed",
        "parameters": dict(kept.parameters),
        "then": {
            "version": kept.version,
            "date": day_of(date_of(service, kept.version)),
            "hash": f"{kept.question_hash}-{kept.answer_hash}",
            "rows": opened.then.table.total if opened.then else None,
            "reproduced": opened.reproduced,
            "answer": answer_address(service, now, kept.version, opened) if opened.then else None,
        },
        "now": {
            "version": now.version.number,
            "date": day_of(date_of(service, now.version.number)),
            "hash": seal_of(now),
            "rows": now.table.total,
            "answer": answer_address(service, now, now.version.number, opened),
            "permalink": permalink(links, now, kept.language),
        },
        **_difference(opened),
    }


def say_outcome(opened: Opened, language: Language) -> str:
    """In a sentence: the answer is the same, or what differs, or why that cannot be told."""
    found = opened.difference
    if opened.same:
        return say("This is still the answer.", language)
    if found is None:
        return say(
            "The answer has changed since. Version {version} is not here, so there is no telling which "
            "rows differ.",
            language,
            version=opened.kept.version,
        )
    if not opened.reproduced and not (found.added or found.removed or found.changed):
        return say(
            "The question or the way it is answered has changed since; asked as it is now, it has the "
            "same answer on both versions.",
            language,
        )
    return say(
        "The answer has changed since. Rows added: {added}; removed: {removed}; changed: {changed}.",
        language,
        added=len(found.added),
        removed=len(found.removed),
        changed=len(found.changed),
    )


def answer_address(service: Service, answered: Answered, version: int, opened: Opened) -> str:
    """Where the answer on ``version`` is, asked as the permalink has it."""
    kept, table = opened.kept, answered.table
    return service.links.question_answer(
        kept.query.name,
        **kept.parameters,
        lang=kept.language,
        limit=None if table.limit is None else str(table.limit),
        after=str(table.after) if table.after else None,
        version=str(version),
    )


def _difference(opened: Opened) -> dict[str, Any]:
    found, then = opened.difference, opened.then
    if opened.same:
        found, then = Difference((), (), ()), opened.now
    if found is None or then is None:
        return {"counts": None, "most": MOST_LISTED, "added": [], "removed": [], "changed": []}
    return {
        "counts": {
            "added": len(found.added),
            "removed": len(found.removed),
            "changed": len(found.changed),
        },
        "most": MOST_LISTED,
        "added": [row_json(opened.now, row) for row in found.added[:MOST_LISTED]],
        "removed": [row_json(then, row) for row in found.removed[:MOST_LISTED]],
        "changed": [
            {
                "columns": changed_columns(pair),
                "then": row_json(then, pair[0]),
                "now": row_json(opened.now, pair[1]),
            }
            for pair in found.changed[:MOST_LISTED]
        ],
    }
