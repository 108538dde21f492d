"""Changes, and what differs between versions, as JSON."""

from collections.abc import Sequence
from typing import Any, Final

from werkzaam.api.asked_versions import MOST_CHANGES, MOST_THINGS, Span
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.service import Service
from werkzaam.curation.provenance import SUBMISSIONS
from werkzaam.domain.answers import Term
from werkzaam.domain.changes import Change
from werkzaam.domain.identifiers import INFERRED_GRAPH, OUTSIDE_DEFAULT_GRAPH
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.linked_data.changed import (
    MOST_STATEMENTS,
    Called,
    Changed,
    ChangedStatement,
    ChangedThing,
)
from werkzaam.messages import say

Json = dict[str, Any]
NOT_COMPARED: Final = (INFERRED_GRAPH, *OUTSIDE_DEFAULT_GRAPH)


def changes_json(service: Service, found: Sequence[Change], order: str, limit: int) -> Json:
    """A page of the list of changes; ``next`` is None on the last one."""
    last = service.store.version.number
    end = 1 if order == "newest" else last
    following = None
    if found and found[-1].number != end:
        keys = {"after": str(found[-1].number), "limit": str(limit), "order": order}
        following = service.links.url("/v1/changes", **keys)
    return {
        "version": last,
        "changes": [change_json(service, one) for one in found],
        "truncated": following is not None,
        "limits": {"limit": limit, "most": MOST_CHANGES},
        "next": following,
        **_demo(service),
    }


def change_json(service: Service, change: Change) -> Json:
    """A change, without who made it and which file it came from."""
    links, number = service.links, str(change.number)
    counts = service.submissions.journal.counts(change.number)
    keys = {"from": str(change.number - 1), "to": number}
    return {
        "number": change.number,
        "time": change.time,
        "kind": change.kind,
        "message": change.message,
        "added": counts.added,
        "removed": counts.removed,
        **({"submission": SUBMISSIONS + change.submission} if change.submission else {}),
        "url": links.url(f"/v1/changes/{number}"),
        "patch": links.url(f"/v1/changes/{number}", format="patch"),
        "diff": links.url("/v1/diff", **keys),
        "page": links.url("/changes/diff", **keys),
    }


def difference_json(
    service: Service, span: Span, found: Changed, names: Called, language: Language
) -> Json:
    """What differs, by thing; ``next`` is None once all were given."""
    done = span.skip + len(found.things)
    keys = {"from": str(span.before), "to": str(span.after)}
    more = {**keys, "after": str(done), "limit": str(span.limit)}
    following = service.links.url("/v1/diff", **more) if done < found.count else None
    return {
        "from": span.before,
        "to": span.after,
        "version": service.store.version.number,
        "counts": {
            "added": found.counts.added,
            "removed": found.counts.removed,
            "resources": found.count,
        },
        "resources": [_thing(one, names) for one in found.things],
        "truncated": following is not None or any(one.truncated for one in found.things),
        "limits": _limits(span, language),
        "next": following,
        "patch": service.links.url("/v1/diff", **keys, format="patch"),
        "page": service.links.url("/changes/diff", **keys),
        **_demo(service),
    }


def not_compared(language: Language) -> str:
    """What a difference leaves out, in words."""
    return say(
        "What is derived by rules, where records come from, and the description of the dataset "
        "are not compared: they follow from the rest. Names and classes are those of now.",
        language,
    )


def _limits(span: Span, language: Language) -> Json:
    return {
        "limit": span.limit,
        "after": span.skip,
        "most": MOST_THINGS,
        "statementsPerResource": MOST_STATEMENTS,
        "notCompared": list(NOT_COMPARED),
        "note": not_compared(language),
    }


def _thing(one: ChangedThing, names: Called) -> Json:
    return {
        **_named(one.subject, names),
        "types": [_iri(iri, names) for iri in names.types.get(one.subject.value, ())],
        "counts": {"added": one.counts.added, "removed": one.counts.removed},
        "truncated": one.truncated,
        "added": [_statement(said, names) for said in one.added],
        "removed": [_statement(said, names) for said in one.removed],
    }


def _statement(said: ChangedStatement, names: Called) -> Json:
    return {
        "property": _iri(said.property, names),
        "value": _value(said.value, names),
        "graph": said.graph,
    }


def _value(term: Term, names: Called) -> Json:
    return {
        "type": term.kind,
        **_named(term, names),
        **({"datatype": term.datatype} if term.datatype else {}),
        **({"lang": term.language} if term.language else {}),
    }


def _named(term: Term, names: Called) -> Json:
    if term.kind == "uri":
        return {"value": term.value, "label": _label(term.value, names)}
    return {"value": term.value}


def _iri(iri: str, names: Called) -> Json:
    return {"value": iri, "label": _label(iri, names)}


def _label(iri: str, names: Called) -> Json | None:
    """The name in each language, where there is one."""
    name = names.names.get(iri)
    if name is None:
        return None
    found = {language: name.in_(language) for language in LANGUAGES}
    return {language: term.value for language, term in found.items() if term}


def _demo(service: Service) -> Json:
    return {"demo": DEMO_MARK} if service.store.version.demo else {}
