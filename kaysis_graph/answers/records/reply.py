"""Records in every form: lists, one record, its edges, its history."""

from collections.abc import Iterator
from datetime import date

from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.answers.records.answer import (
    EdgeList,
    EdgeShown,
    HistoryList,
    RecordAnswer,
    RecordList,
    cut_of,
    records_shown,
)
from kaysis_graph.answers.records.edge_table import edge_table, read_edges
from kaysis_graph.answers.records.question import (
    EdgesQuestion,
    HistoryQuestion,
    RecordListQuestion,
    SingleRecordQuestion,
)
from kaysis_graph.answers.records.table import record_table
from kaysis_graph.answers.reply import Reply
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.records import reader
from kaysis_graph.records.record_model import Record

_ROWS_AT_A_TIME = 1_000


def read_records(graph: Graph, question: RecordListQuestion, at: date, cursor: str | None, limit: int) -> reader.Page:
    """One page of the records of a question; Invalid for filters and orders there are not."""
    return reader.listed(
        graph,
        question.kind,
        filters=question.filters,
        sort=question.sort,
        cursor=cursor,
        limit=limit,
        at=None if question.ever else at,
    )


def record_list_reply(  # noqa: PLR0913  # a question with its page
    graph: Graph, question: RecordListQuestion, at: date, language: Language, cursor: str | None, limit: int
) -> Reply[RecordList, None]:
    """A page of the records of a kind; as a table all of them. NotFound for no kind."""
    known = reader.known_kind(graph.schema, question.kind)
    # What is wrong with a filter is said before any form is made.
    page = read_records(graph, question, at, cursor, limit)

    def answer() -> RecordList:
        shown = records_shown(graph, at, page.records)
        cut = cut_of(page.total, len(shown), page.next_cursor)
        complete = cut is None and cursor is None
        return RecordList(at, graph.sequence, complete, cut, known.slug, page.total, page.next_cursor, shown)

    return Reply(
        question=question,
        name=known.slug,
        make_answer=answer,
        make_table=lambda _: record_table(graph, at, language, known, _pages(graph, question, at)),
    )


def _pages(graph: Graph, question: RecordListQuestion, at: date) -> Iterator[list[Record]]:
    following: str | None = None
    while True:
        part = read_records(graph, question, at, following, _ROWS_AT_A_TIME)
        yield part.records
        following = part.next_cursor
        if following is None:
            return


def record_reply(graph: Graph, question: SingleRecordQuestion, at: date) -> Reply[RecordAnswer, None]:
    """One record; NotFound for none."""

    def answer() -> RecordAnswer:
        shown = reader.get(graph.store, graph.schema, question.id)
        counts = reader.edge_counts(graph, question.id, at)
        record = records_shown(graph, at, [shown.record])[0]
        return RecordAnswer(at, graph.sequence, True, None, record, shown.life, list(shown.changes), counts)

    return Reply(question=question, name=question.id, make_answer=answer)


def edges_reply(  # noqa: PLR0913  # a question with its page
    graph: Graph, question: EdgesQuestion, at: date, language: Language, cursor: str | None, limit: int
) -> Reply[EdgeList, None]:
    """A page of the edges of a record; as a table all of them. NotFound for no record."""
    view, direction = graph.on(at), question.direction
    page = read_edges(graph, question, at, cursor, limit)

    def answer() -> EdgeList:
        others = things_named(graph, at, [edge.other for edge in page.edges])
        shown = [
            EdgeShown(
                *(edge.type, edge.role, edge.first_day, other, edge.holds),
                has_effect(view, question.id, direction, edge),
                edge.fields,
            )
            for edge, other in zip(page.edges, others, strict=True)
        ]
        cut = cut_of(page.total, len(shown), page.next_cursor)
        complete = cut is None and cursor is None
        return EdgeList(
            *(at, graph.sequence, complete, cut, question.id, direction, page.total, page.next_cursor, shown)
        )

    return Reply(
        question=question,
        name=f"{question.id}-edges-{direction}",
        make_answer=answer,
        make_table=lambda _: edge_table(graph, at, language, question),
    )


def history_reply(
    graph: Graph, question: HistoryQuestion, at: date, cursor: str | None, limit: int
) -> Reply[HistoryList, None]:
    """What happened to a record that is or was; NotFound for an identifier that never was one."""
    reader.known_kind(graph.schema, question.kind)
    page = reader.history(graph.store, question.id, cursor=cursor, limit=limit)
    if not page.total:
        reader.get(graph.store, graph.schema, question.id)
    cut = cut_of(page.total, len(page.events), page.next_cursor)
    complete = cut is None and cursor is None
    found = HistoryList(*(at, graph.sequence, complete, cut, question.id, page.total, page.next_cursor, page.events))
    return Reply(question=question, name=f"{question.id}-history", make_answer=lambda: found)
