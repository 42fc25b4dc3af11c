"""Colours and style sheet of a picture, light and dark, each pair of text and ground at 4.5 : 1 or better.

A page that shows the picture inside itself may set any `--kg-…` property: it wins over both themes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kaysis_graph.render.shapes import SHAPES, Shape, paint_of


@dataclass(frozen=True)
class Colours:
    """What one shape is drawn with: outline and icon ground, inside, and the icon itself."""

    line: str
    fill: str
    icon: str


@dataclass(frozen=True)
class Theme:
    """All colours of one theme."""

    ground: str
    ink: str
    quiet: str
    band: str
    rule: str
    arrow: str
    focus: str
    shapes: dict[str, Colours]

    def of(self, shape: str) -> Colours:
        """The colours of a shape; an unknown one is drawn as `other`."""
        return self.shapes.get(paint_of(shape), self.shapes["other"])

    def properties(self) -> dict[str, str]:
        """Every colour by the name of its property, without the leading `--kg-`."""
        own = {name: getattr(self, name) for name in ("ground", "ink", "quiet", "band", "rule", "arrow", "focus")}
        for shape, colours in self.shapes.items():
            name = shape.replace("_", "-")
            own |= {f"{name}-line": colours.line, f"{name}-fill": colours.fill, f"{name}-icon": colours.icon}
        return own


def _colours(of: Callable[[Shape], tuple[str, str] | None], icon: str) -> dict[str, Colours]:
    painted = {name: of(shape) for name, shape in SHAPES.items()}
    return {name: Colours(*pair, icon) for name, pair in painted.items() if pair}


LIGHT = Theme(
    ground="#ffffff",
    ink="#16202c",
    quiet="#4a5768",
    band="#f4f6f9",
    rule="#c3ccd8",
    arrow="#4f6076",
    focus="#b3261e",
    shapes=_colours(lambda shape: shape.light, "#ffffff"),
)
DARK = Theme(
    ground="#12171e",
    ink="#eef2f7",
    quiet="#b3bfcd",
    band="#19202a",
    rule="#3c4858",
    arrow="#9fb0c5",
    focus="#ffb4ab",
    shapes=_colours(lambda shape: shape.dark, "#12171e"),
)


def style_sheet() -> str:
    """The style sheet every picture carries; all its rules are bound to `.kg`, so that it may stand in a page."""
    light, dark = LIGHT.properties(), DARK.properties()
    rules = [
        ".kg .ground{fill:var(--ground)}.kg text{fill:var(--ink);stroke:none}.kg .quiet{fill:var(--quiet)}",
        ".kg .band{fill:var(--band)}.kg .rule{stroke:var(--rule)}",
        ".kg .arrow path{stroke:var(--arrow)}.kg .arrow .head{fill:var(--arrow);stroke:none}",
        ".kg .arrow:hover path,.kg .arrow:focus path{stroke:var(--focus);stroke-width:3}",
        ".kg .arrow:hover .head,.kg .arrow:focus .head{fill:var(--focus);stroke:none}",
        ".kg a:focus,.kg g:focus{outline:none}.kg .node:focus .outline,.kg .node:hover .outline{stroke:var(--focus)}",
        ".kg .node:focus .outline{stroke-width:3.5}.kg a{text-decoration:none}",
        ".kg a.node:hover text{text-decoration:underline}",
    ]
    for shape in LIGHT.shapes:
        name = shape.replace("_", "-")
        rules.append(
            f".kg .{name} .outline{{fill:var(--{name}-fill);stroke:var(--{name}-line)}}"
            f".kg .{name} .line{{stroke:var(--{name}-line)}}.kg .{name} .badge{{fill:var(--{name}-line)}}"
            f".kg .{name} .icon{{stroke:var(--{name}-icon)}}.kg .{name} .icon-text{{fill:var(--{name}-icon)}}"
        )
    # Programs that know no properties (CairoSVG, older Inkscape) paint var() black. They know no @supports either,
    # skip it, and draw with the plain light colours that every element has beside its class.
    return (
        ".kg{color-scheme:light dark;" + _bound(light) + "}\n"
        "@media (prefers-color-scheme:dark){.kg{" + _bound(dark) + "}}\n"
        "@media print{.kg{color-scheme:light;" + _bound(light) + "}}\n"
        "@supports (color:var(--ink)){\n" + "\n".join(rules) + "\n}"
    )


def _bound(properties: dict[str, str]) -> str:
    return ";".join(f"--{name}:var(--kg-{name},{colour})" for name, colour in properties.items())
