"""A permalink that was opened, as a JSON object."""

from typing import Any

from werkzaam.api.answer_difference import Difference, changed_columns
from werkzaam.api.answer_limits import day_of
from werkzaam.api.answer_permalink import (
    MOST_LISTED,
    Kept,
    Opened,
    part_kept,
    permalink,
    seal_of,
)
from werkzaam.api.answer_responses import date_of
from werkzaam.api.answers_json import row_json
from werkzaam.api.service import Service
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.errors import BadRequest, InvalidParameter
from werkzaam.messages import say


def permalink_json(service: Service, opened: Opened, language: Language) -> dict[str, Any]:
    """Whether the answer is still the same, the two versions, and the rows that differ: the first of
    each kind, and how many there are."""
    kept = opened.kept
    return {
        "query": kept.name,
        "status": "same" if opened.same else "changed",
        "words": say_outcome(opened, language),
        "question": "same" if opened.question_same else "changed",
        "parameters": dict(kept.parameters),
        "then": {
            "version": kept.version,
            "date": day_of(date_of(service, kept.version)),
            "hash": kept.seal,
            "rows": opened.then.table.total if opened.then else None,
            "reproduced": opened.reproduced,
            "answer": answer_address(service, kept, kept.version) if opened.then else None,
        },
        "now": _now(service, opened),
        "part": None if opened.part_same is None else "same" if opened.part_same else "changed",
        **_difference(opened),
    }


def _now(service: Service, opened: Opened) -> dict[str, Any]:
    kept, number = opened.kept, opened.version
    now = part_kept(opened.now, kept) if opened.now else None
    return {
        "version": number,
        "date": day_of(date_of(service, number)),
        "hash": seal_of(now) if now else None,
        "rows": now.table.total if now else None,
        "answer": answer_address(service, kept, number) if now else None,
        "permalink": permalink(service.links, now, kept.language) if now else None,
    }


def say_outcome(opened: Opened, language: Language) -> str:
    """In a sentence or two: the answer is the same, or what differs, or why that cannot be told."""
    if opened.refused:
        return _refused(opened, opened.refused, language)
    if opened.same and opened.kept.is_part:
        return say(
            "This part of the answer is still the same, and the whole has as many rows as then.",
            language,
        )
    if opened.same:
        return say("This is still the answer.", language)
    found = opened.difference
    if found is None:
        return say(
            "The answer has changed since. Version {version} is not here, so there is no telling which "
            "rows differ.",
            language,
            version=opened.kept.version,
        )
    return " ".join(filter(None, (_differs(opened, found, language), _part(opened, language))))


def _refused(opened: Opened, refused: BadRequest, language: Language) -> str:
    name = refused.name if isinstance(refused, InvalidParameter) else ""
    parameter, value = opened.query.parameter(name), opened.kept.parameters.get(name)
    if parameter is None or value is None:
        return say(
            "The answer has changed since: the question cannot be asked like this any more.",
            language,
        )
    return say(
        "The answer has changed since: {value} cannot be chosen any more for: {label}.",
        language,
        value=quoted(last_segment(value) if value.startswith("http") else value),
        label=parameter.label.in_(language),
    )


def _differs(opened: Opened, found: Difference, language: Language) -> str:
    if found.added or found.removed or found.changed:
        return say(
            "The answer has changed since. Rows added: {added}; removed: {removed}; changed: {changed}.",
            language,
            added=len(found.added),
            removed=len(found.removed),
            changed=len(found.changed),
        )
    if opened.reproduced:
        return say("The answer has the same rows as then, in another order.", language)
    return say(
        "The question or the way it is answered has changed since; asked as it is now, it has the same "
        "answer on both versions.",
        language,
    )


def _part(opened: Opened, language: Language) -> str:
    if opened.part_same is None:
        return ""
    if opened.part_same:
        return say(
            "That is outside the part that was kept: the rows of that are still the same.", language
        )
    return say("In the part that was kept stand other rows than then.", language)


def answer_address(service: Service, kept: Kept, version: int) -> str:
    """Where the answer on ``version`` is, asked as the permalink has it."""
    return service.links.question_answer(
        kept.name,
        **kept.parameters,
        lang=kept.language,
        limit=None if kept.limit is None else str(kept.limit),
        after=str(kept.after) if kept.after else None,
        version=str(version),
    )


def _difference(opened: Opened) -> dict[str, Any]:
    found, then, now = opened.difference, opened.then, opened.now
    if opened.same:
        found, then = Difference((), (), ()), now
    if found is None or then is None or now is None:
        return {"counts": None, "most": MOST_LISTED, "added": [], "removed": [], "changed": []}
    return {
        "counts": {
            "added": len(found.added),
            "removed": len(found.removed),
            "changed": len(found.changed),
        },
        "most": MOST_LISTED,
        "added": [row_json(now, row) for row in found.added[:MOST_LISTED]],
        "removed": [row_json(then, row) for row in found.removed[:MOST_LISTED]],
        "changed": [
            {
                "columns": changed_columns(pair),
                "then": row_json(then, pair[0]),
                "now": row_json(now, pair[1]),
            }
            for pair in found.changed[:MOST_LISTED]
        ],
    }
