"""The explorer in a real browser: by mouse, by keyboard, by its address."""

import base64
import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import live_pages
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
# Software rendering of a picture on a busy machine takes its time.
expect.set_options(timeout=live_pages.PATIENCE_MS)

NO_WEBGL = """
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (name, ...rest) {
    return name === "webgl2" ? null : get.call(this, name, ...rest);
  };
"""
MINISTRY = "/explore?act=99001009&act=99001009~in~PART_OF~organisation~1"


def places(page: Page) -> dict[str, tuple[str, str]]:
    """Where every node of the picture lies, as the table beside it tells."""
    rows = page.locator('[data-twin="records"] tbody tr').evaluate_all(
        "rows => rows.map(row => [row.dataset.key, row.dataset.x, row.dataset.y])"
    )
    return {key: (x, y) for key, x, y in rows}


def told(page: Page) -> Locator:
    return page.locator("[data-live]")


def asked(page: Page, name: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def is_selected(page: Page, key: str) -> bool:
    return asked(page, "select") == [key]


def picture(page: Page, path: Path) -> str:
    """The exported SVG of what is on the screen."""
    page.locator(".ex-menu-share summary").click()
    with page.expect_download() as begun:
        page.get_by_role("button", name="SVG olarak kaydet").click()
    begun.value.save_as(path)
    page.keyboard.press("Escape")
    return path.read_text(encoding="utf-8")


def test_from_a_search_over_a_path_and_through_time_to_a_link_that_shows_the_same(page: Page, tmp_path: Path) -> None:
    live_pages.opened(page, "/explore")
    search = page.get_by_role("combobox", name="Ara ve ekle")
    search.fill("içişleri bak")
    expect(page.get_by_role("option").first).to_contain_text("İçişleri Bakanlığı")
    search.press("Enter")
    panel = page.get_by_role("complementary", name="Seçilen")
    expect(panel.get_by_role("heading", level=2)).to_have_text("İçişleri Bakanlığı")
    panel.get_by_role("button", name=re.compile("Kurumlar ve birimler: Göster")).click()
    expect(panel).to_contain_text("22 / 22")

    # The way to a law, from two that are selected.
    search.fill("kanun-5490")
    page.get_by_role("option", name=re.compile("Nüfus Hizmetleri Kanunu")).first.click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Nüfus Hizmetleri Kanunu")
    page.get_by_role("checkbox", name="Seç: İçişleri Bakanlığı").check()
    panel.get_by_role("button", name="Aralarındaki yolu göster").click()
    expect(told(page)).to_have_text("Yol gösteriliyor")
    assert "path~kanun-5490~99001009" in asked(page, "act")

    # Through time: before the first day on which it is part of anything a unit is not there.
    page.get_by_role("button", name="Zaman", exact=True).click()
    expect(page.locator(".ex-time")).to_be_visible()
    expect(page.locator('[data-twin="records"] tr[data-key="99003002"]')).to_be_visible()
    before = len(places(page))
    slider = page.get_by_role("slider", name="Zaman")
    slider.evaluate("slider => { slider.value = slider.min; slider.dispatchEvent(new Event('input')); }")
    expect(page.locator('[data-twin="records"] tr[data-key="99003002"]')).to_have_count(0)
    slider.evaluate("slider => { slider.value = slider.max; slider.dispatchEvent(new Event('change')); }")
    expect(page.locator(".explorer")).to_have_attribute("aria-busy", "false")
    expect(page.locator('[data-twin="records"] tr[data-key="99003002"]')).to_be_visible()
    assert len(places(page)) == before

    # What is on the screen is told by the address, down to the place from where it is looked at.
    page.get_by_role("button", name="Tümünü göster", exact=True).click()
    expect(page.locator(".ex-outside")).to_be_hidden()
    shown, drawn = places(page), picture(page, tmp_path / "before.svg")
    live_pages.opened(page, page.url)
    assert places(page) == shown
    assert picture(page, tmp_path / "after.svg") == drawn
    root = ET.fromstring(drawn)  # made by our own script
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    keys = {group.get("data-key") for group in root.iter("{http://www.w3.org/2000/svg}g")}
    assert {"99001009", "kanun-5490"} <= keys


def test_an_act_is_undone_and_done_again_by_keys_and_by_the_browser(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    start = places(page)
    page.locator(".ex-canvas").focus()
    page.keyboard.press("n")
    page.keyboard.press("e")
    expect(page.locator('[data-twin="records"] tbody tr')).not_to_have_count(len(start))
    more = places(page)
    assert {key: more[key] for key in start} == start, "what is there stays where it is"
    page.keyboard.press("Control+z")
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(len(start))
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(len(more))
    assert places(page) == more
    page.go_back()
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(len(start))
    assert places(page) == start


def test_arrow_keys_walk_along_edges_and_what_is_reached_is_said(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    page.locator(".ex-canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(told(page)).to_contain_text("İçişleri Bakanlığı, Kurum; 22 bağ")
    page.keyboard.press("ArrowRight")
    expect(told(page)).to_contain_text("22 bağdan 1.: ← ")
    page.keyboard.press("ArrowLeft")
    expect(told(page)).to_contain_text("22 bağdan 22.")
    page.keyboard.press("ArrowUp")
    expect(told(page)).to_contain_text("; 1 bağ")
    assert asked(page, "select") != ["99001009"]
    page.keyboard.press("ArrowDown")
    expect(told(page)).to_contain_text("İçişleri Bakanlığı")
    page.keyboard.press("Enter")
    expect(page.locator(".ex-panel :focus")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_hub_opens_as_a_list_from_which_records_are_chosen(page: Page) -> None:
    live_pages.opened(
        page, "/explore?act=99001009&act=99001009~in~PART_OF~organisation~0&select=99001009~in~PART_OF~organisation"
    )
    panel = page.get_by_role("complementary", name="Seçilen")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Kurumlar ve birimler: 22")
    panel.get_by_role("checkbox", name="Emniyet Genel Müdürlüğü").check()
    panel.get_by_role("button", name="Seçilenleri çizgeye ekle (1)").click()
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(3)
    expect(page.locator('[data-twin="edges"]')).to_contain_text("Emniyet Genel Müdürlüğü")


def test_records_gather_by_institution_and_filters_let_kinds_through(page: Page) -> None:
    live_pages.opened(
        page, "/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1&act=kanun-5490~out~ISSUED_BY~organisation~1"
    )
    rows = page.locator('[data-twin="records"] tbody tr')
    before = rows.count()
    page.locator(".ex-menu-filter summary").click()
    page.get_by_role("checkbox", name=re.compile("^Hizmetler")).uncheck()
    expect(rows).not_to_have_count(before)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(before)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Kurumlara göre topla").click()
    expect(rows).not_to_have_count(before)
    assert asked(page, "group") == ["institution"]


PATH = "/explore?act=path~heys-41001~anayasa-2709&kinds=legislation&types=BASED_ON"
# Frames come long after the camera rests, as on a machine that is busy.
LATE_FRAMES = "window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 700);"
# The sheet has no width until it is given back.
NO_WIDTH = """
  new MutationObserver(() => document.querySelector(".ex-stage")?.style.setProperty("width", "0"))
    .observe(document, { childList: true, subtree: true });
"""


def rested(page: Page) -> list[float]:
    """From where the picture is looked at, which the address says once the camera rests."""
    page.wait_for_url(re.compile("camera="))
    return [float(part) for part in asked(page, "camera")[0].split("~")]


def test_a_picture_opens_with_all_of_it_in_sight(page: Page) -> None:
    live_pages.opened(page, PATH)
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(2)
    rested(page)
    expect(page.locator(".ex-outside")).to_be_hidden()


def test_what_is_in_sight_is_known_before_it_is_drawn(page: Page) -> None:
    page.add_init_script(LATE_FRAMES)
    live_pages.opened(page, PATH)
    rested(page)
    expect(page.locator(".ex-outside")).to_be_hidden(timeout=300)


def test_a_picture_on_a_sheet_without_width_is_in_sight_once_it_has_one(page: Page) -> None:
    page.add_init_script(NO_WIDTH)
    live_pages.opened(page, MINISTRY)
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(23)
    assert page.locator(".ex-stage").evaluate("stage => stage.offsetWidth") == 0
    assert asked(page, "camera") == []
    page.locator(".ex-stage").evaluate("stage => stage.style.removeProperty('width')")
    assert rested(page)[2] > 0.22
    expect(page.locator(".ex-outside")).to_be_hidden()


def test_all_stays_in_sight_on_a_smaller_sheet_until_the_picture_is_moved(page: Page) -> None:
    live_pages.opened(page, f"{PATH}&pin=anayasa-2709~-200~0~1")
    wide = rested(page)
    page.set_viewport_size({"width": 420, "height": 800})
    live_pages.until(page, lambda: rested(page)[2] > wide[2])
    expect(page.locator(".ex-outside")).to_be_hidden()

    page.get_by_role("button", name="Yakınlaş", exact=True).click()
    narrow = rested(page)
    live_pages.until(page, lambda: rested(page)[2] < narrow[2])
    near = rested(page)
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator(".ex-outside")).to_be_visible()
    assert rested(page) == near, "a picture that was moved stays where it is, and says what is out of sight"


def test_a_node_lies_where_the_camera_puts_it_after_a_zoom_too(page: Page) -> None:
    live_pages.opened(page, PATH)
    whole = rested(page)
    page.get_by_role("button", name="Uzaklaş", exact=True).click()
    live_pages.until(page, lambda: rested(page) != whole)
    x, y, ratio = rested(page)
    box = page.locator(".ex-canvas").bounding_box()
    assert box is not None
    unit = min(box["width"], box["height"]) / ratio
    for key, (across, up) in places(page).items():
        left = box["width"] / 2 + (0.5 + float(across) / 110 - x) * unit
        top = box["height"] / 2 - (0.5 + float(up) / 110 - y) * unit
        page.mouse.click(box["x"] + left, box["y"] + top)
        live_pages.until(page, partial(is_selected, page, key))


def letters(page: Page) -> int:
    """How many pixels of the picture have the colour of names: no shape, icon or edge is so dark."""
    png = base64.b64encode(page.locator(".ex-canvas").screenshot()).decode()
    reader = page.context.new_page()
    count: int = reader.evaluate(
        """async (png) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
        const paper = new OffscreenCanvas(image.width, image.height).getContext("2d");
        paper.drawImage(image, 0, 0);
        const { data } = paper.getImageData(0, 0, image.width, image.height);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if (Math.max(data[at], data[at + 1], data[at + 2]) < 60) dark += 1;
        return dark;
    }""",
        png,
    )
    reader.close()
    return count


def test_names_stand_in_the_picture_from_the_first_drawing_on(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    page.wait_for_url(re.compile("camera="))
    # A busy machine may draw names some frames after the nodes; each look takes one.
    assert any(letters(page) > 300 for _ in range(20))


def test_a_view_is_kept_under_a_name_and_opened_again(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    page.locator(".ex-menu-views summary").click()
    page.get_by_role("textbox", name="Görünümün adı").fill("Bakanlık")
    page.get_by_role("button", name="Kaydet").click()
    expect(page.get_by_role("button", name="Bakanlık", exact=True)).to_be_visible()
    kept = json.loads(page.evaluate("localStorage.getItem('kaysis.explorer.views')"))
    assert kept[0]["name"] == "Bakanlık"
    live_pages.opened(page, "/explore?act=kanun-5490")
    page.locator(".ex-menu-views summary").click()
    page.get_by_role("button", name="Bakanlık", exact=True).click()
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(23)


def test_without_webgl_the_picture_stands_still_and_the_tables_work(page: Page) -> None:
    page.add_init_script(NO_WEBGL)
    live_pages.opened(page, MINISTRY)
    expect(page.locator(".ex-canvas")).to_contain_text("WebGL yok")
    expect(page.locator(".ex-canvas > svg")).to_be_visible()
    expect(page.locator('[data-twin="records"] tbody tr')).to_have_count(23)


def test_a_box_drawn_with_shift_selects_what_is_in_it(page: Page) -> None:
    live_pages.opened(page, "/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1")
    box = page.locator(".ex-canvas").bounding_box()
    assert box is not None
    left, top = box["x"], box["y"]
    page.keyboard.down("Shift")
    page.mouse.move(left + 5, top + 5)
    page.mouse.down()
    page.mouse.move(left + box["width"] - 5, top + box["height"] - 5, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator(".ex-panel h2")).to_have_text("6 düğüm seçildi")


def test_the_explorer_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    live_pages.opened(page, MINISTRY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".ex-canvas")).to_be_visible()
    page.get_by_role("button", name="İçişleri Bakanlığı").first.click()
    expect(page.locator(".ex-panel")).to_contain_text("Alt birimleri")
