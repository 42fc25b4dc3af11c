"""What is asked about organisations: what is under, above and around a unit, and what changed."""

from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, Day, Question

UnitId = Annotated[str, ARGUMENT, Field(description="A DETSİS number.", examples=["99001009"])]


class RootsQuestion(Question):
    """The organisations under no other."""

    PAGE = "/organisations"
    API = "/api/organisations/roots"
    COMMAND = ("tree",)


class UnitTreeQuestion(Question):
    """A unit and all under it."""

    PAGE = "/organisations/{id}"
    API = "/api/organisations/{id}/tree"
    COMMAND = ("tree",)

    id: UnitId
    depth: Annotated[
        Annotated[int, Field(ge=1, le=1000)] | None, Field(description="How many steps to walk; all when left out.")
    ] = None


class ChildrenQuestion(Question):
    """The units directly under a unit."""

    PAGE = "/organisations/{id}"
    API = "/api/organisations/{id}/children"
    COMMAND = ("tree",)

    id: UnitId
    ever: Annotated[bool, Field(description="Also those that ended, left or have not begun.")] = False


class WayDownQuestion(Question):
    """The way from the top down to a unit."""

    PAGE = "/organisations/{id}"
    API = "/api/organisations/{id}/path"
    COMMAND = ("tree", "--up")

    id: UnitId
    under: Annotated[str | None, Field(description="One of the unit's parents, to come by where it has several.")] = (
        None
    )


class ChartQuestion(Question):
    """A unit and what is around it."""

    PAGE = "/organisations/{id}"
    API = "/api/organisations/{id}/chart"
    COMMAND = ("tree", "--around")

    id: UnitId


class AncestorsQuestion(Question):
    """What is above a unit."""

    PAGE = "/organisations/{id}"
    API = "/api/organisations/{id}/ancestors"
    COMMAND = ("tree", "--up")

    id: UnitId


class ChangeDaysQuestion(Question):
    """The days on which the structure under a unit changed."""

    PAGE = "/organisations/{id}/difference"
    API = "/api/organisations/{id}/days"
    COMMAND = ("tree", "--days")

    id: UnitId


class DifferenceQuestion(Question):
    """What changed under a unit between two days."""

    PAGE = "/organisations/{id}/difference"
    API = "/api/organisations/{id}/difference"
    COMMAND = ("tree",)

    id: UnitId
    from_: Annotated[Day | None, Field(description="The first day.", examples=["2018-07-08"])] = None
    to: Annotated[Day | None, Field(description="The last day; the day of the question when left out.")] = None
