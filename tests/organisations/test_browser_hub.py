"""The tree of the structure in a real browser, with more units under one than a page could hold."""

import re
from dataclasses import replace

import live_pages
import pytest
from dated_graphs import DatedGraph
from playwright.sync_api import Browser, expect
from worlds import put

from api.app import create
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.browser
UNITS = 10_000
# What fits on 800 pixels, and a few rows above and below.
MOST_ROWS = 60


def test_of_10000_units_only_those_to_be_seen_are_in_the_page(
    store: Store, kinds: Schema, settings: Settings, browser: Browser
) -> None:
    many = DatedGraph()
    many.record("10000000", "Organisation", category="ministry", title="Bakanlık", sort_key="bakanlik")
    for number in range(UNITS):
        name = f"{number:05}"
        many.record(f"200{name}", "Organisation", category="central_unit", title=f"Birim {name}", sort_key=name)
        many.edge(f"200{name}", "PART_OF", "10000000")
    many.written(store)
    app = create(put(store, kinds, []), replace(settings, language="tr"))
    with live_pages.live(app) as site:
        page = browser.new_page(base_url=site, viewport={"width": 1280, "height": 800}, locale="tr-TR")
        page.set_default_timeout(live_pages.PATIENCE_MS)
        live_pages.opened(page, "/organisations")
        tree, rows = page.get_by_role("tree"), page.locator(".tree-row")
        tree.focus()
        page.keyboard.press("ArrowRight")
        expect(rows.filter(has_text="Birim 00000")).to_have_attribute("aria-setsize", str(UNITS))
        for last in ("00200", "00400"):
            page.keyboard.press("End")
            expect(rows.filter(has_text=f"Birim {last}")).to_be_in_viewport()
            assert rows.count() < MOST_ROWS
        # One that no page read so far holds is brought to where it can be seen.
        page.get_by_role("combobox", name=re.compile("Teşkilatta")).fill("20009876")
        page.keyboard.press("Enter")
        expect(tree).to_have_attribute("aria-activedescendant", "tree-10000000-20009876")
        expect(rows.filter(has_text="Birim 09876")).to_be_in_viewport()
        expect(rows.filter(has_text="birim daha")).to_be_visible()
        assert rows.count() < MOST_ROWS
        page.close()
