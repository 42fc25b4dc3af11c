"""A question of the explorer: what was done, one step after the other, and what of it is told."""

from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, CommandOption, Names, Question


class ExplorerQuestion(Question):
    """The steps in their order, and what is left out of what they show: records, kinds, edge types, institutions."""

    PAGE = "/explore"
    API = "/api/explore"
    COMMAND = ("explore",)

    act: Annotated[
        tuple[str, ...],
        ARGUMENT,
        Field(
            description="What was done, in order: `ID` shows a record, `ID~out|in~EDGE_TYPE~kind~PAGES` its "
            "neighbours (0 pages gather them in one node), `path~A~B` the shortest way between two.",
            examples=[["kanun-5490", "kanun-5490~in~BASED_ON~service~1"]],
        ),
    ] = ()
    ever: Annotated[bool, Field(description="Neighbours and edges of all days, not only of `at`.")] = False
    hide: Annotated[Names, Field(description="Identifiers to leave out, between commas.")] = ()
    kinds: Annotated[
        Names, CommandOption("--kind"), Field(description="Slugs of the kinds to tell of, between commas.")
    ] = ()
    types: Annotated[
        Names, CommandOption("--relation"), Field(description="Edge types to tell of, between commas.")
    ] = ()
    institution: Annotated[str | None, Field(description="Only records of this institution; `none` for nobody's.")] = (
        None
    )
