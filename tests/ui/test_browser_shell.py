"""What stands around every page, in a real browser: suggestions, theme, menu, day, keys, widths."""

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_record_is_found_by_keyboard_while_typing(page: Page) -> None:
    live_pages.opened(page, "/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Ad, sözcük ya da numara")
    expect(box).to_be_focused()
    page.keyboard.type("nüfus hiz")
    options = page.get_by_role("listbox", name="Öneriler").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(page.locator(".search-large").get_by_role("status")).to_contain_text("öneri")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/legislation/kanun-5490")


def test_a_number_is_suggested_with_its_kind_and_its_state(page: Page) -> None:
    live_pages.opened(page, "/impact?at=2020-01-01")
    page.locator("#find").press_sequentially("5490")
    option = page.get_by_role("option").filter(has_text="kanun-5490").first
    expect(option).to_contain_text("Nüfus Hizmetleri Kanunu")
    expect(option).to_contain_text("Mevzuat")
    option.click()
    page.wait_for_url("**/records/legislation/kanun-5490?at=2020-01-01")


def test_escape_closes_the_suggestions_and_enter_without_a_choice_searches(page: Page) -> None:
    live_pages.opened(page, "/")
    box = page.locator("#start-search")
    box.press_sequentially("sağlık")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("sağlık")
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.get_by_role("heading", name="Arama: sağlık")).to_be_visible()


def test_a_choice_in_a_form_puts_the_number_in_and_says_the_name_beside_it(page: Page) -> None:
    live_pages.opened(page, "/")
    field = page.locator("#flows-organisation")
    field.press_sequentially("uğurlu")
    page.get_by_role("option", name="Uğurludağ Belediyesi").first.click()
    expect(field).to_have_value("99007301")
    expect(field.locator("xpath=..")).to_contain_text("Uğurludağ Belediyesi")
    field.press("Enter")
    page.wait_for_url("**/flows?organisation=99007301")


def test_a_form_suggests_only_the_kinds_it_takes(page: Page) -> None:
    live_pages.opened(page, "/")
    with page.expect_response("**/api/suggest?*") as answered:
        page.locator("#legislation-record").press_sequentially("nüf")
    kinds = {held["kind"] for held in answered.value.json()["suggestions"]}
    assert kinds <= {"legislation", "provision"}
    assert kinds


def test_the_theme_chosen_stays_from_page_to_page(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    live_pages.opened(page, "/")
    page.get_by_role("link", name="Koyu görünüm").first.click()
    page.get_by_role("navigation", name="Ana menü").get_by_role("link", name="Yol").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_css("background-color", "rgb(18, 23, 30)")
    assert "theme" not in page.url
    page.get_by_role("link", name="Sistemin görünümü").first.click()
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_on_a_phone_the_menu_is_folded(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    live_pages.opened(page, "/legislation/kanun-5490")
    expect(page.get_by_role("navigation", name="Ana menü")).to_be_hidden()
    link = page.get_by_role("navigation", name="Menü").get_by_role("link", name="Etki")
    expect(link).to_be_hidden()
    page.locator("details.compact > summary").click()
    link.click()
    page.wait_for_url("**/impact")


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=kanun", "/search?q=kanun&view=table&columns=legislation_type,accepted_on,gazette_on,tags",
     "/records/legislation", "/records/legislation/kanun-5490", "/about", "/nothing"],
)  # fmt: skip
def test_no_page_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    live_pages.opened(page, path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_the_day_stays_in_sight_and_one_click_leads_back_to_today(page: Page) -> None:
    live_pages.opened(page, "/records/legislation?at=2015-05-05")
    page.evaluate("scrollTo(0, 2000)")
    mark = page.locator(".as-of")
    expect(mark).to_contain_text("5 Mayıs 2015 tarihindeki durum")
    expect(mark).to_be_in_viewport()
    page.get_by_role("link", name="Bugüne dön").click()
    page.wait_for_url("**/records/legislation")
    expect(page.locator(".as-of")).not_to_contain_text("tarihindeki durum")


def test_what_narrows_a_search_is_put_on_and_taken_off(page: Page) -> None:
    live_pages.opened(page, "/search?q=sa%C4%9Fl%C4%B1k")
    facets = page.locator(".facets")
    facets.get_by_role("link", name="Kurumlar ve birimler").click()
    page.wait_for_url("**kind=organisation*")
    facets.get_by_role("link", name="Belgeler").click()
    page.wait_for_url("**kind=organisation%2Cdocument*")
    chosen = page.get_by_role("list", name="Seçilen süzgeçler")
    chosen.get_by_role("link", name="Kurumlar ve birimler").click()
    page.wait_for_url("**kind=document*")
    expect(chosen.get_by_role("link")).to_have_count(1)


def test_a_page_that_takes_its_time_shows_a_bar(page: Page) -> None:
    live_pages.opened(page, "/")
    page.clock.install()
    # Held back by the page itself, so that it can still be looked at.
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    page.get_by_role("navigation", name="Ana menü").get_by_role("link", name="Etki").click()
    expect(page.locator(".progress")).to_have_count(0)
    page.clock.run_for(400)
    expect(page.locator(".progress")).to_be_visible()
