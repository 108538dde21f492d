"""A service with a browser, and what a submitter does at the page about submissions."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, expect

GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,analist\n"
    "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,analist\n"
)


@dataclass
class Desk:
    """A service with a browser, and tokens for it."""

    running: Any
    browser: Browser
    opened: list[Any] = field(default_factory=list)

    def token(self, role: str) -> str:
        """A token of somebody new."""
        return str(self.running.secret(role))

    def page(self, *, width: int = 1280, language: str = "nl", script: bool = True) -> Page:
        """``/submit`` in a browser of its own."""
        context = self.browser.new_context(
            base_url=self.running.url,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=script,
        )
        self.opened.append(context)
        page = context.new_page()
        page.goto("/submit")
        return page


def choose(page: Page, text: str, button: str) -> None:
    file: Any = {"name": "projecten.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#field-file").set_input_files(file)
    page.locator(button).click()


def sign_in(page: Page, token: str) -> None:
    page.locator("#field-token").fill(token)
    page.locator("#sign-in").click()
    expect(page.locator("#agent")).to_be_visible()
