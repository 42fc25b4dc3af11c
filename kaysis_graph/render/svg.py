"""A diagram as one SVG file that looks right alone, in a page, in the dark and on paper."""

import hashlib
from collections.abc import Iterator

from kaysis_graph.messages import say
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.render.layout.arrangement import Band, Box, Layout, Route, layout
from kaysis_graph.render.layout.boxes import BADGE, LABEL_SIZE, LINE_HEIGHT, NOTE_SIZE, PADDING, TITLE_SIZE
from kaysis_graph.render.legend import legend
from kaysis_graph.render.shapes import paint_of, shape_of
from kaysis_graph.render.svg_elements import escaped, group, icon, marks, outline, text_lines
from kaysis_graph.render.theme import LIGHT, style_sheet
from kaysis_graph.render.typeset import clean, wrap

_MARGIN = 16.0
_HEADING_SIZE = 17
_LEAST_WIDTH = 560.0
_WIDEST_TEXT = 1100.0
_HEAD_LENGTH = 8.0
_CORNER = 5.0
# Past this width the titles of lanes stand at the right end too: the left end is off the screen there.
_WIDE = 1700.0


def render(diagram: Diagram) -> str:
    """The picture as a standalone SVG document; the same diagram gives the same bytes.

    Its size is what the picture needs, text is never smaller than 11 pixels at that size. Every node and arrow is a
    focusable group, or a link where it has one, with its whole title. Links other than http(s) and addresses
    within the site are left out.
    """
    placed = layout(diagram)
    has_right_titles = placed.header > 0 and placed.width > _WIDE
    body_width = placed.width + (placed.header if has_right_titles else 0)
    room = max(_LEAST_WIDTH, min(body_width, _WIDEST_TEXT))
    heading = wrap(diagram.title, room, _HEADING_SIZE, 3, bold=True)
    top = _MARGIN + 22 * len(heading) + (8 if heading else 0)
    nothing = [] if diagram.nodes else [say("render.nothing", diagram.language)]
    key, key_height, key_width = legend(diagram, room)
    footnotes = [line for note in (*nothing, *diagram.footnotes) for line in wrap(note, room, NOTE_SIZE, 6)]
    whole_width = max(body_width, key_width, _LEAST_WIDTH if heading or footnotes else 0) + 2 * _MARGIN
    under = top + placed.height + 14
    whole_height = under + key_height + 16 * len(footnotes) + _MARGIN
    name = "kg" + hashlib.sha256(repr(diagram_text(diagram)).encode()).hexdigest()[:10]
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="kg" role="graphics-document document"'
            f' aria-roledescription="diagram" aria-labelledby="{name}-title" aria-describedby="{name}-about"'
            f' lang="{diagram.language}" width="{whole_width:g}" height="{whole_height:g}"'
            f' viewBox="0 0 {whole_width:g} {whole_height:g}"'
            ' font-family="Arial, Liberation Sans, Helvetica, sans-serif">'
        ),
        f'<title id="{name}-title">{escaped(diagram.title)}</title>',
        f'<desc id="{name}-about">{escaped(diagram.about)}</desc>',
        f"<style>\n{style_sheet()}\n</style>",
        f'<rect class="ground" width="100%" height="100%" fill="{LIGHT.ground}"/>',
        f'<g fill="{LIGHT.ink}">',
        *text_lines(heading, _MARGIN, _MARGIN + 16, _HEADING_SIZE, 22, bold=True),
        "</g>",
        f'<g class="body" transform="translate({_MARGIN:g} {top:g})" fill="{LIGHT.ink}">',
        *_bands(placed, diagram, body_width, has_right_titles=has_right_titles),
        *_arrows(placed, diagram),
        *_labels(placed),
        *(line for box, node in zip(placed.boxes, diagram.nodes, strict=True) for line in _node(box, node, diagram)),
        "</g>",
        f'<g transform="translate({_MARGIN:g} {under:g})" fill="{LIGHT.ink}">',
        *key,
        "</g>",
        f'<g class="footnotes" fill="{LIGHT.quiet}">',
        *text_lines(footnotes, _MARGIN, under + key_height + 11, NOTE_SIZE, 16, quiet=True),
        "</g>",
        "</svg>",
        "",
    ]
    return "\n".join(parts)


def diagram_text(diagram: Diagram) -> tuple[object, ...]:
    """What tells one picture on a page from another, in plain order: sets have none of their own."""
    nodes = [(node.id, node.title, node.note, node.count, sorted(node.tags)) for node in diagram.nodes]
    return diagram.title, diagram.about, nodes, [(arrow.source, arrow.target, arrow.label) for arrow in diagram.arrows]


def _bands(placed: Layout, diagram: Diagram, body_width: float, *, has_right_titles: bool) -> Iterator[str]:
    for number, band in enumerate(placed.bands):
        lane = diagram.lanes[band.lane] if band.lane is not None else None
        opening, closing = group("lane", lane.link if lane else None, focusable=False)
        yield opening
        if lane:
            yield f"<title>{escaped(': '.join(part for part in (lane.title, lane.note) if part))}</title>"
        if number % 2 == 0:
            yield (
                f'<rect class="band" x="0" y="{band.y:g}" width="{body_width:g}" height="{band.height:g}"'
                f' fill="{LIGHT.band}"/>'
            )
        yield (
            f'<path class="rule" d="M0 {band.y:g}H{body_width:g}M0 {band.y + band.height:g}H{body_width:g}"'
            f' stroke="{LIGHT.rule}" fill="none"/>'
        )
        yield f'<g class="words" data-y="{band.y:g}" data-height="{band.height:g}">'
        yield from _band_words(band, PADDING)
        yield "</g>"
        if has_right_titles:
            yield from _band_words(band, placed.width + PADDING)
        yield closing


def _band_words(band: Band, x: float) -> Iterator[str]:
    if band.words is None:
        return
    words = band.words
    y = band.y + (band.height - words.height) / 2 + PADDING + 11
    yield from text_lines(words.lines, x, y, TITLE_SIZE, LINE_HEIGHT, bold=True)
    yield from text_lines(words.notes, x, y + LINE_HEIGHT * len(words.lines), NOTE_SIZE, LINE_HEIGHT - 1, quiet=True)


def _arrows(placed: Layout, diagram: Diagram) -> Iterator[str]:
    yield f'<g fill="none" stroke="{LIGHT.arrow}">'
    titles = {node.id: clean(node.title) for node in diagram.nodes}
    for route in placed.routes:
        arrow = diagram.arrows[route.arrow]
        opening, closing = group("arrow", arrow.link, focusable=True, data={"from": arrow.source, "to": arrow.target})
        dashes = ' stroke-dasharray="6 3"' if "ended" in arrow.tags else ""
        yield (
            f"{opening}<title>{escaped(_arrow_title(arrow, titles, diagram))}</title>"
            f'<path d="{_line(route.points)}" stroke-width="{_thickness(arrow.weight):g}"{dashes}/>'
            f'<path class="head" d="{_head(route)}" fill="{LIGHT.arrow}" stroke="none"/>{closing}'
        )
    yield "</g>"


def _arrow_title(arrow: Arrow, titles: dict[str, str], diagram: Diagram) -> str:
    said = say("render.arrow", diagram.language, source=titles[arrow.source], target=titles[arrow.target])
    details = [arrow.label, arrow.note, *_states(arrow.tags, arrow.weight, diagram)]
    return ": ".join([said, "; ".join(clean(detail) for detail in details if detail)]).removesuffix(": ")


def _states(tags: frozenset[str], count: int, diagram: Diagram) -> Iterator[str]:
    for tag in ("ended", "unverified", "start"):
        if tag in tags:
            yield say(f"render.{tag}", diagram.language)
    if count > 1:
        yield say("render.count", diagram.language, count=count)


def _thickness(weight: int) -> float:
    """One record is a fine line; each tenfold adds as much again, so that 1,000 still fits its track."""
    return 1.3 + min(len(str(max(weight, 1))) - 1, 3) * 0.9


def _line(points: tuple[tuple[float, float], ...]) -> str:
    """The corners as a path with rounded turns: a line that forks is told from two that cross."""
    x, y = points[0]
    steps = [f"M{x:g} {y:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        (ax, ay), (bx, by) = _towards(corner, before, radius), _towards(corner, after, radius)
        steps.append(f"L{ax:g} {ay:g}Q{corner[0]:g} {corner[1]:g} {bx:g} {by:g}")
    end = _towards(points[-1], points[-2], _HEAD_LENGTH / 2) if len(points) > 1 else points[-1]
    return "".join([*steps, f"L{end[0]:g} {end[1]:g}"])


def _head(route: Route) -> str:
    tip = route.points[-1]
    before = route.points[-2] if len(route.points) > 1 else (tip[0] - 1, tip[1])
    foot = _towards(tip, before, _HEAD_LENGTH)
    dx, dy = (foot[1] - tip[1]) / 2.2, (foot[0] - tip[0]) / 2.2
    return f"M{tip[0]:g} {tip[1]:g}L{foot[0] - dx:.4g} {foot[1] + dy:.6g}L{foot[0] + dx:.6g} {foot[1] - dy:.6g}Z"


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: tuple[float, float], end: tuple[float, float], length: float) -> tuple[float, float]:
    whole = _distance(start, end) or 1
    return tuple(round(a + (b - a) * length / whole, 1) for a, b in zip(start, end, strict=True))  # type: ignore[return-value]


def _labels(placed: Layout) -> Iterator[str]:
    # Arrows say their labels themselves, so these are for the eye only.
    yield f'<g font-size="{LABEL_SIZE}" aria-hidden="true">'
    for label in placed.labels:
        yield (
            f'<text class="label" x="{label.x:g}" y="{label.y:g}"'
            f' text-anchor="{label.anchor}">{escaped(label.text)}</text>'
        )
    yield "</g>"


def _node(box: Box, node: Node, diagram: Diagram) -> Iterator[str]:
    shape = shape_of(node.shape)
    details = [say(f"render.shape_{shape}", diagram.language), node.note, *_states(node.tags, node.count, diagram)]
    kind = " ".join(["node", paint_of(shape).replace("_", "-"), *(["start"] if "start" in node.tags else [])])
    opening, closing = group(kind, node.link, focusable=True, x=box.x, y=box.y, data={"id": node.id})
    yield opening
    said = "; ".join(clean(detail) for detail in details if detail)
    yield f"<title>{escaped(clean(node.title))}: {escaped(said)}</title>"
    yield from outline(shape, (box.width, box.height), node.tags, is_stacked=node.count > 1 or shape == "group")
    yield from icon(shape, PADDING, (box.height - BADGE) / 2)
    yield from marks(
        shape,
        box.width,
        [*(["?"] if "unverified" in node.tags else []), *([f"×{node.count}"] if node.count > 1 else [])],
    )
    x = BADGE + 2 * PADDING
    y = (box.height - LINE_HEIGHT * len(box.lines) - (LINE_HEIGHT - 1) * len(box.notes)) / 2 + 11.5
    yield from text_lines(box.lines, x, y, TITLE_SIZE, LINE_HEIGHT)
    yield from text_lines(box.notes, x, y + LINE_HEIGHT * len(box.lines), NOTE_SIZE, LINE_HEIGHT - 1, quiet=True)
    yield closing
