"""What is asked about records: a list of a kind, one record, its edges, its history."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import CommandOption, Question
from kaysis_graph.records.edges import Direction

KindSlug = Annotated[
    str,
    CommandOption("--kind"),
    Field(description="The slug of a kind; /api/schema lists them.", examples=["legislation"]),
]
RecordId = Annotated[str, Field(examples=["kanun-5018"])]
Ever = Annotated[bool, Field(description="Also those that do not hold on the day.")]


class RecordListQuestion(Question):
    """The records of a kind that pass filters: fields of the kind with what they have to say."""

    PAGE = "/records/{kind}"
    API = "/api/records/{kind}"
    COMMAND = ("search",)

    kind: KindSlug
    sort: Annotated[str, Field(description="`title`, or a field to filter by; `-` before it turns the order.")] = (
        "title"
    )
    ever: Ever = False
    filters: Mapping[str, str] = Field(exclude=True, default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        """What an address says after its path, the filters first."""
        return {**self.filters, **super().parameters}


class SingleRecordQuestion(Question):
    """One record."""

    PAGE = "/records/{kind}/{id}"
    API = "/api/records/{kind}/{id}"
    COMMAND = ("show",)

    kind: KindSlug
    id: RecordId


class EdgesQuestion(Question):
    """The edges of a record, one way; of a type and to a kind where these are given."""

    PAGE = "/records/{kind}/{id}/edges"
    API = "/api/records/{kind}/{id}/edges"
    COMMAND = ("show",)

    kind: KindSlug
    id: RecordId
    direction: Direction = "out"
    edge_type: str | None = None
    other_kind: str | None = None
    ever: Ever = False

    @property
    def parameters(self) -> dict[str, str]:
        """What an address says after its path, where `kind` is that of the other end."""
        names = {"edge_type": "type", "other_kind": "kind"}
        return {names.get(name, name): value for name, value in super().parameters.items()}


class HistoryQuestion(Question):
    """What happened to a record and the edges that leave it."""

    PAGE = "/records/{kind}/{id}/history"
    API = "/api/records/{kind}/{id}/history"
    COMMAND = ("show",)

    kind: KindSlug
    id: RecordId
