"""Who reads a page and how: the graph, day, language, format and theme of one request."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from fastapi import Request
from starlette.datastructures import URL

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export.documents import Serialisation
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import Language
from kaysis_graph.render.formats import FormatName
from kaysis_graph.settings import Settings

Format = Literal[FormatName, Serialisation]
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True)
class Asked:
    """One request's graph, day, language and format; `is_dated` tells whether the day was given."""

    graph: Graph
    settings: Settings
    iris: Iris
    language: Language
    at: date
    is_dated: bool
    format: Format | None
    is_page: bool
    accept: str
    url: URL
    parameters: tuple[tuple[str, str], ...]
    theme: Theme | None = None

    @property
    def site(self) -> str:
        """The address of this service as the world knows it: a link is not made of what a request says of its host."""
        return self.settings.base

    @property
    def day(self) -> date | None:
        """The day when one was given: lists and edges show everything there ever was otherwise."""
        return self.at if self.is_dated else None


THEME_COOKIE = "theme"


def theme_of(request: Request) -> Theme | None:
    """The theme the reader chose on a page; None follows the reader's system."""
    for said in (request.query_params.get("theme"), request.cookies.get(THEME_COOKIE)):
        if said in ("system", *THEMES):
            return said if said in THEMES else None
    return None


def listed(said: str | None) -> list[str]:
    """The parts of a list between commas."""
    return [part.strip() for part in (said or "").split(",") if part.strip()]
