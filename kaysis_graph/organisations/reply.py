"""Answers about the structure in every form."""

from collections.abc import Callable
from datetime import date
from functools import partial

from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.question import Question
from kaysis_graph.answers.reply import Listing, Reply, Twin, paged_reply, rows_in_picture
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.organisations import (
    branches,
    change_days,
    pictures,
    structure,
    structure_picture,
    structure_table,
    surroundings,
    tables,
)
from kaysis_graph.organisations.branches import Branches, WayDown
from kaysis_graph.organisations.change_days import ChangeDays
from kaysis_graph.organisations.difference import Altered, Difference, UnitDifference
from kaysis_graph.organisations.question import (
    AncestorsQuestion,
    ChangeDaysQuestion,
    ChartQuestion,
    ChildrenQuestion,
    DifferenceQuestion,
    RootsQuestion,
    UnitTreeQuestion,
    WayDownQuestion,
)
from kaysis_graph.organisations.structure import Ancestors, Tree, Unit, UnitTree
from kaysis_graph.organisations.surroundings import Ego


def roots_reply(
    graph: Graph, at: date, language: Language, cursor: str | None = None, limit: int = branches.ROWS
) -> Reply[Branches, None]:
    """The organisations under no other; Invalid for a cursor of another list."""
    return _branches_reply(
        RootsQuestion(), "roots", partial(branches.roots, graph, at), language, cursor=cursor, limit=limit
    )


def children_reply(  # noqa: PLR0913  # a question with its page
    graph: Graph, question: ChildrenQuestion, at: date, language: Language, cursor: str | None, limit: int
) -> Reply[Branches, None]:
    """The units directly under a unit; NotFound for none, Invalid for a cursor of another list."""
    read = partial(branches.children, graph, question.id, at, ever=question.ever)
    return _branches_reply(question, f"{question.id}-children", read, language, cursor=cursor, limit=limit)


def _branches_reply(  # noqa: PLR0913  # a question with its page
    question: Question,
    name: str,
    read: Callable[..., Branches],
    language: Language,
    *,
    cursor: str | None,
    limit: int,
) -> Reply[Branches, None]:
    """A page of units; files hold all of them, and a cursor of another list is refused there, too."""
    page = read(cursor=cursor, limit=limit)
    return Reply(
        question=question,
        name=name,
        make_answer=lambda: page,
        make_listing=lambda: Listing(read(limit=max(page.total, 1)) if len(page.rows) < page.total else page),
        make_table=lambda listing: tables.children(listing.answer, language),
    )


def way_down_reply(graph: Graph, question: WayDownQuestion, at: date) -> Reply[WayDown, None]:
    """The way from the top down to a unit; NotFound for none."""
    return Reply(
        question=question,
        name=f"{question.id}-path",
        make_answer=lambda: branches.way_to(graph, question.id, at, under=question.under),
    )


def chart_reply(
    graph: Graph, question: ChartQuestion, at: date, language: Language, known: KnownThings | None = None
) -> Reply[Ego, None]:
    """A unit and what is around it; NotFound for none. `known` are names that others on the page ask for, too."""
    reply: Reply[Ego, None] = Reply(
        question=question,
        name=f"{question.id}-chart",
        make_answer=lambda: surroundings.around(graph, question.id, at, known),
        make_diagram=lambda: pictures.ego_diagram(reply.answer, graph.schema, language),
    )
    return reply


def tree_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    question: UnitTreeQuestion,
    at: date,
    language: Language,
    offset: int,
    limit: int,
    known: KnownThings | None = None,
) -> Reply[Tree, Unit]:
    """A unit and all under it; NotFound for none. `known` are names that others on the page ask for, too."""
    tree = UnitTree(graph, question, at, known)
    return paged_reply(
        question,
        f"{question.id}-tree",
        tree,
        (offset, limit),
        structure_table.tree,
        language,
        make_diagram=lambda: structure_picture.tree_diagram(
            tree.answer(limit=rows_in_picture(limit)), graph.schema, language
        ),
        twin=Twin("organisations/twins/subtree", {"id": question.id}),
    )


def ancestors_reply(graph: Graph, question: AncestorsQuestion, at: date, language: Language) -> Reply[Ancestors, None]:
    """What is above a unit; NotFound for none."""
    return Reply(
        question=question,
        name=f"{question.id}-ancestors",
        make_answer=lambda: structure.ancestors(graph, question.id, at),
        make_table=lambda listing: structure_table.ancestors(listing.answer, language),
    )


def change_days_reply(
    graph: Graph, question: ChangeDaysQuestion, at: date, language: Language
) -> Reply[ChangeDays, None]:
    """The days on which the structure under a unit changed; NotFound for none."""
    return Reply(
        question=question,
        name=f"{question.id}-days",
        make_answer=lambda: change_days.change_days(graph, question.id, at),
        make_table=lambda listing: tables.change_days(listing.answer, language),
    )


def difference_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: DifferenceQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Difference, Altered]:
    """What changed under a unit between two days; NotFound for no unit, Invalid for days in reverse."""
    until = question.to or at
    since = question.from_ or until
    compared = UnitDifference(graph, question.id, since, until)
    reply: Reply[Difference, Altered] = paged_reply(
        question.model_copy(update={"from_": since, "to": until}),
        f"{question.id}-{since}-{until}",
        compared,
        (offset, limit),
        tables.difference,
        language,
        make_diagram=lambda: pictures.difference_diagram(reply.answer, graph.schema, language),
    )
    return reply
