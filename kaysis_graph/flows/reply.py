"""Data flows in every form."""

from functools import cache

from kaysis_graph.answers.reply import Reply, Twin
from kaysis_graph.flows.answer import FlowAnswer, FlowArrow
from kaysis_graph.flows.ask import ARROWS, FlowWalk
from kaysis_graph.flows.picture import flow_diagram
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.table import flow_table
from kaysis_graph.messages import Language
from kaysis_graph.schema import Schema
from kaysis_graph.schema.definitions import Label

_TWINS = {"service": "flows/twins/flows_of_service", "institution": "flows/twins/flows_of_institution",
          "between": "flows/twins/flows_between", "state": "flows/twins/flows_of_state"}  # fmt: skip


def flow_reply(  # noqa: PLR0913  # a question with its limits
    walk: FlowWalk,
    schema: Schema,
    language: Language,
    offset: int,
    limit: int,
    page: str | None = None,
    *,
    in_brief: bool = False,
) -> Reply[FlowAnswer, FlowArrow]:
    """The reply to a question that was looked up; the arrows of its picture lead to the page at that address."""
    answer = cache(lambda: walk.answer(offset, limit, in_brief=in_brief))

    def drawn() -> FlowAnswer:
        # A picture of fifty arrows would say less than the page: it has as many as that, or as were asked for.
        return answer() if limit >= ARROWS and not in_brief else walk.answer(offset, max(limit, ARROWS))

    return Reply(
        question=walk.question,
        name="-".join(["flows", *walk.question.ids]),
        make_answer=answer,
        list_field="arrows",
        make_listing=walk.listing,
        make_table=lambda listing: flow_table(listing.answer, listing.rows, language),
        make_diagram=lambda: flow_diagram(drawn(), language, category_labels(schema), page),
        is_process=True,
        twin=_twin(walk.question, schema),
    )


def category_labels(schema: Schema) -> dict[str, Label]:
    """The labels of the categories that a picture groups by, by their codes."""
    return {code: entry.label for code, entry in schema.codes["organisation_category"].entries.items()}


def _twin(question: FlowQuestion, schema: Schema) -> Twin | None:
    name = _TWINS.get(question.subject)
    if name is None or question.is_narrowed or "level" in question.parameters:
        return None
    ends = ("from_id", "to_id") if question.subject == "between" else ("id",)
    takes: dict[str, object] = dict(zip(ends, question.ids, strict=False))
    takes["categories"] = sorted(schema.codes["organisation_category"].marked("institution"))
    if question.subject in ("institution", "between"):
        takes["units"] = question.meant("units")
    return Twin(name, takes)
