"""A real browser: Debian's Chromium, driven by Playwright, allowed to reach this machine only."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browser.submit_desk import Desk
from tests.running_service import RunningService

# recording can take long on a machine that does other things; nothing waits longer than it has to
expect.set_options(timeout=60_000)

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # nobody listens there; requests to this machine go past it
    "--proxy-server=127.0.0.1:9",
]  # fmt: skip
MOST_WAITING = 3

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


@dataclass
class Tab:
    """A page in a browser of its own, and what went wrong in it."""

    kind: tuple[str, str, bool]
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every script error, every refusal by the content policy, every outside request."""
        self.context.on("console", lambda m: self.errors.extend([m.text] * (m.type == "error")))
        self.context.on("weberror", lambda fault: self.errors.append(str(fault.error)))
        self.context.on("request", lambda request: self._look_at(request.url))

    def _look_at(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(self.kind[0]).netloc:
            self.elsewhere.append(url)

    def renew(self) -> None:
        """As it was when it was opened: nothing kept, nothing allowed, the mouse in the corner."""
        for page in self.context.pages:
            if page != self.page:
                page.close()
        self.page.mouse.move(0, 0)
        self.page.emulate_media(media="null")
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.context.clear_permissions()

    def told(self) -> tuple[list[str], list[str]]:
        """Errors, and outside requests, since this was last asked."""
        said = [text for text in self.errors if "status of 4" not in text], [*self.elsewhere]
        self.errors.clear()
        self.elsewhere.clear()
        return said


class Tabs:
    """Tabs that are handed out again as new: to open one takes longer than what most tests do."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Tab] = []

    def take(self, home: str, language: str, script: bool) -> Tab:
        """A tab that nobody has."""
        kind = (home, language, script)
        for tab in self._free:
            if tab.kind == kind:
                self._free.remove(tab)
                return tab
        context = self._browser.new_context(
            base_url=home,
            locale=language,
            java_script_enabled=script,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        tab = Tab(kind, context, context.new_page())
        tab.watch()
        return tab

    def give_back(self, tab: Tab) -> None:
        """Keep ``tab`` for another test; of too many the one that waited longest is closed."""
        self._free.append(tab)
        if len(self._free) > MOST_WAITING:
            self._free.pop(0).context.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """The tabs of the one Chromium."""
    return Tabs(browser)


def opened_at(tabs: Tabs, home: str) -> Iterator[OpenPage]:
    """``open_page(path, width=…, language=…, script=…)``: a page in a browser of its own. In the end
    no page had an error in its scripts or asked for anything elsewhere."""
    taken: list[Tab] = []

    def open_one(
        path: str = "/", *, width: int = 1280, language: str = "nl-NL", script: bool = True
    ) -> Page:
        tab = tabs.take(home, language, script)
        taken.append(tab)
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.goto(path)
        return tab.page

    yield open_one
    for tab in taken:
        tab.renew()
    told = [tab.told() for tab in taken]
    for tab in taken:
        tabs.give_back(tab)
    assert [errors for errors, _ in told if errors] == []
    assert [elsewhere for _, elsewhere in told if elsewhere] == []


@pytest.fixture
def open_page(tabs: Tabs, service: Any) -> Iterator[OpenPage]:
    """A page of a service without projects, as ``opened_at`` has it."""
    yield from opened_at(tabs, service.url)


@pytest.fixture
def open_demo(tabs: Tabs, demo: Any) -> Iterator[OpenPage]:
    """A page of a demo instance, as ``opened_at`` has it."""
    yield from opened_at(tabs, demo.url)


def desk_at(browser: Browser, running: RunningService) -> Iterator[Desk]:
    """A browser at the page about submissions of ``running``."""
    made = Desk(running, browser)
    yield made
    for context in made.opened:
        context.close()


@pytest.fixture
def desk(browser: Browser, intake: RunningService) -> Iterator[Desk]:
    """A service without records with a browser, and tokens for it."""
    yield from desk_at(browser, intake)


@pytest.fixture
def fresh_desk(browser: Browser, start_service: Callable[..., Any]) -> Iterator[Desk]:
    """As ``desk``, with a service of its own: to be stopped, or to see all that was ever sent in."""
    yield from desk_at(browser, start_service())
