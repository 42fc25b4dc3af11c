"""The key under a picture: only the shapes and marks that the picture uses."""

from collections.abc import Iterator
from itertools import chain

from kaysis_graph.messages import say
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.layout.boxes import BADGE, TITLE_SIZE
from kaysis_graph.render.shapes import SHAPES, paint_of, shape_of
from kaysis_graph.render.svg_elements import icon, marks, outline, text_lines
from kaysis_graph.render.theme import LIGHT
from kaysis_graph.render.typeset import width

_SIZE = 11
_BOX = (38.0, 26.0)
_ROW = 38.0
_BETWEEN = 22.0


def legend(diagram: Diagram, room: float) -> tuple[list[str], float, float]:
    """The drawn key, its height and its width; as many entries on a row as the room holds."""
    lines: list[str] = []
    x, y, widest = 0.0, 0.0, 0.0
    for kind, words, drawing in _entries(diagram):
        need = _BOX[0] + 10 + width(words, _SIZE) + _BETWEEN
        if x and x + need > room:
            x, y = 0.0, y + _ROW
        lines += [
            f'<g class="key {kind.replace("_", "-")}" transform="translate({x:g} {y + 10:g})">',
            *drawing,
            *text_lines([words], _BOX[0] + 12, _BOX[1] / 2 + 4, _SIZE, 0),
            "</g>",
        ]
        x += need
        widest = max(widest, x)
    return lines, (y + _ROW + 8 if lines else 0.0), widest


def _entries(diagram: Diagram) -> Iterator[tuple[str, str, Iterator[str]]]:
    """For each entry its class, its words and its drawing."""
    used = {shape_of(node.shape) for node in diagram.nodes}
    tags = frozenset[str]().union(*(node.tags for node in diagram.nodes), *(arrow.tags for arrow in diagram.arrows))
    for shape in SHAPES:
        if shape in used:
            badge = icon(shape, (_BOX[0] - BADGE) / 2, (_BOX[1] - BADGE) / 2)
            plain = outline(shape, _BOX, frozenset(), is_stacked=shape == "group")
            yield paint_of(shape), say(f"render.shape_{shape}", diagram.language), chain(plain, badge)
    for tag in ("start", "ended", "unverified"):
        if tag in tags:
            box = outline("other", _BOX, frozenset({tag}), is_stacked=False)
            signs = {"ended": text_lines(["†"], 15, 18, TITLE_SIZE, 0), "unverified": marks("other", _BOX[0], ["?"])}
            yield "other", say(f"render.legend_{tag}", diagram.language), chain(box, signs.get(tag, ()))
    if any(node.count > 1 for node in diagram.nodes):
        box = outline("other", _BOX, frozenset(), is_stacked=True)
        yield "other", say("render.legend_count", diagram.language), chain(box, marks("other", _BOX[0], ["×2"]))
    if any(arrow.weight > 1 for arrow in diagram.arrows):
        line = f'<path d="M0 18H{_BOX[0]:g}" fill="none" stroke="{LIGHT.arrow}" stroke-width="2.2"/>'
        drawing = chain([line], text_lines(["(3)"], 11, 13, _SIZE, 0))
        yield "arrow", say("render.legend_weight", diagram.language), drawing
