"""Pictures that are moved, enlarged, searched and walked on, and the pages of data flows, in a real browser."""

import live_pages
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser
STATE = "/flows?whole=state&at=2025-03-01"
MINISTRY = "/flows?organisation=24322010&at=2025-03-01"


def shown(page: Page) -> list[float]:
    """The part of the picture that is seen: left, top, width, height."""
    return [float(value) for value in (page.locator("svg.kg").get_attribute("viewBox") or "").split()]


def size(page: Page) -> tuple[float, float]:
    """The whole size of the picture, as the file has it."""
    width, height = page.evaluate(
        """async () => {
        const link = [...document.querySelectorAll("a")].find((held) => held.textContent.trim() === "SVG");
        const text = await (await fetch(link.href)).text();
        const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
        return [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
    }"""
    )
    return width, height


def middle(box: Locator) -> tuple[float, float]:
    bounds = box.bounding_box()
    assert bounds is not None
    return bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2


def test_a_wide_picture_opens_readable_and_is_fitted_enlarged_and_moved(page: Page) -> None:
    live_pages.opened(page, STATE)
    whole = size(page)
    opened = shown(page)
    assert opened[2] < whole[0], "the state is wider than a screen, so only a part is shown at first"
    page.get_by_role("button", name="Çizimin tamamını sığdır").click()
    fitted = shown(page)
    assert fitted[2] >= whole[0] - 1
    assert fitted[3] >= whole[1] - 1
    page.get_by_role("button", name="Yakınlaştır", exact=True).click()
    assert shown(page)[2] == pytest.approx(fitted[2] / 1.4, rel=0.01)
    picture = page.locator(".picture")
    picture.scroll_into_view_if_needed()
    x, y = middle(picture)
    before = shown(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 40, steps=4)
    page.mouse.up()
    assert shown(page)[0] > before[0]
    picture.focus()
    before = shown(page)
    page.keyboard.press("ArrowLeft")
    assert shown(page)[0] < before[0]
    page.keyboard.press("0")
    assert shown(page)[2] == pytest.approx(fitted[2], rel=0.01)


def test_a_plain_wheel_scrolls_the_page_and_with_control_it_enlarges(page: Page) -> None:
    live_pages.opened(page, STATE)
    page.mouse.move(*middle(page.locator(".viewer-bar")))
    page.locator(".picture").hover()
    before, scrolled = shown(page), page.evaluate("scrollY")
    page.mouse.wheel(0, 200)
    live_pages.until(page, lambda: page.evaluate("scrollY") > scrolled)
    assert shown(page) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    live_pages.until(page, lambda: shown(page)[2] < before[2])


def test_search_inside_finds_in_turkish_tells_how_many_and_shows_the_hit(page: Page) -> None:
    live_pages.opened(page, STATE)
    page.get_by_role("searchbox", name="Çizimde ara").fill("ugurludag")
    told = page.locator(".viewer-told")
    expect(told).to_contain_text("1/")
    first = told.inner_text()
    page.get_by_role("button", name="Sonraki eşleşme").click()
    expect(told).to_contain_text("2/")
    page.get_by_role("button", name="Önceki eşleşme").click()
    expect(told).to_have_text(first)
    current = page.locator(".is-current")
    expect(current).to_be_in_viewport()
    assert page.locator(".is-found").count() == int(first.split("/")[1].split(":")[0])
    page.get_by_role("searchbox", name="Çizimde ara").fill("böyle bir şey yok")
    expect(told).to_have_text("Çizimde bulunamadı")


def test_the_keyboard_leads_from_box_to_arrow_to_box_and_opens_what_is_said_of_it(page: Page) -> None:
    live_pages.opened(page, MINISTRY)
    assert page.locator("svg.kg [tabindex='0']").count() == 1
    page.locator(".picture").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".node:focus")).to_have_count(1)
    source = page.evaluate("document.activeElement.dataset.id")
    outgoing = page.locator(f".arrow[data-from='{source}']").count()
    page.keyboard.press("ArrowRight" if outgoing else "ArrowLeft")
    arrow = page.locator(".arrow:focus")
    expect(arrow).to_have_count(1)
    assert source in (arrow.get_attribute("data-from"), arrow.get_attribute("data-to"))
    expect(page.locator(".has-lit")).to_have_count(1)
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Seçilenin ayrıntıları")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading", level=3)).to_contain_text("→")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".arrow:focus")).to_have_count(1)


def test_on_a_phone_an_impact_picture_begins_with_what_was_asked_about(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    live_pages.opened(page, "/impact?record=kanun-5490&at=2025-03-01")
    page.locator(".viewer").scroll_into_view_if_needed()
    expect(page.locator(".node.start")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_picture_nobody_moved_opens_anew_when_its_room_changes(page: Page) -> None:
    live_pages.opened(page, "/flows?service=heys-41001&at=2020-01-01")
    page.set_viewport_size({"width": 390, "height": 844})
    live_pages.until(page, lambda: shown(page)[2] < 500)
    assert shown(page)[0] > -20, "it begins at the edge of the frame, not behind the room a desk left beside it"
    page.get_by_role("button", name="Yakınlaştır", exact=True).click()
    moved = shown(page)
    page.set_viewport_size({"width": 420, "height": 844})
    live_pages.until(page, lambda: shown(page)[2] != moved[2])
    assert shown(page)[0] == pytest.approx(moved[0], abs=1)


def test_without_script_the_picture_is_whole_and_scrolls(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    plain = context.new_page()
    plain.goto(f"{site}{STATE}")
    frame, drawn = plain.locator(".picture").bounding_box(), plain.locator("svg.kg").bounding_box()
    assert frame is not None
    assert drawn is not None
    assert drawn["width"] > frame["width"]
    expect(plain.locator(".scroll-hint")).to_be_visible()
    context.close()


def test_an_arrow_tells_what_it_carries_and_leads_there_without_script(page: Page) -> None:
    live_pages.opened(page, "/flows?organisation=99007301&at=2025-03-01")
    arrow = page.locator("a.arrow").first
    source, target = arrow.get_attribute("data-from"), arrow.get_attribute("data-to")
    href = arrow.get_attribute("href")
    assert href == f"#arrow-{source}~{target}"
    group = page.locator(f'[id="{href.removeprefix("#")}"]')
    arrow.dispatch_event("click")
    panel = page.get_by_role("complementary", name="Seçilenin ayrıntıları")
    expect(panel.locator("dl")).to_have_count(group.locator("tr:not(.ends)").count())
    expect(panel.locator("dl").first).to_contain_text("Üreten hizmet")
    assert panel.locator("dl a").count() == group.locator("td a").count()


def test_a_filter_changes_picture_table_and_files_alike(page: Page) -> None:
    live_pages.opened(page, "/flows?organisation=99007301&at=2025-03-01")
    everything = page.locator(".arrow[data-from]").count()
    page.get_by_label("Belge, veri", exact=True).select_option(label="Tapu senedi")
    page.get_by_role("button", name="Uygula").click()
    page.wait_for_url("**document=dbys-2018**")
    page.wait_for_selector("html[data-ready]", state="attached")
    arrows = page.locator(".arrow[data-from]").count()
    assert 0 < arrows < everything
    assert page.locator("tbody[id^='arrow-']").count() == arrows
    told = page.evaluate(
        """async () => Object.fromEntries(await Promise.all(["SVG", "JSON", "CSV", "Mermaid"].map(async (name) => {
            const link = [...document.querySelectorAll("a")].find((held) => held.textContent.trim() === name);
            return [name, await (await fetch(link.href)).text()];
        })))"""
    )
    assert told["SVG"].count('class="arrow" href="http') == arrows
    assert told["JSON"].count('"sender"') == arrows
    assert "Tapu senedi" in told["CSV"]
    assert "Türkiye Cumhuriyeti kimlik kartı" not in told["CSV"]
    page.get_by_role("link", name="Belge, veri: Tapu senedi").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator(".arrow[data-from]").count() == everything


def test_a_new_user_finds_what_a_municipality_asks_for_needlessly(page: Page) -> None:
    live_pages.opened(page, "/flows")
    page.get_by_role("link", name="Uğurludağ Belediyesinin gereksiz yere istediği belgeler").click()
    section = page.locator("#once-only")
    expect(section).to_be_in_viewport()
    expect(section.get_by_role("row")).not_to_have_count(1)
