"""A question about impact: whose, how far, and which rows are told in which order."""

from typing import Annotated, Literal

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, CommandOption, Names, Question

Group = Literal["institution", "kind", "depth"]
Sort = Literal["depth", "title"]


class ImpactQuestion(Question):
    """What falls with a record: of some kinds, of one institution, with some words in the name; grouped, sorted.

    All words must be in the name or the identifier, each as a part of it, as search compares them. What is told is
    narrowed, not what is walked.
    """

    PAGE = "/impact/{kind}/{id}"
    API = "/api/impact/{kind}/{id}"
    COMMAND = ("impact",)

    id: Annotated[str, ARGUMENT, Field(examples=["kanun-5490"])]
    kinds: Annotated[
        Names,
        CommandOption("--kind"),
        Field(description="Slugs of the kinds to tell of, between commas.", examples=[["service,document"]]),
    ] = ()
    institution: Annotated[
        str | None, Field(description="Only what belongs to this institution; `none` for nobody's.")
    ] = None
    words: Annotated[
        Annotated[str, Field(max_length=200)] | None,
        Field(description="Only records with all these words in their name."),
    ] = None
    group: Annotated[Group | None, Field(description="Rows of one group after those of another.")] = None
    sort: Annotated[Sort, Field(description="By depth and identifier, or by title.")] = "depth"
    depth: Annotated[
        Annotated[int, Field(ge=1, le=1000)] | None, Field(description="How many steps to walk; all when left out.")
    ] = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.kinds or self.institution or self.words)
