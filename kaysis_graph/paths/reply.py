"""The ways between two records in every form."""

from datetime import date

from kaysis_graph.answers.reply import Reply, Twin
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.paths.ask import Hop, Paths, paths_of
from kaysis_graph.paths.picture import path_diagram
from kaysis_graph.paths.question import PathQuestion
from kaysis_graph.paths.table import path_table


def path_reply(graph: Graph, question: PathQuestion, at: date, language: Language) -> Reply[Paths, Hop]:
    """The reply to a question; NotFound for no record, Invalid for kinds or edge types there are not."""
    answer = paths_of(graph, question, at)
    takes = {
        "source": question.from_,
        "target": question.to,
        "types": list(question.types or graph.schema.edge_types),
        "avoid": list(question.avoid),
    }
    return Reply(
        question=question,
        name=f"{question.from_}-{question.to}",
        make_answer=lambda: answer,
        make_table=lambda listing: path_table(listing.answer, language),
        make_diagram=lambda: path_diagram(answer, graph.schema, language),
        twin=Twin("paths/twins/shortest_path", takes) if question.direction == "any" else None,
    )
