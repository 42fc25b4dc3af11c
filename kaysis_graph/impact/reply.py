"""The impact of a record in every form."""

from datetime import date

from kaysis_graph.answers.reply import Reply, Twin, paged_reply, rows_in_picture
from kaysis_graph.graph.graph import Graph
from kaysis_graph.impact.ask import Fallen, Impact, ImpactWalk
from kaysis_graph.impact.picture import impact_diagram
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.impact.table import impact_table
from kaysis_graph.messages import Language


def impact_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: ImpactQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Impact, Fallen]:
    """The reply to a question; NotFound for no record, Invalid for kinds there are not."""
    walk = ImpactWalk(graph, question, at)
    return paged_reply(
        question,
        f"{question.id}-impact",
        walk,
        (offset, limit),
        impact_table,
        language,
        make_diagram=lambda: impact_diagram(walk.answer(limit=rows_in_picture(limit)), graph.schema, language),
        twin=Twin("impact/twins/impact", {"id": question.id}),
    )
