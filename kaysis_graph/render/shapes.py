"""Outlines and icons: what a kind, or a step of a process, looks like without its colour.

Its colours are in `theme`, its corners in the explorer in `shapes.ts`.
"""

from collections.abc import Callable


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


OUTLINES: dict[str, Callable[[float, float], str]] = {
    "organisation": _sharp,
    "legislation": _spine,
    "provision": _notched,
    "service": _round(16),
    "document": _folded,
    "data_element": _chamfered,
    "correspondence_step": _flap,
    "initials": _flap,
    "signature": _sealed,
    "system": _barred,
    "place": _roofed,
    "official": _shouldered,
    "appointment": _shouldered,
    "beginning": _round(40),
    "task": _round(8),
    "ending": _round(40),
    "group": _round(4),
    "other": _round(4),
}
SHAPES = tuple(OUTLINES)
# Steps of a process have no kind of their own and wear the colours of one.
_PAINTS = {
    "initials": "correspondence_step",
    "signature": "correspondence_step",
    "beginning": "group",
    "task": "service",
    "ending": "group",
}

# Lines in a square of 16, drawn over the badge; a text icon begins with "text:".
ICONS: dict[str, str] = {
    "organisation": "M2.5 6.5L8 3L13.5 6.5ZM4 7V11.5M8 7V11.5M12 7V11.5M2.5 13H13.5",
    "legislation": "text:§",
    "provision": "text:¶",
    "service": "M3 8.5L6.5 12L13 4.5",
    "document": "M4 2.5H9.5L12 5V13.5H4ZM6 7H10M6 10H10",
    "data_element": "M6 3L5 13M11 3L10 13M3 6H13M3 10H13",
    "correspondence_step": "M2.5 4H13.5V12H2.5ZM2.5 4.5L8 9L13.5 4.5",
    "initials": "M2.5 11.5C4.5 3 7 3 6.5 8.5S9.5 12.5 10.5 8.5S12.5 9.5 13.5 9",
    "signature": "M3 12.5L4 9.5L11 2.5L13.5 5L6.5 12ZM3 14.5H13",
    "system": "M2.5 3.5H13.5V10.5H2.5ZM8 10.5V13M5 13H11",
    "place": "M8 14L4.4 8.4A4.2 4.2 0 1 1 11.6 8.4ZM8 5V7",
    "official": "M8 2.8A2.4 2.4 0 1 1 7.9 2.8ZM3.2 13.5C3.2 7.5 12.8 7.5 12.8 13.5",
    "appointment": "M3 4H13V13H3ZM3 7H13M6 2.5V5M10 2.5V5",
    "beginning": "M5.5 3.5L12 8L5.5 12.5Z",
    "task": "M3 4.5H13M3 8H13M3 11.5H9",
    "ending": "M4 14V2.5H12.5L10 5.5L12.5 8.5H4",
    "group": "M3 6H10.5V13.5H3ZM5.5 6V3H13V10.5H10.5",
    "other": "M8 5V11M5 8H11",
}


def shape_of(name: str) -> str:
    """The shape a name is drawn as: itself, or `other` when nothing is drawn for it."""
    return name if name in OUTLINES else "other"


def paint_of(shape: str) -> str:
    """The shape in whose colours a shape is drawn: its own, for most."""
    return _PAINTS.get(shape, shape)
