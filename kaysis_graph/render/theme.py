"""Colours and style sheet of a picture, light and dark, each pair of text and ground at 4.5 : 1 or better.

A page that shows the picture inside itself may set any `--kg-…` property: it wins over both themes.
"""

from dataclasses import dataclass

from kaysis_graph.render.shapes import paint_of


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


def _shapes(icon: str, pairs: dict[str, tuple[str, str]]) -> dict[str, Colours]:
    return {shape: Colours(line, fill, icon) for shape, (line, fill) in pairs.items()}


LIGHT = Theme(
    ground="#ffffff",
    ink="#16202c",
    quiet="#4a5768",
    band="#f4f6f9",
    rule="#c3ccd8",
    arrow="#4f6076",
    focus="#b3261e",
    shapes=_shapes(
        "#ffffff",
        {
            "organisation": ("#1d4f91", "#eaf1fb"),
            "legislation": ("#7a2e1d", "#fbeeea"),
            "provision": ("#8a4b08", "#fdf3e3"),
            "service": ("#0b6650", "#e6f5f0"),
            "document": ("#5b3d91", "#f2edfa"),
            "data_element": ("#0e6377", "#e5f4f8"),
            "correspondence_step": ("#8c2463", "#fbebf4"),
            "system": ("#3b4a5c", "#edf0f4"),
            "place": ("#4c6016", "#f1f5e3"),
            "official": ("#6d4a2c", "#f6efe8"),
            "appointment": ("#6d4a2c", "#f6efe8"),
            "group": ("#4a5768", "#f1f3f6"),
            "other": ("#4a5768", "#f7f8fa"),
        },
    ),
)
DARK = Theme(
    ground="#12171e",
    ink="#eef2f7",
    quiet="#b3bfcd",
    band="#19202a",
    rule="#3c4858",
    arrow="#9fb0c5",
    focus="#ffb4ab",
    shapes=_shapes(
        "#12171e",
        {
            "organisation": ("#8ab8f5", "#17273d"),
            "legislation": ("#f0a895", "#35201b"),
            "provision": ("#eebb74", "#33270f"),
            "service": ("#6fd3b4", "#11302a"),
            "document": ("#c3aaf0", "#271f3b"),
            "data_element": ("#77cfe3", "#122d35"),
            "correspondence_step": ("#f0a0cb", "#361b2b"),
            "system": ("#b7c4d4", "#222b36"),
            "place": ("#bfd384", "#262d15"),
            "official": ("#dbb694", "#2f251c"),
            "appointment": ("#dbb694", "#2f251c"),
            "group": ("#b3bfcd", "#242c37"),
            "other": ("#b3bfcd", "#1d242d"),
        },
    ),
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
