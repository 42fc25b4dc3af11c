"""Pictures as parts of pages: their links keep the day asked about."""

from dataclasses import replace

from markupsafe import Markup

from kaysis_graph.errors import TooLarge
from kaysis_graph.render import svg
from kaysis_graph.render.diagram import Diagram
from ui.pages.reader import Asked

# guess: the layout takes seconds beyond; answers group long before.
MOST_DRAWN = 3_000
# Pictures link to these pages; they are shown as of the day of the picture.
_PAGES_DRAWN = ("/records/", "/organisations/", "/services/")


def inline(diagram: Diagram) -> Markup:
    """A picture as part of a page; TooLarge when nobody could read it."""
    return Markup(drawn(diagram))  # noqa: S704  # our own renderer escapes every text


def dated(diagram: Diagram, asked: Asked, site: str = "") -> Diagram:
    """The picture with links that keep the day asked about; with the site they work outside of it too."""
    day = f"?at={asked.at.isoformat()}" if asked.is_dated else ""

    def link(target: str | None) -> str | None:
        if target is None or not target.startswith(_PAGES_DRAWN):
            return target
        return f"{site}{target}{day}"

    return replace(
        diagram,
        nodes=tuple(replace(node, link=link(node.link)) for node in diagram.nodes),
        lanes=tuple(replace(lane, link=link(lane.link)) for lane in diagram.lanes),
    )


def readable(diagram: Diagram) -> Diagram:
    """The same diagram; TooLarge when it has more boxes and arrows than anybody reads."""
    size = len(diagram.nodes) + len(diagram.arrows)
    if size > MOST_DRAWN:
        raise TooLarge("api.picture_too_large", size=size, most=MOST_DRAWN)
    return diagram


def drawn(diagram: Diagram) -> str:
    """The diagram as SVG; TooLarge when nobody could read it."""
    return svg.render(readable(diagram))
