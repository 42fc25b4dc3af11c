"""Parts of the page of what an act rests on, or what rests on it."""

from kaysis_graph.facts.legal_basis import Relation
from kaysis_graph.legislation import dependency_tree
from kaysis_graph.legislation.question import Direction
from ui.pages.answer_parts import day_kept
from ui.pages.frame import Cell, Frame, Link
from ui.pages.page_parts import Fact, Form, Input, Option
from ui.pages.reader import Asked

TEXTS = ("Legislation", "Provision")


def question_form(frame: Frame, record: str, direction: Direction, relation: Relation, depth: int | None) -> Form:
    """The form of the dependencies: of which record, which way, over which relation, how deep."""
    directions = tuple(Option(held, frame.say(f"direction_{held}")) for held in ("down", "up"))
    relations = tuple(Option(held, frame.say(f"relation_{held}")) for held in ("based_on", "repeals", "amends"))
    inputs = (
        Input(
            "record",
            frame.say("act"),
            record,
            hint=frame.say("act_hint"),
            is_required=True,
            suggests=("legislation", "provision"),
        ),
        Input("direction", frame.say("direction"), direction, "select", directions),
        Input("relation", frame.say("relation"), relation, "select", relations),
        Input("depth", frame.say("deepest"), str(depth or ""), "number", hint=frame.say("deepest_hint")),
        *day_kept(frame),
    )
    return Form("legislation", "/legislation", inputs, frame.say("show"), frame.say("legislation"))


def force_fact(asked: Asked, frame: Frame, identifier: str) -> Fact:
    """Whether the act is in force on the day, what repealed it, and which of its bases ended."""
    told = dependency_tree.in_force(asked.graph, identifier, asked.at)
    cells = [Cell(frame.say("in_force" if told.is_in_force else "not_in_force", at=frame.day(asked.at)))]
    if told.repealed_by:
        cells.append(Cell(frame.say("repealed_by")))
        cells += frame.things(told.repealed_by)
    if told.rests_on_ended:
        cells.append(Cell(frame.say("rests_on_ended")))
        cells += frame.things(told.rests_on_ended)
    return Fact(frame.say("force"), tuple(cells))


def turn_link(frame: Frame, identifier: str, direction: Direction, relation: Relation) -> Fact:
    """The same act asked about in the other directions and relations."""
    links = [
        Link(frame.say(f"turn_{other}_{way}"), frame.link(f"/legislation/{identifier}", direction=way, relation=other))
        for other in ("based_on", "repeals", "amends")
        for way in ("up", "down")
        if (other, way) != (relation, direction)
    ]
    return Fact(frame.say("also_ask"), tuple(Cell(link.text, link.href) for link in links))


def crumbs_of(frame: Frame) -> tuple[Link, ...]:
    """The way to the page."""
    return (Link(frame.say("legislation_short"), frame.link("/legislation")),)
