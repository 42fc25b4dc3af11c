"""The kinds as small pictures for pages: the outlines and icons of the diagrams, each as a symbol of one SVG file."""

from functools import cache

from kaysis_graph.render.shapes import SHAPES

# An outline needs this much room for its corners; pages show it at about half of it.
_SIZE = 36
_MARGIN = 2


def symbol_of(shape: str) -> str:
    """The name of a shape's symbol, which is also that of its colours."""
    return shape.replace("_", "-")


@cache
def sheet() -> str:
    """The file. A symbol takes `color` for its lines and `fill` for its ground from whatever shows it."""
    symbols = "\n".join(_symbol(shape) for shape in SHAPES)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(shape: str) -> str:
    edge = _SIZE + 2 * _MARGIN
    outline = f'<path d="{SHAPES[shape].outline(_SIZE, _SIZE)}" stroke="currentColor" stroke-width="2.5"/>'
    return (
        f'<symbol id="{symbol_of(shape)}" viewBox="0 0 {edge} {edge}">'
        f'<g transform="translate({_MARGIN} {_MARGIN})">{outline}{_icon(SHAPES[shape].icon)}</g></symbol>'
    )


def _icon(icon: str) -> str:
    if icon.startswith("text:"):
        return (
            f'<text x="{_SIZE / 2:g}" y="26" text-anchor="middle" font-family="sans-serif" font-size="24" '
            f'font-weight="700" fill="currentColor">{icon.removeprefix("text:")}</text>'
        )
    return (
        '<path transform="translate(5 6) scale(1.6)" fill="none" stroke="currentColor" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{icon}"/>'
    )
