"""The model of integration in a real browser: a picture, and a list that says the same."""

from typing import Any

import pytest

MAINLY = {
    "component-participatie",
    "component-social-bridges",
    "component-taal",
    "component-cultuur",
}


@pytest.mark.parametrize(("width", "drawing"), [(1280, "wide"), (390, "narrow")])
def test_the_picture_and_the_list_say_the_same(open_page: Any, width: int, drawing: str) -> None:
    page = open_page("/model", width=width)
    shown = page.locator("svg.model:visible")
    assert shown.count() == 1
    assert f"model--{drawing}" in (shown.get_attribute("class") or "")
    links = {
        link.get_attribute("href").lstrip("#"): link.get_attribute("aria-label")
        for link in shown.locator("a").all()
    }
    listed = {
        article.get_attribute("id"): article for article in page.locator("article.component").all()
    }
    assert links.keys() == listed.keys()
    assert len(listed) == 13
    for target, name in links.items():
        label, _, values = name.partition(": ")
        assert listed[target].locator("h3").inner_text() == label
        badges = listed[target].locator(".component__values .presence span:last-child")
        assert badges.all_inner_texts() == values.split("; ")


def test_a_component_leads_to_its_statement_and_passage(open_page: Any) -> None:
    page = open_page("/model", language="en")
    page.locator("svg.model--wide a[href='#component-taal']").click()
    assert page.url.endswith("#component-taal")
    article = page.locator("#component-taal")
    assert "lijkt vooral" in article.inner_text()
    article.get_by_role("link", name="MDT & Integratie, p. 34").first.click()
    assert page.url.endswith("/doc/passage/integratie-mdt-en-integratie")
    page.go_back()
    page.locator("#component-taal").get_by_role("link", name="All about this statement").click()
    assert "/doc/assessment/" in page.url


def test_not_stated_none_known_and_only_in_a_picture_look_different(open_page: Any) -> None:
    page = open_page("/model")
    seen = page.evaluate(
        """() => ["not-stated", "none-known", "only-in-picture", "mainly"].map(slug => {
          const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
          box.setAttribute("class", `model__box model__box--${slug}`);
          document.querySelector("svg.model--wide").append(box);
          const style = getComputedStyle(box);
          const badge = document.querySelector(`#legend-${slug} .presence`);
          const border = getComputedStyle(badge).borderStyle;
          return [`${style.fill} ${style.strokeDasharray}`, badge.innerText, border].join("|");
        })"""
    )
    assert len(set(seen)) == 4
    assert len({text.split("|")[0] for text in seen}) == 4


def test_the_layers_and_what_surrounds_them(open_page: Any) -> None:
    page = open_page("/model")
    layers = page.locator("section.model-layer h2").all_inner_texts()
    assert layers == [
        "Om de lagen heen", "Succesfactoren", "Sociale verbindingen", "Facilitators", "Fundament"
    ]  # fmt: skip
    around = page.locator("#layer-none article.component").all()
    assert [one.get_attribute("id") for one in around] == ["component-socio-politieke-context"]
    mainly = page.locator("article.component:has(.component__values .presence--mainly)").all()
    assert {one.get_attribute("id") for one in mainly} == MAINLY
    note = page.locator("#component-rechten-en-burgerschap").inner_text()
    assert "afgeleid" in note


def test_a_component_leads_to_what_all_documents_say(open_page: Any) -> None:
    page = open_page("/model")
    page.locator("#component-taal").get_by_role("link", name="volgens alle documenten").click()
    assert page.url.split("?")[0].endswith("/queries/across/mdt-per-component")
    assert "component=taal" in page.url
    assert page.get_by_text("In Utrecht ging de taal beperkt vooruit.").count() == 1
