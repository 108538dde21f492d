"""The words of the interface in Dutch and English.

A message is its English template; ``nl.po`` holds the Dutch (GNU gettext). The catalogue is read
as it stands, so there is nothing to compile.
"""

import gettext
import io
from functools import cache
from importlib import resources
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["nl", "en"]


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The gettext catalogue of ``language``; English is the language of the templates."""
    if language == "en":
        return gettext.NullTranslations()
    source = resources.files("werkzaam.messages") / f"{language}.po"
    compiled = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(template: str, language: Language) -> str:
    """``template`` in ``language``, its named places still open."""
    return translations(language).gettext(template)


def say(template: str, language: Language, **values: object) -> str:
    """``template`` in ``language``, filled with ``values``."""
    return translate(template, language).format(**values)


def say_number(one: str, many: str, number: int, language: Language, **values: object) -> str:
    """``one`` or ``many`` by ``number``, in ``language``; ``{number}`` is its place."""
    text = translations(language).ngettext(one, many, number)
    return text.format(number=number, **values)
