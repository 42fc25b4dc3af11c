"""Every page in a real browser: both languages, both themes, a desk and a telephone; nothing wrong for anybody."""

import re
from pathlib import Path
from typing import Any, Literal

import live_pages
import pytest
from playwright.sync_api import Page
from test_pages import PAGES

from kaysis_graph.messages import LANGUAGES

pytestmark = pytest.mark.browser
AXE = (live_pages.ROOT / "ui" / "explorer" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
Theme = Literal["light", "dark"]
# A language changes no colour and a theme no width, so each theme and each width is looked at in one language; texts of
# either language must fit both.
LOOKS: dict[str, tuple[Theme, int]] = {"tr": ("light", 1280), "en": ("dark", 390)}
WIDTHS = (1280, 390)
HEIGHT = 844
# Of what repeats, rows and marks in a picture, so many are looked at by axe: the ninth is like the eighth.
ENOUGH = 8
CUT = """enough => {
  for (const held of document.querySelectorAll("tbody, ul, ol, select, datalist, g")) {
    [...held.children].slice(enough).forEach(child => child.remove());
  }
}"""
AREAS = sorted({path.partition("?")[0].split("/")[1] for path in PAGES})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_the_pages_of_an_area_serve_everybody_on_every_screen(
    page: Page, area: str, language: str, pytestconfig: pytest.Config
) -> None:
    theme, seen = LOOKS[language]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    wrongs = []
    for path in (path for path in PAGES if path.partition("?")[0].split("/")[1] == area):
        live_pages.opened(page, f"{path}{'&' if '?' in path else '?'}lang={language}")
        for width in (*(width for width in WIDTHS if width != seen), seen):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                wrongs.append(f"{path} {language}, {width} px: wider than the screen")
            if pytestconfig.getoption("--pictures"):
                page.screenshot(path=artefact(path, language, theme, width), full_page=True)
        page.evaluate(CUT, ENOUGH)
        page.evaluate(AXE)
        wrongs += [f"{path} {language}, {theme}, {seen} px: {found}" for found in violations(page, RULES)]
    assert wrongs == []


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds serious or critical, with the first places."""
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(told => told.violations)", rules
    )
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {first['html'][:200]} {first['failureSummary'][:200]}"
        for rule in found
        for first in rule["nodes"][:1]
        if rule["impact"] in ("serious", "critical")
    ]


def artefact(path: str, *look: object) -> Path:
    """Where the screenshot of a page lies: an artefact of the run, never part of the repository."""
    name = re.sub(r"[^a-z0-9]+", "-", path.casefold()).strip("-") or "start"
    return live_pages.ARTEFACTS / f"{'-'.join([name[:80], *map(str, look)])}.png"
