"""Words of the interface that Python puts together."""

from werkzaam.domain.queries import Language
from werkzaam.messages import translate, translations


def say(template: str, language: Language, **values: object) -> str:
    """``template`` in ``language``, filled with ``values``."""
    return translate(template, language).format(**values)


def say_number(one: str, many: str, number: int, language: Language, **values: object) -> str:
    """``one`` or ``many`` by ``number``, in ``language``; ``{number}`` is its place."""
    text = translations(language).ngettext(one, many, number)
    return text.format(number=number, **values)
