"""A real browser: Debian's Chromium, driven by Playwright, allowed to reach this machine only."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

# recording can take long on a machine that does other things; nothing waits longer than it has to
expect.set_options(timeout=60_000)

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Without it they are skipped; under CI that is a failure."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed; .ci/run installs it")
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Visit:
    """What went wrong in the browser while a test looked at pages."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []

    def watch(self, context: BrowserContext, home: str) -> None:
        """Note every script error, every refusal by the content policy, every outside request."""
        host = urlsplit(home).netloc

        def guard(route: Route) -> None:
            if urlsplit(route.request.url).netloc == host:
                route.continue_()
            else:
                self.elsewhere.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        context.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        context.on("weberror", lambda fault: self.errors.append(str(fault.error)))


def opened_at(browser: Browser, home: str) -> Iterator[OpenPage]:
    """``open_page(path, width=…, language=…, script=…)``: a page in a browser of its own. In the end
    no page had an error in its scripts or asked for anything elsewhere."""
    contexts: list[BrowserContext] = []
    visit = Visit()

    def open_one(
        path: str = "/", *, width: int = 1280, language: str = "nl-NL", script: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=home,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=script,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        visit.watch(context, home)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    expected = [text for text in visit.errors if "status of 4" not in text]
    assert expected == []
    assert visit.elsewhere == []


@pytest.fixture
def open_page(browser: Browser, service: Any) -> Iterator[OpenPage]:
    """A page of a service without projects, as ``opened_at`` has it."""
    yield from opened_at(browser, service.url)


@pytest.fixture
def open_demo(browser: Browser, demo: Any) -> Iterator[OpenPage]:
    """A page of a demo instance, as ``opened_at`` has it."""
    yield from opened_at(browser, demo.url)
