"""The card of a service in a real browser: read by a citizen, on paper, on a telephone, and studied by an analyst."""

import re

import live_pages
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
# A page of a PDF, as its catalogue counts them.
PAGES_OF_PDF = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b")


def test_a_card_is_found_from_the_entry_page_and_says_where_papers_come_from(page: Page) -> None:
    live_pages.opened(page, "/services")
    page.get_by_role("link", name="İmar durum belgesi verilmesi").first.click()
    card = page.locator(".service-card")
    expect(card.get_by_role("heading", level=1)).to_have_text("İmar durum belgesi verilmesi")
    paper = card.get_by_role("listitem").filter(has_text="Tapu kayıt örneği")
    expect(paper.locator(".source").first).to_contain_text("Nereden alınır:")
    expect(paper).to_contain_text("Bu belgeyi başka bir kurum (Tapu ve Kadastro Genel Müdürlüğü) üretiyor")
    paper.get_by_role("link", name="Tapu kayıt ve belge örneği verilmesi").click()
    expect(page).to_have_url(re.compile("/services/heys-41012$"))


def test_services_are_narrowed_by_beneficiary_without_losing_the_day(page: Page) -> None:
    live_pages.opened(page, "/services?at=2024-05-01")
    page.get_by_role("link", name="Öğrenciler", exact=True).click()
    expect(page).to_have_url(re.compile("at=2024-05-01.*beneficiary=students|beneficiary=students.*at=2024-05-01"))
    expect(page.locator("#table tbody tr").first).to_contain_text("Öğrenciler")


def test_a_card_prints_on_one_sheet_without_the_process(page: Page) -> None:
    live_pages.opened(page, "/services/heys-41028")
    page.emulate_media(media="print")
    expect(page.locator(".study")).to_be_hidden()
    expect(page.get_by_text("Gerekli belgeler")).to_be_visible()
    counts = [int(found[0] or found[1]) for found in PAGES_OF_PDF.findall(page.pdf(format="A4"))]
    assert counts == [1]


def test_a_card_is_one_column_on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    live_pages.opened(page, "/services/heys-41028")
    papers = page.locator(".papers").bounding_box()
    glance = page.get_by_role("heading", name="Kısaca").bounding_box()
    assert papers is not None
    assert glance is not None
    assert glance["y"] > papers["y"] + papers["height"] - 1


def test_the_process_is_taken_along_as_bpmn(page: Page) -> None:
    live_pages.opened(page, "/services/heys-41019")
    expect(page.locator("svg .node", has_text="Belgenin imzası").first).to_be_attached()
    with page.expect_download() as taken:
        page.get_by_role("link", name="BPMN 2.0").click()
    assert taken.value.suggested_filename == "heys-41019-hizmet.bpmn"
    assert "definitions" in taken.value.path().read_text(encoding="utf-8")[:200]


def test_the_legal_table_leads_to_the_cards(page: Page) -> None:
    live_pages.opened(page, "/services/table?organisation=99006201")
    page.locator("table.form").get_by_role("link", name="Doğum işlemleri").click()
    expect(page.locator(".service-card h1")).to_have_text("Doğum işlemleri")
    expect(page.locator(".bases")).to_contain_text("m.15")
