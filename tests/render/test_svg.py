"""Pictures: whole, readable, safe, and the same each time."""

import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from kaysis_graph.messages import Language
from kaysis_graph.render import svg
from kaysis_graph.render.diagram import Arrow, Diagram, Lane, Node
from kaysis_graph.render.layout.arrangement import Layout, layout
from kaysis_graph.render.layout.bundles import bundles
from kaysis_graph.render.layout.grid import grid
from kaysis_graph.render.theme import DARK, LIGHT, Theme
from kaysis_graph.render.typeset import width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Ş <script>alert("1")</script> & \' ]]> \n\t \x00\x07\ud800 {{x}} %% `#`; " onload="x'


def nodes(count: int, lanes: int = 0) -> tuple[Node, ...]:
    return tuple(
        Node(f"n{number}", f"Nüfus Müdürlüğü {number}", "organisation", f"k{number % lanes}" if lanes else None)
        for number in range(count)
    )


def lanes(count: int) -> tuple[Lane, ...]:
    return tuple(Lane(f"k{number}", f"Kurum {number}") for number in range(count))


def diagram(count: int, pairs: list[tuple[int, int]], lane_count: int = 0, label: str = "dayanır") -> Diagram:
    arrows = tuple(Arrow(f"n{source}", f"n{target}", label) for source, target in pairs)
    layered = "lanes" if lane_count else "layers"
    return Diagram("Başlık", "Açıklama", nodes(count, lane_count), arrows, "tr", lanes(lane_count), layered)  # type: ignore[arg-type]


def crowd(lane_count: int = 60, per_lane: int = 1, arrows: int = 600, seed: int = 1) -> Diagram:
    chance = random.Random(seed)
    count = lane_count * per_lane
    drawn = tuple(
        Arrow(f"n{chance.randrange(count)}", f"n{chance.randrange(count)}", f"belge {chance.randrange(20)}")
        for _ in range(arrows)
    )
    return Diagram("Altmış kurum", "", nodes(count, lane_count), drawn, "tr", lanes(lane_count), "lanes")


CASES = {
    "empty": diagram(0, []),
    "one node": diagram(1, []),
    "one node in a lane": diagram(1, [], 1),
    "self-loop": diagram(1, [(0, 0)]),
    "circle": diagram(3, [(0, 1), (1, 2), (2, 0)]),
    "circle in lanes": diagram(6, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 0)], 3),
    "parallel arrows": diagram(2, [(0, 1), (0, 1), (1, 0)]),
    "chain of 80": diagram(80, list(pairwise(range(80)))),
    "star": diagram(40, [(number, 0) for number in range(1, 40)]),
    "tree": diagram(40, [(number, (number - 1) // 3) for number in range(1, 40)]),
    "loose nodes": diagram(12, [(0, 1)]),
    "loose nodes in lanes": diagram(12, [(0, 1)], 3),
    "empty lanes": replace(
        diagram(2, [(0, 1)], 5), nodes=(Node("n0", "a", "place", "k0"), Node("n1", "b", "odd", "x"))
    ),
    "crowd": crowd(),
    "crowd of three to a lane": crowd(60, 3, 600, 2),
    "thin web": crowd(20, 4, 90, 3),
}
cases = pytest.mark.parametrize("drawn", CASES.values(), ids=CASES.keys())
placed_of = cache(layout)


@cases
def test_every_node_and_arrow_is_there_and_can_be_focused(drawn: Diagram) -> None:
    root = ET.fromstring(svg.render(drawn))
    for kind, count in (("node", len(drawn.nodes)), ("arrow", len(drawn.arrows))):
        groups = [
            element
            for element in root.iter()
            if element.get("class", "").split(" ")[0] == kind and (element.get("tabindex") or element.get("href"))
        ]
        assert len(groups) == count
        assert all(group.findtext(f"{SVG}title") for group in groups)


@cases
def test_no_two_boxes_overlap(drawn: Diagram) -> None:
    for one, other in combinations(placed_of(drawn).boxes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y


@cases
def test_no_arrow_runs_through_a_box(drawn: Diagram) -> None:
    placed = placed_of(drawn)
    for route in placed.routes:
        for (ax, ay), (bx, by) in pairwise(route.points):
            assert ax == bx or ay == by, "lines run straight along or across"
            for box in placed.boxes:
                misses_x = max(ax, bx) <= box.x or min(ax, bx) >= box.x + box.width
                misses_y = max(ay, by) <= box.y or min(ay, by) >= box.y + box.height
                assert misses_x or misses_y


@cases
def test_arrows_join_the_right_boxes_and_stay_on_the_picture(drawn: Diagram) -> None:
    placed = placed_of(drawn)
    at = {node.id: box for node, box in zip(drawn.nodes, placed.boxes, strict=True)}
    assert [route.arrow for route in placed.routes] == list(range(len(drawn.arrows)))
    for route, arrow in zip(placed.routes, drawn.arrows, strict=True):
        for (x, y), node in ((route.points[0], arrow.source), (route.points[-1], arrow.target)):
            box = at[node]
            assert box.x <= x <= box.x + box.width
            assert box.y <= y <= box.y + box.height
        assert all(0 <= x <= placed.width and 0 <= y <= placed.height for x, y in route.points)


@cases
def test_lines_that_carry_different_things_never_lie_on_each_other(drawn: Diagram) -> None:
    carried = {way.arrow: bundle.number for bundle in bundles(drawn, grid(drawn)) for way in bundle.ways}
    lines: dict[tuple[int, float], set[tuple[float, float, int]]] = defaultdict(set)
    for route in placed_of(drawn).routes:
        for one, other in pairwise(route.points):
            axis = 0 if one[0] == other[0] else 1
            ends = sorted((one[1 - axis], other[1 - axis]))
            lines[axis, one[axis]].add((ends[0], ends[1], carried[route.arrow]))
    for stretches in lines.values():
        for (_, end, bundle), (begin, _, following) in pairwise(sorted(stretches)):
            assert begin >= end or bundle == following


@cases
def test_no_label_lies_on_a_box_or_on_another_label(drawn: Diagram) -> None:
    placed = placed_of(drawn)
    boxes = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in placed.boxes]
    texts = [label_room(placed, number) for number in range(len(placed.labels))]
    for number, text in enumerate(texts):
        assert not any(overlap(text, other) for other in (*boxes, *texts[number + 1 :]))


def label_room(placed: Layout, number: int) -> tuple[float, float, float, float]:
    label = placed.labels[number]
    long = width(label.text, 11)
    left = label.x - long if label.anchor == "end" else label.x
    return left, label.y - 8, left + long, label.y + 2


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_boxes_of_a_lane_lie_inside_its_band() -> None:
    drawn = CASES["crowd of three to a lane"]
    placed = placed_of(drawn)
    bands = {drawn.lanes[band.lane].id: band for band in placed.bands if band.lane is not None}
    for node, box in zip(drawn.nodes, placed.boxes, strict=True):
        band = bands[str(node.lane)]
        assert band.y <= box.y
        assert box.y + box.height <= band.y + band.height


def test_arrows_of_one_document_from_one_source_share_their_line() -> None:
    placed = layout(CASES["star"])
    ends = {route.points[-1] for route in placed.routes}
    assert len(ends) == 1, "thirty-nine arrows enter the box as one"
    assert len(placed.labels) == 1


def test_a_path_against_some_arrows_is_read_from_one_end_to_the_other() -> None:
    boxes = layout(diagram(4, [(0, 1), (2, 1), (2, 3)])).boxes
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)


def test_a_structure_whose_units_point_up_is_read_from_the_top() -> None:
    nodes = tuple(Node(name, name, "organisation") for name in ("unit", "under", "top", "beside"))
    arrows = (Arrow("unit", "top"), Arrow("beside", "top"), Arrow("under", "unit"))
    placed = layout(Diagram("", "", nodes, arrows, "tr", reads="against"))
    left = {node.id: box.x for node, box in zip(nodes, placed.boxes, strict=True)}
    assert left["top"] < left["unit"] == left["beside"] < left["under"]


def test_ways_between_two_starts_are_read_from_the_first_to_the_second() -> None:
    drawn = diagram(6, [(1, 0), (1, 2), (3, 2), (0, 4), (4, 5), (5, 3)])
    marked = tuple(replace(node, tags=frozenset({"start"} if node.id in ("n0", "n3") else ())) for node in drawn.nodes)
    boxes = layout(replace(drawn, nodes=marked)).boxes
    assert boxes[0].x < boxes[1].x == boxes[4].x < boxes[2].x == boxes[5].x < boxes[3].x


def test_lanes_that_hand_each_other_much_lie_side_by_side() -> None:
    arrows = (*(Arrow("n0", "n4", f"{number}") for number in range(9)), Arrow("n0", "n1"), Arrow("n2", "n3"))
    bands = layout(replace(diagram(5, [], 5), arrows=arrows)).bands
    order = [band.lane for band in bands]
    assert abs(order.index(0) - order.index(4)) == 1


@pytest.mark.parametrize("layered", ["lanes", "layers"])
def test_hostile_text_stays_text(layered: str) -> None:
    ends = frozenset({"ended", "unverified", "start", HOSTILE})
    hostile = (
        Node(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", 3, ends),
        Node("b", "", "group"),
    )
    arrow = Arrow(HOSTILE, "b", HOSTILE, HOSTILE, 2, "javascript:alert(1)", ends)
    lane = Lane(HOSTILE, HOSTILE, HOSTILE, "//evil.example")
    text = svg.render(Diagram(HOSTILE, HOSTILE, hostile, (arrow,), "tr", (lane,), layered, (HOSTILE,)))  # type: ignore[arg-type]
    root = ET.fromstring(text.encode())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "g", "path", "rect", "text",
    }  # fmt: skip
    assert "javascript:" not in text
    assert "evil.example" not in text
    assert not any("on" in name[:2] for element in root.iter() for name in element.attrib)


def test_a_long_title_is_cut_on_the_box_and_whole_in_its_title() -> None:
    title = "Kamu Hizmetlerinin Sunumunda Uyulacak Usul ve Esaslara İlişkin Yönetmelik " * 4
    drawn = replace(diagram(1, []), nodes=(Node("n0", title, "legislation"),))
    (box,) = layout(drawn).boxes
    assert len(box.lines) == 3
    assert box.lines[-1].endswith("…")
    assert title.strip() in svg.render(drawn)


def test_states_are_told_by_line_and_sign_and_words_not_by_colour_alone() -> None:
    node = Node("a", "Eski Kanun", "legislation", tags=frozenset({"ended", "unverified"}), count=4)
    text = svg.render(replace(diagram(0, []), nodes=(node,)))
    assert all(
        sign in text for sign in ("stroke-dasharray", "† Eski Kanun", ">?<", ">×4<", "sona ermiş", "doğrulanmamış")
    )


@pytest.mark.parametrize(("language", "words"), [("tr", "Mevzuat"), ("en", "Legislation")])
def test_the_key_is_in_the_language_of_the_diagram(language: Language, words: str) -> None:
    drawn = replace(diagram(0, []), nodes=(Node("a", "x", "legislation"),), language=language)
    assert words in svg.render(drawn)


def test_no_text_is_smaller_than_eleven_pixels() -> None:
    assert all(float(size) >= 11 for size in re.findall(r'font-size="([\d.]+)"', svg.render(CASES["crowd"])))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    grounds = [theme.ground, theme.band, *(colours.fill for colours in theme.shapes.values())]
    assert min(contrast(ink, ground) for ink in (theme.ink, theme.quiet) for ground in grounds) >= 4.5
    for colours in theme.shapes.values():
        assert contrast(colours.icon, colours.line) >= 4.5
        assert contrast(colours.line, colours.fill) >= 4.5
    assert min(contrast(theme.arrow, ground) for ground in (theme.ground, theme.band)) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, relative luminance."""
    light = sorted((luminance(one), luminance(other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_same_diagram_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib; sys.path[:0] = 'tests', 'tests/render'\n"
        "from test_svg import CASES\n"
        "from kaysis_graph.render import graphml, mermaid, svg\n"
        "formats = svg.render, graphml.render, mermaid.render\n"
        "texts = [write(case) for name, case in CASES.items() if name != 'crowd' for write in formats]\n"
        "print(hashlib.sha256(repr(texts).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "4711")
    }  # fmt: skip
    assert len(sums) == 1


def test_a_page_may_set_every_colour_and_old_programs_get_plain_ones() -> None:
    text = svg.render(CASES["circle in lanes"])
    style = text[text.index("<style>") : text.index("</style>")]
    assert all(f"var(--kg-{name}," in style for name in LIGHT.properties())
    assert all(block in style for block in ("prefers-color-scheme:dark", "@media print", "@supports"))
    before_supports = style[: style.index("@supports")]
    assert "{fill:" not in before_supports, "what paints with var() is hidden from programs that would paint it black"
    assert f'fill="{LIGHT.ground}"' in text


def test_an_empty_picture_in_lanes_says_that_there_is_nothing() -> None:
    assert "Gösterilecek kayıt yok." in svg.render(Diagram("Başlık", "Açıklama", (), (), "tr", layout="lanes"))


def test_many_steps_are_folded_into_four_columns_that_still_read_from_left_to_right() -> None:
    drawn = diagram(9, list(pairwise(range(9))), 9)
    columns = grid(drawn).column
    assert sorted(set(columns)) == [0, 1, 2, 3]
    assert list(columns) == sorted(columns)
