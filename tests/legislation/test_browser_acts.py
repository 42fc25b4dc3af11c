"""Pages of legislation in a real browser."""

import re

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_branch_opens_in_place_and_closes_again(page: Page) -> None:
    live_pages.opened(page, "/legislation/kanun-5490?at=2025-03-01")
    opener = page.locator("#down .act-tree > li > button").first
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    under = page.locator("#down .act-tree .act-tree li")
    expect(under.first).to_be_visible()
    assert "at=2025-03-01" in (under.first.locator("a").first.get_attribute("href") or "")
    opener.click()
    expect(under.first).to_be_hidden()


def test_typing_in_the_text_leaves_the_articles_that_hold_the_words(page: Page) -> None:
    live_pages.opened(page, "/legislation/kanun-5490/text")
    articles = page.locator("#text article")
    whole = articles.count()
    page.get_by_role("searchbox", name="Metinde ara").fill("m.11")
    expect(page.locator("#text-found")).to_contain_text("1 hüküm")
    assert whole > 1
    expect(page.locator("#text article:visible")).to_have_count(1)


def test_an_article_named_in_words_is_found(page: Page) -> None:
    live_pages.opened(page, "/legislation")
    page.get_by_label("Mevzuat ya da madde").fill("5490 m.11")
    page.locator("main form").first.locator("button").click()
    expect(page).to_have_url(re.compile(r"/legislation/kanun-5490\.m11$"))
    expect(page.locator("#down li").first).to_be_visible()
