"""How kinds look in pages and in the explorer: a style sheet and the figures of nodes, from `shapes` and `theme`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kaysis_graph import files
from kaysis_graph.render.shapes import SHAPES, Corners
from kaysis_graph.render.sprite import symbol_of
from kaysis_graph.render.theme import DARK, LIGHT


def derived() -> Mapping[Path, str]:
    """Each committed file with the text it must have."""
    return {
        files.UI / "static" / "style" / "kinds.css": style_sheet(),
        files.UI / "explorer" / "src" / "explorer" / "corners.ts": corners(),
    }


def style_sheet() -> str:
    """The colours as properties for both themes, and the rules that give each kind its own."""
    return (
        "\n".join(
            ["/* How kinds look; made by `make derive`, not to be edited. */", ":root {", *_tokens(), "}", *_rules()]
        )
        + "\n"
    )


def corners() -> str:
    """The figure of each kind as a table for the explorer."""
    figures = [f"  {name}: [{_points(held.corners)}]," for name, held in SHAPES.items() if held.light]
    return (
        "\n".join(
            [
                "/** The figures of kinds; made by `make derive`, not to be edited. */",
                "",
                "export type Corner = readonly [number, number];",
                "",
                "/** Corners of a convex figure in a square from -1 to 1, up is positive; none is a circle. */",
                "export const CORNERS: Readonly<Record<string, readonly Corner[]>> = {",
                *figures,
                "};",
            ]
        )
        + "\n"
    )


def _tokens() -> Iterator[str]:
    dark = DARK.properties()
    for name, colour in LIGHT.properties().items():
        yield f"  --kg-{name}: light-dark({colour}, {dark[name]});"


def _rules() -> Iterator[str]:
    for shape in LIGHT.shapes:
        name = symbol_of(shape)
        yield f".icon.{name} {{ color: var(--kg-{name}-line); fill: var(--kg-{name}-fill); }}"
        yield f".ex-{name} .ex-sign-ground {{ fill: var(--kg-{name}-line); }}"
        yield f".ex-{name} .ex-icon {{ stroke: var(--kg-{name}-icon); }}"
        yield f".ex-{name} .ex-icon-text {{ fill: var(--kg-{name}-icon); }}"


def _points(held: Corners) -> str:
    return ", ".join(f"[{_shown(right)}, {_shown(up)}]" for right, up in held)


def _shown(number: float) -> str:
    # Adding nothing makes zero of minus zero.
    return f"{round(number, 6) + 0:.7g}"
