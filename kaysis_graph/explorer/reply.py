"""What the explorer shows in every form."""

from datetime import date
from typing import Literal

from kaysis_graph.answers.reply import Reply, Twin
from kaysis_graph.explorer.ask import Explored, ShownRecord, explored_by
from kaysis_graph.explorer.picture import diagram_of
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.explorer.tables import explored_edges, explored_records
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language

Rows = Literal["records", "edges"]

# More identifiers than these nobody pastes into a query.
_MOST_IN_TWIN = 200


def explorer_reply(  # noqa: PLR0913  # a question with what of its answer is wanted
    graph: Graph, question: ExplorerQuestion, at: date, language: Language, since: int = 0, rows: Rows = "records"
) -> Reply[Explored, ShownRecord]:
    """The reply to a question, with only what the steps from `since` on added; a sheet holds records or edges.

    Invalid for steps, kinds and edge types there are not.
    """
    answer = explored_by(graph, question, at, since)
    table = explored_records if rows == "records" else explored_edges
    ids = [node.thing.id for node in answer.nodes]
    return Reply(
        question=question,
        name=f"explore-{rows}",
        make_answer=lambda: answer,
        make_table=lambda listing: table(listing.answer, language),
        make_diagram=lambda: diagram_of(answer, graph.schema, language),
        twin=None if question.ever or len(ids) > _MOST_IN_TWIN else Twin("explorer/twins/edges_among", {"ids": ids}),
    )
