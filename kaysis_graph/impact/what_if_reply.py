"""What would change in every form."""

from datetime import date

from kaysis_graph.answers.reply import Listing, Reply
from kaysis_graph.graph.graph import Graph
from kaysis_graph.impact.what_if import LISTED, WhatIfWalk
from kaysis_graph.impact.what_if_answer import WhatIf
from kaysis_graph.impact.what_if_question import WhatIfQuestion
from kaysis_graph.impact.what_if_words import what_if_diagram, what_if_table
from kaysis_graph.messages import Language


def what_if_reply(
    graph: Graph, question: WhatIfQuestion, at: date, language: Language, limit: int = LISTED
) -> Reply[WhatIf, object]:
    """The reply to a question, which says of the first record how it is assumed to end.

    NotFound for a record that is not there, Invalid for one that has ended, for too many and for none.
    """
    walk = WhatIfWalk(graph, question, at)
    answer = walk.answer(limit)
    return Reply(
        question=question.model_copy(update={"assume": answer.assumed[0].how}),
        name=f"what-if-{answer.assumed[0].thing.id}",
        make_answer=lambda: answer,
        # A file holds every row.
        make_listing=lambda: Listing(answer if answer.complete else walk.answer(None)),
        make_table=lambda listing: what_if_table(listing.answer, language),
        make_diagram=lambda: what_if_diagram(answer, graph.schema, language),
    )
