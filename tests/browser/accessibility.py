"""What axe finds on a page, by `WCAG 2.2 <https://www.w3.org/TR/WCAG22/>`_ A and AA and its good practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_OPTIONS = {"runOnly": {"type": "tag", "values": [*_TAGS]}, "resultTypes": ["violations"]}


def both_widths(language: str) -> tuple[int, int]:
    """A wide and a small screen, in the order in which each language ends on one of the two: what
    differs between the languages is words, so axe looks at each of them once."""
    return (1280, 390) if language.startswith("nl") else (390, 1280)


def violations(page: Page) -> str:
    """A report on the violations of ``page`` once it is loaded, styles included; empty where there
    are none."""
    page.wait_for_load_state("load")
    found = Axe().run(page, options=_OPTIONS)
    return str(found.generate_report()) if found.violations_count else ""
