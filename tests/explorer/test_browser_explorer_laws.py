"""The explorer over legislation imported from the real file: from a search to a link that shows the same."""

import gzip
import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import live_pages
import pytest
from conftest import AUTHOR
from playwright.sync_api import Page, expect

from kaysis_graph import files
from kaysis_graph.graph.graph import Graph
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import definition, mapped_source

pytestmark = pytest.mark.browser
expect.set_options(timeout=live_pages.PATIENCE_MS)

LAWS = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "tr" / "laws.jsonl.gz"
# The law of public financial management, and its provisions in the order of the file.
LAW = "kanun-5018"
MOST = 30
ROWS = '[data-twin="records"] tbody tr'


@pytest.fixture(scope="module", autouse=True)
def imported(sample: Graph, kinds: Schema, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The law with its first provisions, imported over the seed."""
    if not LAWS.exists():
        pytest.skip(f"{LAWS} is not there")
    with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
        law = next(told for told in map(json.loads, lines) if told["id"] == LAW)
    law["provisions"] = law["provisions"][:MOST]
    slice_of_it = tmp_path_factory.mktemp("laws") / LAWS.name
    slice_of_it.write_bytes(gzip.compress((json.dumps(law, ensure_ascii=False) + "\n").encode()))
    told = definition.read(files.SEED / "maps" / "laws.toml", kinds)
    report = import_files.run(sample.store, kinds, mapped_source.source(kinds, [slice_of_it], told), AUTHOR)
    assert report.errors == 0


def places(page: Page) -> dict[str, tuple[str, str]]:
    """Where every node of the picture lies, as the table beside it tells."""
    rows = page.locator(ROWS).evaluate_all("rows => rows.map(row => [row.dataset.key, row.dataset.x, row.dataset.y])")
    return {key: (x, y) for key, x, y in rows}


def test_a_real_law_is_found_opened_led_to_and_seen_again_by_its_link(page: Page) -> None:
    live_pages.opened(page, "/explore")
    search = page.get_by_role("combobox", name="Ara ve ekle")
    search.fill(LAW)
    page.get_by_role("option", name=re.compile("Kamu Malî? Yönetimi ve Kontrol Kanunu", re.IGNORECASE)).first.click()
    panel = page.get_by_role("complementary", name="Seçilen")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Kontrol Kanunu")

    panel.get_by_role("button", name=re.compile("^Hükümleri: Hükümler: (Göster|İlk)")).first.click()
    expect(page.locator(f'{ROWS}[data-key="{LAW}.m1"]')).to_be_visible()
    opened = places(page)

    # The way from a provision of it to a law of the seed.
    search.fill("kanun-5490")
    page.get_by_role("option", name=re.compile("Nüfus Hizmetleri Kanunu")).first.click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Nüfus Hizmetleri Kanunu")
    page.locator(f'{ROWS}[data-key="{LAW}.m1"]').get_by_role("checkbox").check()
    panel.get_by_role("button", name="Aralarındaki yolu göster").click()
    expect(page.locator("[data-live]")).to_have_text("Yol gösteriliyor")
    after = places(page)
    assert {key: after[key] for key in opened} == opened, "what is there stays where it is"

    # On the first day of the law the later one is not there yet.
    page.get_by_role("button", name="Zaman", exact=True).click()
    slider = page.get_by_role("slider", name="Zaman")
    expect(page.locator(".ex-time")).to_be_visible()
    expect(page.locator(".explorer")).to_have_attribute("aria-busy", "false")
    slider.evaluate("slider => { slider.value = slider.min; slider.dispatchEvent(new Event('input')); }")
    expect(page.locator(f'{ROWS}[data-key="kanun-5490"]')).to_have_count(0)
    expect(page.locator(f'{ROWS}[data-key="{LAW}"]')).to_be_visible()
    slider.evaluate("slider => { slider.value = slider.max; slider.dispatchEvent(new Event('change')); }")
    expect(page.locator(f'{ROWS}[data-key="kanun-5490"]')).to_be_visible()
    expect(page.locator(".explorer")).to_have_attribute("aria-busy", "false")

    shown, address = places(page), page.url
    assert f"path~kanun-5490~{LAW}.m1" in parse_qs(urlsplit(address).query)["act"]
    live_pages.opened(page, address)
    assert places(page) == shown
