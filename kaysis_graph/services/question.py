"""What is asked about services: the table of a unit, an inventory, and the card of one service."""

from typing import Annotated, ClassVar

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, Question
from kaysis_graph.services.answer import Units

Under = Annotated[Units, Field(description="The organisation alone, or with everything under it.")]


class ServiceTableQuestion(Question):
    """The service standards table of an organisation, alone or with everything under it."""

    PAGE = "/services/table"
    API = "/api/services/table"
    COMMAND = ("services",)
    # The command line counts what is under the unit, too.
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset({"units"})

    organisation: Annotated[str, ARGUMENT, Field(description="A DETSİS number.", examples=["99006201"])] = ""
    units: Under = "self"


class InventoryQuestion(Question):
    """The service inventory of an organisation, or of the whole state when none is named."""

    PAGE = "/services/inventory"
    API = "/api/services/inventory"
    COMMAND = ("services", "--inventory")
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset({"units"})

    organisation: Annotated[str | None, ARGUMENT, Field(description="The whole state when left out.")] = None
    units: Under = "subtree"


class ServiceQuestion(Question):
    """The card of a service, for who lives in a place."""

    PAGE = "/services/{id}"
    API = "/api/services/{id}"
    COMMAND = ("service",)

    id: Annotated[str, ARGUMENT, Field(description="A HEYS number.", examples=["heys-41001"])]
    place: Annotated[
        str | None, Field(description="Where the applicant lives: nearby offices come first.", examples=["il-06"])
    ] = None
