"""What a kind, or a step of a process, looks like: outline, icon, colours, and its figure in the explorer.

This one table is all there is of it. The style sheet of the pages and the explorer's figures are derived from it
(`render/appearance.py`, `make derive`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

# Corners of a convex figure in a square from -1 to 1, against the clock, up is positive.
Corners = tuple[tuple[float, float], ...]


def _sharp(w: float, h: float) -> str:
    return f"M0 0H{w:g}V{h:g}H0Z"


def _round(radius: float) -> Callable[[float, float], str]:
    def outline(w: float, h: float) -> str:
        r = min(radius, w / 2, h / 2)
        return (
            f"M{r:g} 0H{w - r:g}A{r:g} {r:g} 0 0 1 {w:g} {r:g}V{h - r:g}A{r:g} {r:g} 0 0 1 {w - r:g} {h:g}"
            f"H{r:g}A{r:g} {r:g} 0 0 1 0 {h - r:g}V{r:g}A{r:g} {r:g} 0 0 1 {r:g} 0Z"
        )

    return outline


def _spine(w: float, h: float) -> str:
    return f"M0 0H{w:g}V{h:g}H0ZM4 0V{h:g}"


def _notched(w: float, h: float) -> str:
    return f"M7 0H{w:g}V{h:g}H7L0 {h - 7:g}V7Z"


def _folded(w: float, h: float) -> str:
    return f"M0 0H{w - 13:g}L{w:g} 13V{h:g}H0ZM{w - 13:g} 0V13H{w:g}"


def _chamfered(w: float, h: float) -> str:
    return f"M8 0H{w - 8:g}L{w:g} 8V{h - 8:g}L{w - 8:g} {h:g}H8L0 {h - 8:g}V8Z"


def _flap(w: float, h: float) -> str:
    return f"M0 0H{w - 9:g}L{w:g} {h / 2:g}L{w - 9:g} {h:g}H0Z"


def _barred(w: float, h: float) -> str:
    return f"M0 0H{w:g}V{h:g}H0ZM4 0V{h:g}M{w - 4:g} 0V{h:g}"


def _roofed(w: float, h: float) -> str:
    return f"M10 0H{w - 10:g}L{w:g} 10V{h:g}H0V10Z"


def _shouldered(w: float, h: float) -> str:
    return f"M18 0H{w - 18:g}A18 18 0 0 1 {w:g} 18V{h:g}H0V18A18 18 0 0 1 18 0Z"


def _sealed(w: float, h: float) -> str:
    return f"{_flap(w, h)}M4 4H{w - 11:g}L{w - 5:g} {h / 2:g}L{w - 11:g} {h - 4:g}H4Z"


@dataclass(frozen=True)
class Shape:
    """How one is drawn.

    `outline` gives the SVG path for a width and a height; `icon` is lines in a square of 16, drawn over the badge, or
    a sign after "text:". `light` and `dark` are the colours of its line and its ground. A step of a process has no
    kind of its own: it has no corners, since the explorer never shows it, and wears the colours of `painted_as`.
    Without corners the explorer draws a circle.
    """

    outline: Callable[[float, float], str]
    icon: str
    light: tuple[str, str] | None = None
    dark: tuple[str, str] | None = None
    corners: Corners = ()
    painted_as: str | None = None


def _around(count: int, turn: float) -> Corners:
    """The corners of a regular figure, the first of them turned so far."""
    angles = [turn + 2 * math.pi * number / count for number in range(count)]
    return tuple((math.cos(angle), math.sin(angle)) for angle in angles)


SHAPES: dict[str, Shape] = {
    "organisation": Shape(
        _sharp,
        "M2.5 6.5L8 3L13.5 6.5ZM4 7V11.5M8 7V11.5M12 7V11.5M2.5 13H13.5",
        light=("#1d4f91", "#eaf1fb"),
        dark=("#8ab8f5", "#17273d"),
        corners=((-0.84, -0.84), (0.84, -0.84), (0.84, 0.84), (-0.84, 0.84)),
    ),
    "legislation": Shape(
        _spine,
        "text:§",
        light=("#7a2e1d", "#fbeeea"),
        dark=("#f0a895", "#35201b"),
        corners=_around(6, math.pi / 2),
    ),
    "provision": Shape(
        _notched,
        "text:¶",
        light=("#8a4b08", "#fdf3e3"),
        dark=("#eebb74", "#33270f"),
        corners=_around(4, 0),
    ),
    "service": Shape(
        _round(16),
        "M3 8.5L6.5 12L13 4.5",
        light=("#0b6650", "#e6f5f0"),
        dark=("#6fd3b4", "#11302a"),
    ),
    "document": Shape(
        _folded,
        "M4 2.5H9.5L12 5V13.5H4ZM6 7H10M6 10H10",
        light=("#5b3d91", "#f2edfa"),
        dark=("#c3aaf0", "#271f3b"),
        corners=((-0.74, -0.98), (0.74, -0.98), (0.74, 0.5), (0.28, 0.98), (-0.74, 0.98)),
    ),
    "data_element": Shape(
        _chamfered,
        "M6 3L5 13M11 3L10 13M3 6H13M3 10H13",
        light=("#0e6377", "#e5f4f8"),
        dark=("#77cfe3", "#122d35"),
        corners=_around(8, math.pi / 8),
    ),
    "correspondence_step": Shape(
        _flap,
        "M2.5 4H13.5V12H2.5ZM2.5 4.5L8 9L13.5 4.5",
        light=("#8c2463", "#fbebf4"),
        dark=("#f0a0cb", "#361b2b"),
        corners=((-0.92, -0.74), (0.4, -0.74), (0.98, 0), (0.4, 0.74), (-0.92, 0.74)),
    ),
    "initials": Shape(
        _flap, "M2.5 11.5C4.5 3 7 3 6.5 8.5S9.5 12.5 10.5 8.5S12.5 9.5 13.5 9", painted_as="correspondence_step"
    ),
    "signature": Shape(_sealed, "M3 12.5L4 9.5L11 2.5L13.5 5L6.5 12ZM3 14.5H13", painted_as="correspondence_step"),
    "system": Shape(
        _barred,
        "M2.5 3.5H13.5V10.5H2.5ZM8 10.5V13M5 13H11",
        light=("#3b4a5c", "#edf0f4"),
        dark=("#b7c4d4", "#222b36"),
        corners=((-0.98, -0.66), (0.98, -0.66), (0.98, 0.66), (-0.98, 0.66)),
    ),
    "place": Shape(
        _roofed,
        "M8 14L4.4 8.4A4.2 4.2 0 1 1 11.6 8.4ZM8 5V7",
        light=("#4c6016", "#f1f5e3"),
        dark=("#bfd384", "#262d15"),
        corners=((-0.82, -0.88), (0.82, -0.88), (0.82, 0.2), (0, 0.98), (-0.82, 0.2)),
    ),
    "official": Shape(
        _shouldered,
        "M8 2.8A2.4 2.4 0 1 1 7.9 2.8ZM3.2 13.5C3.2 7.5 12.8 7.5 12.8 13.5",
        light=("#6d4a2c", "#f6efe8"),
        dark=("#dbb694", "#2f251c"),
        corners=((-0.86, -0.86), (0.86, -0.86), (0.5, 0.9), (-0.5, 0.9)),
    ),
    "appointment": Shape(
        _shouldered,
        "M3 4H13V13H3ZM3 7H13M6 2.5V5M10 2.5V5",
        light=("#6d4a2c", "#f6efe8"),
        dark=("#dbb694", "#2f251c"),
        corners=((-0.5, -0.9), (0.5, -0.9), (0.86, 0.86), (-0.86, 0.86)),
    ),
    "beginning": Shape(_round(40), "M5.5 3.5L12 8L5.5 12.5Z", painted_as="group"),
    "task": Shape(_round(8), "M3 4.5H13M3 8H13M3 11.5H9", painted_as="service"),
    "ending": Shape(_round(40), "M4 14V2.5H12.5L10 5.5L12.5 8.5H4", painted_as="group"),
    "group": Shape(
        _round(4),
        "M3 6H10.5V13.5H3ZM5.5 6V3H13V10.5H10.5",
        light=("#4a5768", "#f1f3f6"),
        dark=("#b3bfcd", "#242c37"),
        corners=_around(10, math.pi / 10),
    ),
    "other": Shape(
        _round(4),
        "M8 5V11M5 8H11",
        light=("#4a5768", "#f7f8fa"),
        dark=("#b3bfcd", "#1d242d"),
        corners=_around(5, math.pi / 2),
    ),
}


def shape_of(name: str) -> str:
    """The shape a name is drawn as: itself, or `other` when nothing is drawn for it."""
    return name if name in SHAPES else "other"


def paint_of(shape: str) -> str:
    """The shape in whose colours a shape is drawn: its own, for most."""
    return (held.painted_as if (held := SHAPES.get(shape)) else None) or shape
