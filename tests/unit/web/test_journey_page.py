"""The page of the journey: what is wrong stands in it, and the files behind it follow its filters."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.requests import Request
from tests.unit.web.small_journey import JOURNEY, words

from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.web.contexts import JourneyPage
from werkzaam.web.journey_choice import Choice
from werkzaam.web.journey_page import FINDINGS, UNADDRESSED, journey_page, matrix_view

BOTH = (FINDINGS, UNADDRESSED)


def page(store: EmbeddedStore, query: str, questions: tuple[str, ...] = BOTH) -> JourneyPage:
    catalogue = SimpleNamespace(all=lambda: [SimpleNamespace(name=name) for name in questions])
    links = Links("http://127.0.0.1:1/")
    service = cast(Service, SimpleNamespace(store=store, links=links, catalogue=catalogue))
    scope = {"type": "http", "query_string": query.encode(), "headers": [], "path": "/journey"}
    return journey_page(service, Request(scope))


@pytest.mark.parametrize(
    ("query", "csv", "whole"),
    [
        ("", "lang=nl&format=csv", True),
        ("location=utrecht&kind=bottleneck", "location=utrecht&findingKind=bottleneck&lang=nl&format=csv", True),
        ("phase=start&voice=staff&contentLang=en", "phase=start&voice=staff&lang=en&format=csv", True),
        ("location=none&theme=erkenning", "theme=erkenning&lang=nl&format=csv", False),
        ("kind=recommendation", "lang=nl&format=csv", False),
        ("addressed=nobody", "lang=nl&format=csv", False),
    ],
)  # fmt: skip
def test_the_files_follow_the_filters_or_it_is_said_that_they_do_not(
    store: EmbeddedStore, query: str, csv: str, whole: bool
) -> None:
    files = page(store, query).downloads
    assert files is not None
    assert files.csv == f"/v1/queries/{FINDINGS}?{csv}"
    assert files.json == files.csv.replace("format=csv", "format=json")
    assert files.unaddressed == f"/queries/{UNADDRESSED}"
    assert files.whole is whole


def test_without_the_questions_there_are_no_files(store: EmbeddedStore) -> None:
    assert page(store, "", (FINDINGS,)).downloads is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("location=zwolle", "field-location"),
        ("phase=middle", ""),
        ("place=utrecht", ""),
        ("theme=erkenning&theme=erkenning", ""),
    ],
)
def test_what_is_wrong_stands_in_the_page(store: EmbeddedStore, query: str, field: str) -> None:
    found = page(store, query)
    assert [place for place, _ in found.errors] == [field]
    assert (found.view, found.opened, found.downloads) == (None, None, None)
    assert found.fields


def test_the_form_keeps_what_is_open_and_the_language(store: EmbeddedStore) -> None:
    found = page(store, "phase=start&voice=staff&location=none&first=51&lang=en")
    assert found.hidden == [("lang", "en"), ("phase", "start"), ("voice", "staff")]
    assert found.opened is not None
    assert found.view is not None
    assert found.view.everything == "/journey?phase=start&voice=staff#statements"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(), "For 1 of the 3 reported bottlenecks there is no proposal."),
        (Choice(theme="work"), "There is a proposal for the one bottleneck that is reported here."),
        (Choice(kind="strength", addressed="nobody"), "For 1 of the 3 reported bottlenecks there is no proposal."),
        (Choice(location="empty"), ""),
        (Choice(location="there", theme="work"), "No bottleneck is reported here, so nothing can be said about proposals."),
    ],
)  # fmt: skip
def test_how_much_nobody_addresses_is_said_in_words(choice: Choice, said: str) -> None:
    assert matrix_view(JOURNEY, choice, words()).weighed == said


SILENT = "The document names this place, but reports no findings from it. That says nothing about how things go there."
OTHER_KIND = "“What no proposal addresses” is about bottlenecks. Of the kind of finding that you chose it leaves nothing. Choose bottlenecks, or all kinds."


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(), []),
        (Choice(location="empty"), [SILENT]),
        (Choice(location="none"), []),
        (Choice(location="there", theme="work"), []),
        (Choice(addressed="nobody"), []),
        (Choice(kind="bottleneck", addressed="nobody", theme="work"), []),
        (Choice(kind="strength"), []),
        # one with a bottleneck in it can be meant
        (Choice(kind="mixed", addressed="nobody", location="there"), []),
        (Choice(location="empty", kind="neither", addressed="nobody"), [SILENT, OTHER_KIND]),
        *((Choice(kind=kind, addressed="nobody"), [OTHER_KIND]) for kind in
          ("strength", "suggestion", "recommendation", "neither")),
    ],
)  # fmt: skip
def test_what_an_empty_matrix_does_not_mean_is_said_above_it(
    choice: Choice, said: list[str]
) -> None:
    assert matrix_view(JOURNEY, choice, words()).notes == said


def test_more_documents_are_silent_together() -> None:
    two = replace(JOURNEY, documents=[*JOURNEY.documents] * 2)
    (note,) = matrix_view(two, Choice(location="empty"), words("nl")).notes
    assert note.startswith("De documenten noemen deze plaats, maar melden er geen bevindingen uit.")


def test_a_name_that_is_given_twice_is_repeated_in_part(store: EmbeddedStore) -> None:
    name = "a" * 500
    ((_, said),) = page(store, f"{name}=1&{name}=2&lang=en").errors
    assert said == f"The parameter {name[:79]}… is given 2 times. Give it once."
