"""A question about paths: between which records, along what, through what and past what."""

from typing import Annotated, Final, Literal

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, Called, CommandOption, Names, Question, parameter_name
from kaysis_graph.errors import Problem

Direction = Literal["any", "impact"]
"""Over edges either way, or only from what is needed to what needs it, as impact spreads."""

# guess: more ways than this nobody compares.
MOST: Final = 20


class PathQuestion(Question):
    """How two records are connected: the shortest way and the next ones, as many as are wanted, the usual where None.

    `types` are the edge types to walk, `through` the kinds that may lie in between, `avoid` the records that may not,
    `longest` limits the hops. With direction `impact` the ways lead from the first record to what is affected when it
    changes.
    """

    PAGE = "/paths"
    API = "/api/paths"
    COMMAND = ("path",)

    from_: Annotated[str, ARGUMENT, Field(examples=["heys-41001"])] = ""
    to: Annotated[str, ARGUMENT, Field(examples=["anayasa-2709"])] = ""
    count: Annotated[
        Annotated[int, Field(ge=1, le=MOST)] | None, Field(description="How many ways, the shortest first.")
    ] = None
    types: Annotated[
        Names,
        CommandOption("--relation"),
        Field(description="Edge types to walk, between commas; all when left out.", examples=[["BASED_ON,PART_OF"]]),
    ] = ()
    through: Annotated[
        Names,
        Field(description="Slugs of the kinds that may lie in between.", examples=[["legislation,provision"]]),
    ] = ()
    avoid: Annotated[
        Names, Field(description="Identifiers of records that may not lie in between.", examples=[["99000001"]])
    ] = ()
    direction: Annotated[
        Direction,
        Field(description="`any`: over edges either way. `impact`: only from what is needed to what needs it."),
    ] = "any"
    longest: Annotated[Annotated[int, Field(ge=1, le=100)] | None, Field(description="How many hops at most.")] = None

    def problems(self, called: Called = parameter_name) -> list[Problem]:
        """Both ends must be named."""
        ends = {"from": self.from_, "to": self.to}
        return [
            Problem("api.missing", {"parameter": called(name)}, {"name": called(name)})
            for name, value in ends.items()
            if not value
        ]
