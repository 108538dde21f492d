"""From a count of projects to the projects themselves, by pages that need no script."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import html5lib

LISTED = "/queries/coverage/projects-for-working-element"
COUNTING = [
    "coverage/working-elements-without-projects",
    "coverage/projects-per-working-element",
]
HEAD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,"
    "werkzame elementen: niet genoemd,gecodeerd door\n"
)
Page = ElementTree.Element


def page(running: Any, path: str, status: int = 200) -> Page:
    """What a browser without script makes of the page, in English."""
    answer = running.client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert answer.status_code == status, path
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Page = parser.parse(answer.text)
    return tree


def words(part: Page) -> str:
    return " ".join("".join(part.itertext()).split())


def by_id(tree: Page, name: str) -> Page:
    (found,) = (part for part in tree.iter() if part.get("id") == name)
    return found


def links(tree: Page) -> list[tuple[str, str]]:
    """The text and the address of every link but those of figures to their sheets."""
    found = [(words(link), link.get("href", "")) for link in tree.iter("a")]
    return [(text, href) for text, href in found if not href.startswith("/figures/")]


def answer(running: Any, name: str, **given: str) -> list[dict[str, Any]]:
    path = f"/v1/queries/{name}"
    rows: list[dict[str, Any]] = running.client.get(path, params={**given, "lang": "en"}).json()[
        "rows"
    ]
    return rows


def commit(running: Any, text: str) -> None:
    done = running.client.post(
        "/v1/submissions",
        files={"file": ("projecten.csv", text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": "commit"},
        headers=running.bearer("submitter"),
    )
    assert done.status_code == 201, done.text


def test_a_count_leads_to_as_many_projects_of_the_same_round(demo: Any) -> None:
    for name, chosen in ((COUNTING[0], ""), (COUNTING[1], "subsidieronde")):
        tree = page(demo, f"/queries/{name}?subsidyRound={chosen}")
        counted = [
            link for link in links(tree) if re.fullmatch(r"\d+ of \d+ coded projects", link[0])
        ]
        assert len(counted) > 10
        for text, href in counted:
            given = parse_qs(urlsplit(href).query)
            assert urlsplit(href).path == LISTED
            assert given.get("subsidyRound", [""]) == [chosen]
            rows = answer(demo, LISTED.removeprefix("/queries/"), element=given["element"][0])
            addressed = {
                row["project"]["value"]
                for row in rows
                if row["state"]["value"].endswith("/addressed")
            }
            coded = {row["project"]["value"] for row in rows}
            assert text == f"{len(addressed)} of {len(coded)} coded projects"


def test_an_opened_element_lists_the_projects_behind_each_count(demo: Any) -> None:
    (row,) = (
        row for row in answer(demo, COUNTING[1]) if row["element"]["value"].endswith("/houvast")
    )
    section = by_id(page(demo, "/map?element=houvast"), "detail-houvast")
    said = words(section)
    numbers = {name: row[name]["value"] for name in ("addressed", "coded", "notCoded")}
    assert f"element: {numbers['addressed']} of {numbers['coded']}." in said
    assert f"{numbers['notCoded']} loaded projects are not coded for this element" in said
    assert "gap" not in said.lower()
    for state, name in {
        "projects-addressed": "addressed",
        "projects-explicitly-not-addressed": "explicitlyNotAddressed",
        "projects-not-mentioned": "notMentioned",
    }.items():
        listed = by_id(section, state)
        found = [href for _, href in links(listed)]
        assert len(found) == int(row[name]["value"])
        assert words(listed).count("coded by:") == len(found)
        for href in found:
            assert demo.client.get(href, follow_redirects=True).status_code == 200
    assert (words(by_id(section, "all-projects")), f"{LISTED}?element=houvast") == links(section)[
        -2
    ]


def test_nothing_loaded_is_told_apart_from_nobody_coded_it(service: Any, intake: Any) -> None:
    empty = words(by_id(page(service, "/map?element=begrenzing"), "detail-begrenzing"))
    assert "Loaded project records: no project data." in empty
    commit(intake, HEAD + "MDT-1,Samen op pad,Jongeren lopen.,5a,Houvast,,analist\n")
    uncoded = words(by_id(page(intake, "/map?element=begrenzing"), "detail-begrenzing"))
    assert "Nobody checked this in the 1 loaded project." in uncoded
    assert "no project data" not in uncoded
    for said in (empty, uncoded):
        assert "That says nothing about what projects do." in said
        assert "gap" not in said.lower()
        assert "0 of" not in said
    for name in COUNTING:
        assert [
            href for text, href in links(page(intake, f"/queries/{name}")) if LISTED in href
        ] == [f"{LISTED}?element=houvast"]


def test_at_most_fifty_are_listed_and_the_rest_is_a_link_away(intake: Any) -> None:
    rows = (f"MDT-{n},Titel {n},Kort verhaal {n}.,5a,Houvast,,analist\n" for n in range(100, 160))
    commit(intake, HEAD + "".join(rows))
    listed = by_id(page(intake, "/map?element=houvast"), "projects-addressed")
    assert "The first 50 of 60 are listed here." in words(listed)
    *projects, everything = links(listed)
    assert [text for text, _ in projects] == [f"Titel {n}" for n in range(100, 150)]
    table = by_id(page(intake, everything[1]), "answer-table")
    assert len(list(table.iter("tr"))) == 61


def test_the_page_of_the_question_says_what_it_lists(intake: Any) -> None:
    commit(intake, HEAD + "MDT-1,Samen op pad,Jongeren lopen.,5a,Houvast,,analist\n")
    for element, sentence in {
        "houvast": "Coded projects that address this element: 1 of 1.",
        "begrenzing": "Nobody checked this in the 1 loaded project.",
        "": "1 project was coded for one or more of these working elements.",
    }.items():
        tree = page(intake, f"{LISTED}?element={element}")
        assert words(by_id(tree, "headline")) == sentence


def test_a_page_shows_the_first_hundred_rows_and_the_file_has_them_all(intake: Any) -> None:
    every = "; ".join(row["elementLabel"]["value"] for row in answer(intake, COUNTING[1]))
    rows = (f'MDT-{n},Titel {n},Kort verhaal {n}.,5a,"{every}",,analist\n' for n in range(100, 163))
    commit(intake, HEAD + "".join(rows))
    tree = page(intake, LISTED)
    assert words(by_id(tree, "rows-left-out")).startswith("The first 100 of 1260 rows.")
    assert len(list(by_id(tree, "answer-table").iter("tr"))) == 101
    whole = page(intake, LISTED + ("&" if "?" in LISTED else "?") + "rows=all")
    assert len(list(by_id(whole, "answer-table").iter("tr"))) == 1261
    assert len(answer(intake, LISTED.removeprefix("/queries/"))) == 1260
    assert "63 projects" in words(by_id(tree, "headline"))
