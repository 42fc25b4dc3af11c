"""Measures the explorer in headless Chromium with software rendering: first picture, and frames while it moves.

    python benchmarks/explorer.py http://localhost:8000 [--nodes 5000] [--edges 10000]

The page is the one that is served; only the answer of /api/explore is ours, made of as many records as asked for.
"""

import argparse
import json
import math
import os
import random
import statistics
import time
from typing import Any

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader"]
KINDS = ("organisation", "legislation", "service", "document")
FRAMES = """() => { window.frames_ = []; let last = performance.now(); const tick = now => {
  window.frames_.push(now - last); last = now; requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""


def answer(nodes: int, edges: int) -> dict[str, Any]:
    """A state of the explorer: stars of fifty on a spiral, and edges between them by a fixed chance."""
    # The same picture each time.
    chance = random.Random(1)
    shown: list[dict[str, Any]] = []
    for number in range(nodes):
        star, leaf = divmod(number, 50)
        radius, angle = 30 * math.sqrt(star), star * 2.399963
        far, turn = (0.0, 0.0) if leaf == 0 else (8 + 4 * (leaf // 20), leaf * 0.9)
        kind = KINDS[number % len(KINDS)]
        thing = {
            "id": f"r{number}", "kind": kind, "title": f"Kayıt {number} adıyla", "title_en": None, "state": "valid",
            "is_unverified": False, "is_stub": False, "href": f"/records/{kind}/r{number}",
        }  # fmt: skip
        shown.append({"thing": thing, "valid_from": None, "valid_to": None, "institution": None, "act": 0,
                      "parent": None if leaf == 0 else f"r{star * 50}", "counts": [],
                      "x": radius * math.cos(angle) + far * math.cos(turn),
                      "y": radius * math.sin(angle) + far * math.sin(turn)})  # fmt: skip
    rays = [(number, number - number % 50) for number in range(nodes) if number % 50]
    chords = [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(max(0, edges - len(rays)))]
    joined = [{"source": f"r{one}", "type": "BASED_ON", "target": f"r{other}", "valid_from": None, "valid_to": None,
               "holds": True} for one, other in dict.fromkeys([*rays, *chords]) if one != other]  # fmt: skip
    return {"at": "2025-10-17", "sequence": 1, "complete": True, "cut": None, "nodes": shown, "hubs": [],
            "edges": joined, "acts": [{"act": "kanun-5490", "total": 1, "shown": 1, "more": False}], "touched": [],
            "institutions": {}, "most": 5000}  # fmt: skip


def frames(page: Page) -> str:
    """What the frames since the last call took, as words."""
    times = sorted(page.evaluate("() => window.frames_.splice(0)")[1:])
    if not times:
        return "no frame"
    slow = times[int(len(times) * 0.95)]
    return f"{1000 / statistics.mean(times):.0f} frames/s, median {statistics.median(times):.0f} ms, 95 % {slow:.0f} ms"


def measure(page: Page, site: str, body: str) -> None:
    """Opens the picture, moves it, comes nearer, and prints what that took."""
    print(f"load               {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    page.route("**/api/explore?*", lambda route: route.fulfill(body=body, content_type="application/json"))
    begun = time.perf_counter()
    page.goto(f"{site}/explore?act=kanun-5490")
    page.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
    print(f"first picture      {time.perf_counter() - begun:.1f} s")
    page.wait_for_timeout(1500)
    page.evaluate(FRAMES)
    page.wait_for_timeout(1000)
    print(f"at rest            {frames(page)}")
    page.mouse.move(400, 500)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(400 + 4 * step, 500 - step)
    page.mouse.up()
    print(f"while it is moved  {frames(page)}")
    page.wait_for_timeout(800)
    frames(page)
    for step in range(24):
        page.mouse.wheel(0, -120 if step < 12 else 120)
        page.wait_for_timeout(40)
    print(f"while it zooms     {frames(page)}")
    page.wait_for_timeout(800)
    frames(page)
    for step in range(30):
        page.mouse.move(300 + 12 * step, 420)
    print(f"while it is hovered {frames(page)}")
    print(f"load               {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Reads the command line and measures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("site")
    asked.add_argument("--nodes", type=int, default=5000)
    asked.add_argument("--edges", type=int, default=10000)
    said = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        measure(page, said.site, json.dumps(answer(said.nodes, said.edges)))
        browser.close()


if __name__ == "__main__":
    main()
