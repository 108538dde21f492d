"""What a page itself is also there as, asked as the page was: its other formats. A page that shows no
answer has none."""

from collections.abc import Sequence

from werkzaam.api.resource_formats import HTML
from werkzaam.web.alternates import CSV, JSON, Alternate, other_forms
from werkzaam.web.contexts import Page, QuestionPage, ResourcePage
from werkzaam.web.permalink_pieces import PermalinkPage
from werkzaam.web.pieces import Named
from werkzaam.web.resource_pieces import EdgesPage, GraphPage, OntologyPage


def own_alternates(page: Page) -> list[Alternate]:
    """The other formats of ``page``, with all the keys of its address that they depend on."""
    match page:
        case ResourcePage() | EdgesPage() | OntologyPage() | GraphPage():
            return _of_document(page.formats)
        case QuestionPage(answer=answer) if answer is not None:
            return other_forms([(answer.json, JSON), (answer.plain_csv, CSV)])
        case PermalinkPage():
            return other_forms([(page.json, JSON)])
    return []


def _of_document(formats: Sequence[Named]) -> list[Alternate]:
    return other_forms([(one.href, one.iri) for one in formats if one.iri != HTML])
