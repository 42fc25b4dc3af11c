"""Answers about legislation in every form."""

from datetime import date

from kaysis_graph.answers.reply import Reply, Twin, paged_reply, rows_in_picture
from kaysis_graph.facts.legal_basis import EDGE_TYPES
from kaysis_graph.graph.graph import Graph
from kaysis_graph.legislation import (
    act_summary,
    dependency_table,
    dependency_tree,
    repeal_chains,
    tables,
    timeline_picture,
    turning_days,
)
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependants import Rest, Resting, RestingWalk
from kaysis_graph.legislation.dependency_tree import (
    Dependencies,
    Dependency,
    DependencyWalk,
    Force,
    LostBase,
    Unfounded,
    UnfoundedActs,
)
from kaysis_graph.legislation.lost_ground import LostGround, LostGroundList, Work
from kaysis_graph.legislation.picture import dependency_diagram
from kaysis_graph.legislation.provision_texts import ActText, ActTextSearch, Provision
from kaysis_graph.legislation.provision_tree import ActBranch, ActBranches, BranchLevel
from kaysis_graph.legislation.question import (
    ActQuestion,
    BranchQuestion,
    DependencyQuestion,
    ForceDaysQuestion,
    ForceQuestion,
    LostGroundQuestion,
    RepealQuestion,
    RestingQuestion,
    TextQuestion,
    TimelineQuestion,
    UnfoundedQuestion,
)
from kaysis_graph.legislation.repeal_chains import ChainStep, RepealChain
from kaysis_graph.legislation.timeline import ActEvent, ActLife, Timeline
from kaysis_graph.legislation.turning_days import ForceDays, Turn
from kaysis_graph.messages import Language
from kaysis_graph.render import timeline as drawing

_TWINS = {
    (True, "up"): "legislation/twins/rests_on",
    (True, "down"): "legislation/twins/resting_on",
    (False, "up"): "legislation/twins/changed",
    (False, "down"): "legislation/twins/changed_by",
}


def act_reply(graph: Graph, question: ActQuestion, at: date) -> Reply[Act, None]:
    """An act at a glance; NotFound for no act or provision."""
    return Reply(
        question=question,
        name=question.id,
        make_answer=lambda: act_summary.act(graph, question.id, at),
        twin=Twin("legislation/twins/act_changes", {"id": question.id}),
    )


def dependency_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: DependencyQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Dependencies, Dependency]:
    """What an act rests on, or what rests on it; NotFound for no record."""
    walk = DependencyWalk(graph, question, at)
    edge_type = EDGE_TYPES[question.relation]
    twin = _TWINS[question.relation == "based_on", question.direction]
    return paged_reply(
        question,
        f"{question.id}-{question.relation}-{question.direction}",
        walk,
        (offset, limit),
        dependency_table.dependencies,
        language,
        make_diagram=lambda: dependency_diagram(walk.answer(limit=rows_in_picture(limit)), graph.schema, language),
        twin=Twin(twin, {"id": question.id}, edge_type),
    )


def branch_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: BranchQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[ActBranches, ActBranch]:
    """One level of the tree of an act; NotFound for no record."""
    level = BranchLevel(graph, question, at)
    return paged_reply(
        question, f"{question.id}-{question.direction}", level, (offset, limit), tables.branches, language
    )


def repeal_reply(
    graph: Graph, question: RepealQuestion, at: date, language: Language, limit: int
) -> Reply[RepealChain, ChainStep]:
    """The chain of repeals of an act; NotFound for no act or provision."""
    way = question.checked().wanted
    return Reply(
        question=question,
        name=f"{question.id}-repeals",
        make_answer=lambda: repeal_chains.of(graph, question.id, at, way=way, limit=limit),
        make_table=lambda listing: tables.repeals(listing.answer, language),
    )


def force_reply(graph: Graph, question: ForceQuestion, at: date) -> Reply[Force, None]:
    """Whether an act is in force; NotFound for no act or provision."""
    return Reply(
        question=question,
        name=f"{question.id}-force",
        make_answer=lambda: dependency_tree.in_force(graph, question.id, at),
    )


def resting_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: RestingQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Resting, Rest]:
    """Who rests on an act; NotFound for no act, provision or institution."""
    walk = RestingWalk(graph, question, at)
    is_narrowed = question.kind or question.institution
    return paged_reply(
        question,
        f"{question.id}-resting",
        walk,
        (offset, limit),
        tables.resting,
        language,
        twin=None if is_narrowed else Twin("legislation/twins/resting_on", {"id": question.id}),
    )


def text_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: TextQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[ActText, Provision]:
    """The text of an act; NotFound for no act or provision."""
    found = ActTextSearch(graph, question, at)
    return paged_reply(question, f"{question.id}-text", found, (offset, limit), tables.provisions, language)


def timeline_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: TimelineQuestion, at: date, language: Language, offset: int, limit: int, day: date | None
) -> Reply[Timeline, ActEvent]:
    """The life of an act; NotFound for no act or provision. Links of the picture keep the `day`, where one was said."""
    life = ActLife(graph, question, at)

    def drawn() -> str:
        picture = timeline_picture.of_deeds(graph, life.view, life.place, life.deeds, language)
        return drawing.render(timeline_picture.dated(picture, day))

    return paged_reply(
        question,
        f"{question.id}-timeline",
        life,
        (offset, limit),
        tables.timeline,
        language,
        make_drawing=drawn,
        twin=Twin("legislation/twins/act_changes", {"id": question.id}),
    )


def force_days_reply(
    graph: Graph, at: date, language: Language, limit: int = turning_days.ROWS
) -> Reply[ForceDays, Turn]:
    """What came into force and what ended around the day."""
    return Reply(
        question=ForceDaysQuestion(),
        name="force-days",
        make_answer=lambda: turning_days.of(graph, at, limit=limit),
        make_table=lambda listing: tables.turns(listing.answer, language),
    )


def unfounded_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: UnfoundedQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Unfounded, LostBase]:
    """The acts in force that lost what they rest on, by identifier."""
    found = UnfoundedActs(graph, question, at)
    return paged_reply(
        question, f"unfounded-{question.mode}", found, (offset, limit), dependency_table.unfounded, language
    )


def lost_ground_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: LostGroundQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[LostGround, Work]:
    """The same acts as a work list; NotFound for no issuer."""
    found = LostGroundList(graph, question, at)
    return paged_reply(
        question,
        f"unfounded-{question.mode}",
        found,
        (offset, limit),
        tables.lost_ground,
        language,
        twin=None if question.is_narrowed else Twin(f"legislation/twins/unfounded_{question.mode}"),
    )
