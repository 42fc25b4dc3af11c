"""PNG and PDF: the picture as it is drawn, with every Turkish letter, whatever fonts the machine has."""

import re
import struct
import zlib

import pytest
from test_svg import diagram

from kaysis_graph.errors import TooLarge
from kaysis_graph.render import raster, svg

DRAWN = svg.render(diagram(4, [(0, 1), (1, 2), (2, 3)], 2, "İçişleri ğüşıöç"))


def size_of(drawn: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawn)
    assert found is not None
    return float(found[1]), float(found[2])


def test_a_png_has_two_pixels_for_each_of_the_picture_and_is_the_same_each_time() -> None:
    painted = raster.png(DRAWN)
    assert painted.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", painted[16:24]) == tuple(pytest.approx(2 * side, abs=2) for side in size_of(DRAWN))
    assert raster.png(DRAWN) == painted


def test_a_pdf_is_one_page_of_the_size_of_the_picture_with_its_text_and_font_inside() -> None:
    painted = raster.pdf(DRAWN)
    assert painted.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", painted)
    assert box is not None
    assert (float(box[1]), float(box[2])) == pytest.approx(size_of(DRAWN), abs=1)
    assert b"LiberationSans" in painted
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", painted, re.DOTALL)
    opened = b"".join(zlib.decompress(each) if each[:1] == b"\x78" else each for each in streams)
    # The table from glyphs to letters: what is copied out of the page is Turkish.
    for letter in "İğüşıöç":
        assert f"<{ord(letter):04X}>".encode() in opened.upper(), letter


def test_a_large_picture_is_painted_smaller_and_one_beyond_measure_is_refused() -> None:
    def sized(width: int, height: int) -> str:
        place = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" class="kg" {place}></svg>'

    painted = raster.png(sized(9_000, 8_000))
    width, height = struct.unpack(">II", painted[16:24])
    assert raster.MOST_PIXELS * 0.98 < width * height <= raster.MOST_PIXELS * 1.01
    with pytest.raises(TooLarge):
        raster.png(sized(20_000, 10_000))
    box = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", raster.pdf(sized(20_000, 10_000)))
    assert box is not None
    assert float(box[1]) <= 14_400
