"""The page of a record in a real browser: edges read on in place, texts unfolded, changes linked to."""

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
MINISTRY = "/records/organisation/99001009"
UNITS = "in.PART_OF.organisation"


def test_a_group_of_edges_is_read_on_without_leaving_the_page(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    address = page.url
    group = page.locator(f'[id="{UNITS}"]')
    expect(group.locator(".ties > li")).to_have_count(10)
    group.locator("a[rel=next]").click()
    expect(group.locator(".ties > li")).to_have_count(22)
    expect(page.locator(".neighbours").get_by_role("status")).to_have_text("12 bağ daha gösterildi.")
    expect(group.locator("a[rel=next]")).to_have_count(0)
    assert page.url == address
    names = group.locator(".ties > li").all_inner_texts()
    assert len(set(names)) == 22


def test_a_group_of_edges_is_read_on_by_its_link_where_there_is_no_script(page: Page) -> None:
    page.route("**/static/bundle/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(MINISTRY)
    page.locator(f'[id="{UNITS}"] a[rel=next]').click()
    page.wait_for_url("**cursor=**")
    expect(page.locator(f'[id="{UNITS}"] .ties > li')).to_have_count(12)
    page.locator(f'[id="{UNITS}"] a[rel=prev]').click()
    expect(page.locator(f'[id="{UNITS}"] .ties > li')).to_have_count(22)


def test_the_identifier_is_copied_with_one_click(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live_pages.opened(page, "/records/legislation/kanun-5490")
    page.locator(".identifier").get_by_role("button", name="Kopyala").click()
    expect(page.locator(".identifier").get_by_role("button", name="Kopyalandı")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "kanun-5490"


def test_the_link_of_a_change_leads_to_the_change(page: Page) -> None:
    live_pages.opened(page, "/records/legislation/kanun-5490")
    page.get_by_role("link", name="Değişiklik 1", exact=True).click()
    expect(page.locator("#change-1:target")).to_be_in_viewport()
    page.get_by_label("Şu değişiklikten sonraki hâli", exact=True).select_option("0")
    page.get_by_role("button", name="Karşılaştır").click()
    expect(page.locator(".compared ins", has_text="5490 sayılı Kanun")).to_be_visible()


@pytest.mark.parametrize("path", [MINISTRY, "/records/legislation/kanun-5490/history?from=0&to=2"])
def test_a_narrow_screen_shows_everything_without_scrolling_sideways(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    live_pages.opened(page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
