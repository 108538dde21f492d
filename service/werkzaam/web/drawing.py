"""A page record as an HTTP response: template, frame, security and cache headers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib import resources
from typing import Final
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import DictLoader, Environment, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.service import Service, service_of
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import NotFound
from werkzaam.messages import translations
from werkzaam.web.alternates import alternates
from werkzaam.web.assets import Assets
from werkzaam.web.contexts import Frame, Page, SparqlPage
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, Languages, languages_of, remember
from werkzaam.web.page_alternates import own_alternates
from werkzaam.web.pieces import NavigationLink
from werkzaam.web.wording import say

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_VARY = "Accept, Accept-Language, Cookie"
_HTML = "text/html"
_MOST_REFUSED: Final = 200


class Drawing:
    """Draws pages of one service."""

    def __init__(self, service: Service, assets: Assets) -> None:
        self._service = service
        self._assets = assets
        self._environments = {language: environment(language) for language in LANGUAGES}

    def unchanged(self, request: Request) -> Response | None:
        """304 when the browser has this page already."""
        answer = not_modified(request, self._tag(request))
        if answer is not None:
            answer.headers["Vary"] = _VARY
            answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def page(self, request: Request, page: Page, status: int = 200) -> Response:
        """``page`` drawn for the reader of ``request``."""
        languages = languages_of(request)
        template = self._environments[languages.interface].get_template(page.template)
        # what is wrong with a query of SPARQL is mended in it, so it is kept
        refused = status != 200 and not isinstance(page, SparqlPage)
        frame = self._frame(request, languages, _switch_query(request, languages, refused=refused))
        if status == 200:
            others = alternates(own_alternates(page), self._service.links, languages.interface)
            frame = replace(frame, alternates=others)
        text = template.render(page=page, frame=frame)
        response = HTMLResponse(text, status, self._headers(request, status))
        remember(response, languages, self._service.links)
        return response

    def _headers(self, request: Request, status: int) -> Mapping[str, str]:
        language = languages_of(request).interface
        policy = {"Content-Security-Policy": POLICY, "Content-Language": language}
        if status != 200:
            return {**policy, "Cache-Control": "no-store", "Vary": _VARY}
        return {**policy, **cache_headers(self._tag(request), _VARY)}

    def _tag(self, request: Request) -> str:
        languages = languages_of(request)
        drawn = f"{_HTML} {self._assets.style} {self._assets.script}"
        return entity_tag(
            self._seen(request), request, drawn, f"{languages.interface} {languages.content}"
        )

    def _seen(self, request: Request) -> Service:
        """The service on the version that the page shows."""
        try:
            return service_of(request)
        except NotFound:
            return self._service

    def _frame(self, request: Request, languages: Languages, switch: str) -> Frame:
        links = self._service.links
        seen = self._seen(request)
        # two slashes at the start would name another host
        here = "/" + request.url.path.lstrip("/")
        return Frame(
            language=languages.interface,
            content_language=languages.content,
            home=links.path("/"),
            search=links.path("/search"),
            suggestions=links.path("/v1/search/suggestions"),
            about=links.path("/about"),
            accessibility=links.path("/about") + "#accessibility",
            changes=links.path("/changes"),
            style=links.path("/static/" + self._assets.style),
            script=links.path("/static/" + self._assets.script),
            icon=links.path("/static/" + self._assets.icon),
            navigation=self._navigation(request, languages.interface),
            switch_language=languages.other,
            switch_href=f"{links.prefix}{here}?{switch}",
            package_version=self._service.package_version,
            dataset_version=seen.store.version.number,
            newest_version=self._service.store.version.number,
            demo=seen.demo,
        )

    def _navigation(self, request: Request, language: Language) -> list[NavigationLink]:
        here = request.url.path
        entries = {
            "/": say("Home", language),
            "/map": say("Map", language),
            "/model": say("Model", language),
            "/journey": say("Journey", language),
            "/queries": say("Questions", language),
            "/submit": say("Submit", language),
            "/sparql": say("SPARQL", language),
            "/about": say("About", language),
        }
        return [
            NavigationLink(
                label,
                self._service.links.path(path),
                here == path or (path != "/" and here.startswith(path + "/")),
            )
            for path, label in entries.items()
        ]


def environment(language: Language) -> Environment:
    """The templates with the words of ``language``; an unknown name in one is an error."""
    made = Environment(
        loader=DictLoader(_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(  # type: ignore[attr-defined]
        translations(language), newstyle=True
    )
    made.filters["number"] = partial(format_decimal, locale=language)
    made.filters["capitalised"] = _capitalised
    made.filters["day"] = partial(_day, language)
    return made


@cache
def _templates() -> dict[str, str]:
    """Every template by name. Read together with the code, so that files that change under a running
    service never meet code that is older."""
    folder = resources.files("werkzaam.web") / "templates"
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.is_file()}


def _switch_query(request: Request, languages: Languages, *, refused: bool) -> str:
    """What asks for this page in the other language; much that was ``refused`` is not repeated."""
    given = request.query_params
    length = sum(
        len(name) + len(value) for name, value in given.multi_items() if name != INTERFACE_KEY
    )
    if not refused or length <= _MOST_REFUSED:
        return request.url.include_query_params(**{INTERFACE_KEY: languages.other}).query
    content = {CONTENT_KEY: languages.content} if CONTENT_KEY in given else {}
    return urlencode({**content, INTERFACE_KEY: languages.other})


def _capitalised(text: str) -> str:
    """``text`` with a capital first; unlike Jinja's own filter it leaves the rest as it is."""
    return text[:1].upper() + text[1:]


def _day(language: Language, value: date) -> str:
    return format_date(value, "long", locale=language)
