"""The map of working elements for programs: what documents say beside what projects do."""

from typing import Any

from werkzaam.api.evidence_map import ASSESSMENTS, GOALS, PROJECTS, QUESTIONS


def answer(service: Any, **keys: str) -> Any:
    found = service.client.get("/v1/evidence-map", params=keys)
    assert found.status_code == 200, found.text
    return found.json()


def question(service: Any, name: str, **keys: str) -> Any:
    return service.client.get(f"/v1/queries/{name}", params=keys).json()


def test_it_says_what_the_three_questions_say(service: Any) -> None:
    told = answer(service, lang="en")
    rows = {name: question(service, name, lang="en") for name in QUESTIONS}
    elements = [one["element"]["value"] for one in told["elements"]]
    assert elements == [row["element"]["value"] for row in rows[PROJECTS]["rows"]]
    for part, name in (("assessments", ASSESSMENTS), ("goals", GOALS)):
        said = [row for one in told["elements"] for row in one[part]]
        assert len(said) == len(rows[name]["rows"]) > 20
        names = {one["element"]["value"]: one[part] for one in told["elements"]}
        for row in rows[name]["rows"]:
            ours = {n: c for n, c in row.items() if n not in ("element", "elementLabel")}
            assert ours in names[row["element"]["value"]]
    assert {one["element"]["label"] for one in told["elements"]} >= {"Reciprocity"}
    limits = {one["query"]: one["limits"]["total"] for one in told["answers"]}
    assert limits == {name: len(rows[name]["rows"]) for name in QUESTIONS}
    for one in told["answers"]:
        address = one["answer"].removeprefix(service.url)
        assert service.client.get("/" + address).json()["rows"] == rows[one["query"]]["rows"]


def test_a_goal_narrows_it_and_without_projects_nothing_is_counted(service: Any) -> None:
    told = answer(service, goal="welbevinden", lang="nl")
    assert 0 < len(told["elements"]) < len(answer(service)["elements"])
    for one in told["elements"]:
        assert {row["goal"]["value"].rsplit("/", 1)[1] for row in one["goals"]} == {"welbevinden"}
        assert one["projects"]["records"]["value"] == "geen projectgegevens"
        assert "addressed" not in one["projects"]
    assert told["page"].endswith("/map?goal=welbevinden&lang=nl")


def test_what_is_wrong_is_said_and_what_is_known_is_not_sent_again(service: Any) -> None:
    get = service.client.get
    assert get("/v1/evidence-map?goal=fame").status_code == 400
    assert "subsidyRound" in get("/v1/evidence-map?round=5a").text
    assert get("/v1/evidence-map?version=99999").status_code == 404
    told = get("/v1/evidence-map?goal=&version=1")
    tag = {"If-None-Match": told.headers["etag"]}
    assert get("/v1/evidence-map?goal=&version=1", headers=tag).status_code == 304


def test_projects_that_are_made_up_are_counted_and_say_so(demo: Any) -> None:
    told = answer(demo, lang="en")
    assert "fictitious" in told["demo"]
    counted = [one["projects"]["addressed"]["value"] for one in told["elements"]]
    assert any(int(number) > 0 for number in counted)
    (projects,) = [one for one in told["answers"] if one["query"] == PROJECTS]
    assert projects["limits"]["coverage"]["projects"] > 0
