"""A question about quality: which rules are held against the graph, and whose records are told."""

from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import CommandOption, Names, Question
from kaysis_graph.quality.rules import Severity


class QualityQuestion(Question):
    """The rules of these keys that are at least so bad, all when nothing is said, and the flaws of one institution."""

    PAGE = "/quality"
    API = "/api/quality"
    COMMAND = ("check",)

    rule: Annotated[
        Names,
        Field(description="Rules by their keys, between commas; all when left out.", examples=[["part_of_circle"]]),
    ] = ()
    severity: Annotated[Severity | None, Field(description="Rules that are at least so bad.")] = None
    institution: Annotated[
        str | None,
        CommandOption("--organisation"),
        Field(description="The institution whose records are told; `none` for those of none."),
    ] = None

    @property
    def is_of_all(self) -> bool:
        """Whether every rule is asked of every record."""
        return not self.parameters
