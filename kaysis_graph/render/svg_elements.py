"""The elements a picture is made of: boxes with badges, lines of text, focusable groups."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from kaysis_graph.render.layout.boxes import BADGE
from kaysis_graph.render.shapes import SHAPES
from kaysis_graph.render.theme import LIGHT
from kaysis_graph.render.typeset import clean, width

Size = tuple[float, float]


def outline(shape: str, size: Size, tags: frozenset[str], *, is_stacked: bool) -> Iterator[str]:
    """The outline of a box at the origin: dashed when ended, thick at the start, with another behind when stacked."""
    colours = LIGHT.of(shape)
    dashes = ' stroke-dasharray="6 3"' if "ended" in tags else ""
    line = SHAPES[shape].outline(*size)
    pen = f'class="outline" fill="{colours.fill}" stroke="{colours.line}" stroke-linejoin="round"{dashes}'
    if is_stacked:
        yield f'<path {pen} transform="translate(5 5)" d="{line}"/>'
    yield f'<path {pen} stroke-width="{3.2 if "start" in tags else 1.4}" d="{line}"/>'


def icon(shape: str, x: float, y: float) -> Iterator[str]:
    """The icon of a shape on its badge, with its left upper corner at a place."""
    colours, drawing = LIGHT.of(shape), SHAPES[shape].icon
    yield f'<rect class="badge" x="{x:g}" y="{y:g}" width="{BADGE}" height="{BADGE}" rx="4" fill="{colours.line}"/>'
    if drawing.startswith("text:"):
        yield (
            f'<text class="icon-text" x="{x + BADGE / 2:g}" y="{y + 15:g}" font-size="14" font-weight="bold"'
            f' text-anchor="middle" fill="{colours.icon}">{drawing.removeprefix("text:")}</text>'
        )
        return
    yield (
        f'<path class="icon" transform="translate({x + 2:g} {y + 2:g})" d="{drawing}" fill="none"'
        f' stroke="{colours.icon}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def marks(shape: str, right: float, texts: Iterable[str]) -> Iterator[str]:
    """Short texts on pills that ride on the upper edge of a box, from the right."""
    colours, x = LIGHT.of(shape), right - 6
    for text in texts:
        room = width(text, 11, bold=True) + 10
        x -= room
        yield (
            f'<rect class="badge" x="{x:g}" y="-8" width="{room:g}" height="16" rx="8" fill="{colours.line}"/>'
            f'<text class="icon-text" x="{x + room / 2:g}" y="4" font-size="11" font-weight="bold"'
            f' text-anchor="middle" fill="{colours.icon}">{text}</text>'
        )
        x -= 4


def group(  # noqa: PLR0913 - place, name and ends are all there is to a group
    kind: str, link: str | None, *, focusable: bool, x: float = 0, y: float = 0, data: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Opening and closing tag of a group at a place, a link where there is a safe one; `data` is for scripts."""
    place = f' transform="translate({x:g} {y:g})"' if x or y else ""
    told = "".join(f' data-{name}="{escaped(value)}"' for name, value in (data or {}).items())
    if link and is_safe(link):
        return f'<a class="{kind}" href="{escaped(link)}"{told}{place}>', "</a>"
    focus = ' tabindex="0" role="img"' if focusable else ""
    return f'<g class="{kind}"{told}{focus}{place}>', "</g>"


def is_safe(link: str) -> bool:
    """Whether a link leads to a web address or stays on the site: a `javascript:` title from an import does not."""
    return link.startswith(("https://", "http://", "/", "#", "?")) and not link.startswith("//")


def text_lines(  # noqa: PLR0913 - place, size and looks are all there is to a text
    lines: Iterable[str], x: float, y: float, size: float, step: float, *, bold: bool = False, quiet: bool = False
) -> Iterator[str]:
    """Lines of text below each other, the first on the base line y."""
    weight = ' font-weight="bold"' if bold else ""
    kind = f' class="quiet" fill="{LIGHT.quiet}"' if quiet else ""
    for number, line in enumerate(lines):
        yield f'<text{kind} x="{x:g}" y="{y + step * number:g}" font-size="{size:g}"{weight}>{escaped(line)}</text>'


def escaped(value: str) -> str:
    """Any text as the content of an element or of an attribute in double quotes."""
    return escape(clean(value))
