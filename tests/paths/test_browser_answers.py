"""Impact and path in a real browser: narrowed, turned round and opened in the explorer by clicks alone."""

import re

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_an_impact_is_narrowed_by_clicks_and_its_files_follow(page: Page) -> None:
    live_pages.opened(page, "/impact/legislation/kanun-5490")
    rows = page.locator("table.fallen tbody tr")
    before = rows.count()
    kinds = page.locator(".facets > div", has_text="Türlere göre")
    kinds.get_by_role("link", name=re.compile("^Hizmetler")).click()
    expect(page).to_have_url(re.compile(r"kinds=service"))
    expect(kinds.locator("[aria-current]")).to_have_count(1)
    assert 0 < rows.count() < before
    page.get_by_label("Adında geçen").fill("kayıt")
    page.get_by_label("Grupla").select_option("institution")
    page.get_by_role("button", name="Daralt").click()
    expect(page).to_have_url(re.compile(r"group=institution"))
    expect(page.locator("#table h3").first).to_be_visible()
    href = page.get_by_role("link", name="CSV").get_attribute("href") or ""
    assert "kinds=service" in href
    assert "words=" in href
    page.locator(".filters .chip", has_text="kayıt").click()
    expect(page).not_to_have_url(re.compile(r"words="))


def test_a_way_is_led_past_a_record_and_along_the_impact(page: Page) -> None:
    live_pages.opened(page, "/paths?from=kanun-5490&to=kanun-5018")
    first = page.locator(".way").first
    passed = first.locator(".id").nth(1).inner_text()
    first.get_by_text("buradan geçme").first.click()
    expect(page).to_have_url(re.compile(rf"avoid={passed}"))
    expect(page.locator("#table")).not_to_contain_text(passed)
    page.locator(".filters .chip").click()
    expect(page).not_to_have_url(re.compile("avoid="))
    page.get_by_role("link", name="İlki değişirse ikincisi nasıl etkilenir?").click()
    expect(page.get_by_role("link", name="Tersine sor")).to_be_visible()


def test_kinds_of_edges_are_chosen_by_boxes(page: Page) -> None:
    live_pages.opened(page, "/paths?from=heys-41004&to=anayasa-2709")
    page.locator("summary", has_text="Bağ türleri").click()
    page.get_by_role("checkbox", name="dayanır", exact=True).check()
    page.get_by_role("button", name="Göster").last.click()
    expect(page).to_have_url(re.compile("types=BASED_ON"))
    expect(page.locator("summary", has_text="Bağ türleri")).to_contain_text("1")
