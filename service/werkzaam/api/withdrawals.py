"""What is said of a thing that was in a past version and is here no more: when it was taken away and
in what role, never by whom."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from starlette.requests import Request

from werkzaam.api.service import Service, instance_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import BASE
from werkzaam.errors import Gone
from werkzaam.linked_data.things import address_of
from werkzaam.linked_data.withdrawn import Removal

_ROLES: Final = {
    "content": "curator",
    "sender": "submitter",
    "curator": "curator",
    "resubmission": "submitter",
    "admin": "admin",
}


def gone(service: Service, request: Request, iris: Sequence[str]) -> Gone | None:
    """The refusal for the first of ``iris`` that a change took away; None where none did."""
    for iri in iris:
        removal = removal_of(service, request, iri)
        if removal is not None:
            address = quote(address_of(iri))
            seen = service.links.url(address, version=str(removal.last_version))
            return _told(iri.removeprefix(BASE).partition("/")[2], removal).knowing(
                withdrawn={
                    "time": removal.time,
                    "role": _ROLES[removal.by],
                    "change": removal.change,
                    "lastVersion": removal.last_version,
                    "lastSeen": seen,
                }
            )
    return None


def removal_of(service: Service, request: Request, iri: str) -> Removal | None:
    """Which change took ``iri`` away before the version that ``service`` is on."""
    return instance_of(request).withdrawn.removal_of(iri, service.store.version.number)


def _told(name: str, removal: Removal) -> Gone:
    values = {
        "name": quoted(name),
        "day": removal.time[:10],
        "change": removal.change,
        "version": removal.last_version,
    }
    match removal.by:
        case "content":
            return Gone(
                "{name} is no longer in the dataset: the curators took it out on {day} (change "
                "{change}). Version {version} still has it.",
                **values,
            )
        case "sender":
            return Gone(
                "{name} is no longer in the dataset: whoever submitted it withdrew it on {day} (change "
                "{change}). Version {version} still has it.",
                **values,
            )
        case "curator":
            return Gone(
                "{name} is no longer in the dataset: a curator withdrew it on {day} (change {change}). "
                "Version {version} still has it.",
                **values,
            )
        case "resubmission":
            return Gone(
                "{name} is no longer in the dataset: a newer submission of the same record left it out "
                "on {day} (change {change}). Version {version} still has it.",
                **values,
            )
    return Gone(
        "{name} is no longer in the dataset: an administrator removed it on {day} (change {change}). "
        "Version {version} still has it.",
        **values,
    )
