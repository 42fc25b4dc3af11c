"""Every page in a real browser."""

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_question_in_other_ways_is_copied_with_one_click(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live_pages.opened(page, "/legislation/kanun-5490?direction=down&at=2025-03-01")
    page.locator(".another dd", has_text="kaysis legislation").get_by_role("button", name="Kopyala").click()
    expect(page.get_by_role("button", name="Kopyalandı")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "kaysis legislation kanun-5490 --direction down --relation based_on --at 2025-03-01"
