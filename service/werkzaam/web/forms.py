"""The form of a catalogued question, and what a reader gave in it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from starlette.requests import Request

from werkzaam.api.problems import message_in
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.characters import MOST_QUOTED, shown
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery, Language, Parameter
from werkzaam.errors import BadRequest, InvalidParameter
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, Languages
from werkzaam.web.pieces import FormField, Option
from werkzaam.web.wording import say

_KINDS = {"integer": "number", "date": "date"}


def read_form(request: Request, also: Sequence[str] = ()) -> dict[str, str]:
    """The filled fields that are parameters. Raises BadRequest for one that is given twice.

    ``also`` are keys of this page that are no parameters either.
    """
    counted = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in counted.items():
        if count > 1:
            raise BadRequest(
                "The parameter {name} is given {count} times. Give it once.",
                name=shown(name, MOST_QUOTED),
                count=count,
            )
    reserved = (INTERFACE_KEY, CONTENT_KEY, *also)
    return {
        name: value
        for name, value in request.query_params.items()
        if name not in reserved and value != ""
    }


def form_fields(
    query: CataloguedQuery,
    catalogue: Catalogue,
    given: Mapping[str, str],
    languages: Languages,
    error: BadRequest | None = None,
) -> list[FormField]:
    """A field per parameter, and the one for the language of the answers."""
    wrong = error.name if isinstance(error, InvalidParameter) else None
    fields = []
    for parameter in query.parameters:
        if parameter.type == "language":
            continue
        said = message_in(error, languages.interface) if error and wrong == parameter.name else ""
        value = given.get(parameter.name, parameter.default or "")
        fields.append(_field(parameter, catalogue, value, said, languages.interface))
    return [*fields, content_language_field(languages)]


def content_language_field(languages: Languages) -> FormField:
    """The choice of the language of labels and answers."""
    names = {"nl": "Nederlands", "en": "English"}
    return FormField(
        CONTENT_KEY,
        say("Language of the answers", languages.interface),
        languages.content,
        [Option(code, name, code == languages.content) for code, name in names.items()],
        kind="language",
    )


def errors_of(
    error: BadRequest | None, fields: Sequence[FormField], language: Language
) -> list[tuple[str, str]]:
    """For the summary above the form: the id of the field (or empty) and what is wrong."""
    found = [(field.id, field.error) for field in fields if field.error]
    if error is not None and not found:
        return [("", message_in(error, language))]
    return found


def hidden_fields(request: Request, languages: Languages) -> list[tuple[str, str]]:
    """What a form must send along so that the page stays in the language of the address."""
    return [(INTERFACE_KEY, languages.interface)] if INTERFACE_KEY in request.query_params else []


def _field(
    parameter: Parameter, catalogue: Catalogue, value: str, error: str, language: Language
) -> FormField:
    label = parameter.label.in_(language)
    choices = catalogue.choices(parameter)
    if parameter.choices_class is None:
        kind = _KINDS.get(parameter.type, "text")
        return FormField(parameter.name, label, value, kind=kind, error=error)
    slug = last_segment(value)
    options = [
        Option(choice.slug, choice.label.in_(language), choice.slug == slug and not error)
        for choice in choices
    ]
    if not parameter.required:
        options.insert(0, Option("", say("All", language), not any(o.selected for o in options)))
    return FormField(parameter.name, label, value, options, error=error)
