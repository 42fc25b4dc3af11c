"""The design's tokens: colours that can be read in both themes, and one source of truth with the pictures."""

import re
from itertools import product

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

from kaysis_graph import files
from kaysis_graph.render import sprite, theme
from kaysis_graph.render.shapes import SHAPES, shape_of
from kaysis_graph.schema import Schema

STYLE = files.UI / "static" / "style"
TOKENS = "".join((STYLE / name).read_text(encoding="utf-8") for name in ("tokens.css", "kinds.css"))
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS
    )
}  # fmt: skip
GROUNDS = ("ground", "raised", "sunken", "field", "hover")
# What is written on what; every text and every ground of the tokens stands in one of the pairs.
TEXTS = [
    *product(("ink", "quiet", "link", "accent", "accent-strong"), GROUNDS),
    ("accent", "accent-ground"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-notice", "notice"),
    ("ink", "notice"),
    ("on-selected", "selected"),
    ("ink", "selected"),
    ("quiet", "selected"),
    ("on-badge", "badge"),
    ("on-badge-ended", "badge-ended"),
    ("on-badge-doubt", "badge-doubt"),
    ("ink", "added"),
    ("ink", "removed"),
]
NO_TEXT = {"line", "line-strong", "focus", "notice-line"}
TEXT_CONTRAST, PART_CONTRAST = 4.5, 3.0


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(text: str, ground: str, number: int) -> None:
    assert contrast(PAIRS[text][number], PAIRS[ground][number]) >= TEXT_CONTRAST


@pytest.mark.parametrize("number", [0, 1], ids=["light", "dark"])
def test_borders_of_controls_and_the_focus_stand_out(number: int) -> None:
    for part, ground in product(("line-strong", "focus", "notice-line"), ("ground", "field")):
        # The line of a notice stands beside words that say the same.
        least = PART_CONTRAST if part != "notice-line" else 2.0
        assert contrast(PAIRS[part][number], PAIRS[ground][number]) >= least, part


def test_every_colour_of_the_pages_is_looked_at() -> None:
    ours = {name for name in PAIRS if not name.startswith("kg-")}
    assert ours - NO_TEXT == {name for pair in TEXTS for name in pair}


@pytest.mark.parametrize(("number", "drawn"), [(0, theme.LIGHT), (1, theme.DARK)], ids=["light", "dark"])
def test_pages_and_pictures_have_the_same_colours(number: int, drawn: theme.Theme) -> None:
    in_pages = {name.removeprefix("kg-"): pair[number] for name, pair in PAIRS.items() if name.startswith("kg-")}
    assert in_pages == drawn.properties()


@pytest.mark.parametrize(("number", "drawn"), [(0, theme.LIGHT), (1, theme.DARK)], ids=["light", "dark"])
def test_the_icon_of_a_kind_can_be_seen(number: int, drawn: theme.Theme) -> None:
    for shape, colours in drawn.shapes.items():
        for ground in (colours.fill, *(PAIRS[name][number] for name in GROUNDS)):
            assert contrast(colours.line, ground) >= PART_CONTRAST, shape


def test_style_sheets_name_tokens_and_no_colours_of_their_own() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in STYLE.glob("*.css"))
    known = set(re.findall(r"--([a-z0-9-]+):", sheets))
    # Scripts set what they measure.
    scripts = "".join(path.read_text(encoding="utf-8") for path in (files.UI / "explorer" / "src").rglob("*.ts"))
    known |= set(re.findall(r'"--([a-z0-9-]+)"', scripts))
    assert set(re.findall(r"var\(--([a-z0-9-]+)", sheets)) <= known
    for path in STYLE.glob("*.css"):
        sheet = path.read_text(encoding="utf-8")
        if path.name not in {"tokens.css", "kinds.css"}:
            assert not re.findall(r"(?<![\w&])#[0-9a-fA-F]{3,8}\b(?=[ ;,)])", sheet), path.name
        assert "url(http" not in sheet
        assert "@import" not in sheet


def test_every_kind_has_an_icon_and_colours_of_its_own(client: TestClient, kinds: Schema) -> None:
    response = client.get("/static/kinds.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    assert re.findall(r'symbol id="([a-z-]+)"', response.text) == [sprite.symbol_of(shape) for shape in SHAPES]
    sheet = (STYLE / "kinds.css").read_text(encoding="utf-8")
    for kind in kinds.kinds.values():
        name = sprite.symbol_of(shape_of(kind.slug))
        assert name != "other", kind.slug
        assert f".icon.{name} {{ color: var(--kg-{name}-line); fill: var(--kg-{name}-fill); }}" in sheet


def test_signs_named_in_templates_are_drawn() -> None:
    drawn = set(re.findall(r'symbol id="([a-z-]+)"', (files.UI / "static" / "signs.svg").read_text(encoding="utf-8")))
    for path in (files.UI / "templates").glob("*.html"):
        named = set(re.findall(r'sign\("([a-z-]+)"\)', path.read_text(encoding="utf-8")))
        assert named <= drawn, path.name
