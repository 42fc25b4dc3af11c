"""The query page in a real browser: written, completed, run, stopped, looked at as table, graph and chart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import live_pages
import pytest
import sparql_copy
from playwright.sync_api import Page, expect
from test_browser_pages import AXE, LOOKS, RULES, violations

from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.settings import Settings
from ui.pages.linked.query_examples import examples

pytestmark = pytest.mark.browser
NUMBERS = "SELECT ?name ?n { VALUES (?name ?n) { ('a' 3) ('b' 12) ('c' 7) } }"


@pytest.fixture(scope="module")
def site(sample: Graph, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app, _ = sparql_copy.app(sample, replace(settings, language="tr"), tmp_path_factory.mktemp("sparql"))
    with live_pages.live(app) as address:
        yield address


def asked(page: Page, query: str, **parameters: str) -> Page:
    return live_pages.opened(page, f"/sparql?{urlencode({'query': query, **parameters})}")


def rewritten(page: Page, query: str) -> None:
    page.get_by_role("textbox", name="Sorgu", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def test_an_example_is_run_and_its_rows_are_sorted_and_searched(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    page.get_by_role("link", name=examples()[0].title.tr).click()
    page.wait_for_selector("html[data-ready]", state="attached")
    rows = page.locator("table.result tbody tr")
    expect(rows).to_have_count(26)
    expect(page.locator("table.result a", has_text="kimlik kartı").first).to_be_visible()
    page.get_by_label("Satırlarda ara").fill("imar")
    expect(rows).not_to_have_count(26)
    assert rows.count() > 0
    page.get_by_label("Satırlarda ara").fill("")
    page.get_by_role("button", name="document").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("document")
    names = page.locator("table.result td:nth-child(3) a").all_inner_texts()
    assert names[0] < names[-1]


def test_numbers_are_drawn_as_bars_and_the_view_is_in_the_address(page: Page) -> None:
    asked(page, NUMBERS)
    page.get_by_role("button", name="Grafik").click()
    expect(page).to_have_url(re.compile("view=chart"))
    expect(page.locator("svg.chart rect")).to_have_count(3)
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator("svg.chart rect")).to_have_count(3)
    page.get_by_role("button", name="Tablo").click()
    page.get_by_role("button", name="n", exact=True).click()
    assert page.locator("table.result td.number").all_inner_texts() == ["12", "7", "3"]


def test_triples_are_drawn_by_the_picture_of_the_other_pages(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    page.get_by_role("link", name=examples()[8].title.tr).click()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.get_by_role("button", name="Çizge").click()
    expect(page.locator(".viewer .picture.is-live svg .node").first).to_be_visible()
    expect(page).to_have_url(re.compile("view=graph"))


def test_a_query_is_written_run_by_keys_and_kept_in_the_address_and_the_list(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    rewritten(page, NUMBERS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.result tbody tr")).to_have_count(3)
    expect(page).to_have_url(re.compile("query=SELECT"))
    kept = page.locator(".query-kept")
    kept.locator("summary").click()
    expect(kept.get_by_role("link")).to_have_count(1)
    kept.get_by_role("button", name="Hepsini sil").click()
    expect(kept.get_by_role("link")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_terms_are_completed_with_their_labels_and_prefixes_declared(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    rewritten(page, "SELECT * {\n?x a cpsv")
    page.keyboard.type(":Pu")
    hints = page.locator(".CodeMirror-hints li")
    expect(hints.first).to_contain_text("cpsv:PublicService Hizmet · Service")
    page.keyboard.press("Enter")
    code = page.locator(".CodeMirror-code")
    expect(code).to_contain_text("PREFIX cpsv: <http://purl.org/vocab/cpsv#>")
    expect(code).to_contain_text("?x a cpsv:PublicService")
    page.keyboard.type(" . }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result")).to_contain_text("74 satır")


def test_a_query_that_takes_long_is_stopped(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    rewritten(page, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")
    page.get_by_role("button", name="Çalıştır").click()
    page.get_by_role("button", name="Durdur").click()
    expect(page.locator(".query-status")).to_have_text("Sorgu durduruldu.")
    expect(page.get_by_role("button", name="Durdur")).to_be_hidden()
    expect(page.get_by_role("button", name="Çalıştır")).to_be_focused()


def test_what_is_wrong_is_told_with_its_line_and_goes_when_it_is_mended(page: Page) -> None:
    asked(page, NUMBERS)
    expect(page.locator("table.result tbody tr")).to_have_count(3)
    rewritten(page, "SELECT *\n{ ?a ?? }")
    expect(page.locator(".query-syntax")).to_contain_text("2. satır")
    page.get_by_role("button", name="Çalıştır").click()
    expect(page.get_by_role("alert")).to_contain_text("Sorgu çalıştırılamadı")
    expect(page.locator("#result")).to_have_count(0)
    expect(page.locator(".CodeMirror .refused")).to_have_count(1)
    rewritten(page, NUMBERS)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".query-syntax")).to_be_hidden()


def test_prefixes_of_the_page_need_no_declaration(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    rewritten(page, "SELECT * {\n?x dct:title ?title .\n?x ?? ?y }")
    expect(page.locator(".query-syntax")).to_contain_text("3. satır")
    rewritten(page, "SELECT * {\n?x dct:title ?title .\n?x nobody:knows ?y }")
    page.wait_for_timeout(700)
    expect(page.locator(".query-syntax")).to_contain_text("3. satır")
    rewritten(page, "SELECT * {\n?x dct:title ?title }")
    expect(page.locator(".query-syntax")).to_be_hidden()


def test_a_step_back_shows_what_was_there_and_a_step_to_a_fragment_changes_nothing(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    code, result = page.locator(".CodeMirror-code"), page.locator("#result")
    rewritten(page, NUMBERS)
    page.keyboard.press("Control+Enter")
    expect(result).to_contain_text("3 satır")
    english = page.get_by_role("link", name="English").first
    assert parse_qs(urlsplit(english.get_attribute("href") or "").query) == {"query": [NUMBERS], "lang": ["en"]}
    rewritten(page, "ASK { ?not ?yet ?run }")
    page.evaluate("location.hash = 'content'")
    page.go_back()
    expect(code).to_contain_text("?not ?yet ?run")
    page.get_by_role("button", name="Çalıştır").click()
    expect(result).to_contain_text("Evet")
    page.locator(".query-kept summary").click()
    expect(page.locator(".query-kept li").first).to_contain_text("yanıt: evet")
    page.go_back()
    expect(result).to_contain_text("3 satır")
    page.go_back()
    expect(code).to_contain_text("cpsv:PublicService")
    expect(result).to_have_count(0)
    assert parse_qs(urlsplit(english.get_attribute("href") or "").query) == {"lang": ["en"]}


def test_rows_of_pages_not_shown_yet_are_found_by_their_titles(page: Page) -> None:
    asked(page, "SELECT DISTINCT ?one { ?one a org:Organization } ORDER BY ?one")
    rows = page.locator("table.result tbody tr")
    expect(rows).to_have_count(100)
    page.get_by_label("Satırlarda ara").fill("çölleşme erozyonla")
    expect(rows.first).to_contain_text("99115090")
    page.get_by_label("Satırlarda ara").fill("hiçbir yerde yok")
    expect(page.locator("#result .empty")).to_have_text("Aramayla eşleşen satır yok.")


def test_the_keyboard_leaves_the_editor(page: Page) -> None:
    live_pages.opened(page, "/sparql")
    page.get_by_role("textbox", name="Sorgu", exact=True).focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Çalıştır")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_serves_everybody_on_every_screen(page: Page, language: str) -> None:
    views = (asked(page, NUMBERS, lang=language, view=view) for view in ("table", "chart"))
    wrongs = []
    for opened in views:
        opened.evaluate(AXE)
        for theme, width in LOOKS.values():
            opened.emulate_media(color_scheme=theme, reduced_motion="reduce")
            opened.set_viewport_size({"width": width, "height": 844})
            wrongs += [f"{theme}, {width}: {found}" for found in violations(opened, RULES)]
            if opened.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                wrongs.append(f"{theme}, {width}: wider than the screen")
    assert wrongs == []
