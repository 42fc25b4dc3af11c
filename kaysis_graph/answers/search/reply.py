"""What a search found in every form."""

from datetime import date

from kaysis_graph.answers.reply import Reply
from kaysis_graph.answers.search.answer import SearchAnswer, hit_table, search_answer
from kaysis_graph.answers.search.columns import columns_named
from kaysis_graph.answers.search.question import SearchQuestion, read_page
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language


def search_reply(  # noqa: PLR0913  # a question with its page
    graph: Graph,
    question: SearchQuestion,
    at: date,
    day: date | None,
    language: Language,
    cursor: str | None,
    limit: int,
) -> Reply[SearchAnswer, None]:
    """A page of hits, as they stood `at` a day; as a table all of them. `day` narrows them where one was said.

    Invalid for kinds, filters and columns there are not.
    """
    shown = columns_named(graph.schema, question.columns)
    page = read_page(graph, question, day, language, cursor, limit)
    return Reply(
        question=question,
        name="search",
        make_answer=lambda: search_answer(graph, at, question, page, cursor),
        make_table=lambda _: hit_table(graph, question, at, day, language, shown),
    )
