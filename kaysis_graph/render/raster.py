"""A picture as PNG or PDF: the same SVG, painted by resvg with the font it carries.

The fonts of the machine are not asked: the same diagram gives the same picture on a server without any.
"""

import re
from threading import BoundedSemaphore

import vl_convert

from kaysis_graph.errors import TooLarge

# Twice the size of a screen's pixels is sharp on paper; a wide picture of the state has 30 million of them then.
_SHARP = 2.0
# 100 million pixels are 400 MB while they are painted, so no more than two such pictures are painted at a time.
MOST_PIXELS = 100_000_000
_PAINTERS = BoundedSemaphore(2)
# Readers of PDF take no page longer than 200 inches (ISO 32000, annex C).
_LONGEST_SIDE = 14_400
_SIZE = re.compile(r'(?<=\bwidth=")([\d.]+)" height="([\d.]+)')


def png(svg: str) -> bytes:
    """The picture in pixels, twice as many as its size where that is not too many; TooLarge beyond 100 million."""
    width, height = _size(svg)
    if width * height > MOST_PIXELS:
        raise TooLarge("render.too_many_pixels", width=round(width), height=round(height))
    scale = min(_SHARP, (MOST_PIXELS / (width * height)) ** 0.5)
    with _PAINTERS:
        return vl_convert.svg_to_png(svg, scale=scale)


def pdf(svg: str) -> bytes:
    """The picture on one page of its size, with its text as text and its font inside; shrunk beyond 200 inches."""
    width, height = _size(svg)
    scale = min(1.0, _LONGEST_SIDE / max(width, height))
    return vl_convert.svg_to_pdf(_SIZE.sub(f'{width * scale:g}" height="{height * scale:g}', svg, count=1))


def _size(svg: str) -> tuple[float, float]:
    found = _SIZE.search(svg)
    assert found is not None, "drawn by render/svg.py"
    return float(found[1]), float(found[2])
