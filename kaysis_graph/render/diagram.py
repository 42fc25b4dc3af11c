"""A picture before it has a format: nodes and arrows, in lanes or in layers.

`Diagram` knows no kind, no Cypher and no format. Every picture of every answer ends as one,
so a new renderer serves all pictures and a new picture gets all renderers.
"""

from dataclasses import dataclass
from typing import Literal

from kaysis_graph.messages import Language


@dataclass(frozen=True)
class Lane:
    """A band of the picture: one institution, or a group of them."""

    id: str
    title: str
    note: str = ""
    link: str | None = None


@dataclass(frozen=True)
class Node:
    """A box. `shape` is the slug of what it shows (`organisation`, `service`, `group` …) and picks outline and icon.

    Processes have shapes of their own: `beginning`, `task`, `initials`, `signature`, `ending`.

    `tags` are states worth showing (`ended`, `unverified`, `start`); `count` > 1 says how many it stands for.
    """

    id: str
    title: str
    shape: str
    lane: str | None = None
    note: str = ""
    link: str | None = None
    count: int = 1
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrow:
    """A line from `source` to `target`. `label` is drawn, `note` is told; `weight` is how many things it carries."""

    source: str
    target: str
    label: str = ""
    note: str = ""
    weight: int = 1
    link: str | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Diagram:
    """A picture whole: `about` is its description for those who do not see it, `footnotes` say date, source and cuts.

    `layout` is `lanes` (one band per lane) or `layers` (by distance along the arrows). With `reads`
    `from_start` layers count the distance from the first node tagged `start`, whatever the direction of the arrows:
    what rests on an act is read from the act, though the arrows point to it; with `against` a structure is read from
    the top, though its units point up. `first_lane` stands on top of the others. Order of lanes, nodes and arrows is
    meaningful and kept where the layout leaves a choice, so the same diagram gives the same bytes.
    """

    title: str
    about: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    language: Language
    lanes: tuple[Lane, ...] = ()
    layout: Literal["lanes", "layers"] = "layers"
    reads: Literal["along", "against", "from_start"] = "along"
    footnotes: tuple[str, ...] = ()
    first_lane: str = ""
