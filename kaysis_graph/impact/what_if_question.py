"""A question about what would be: which records are assumed to end, and how far what follows is followed."""

from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import Names, Question
from kaysis_graph.impact.assumption import Chain, How


class WhatIfQuestion(Question):
    """What would change if some records ended; `assume` tells how, and must be what their kinds let follow."""

    PAGE = "/impact/what-if"
    API = "/api/impact/what-if"
    COMMAND = ("impact",)

    record: Annotated[
        Names,
        Field(
            description="What is assumed to end: identifiers with commas between.",
            examples=[["kanun-5490"]],
        ),
    ] = ()
    assume: Annotated[
        How | None,
        Field(
            description="What is assumed of each: legislation is repealed, an organisation closed, a document no "
            "longer issued, anything else ended. It follows from the kind; given, it must fit."
        ),
    ] = None
    chain: Annotated[
        Chain | None,
        Field(description="`all` takes acts that lose their only ground for ended too, and so on; usually they stay."),
    ] = None

    def usual(self, name: str) -> object:
        """What holds where nothing is said."""
        return "first" if name == "chain" else super().usual(name)

    @property
    def parameters(self) -> dict[str, str]:
        """What an address says; what is assumed follows from the kinds of the records."""
        return {name: value for name, value in super().parameters.items() if name != "assume"}

    @property
    def command(self) -> list[str]:
        """The words of the command: the first record is its argument, the others go with it."""
        first, *others = self.record
        chain = self.parameters.get("chain")
        return [
            *(*self.COMMAND, first),
            *(("--assume", self.assume) if self.assume else ()),
            *(word for other in others for word in ("--also", other)),
            *(("--chain", chain) if chain else ()),
        ]
