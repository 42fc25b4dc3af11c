"""The pages of the structure in a real browser."""

import re

import live_pages
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser
OFFICE, DIRECTORATE, MINISTRY = "99006201", "99109002", "99001009"


def row(page: Page, key: str) -> Locator:
    return page.locator(f".tree-row[data-key='{key}']")


def test_the_tree_is_opened_down_to_the_unit_of_the_page(page: Page) -> None:
    live_pages.opened(page, f"/organisations/{OFFICE}")
    chosen = page.locator("[role=treeitem][aria-selected=true]")
    expect(chosen).to_have_attribute("data-key", f"99006001-99006101-{OFFICE}")
    expect(chosen).to_have_attribute("aria-level", "3")
    expect(chosen).to_be_in_viewport()
    expect(row(page, "99006001")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("svg.kg")).to_be_visible()


def test_keys_open_and_close_units_and_the_address_keeps_them_open(page: Page) -> None:
    live_pages.opened(page, "/organisations")
    page.get_by_role("tree").focus()
    page.keyboard.type("içiş")
    expect(page.get_by_role("tree")).to_have_attribute("aria-activedescendant", f"tree-{MINISTRY}")
    page.keyboard.press("ArrowRight")
    expect(row(page, MINISTRY)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    first = re.compile(f"^tree-{MINISTRY}-[0-9]{{8}}$")
    expect(page.get_by_role("tree")).to_have_attribute("aria-activedescendant", first)
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(row(page, MINISTRY)).to_have_attribute("aria-expanded", "true")
    page.get_by_role("tree").focus()
    page.keyboard.press("Home")
    page.keyboard.type("içiş")
    page.keyboard.press("ArrowLeft")
    expect(row(page, MINISTRY)).to_have_attribute("aria-expanded", "false")
    assert "open=" not in page.url
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("İçişleri Bakanlığı")


def test_a_unit_found_by_name_is_opened_in_its_place(page: Page) -> None:
    live_pages.opened(page, "/organisations")
    page.get_by_role("combobox", name="Teşkilatta ara").press_sequentially("sultanbeyli ilçe nüf")
    page.get_by_role("option", name=re.compile("Sultanbeyli İlçe Nüfus")).click()
    active = f"tree-99006001-99006101-{OFFICE}"
    expect(page.get_by_role("tree")).to_have_attribute("aria-activedescendant", active)
    expect(page.locator(f"#{active}")).to_be_in_viewport()
    expect(page.get_by_role("tree")).to_be_focused()


def test_the_badge_of_a_second_parent_leads_to_the_other_place(page: Page) -> None:
    live_pages.opened(page, f"/organisations/{OFFICE}")
    page.locator("[aria-selected=true] a.also").click()
    other = f"{MINISTRY}-{DIRECTORATE}-{OFFICE}"
    expect(page.get_by_role("tree")).to_have_attribute("aria-activedescendant", f"tree-{other}")
    row(page, other).locator("a.name").click()
    page.wait_for_url(re.compile(f"under={DIRECTORATE}"))
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator("[aria-selected=true]")).to_have_attribute("data-key", other)


def test_ended_units_are_shown_when_asked_for_and_say_so(page: Page) -> None:
    live_pages.opened(page, f"/organisations/{MINISTRY}?at=2019-06-01")
    ended = page.locator(".tree-row.gone")
    expect(page.locator("[aria-selected=true]")).to_have_attribute("data-key", MINISTRY)
    expect(ended).to_have_count(0)
    page.get_by_role("link", name="Sona erenleri de göster").click()
    expect(ended.first).to_contain_text("sona erdi")


def test_two_days_are_compared_by_choosing_a_day_of_change(page: Page) -> None:
    live_pages.opened(page, f"/organisations/{MINISTRY}/difference")
    page.get_by_role("link", name="10.01.2019").click()
    table = page.locator("table.differences")
    expect(table.get_by_text("+ Eklendi")).to_be_visible()
    expect(table.get_by_text("− Sona erdi")).to_be_visible()
    expect(page.locator("svg.kg .node")).not_to_have_count(0)


def test_without_script_the_structure_is_a_list_of_links(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="tr-TR")
    page = context.new_page()
    page.goto("/organisations")
    page.locator(".branches").get_by_role("link", name="İstanbul Valiliği").click()
    page.locator(".branches").get_by_role("link", name="Sultanbeyli Kaymakamlığı").click()
    expect(page.locator(".branches [aria-current=page]")).to_have_text("Sultanbeyli Kaymakamlığı")
    expect(page.locator(".branches").get_by_role("link", name="Sultanbeyli İlçe Nüfus Müdürlüğü")).to_be_visible()
    context.close()
