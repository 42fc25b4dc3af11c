"""The graph held against its rules, in every form."""

from datetime import date

from kaysis_graph.answers.answer import whole_list
from kaysis_graph.answers.institution_choice import chosen_institution
from kaysis_graph.answers.reply import Listing, Reply
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.publication import Publication
from kaysis_graph.quality import ask, rules
from kaysis_graph.quality.ask import Flaw, Quality
from kaysis_graph.quality.question import QualityQuestion
from kaysis_graph.quality.table import of_flaws


def quality_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    question: QualityQuestion,
    at: date,
    language: Language,
    offset: int,
    limit: int,
    publication: Publication,
) -> Reply[Quality, Flaw]:
    """The reply to a question; Invalid for rules there are not, NotFound for no institution.

    Where all is asked of all, the answer tells what portals will miss of the publication, too.
    """
    chosen = rules.chosen(list(question.rule), question.severity)
    # Before twenty-five rules are held against the graph.
    chosen_institution(graph.on(at), question.institution)
    answer = ask.of(
        graph,
        at,
        chosen,
        institution=question.institution,
        offset=offset,
        limit=limit,
        publication=publication if question.is_of_all else None,
    )
    return Reply(
        question=question,
        name="quality",
        make_answer=lambda: answer,
        list_field="rows",
        make_listing=lambda: Listing(
            whole_list(answer), ask.stream(graph, at, chosen, institution=question.institution)
        ),
        make_table=lambda listing: of_flaws(graph.schema, listing.answer, listing.rows, language),
    )
