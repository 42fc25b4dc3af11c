"""The page of the ways between two records: each as a chain to be read, with what it may and may not go over."""

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from kaysis_graph.answers.question import known_kinds
from kaysis_graph.answers.reply import Reply
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.paths.ask import Crossing, Hop, Paths
from kaysis_graph.paths.question import MOST, PathQuestion
from ui.pages.answer_parts import another, day_kept, downloads, notices, picture_of, ways_of
from ui.pages.choice import Chooser
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.page_parts import Another, Form, Input, Option, rendered
from ui.pages.reader import Asked
from ui.pages.records.edge_groups import meaning


@dataclass(frozen=True)
class Leg:
    """One hop of a way: over what, to which record; `avoid` leads to the ways past it, None for the end."""

    over: tuple[str, ...]
    cell: Cell
    avoid: Link | None


@dataclass(frozen=True)
class PathShown:
    """One way from the first record to the last."""

    heading: str
    start: Cell
    legs: tuple[Leg, ...]
    explore: Link


@dataclass(frozen=True)
class Choice:
    """One box to tick in a form."""

    name: str
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Boxes that belong together; none ticked means all."""

    label: str
    summary: str
    choices: tuple[Choice, ...]
    is_open: bool


@dataclass(frozen=True)
class PathsPage:
    """The ways between two records, as chains and as a picture, with everything that narrows them."""

    frame: Frame
    heading: str
    lead: str
    about: str
    notices: tuple[str, ...]
    turns: tuple[Link, ...]
    avoided: tuple[Link, ...]
    form: Form
    choices: tuple[ChoiceGroup, ...]
    picture: Markup | None
    picture_note: str
    ways: tuple[PathShown, ...]
    empty: str
    downloads: tuple[Link, ...]
    another: Another


def paths_page(asked: Asked, reply: Reply[Paths, Hop], question: PathQuestion) -> str:
    """The page of an answer with the limits it was asked with."""
    answer = reply.answer
    frame = frame_of(asked, "")
    values = {"source": answer.source.name(frame.language), "target": answer.target.name(frame.language)}
    frame = frame_of(asked, frame.say("paths_between", **values), (Link(frame.say("paths"), frame.link("/paths")),))
    ways = ways_of(frame, reply)
    picture, note = picture_of(asked, frame, reply.diagram)
    hops = len(answer.paths[0]) if answer.paths else 0
    key = f"paths.lead_{answer.direction}" if answer.paths else f"paths.none_{answer.direction}"
    through = known_kinds(asked.graph.schema, question.through, "through") or ()
    page = PathsPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say(key, count=frame.number(len(answer.paths)), hops=frame.number(hops)),
        about=frame.say("paths_about"),
        notices=notices(frame, answer.cut),
        turns=_turns(frame, answer),
        avoided=tuple(
            Link(
                thing.full_name(frame.language), _avoiding(frame, [held.id for held in answer.avoided if held != thing])
            )
            for thing in answer.avoided
        ),
        form=_form(frame, answer, question),
        choices=(_types(frame, answer, question.types), _kinds(frame, through)),
        picture=picture,
        picture_note=note,
        ways=tuple(_way(frame, answer, number, hops) for number, hops in enumerate(answer.paths, 1)),
        empty=frame.say("paths_empty"),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("paths.html", page)


def path_chooser(asked: Asked, question: PathQuestion) -> Chooser:
    """What is asked where an end is missing, or its name fits several records."""
    frame = frame_of(asked, "")
    return Chooser(frame.say("paths"), frame.say("paths_about"), begin_form(frame, question.from_, question.to))


def begin_form(frame: Frame, source: str, target: str) -> Form:
    """The form that asks about two records."""
    inputs = (
        Input("from", frame.say("paths_from"), source, hint=frame.say("paths_from_hint"), is_required=True),
        Input("to", frame.say("paths_to"), target, hint=frame.say("paths_to_hint"), is_required=True),
        _directions(frame, "any"),
        *day_kept(frame),
    )
    return Form("paths", "/paths", inputs, frame.say("show"), frame.say("paths"))


def _directions(frame: Frame, chosen: str) -> Input:
    options = tuple(Option(value, frame.say(f"paths.direction_{value}")) for value in ("any", "impact"))
    return Input("direction", frame.say("paths.direction"), chosen, "select", options)


def _form(frame: Frame, answer: Paths, question: PathQuestion) -> Form:
    inputs = (
        Input("from", frame.say("paths_from"), answer.source.id, hint=frame.say("paths_from_hint"), is_required=True),
        Input("to", frame.say("paths_to"), answer.target.id, hint=frame.say("paths_to_hint"), is_required=True),
        _directions(frame, answer.direction),
        Input("count", frame.say("paths_count"), str(question.count), "number", hint=f"1–{MOST}"),
        Input("longest", frame.say("paths.longest_way"), str(question.longest or ""), "number"),
        *(Input("avoid", "", thing.id, "hidden") for thing in answer.avoided),
        *day_kept(frame),
    )
    return Form("paths", "/paths", inputs, frame.say("show"), frame.say("paths"))


def _turns(frame: Frame, answer: Paths) -> tuple[Link, ...]:
    """The same question the other way round, and in the other direction."""
    other = "impact" if answer.direction == "any" else None
    turned = frame.here(**{"from": answer.target.id, "to": answer.source.id})
    return (
        Link(frame.say(f"paths.turn_{other or 'any'}"), frame.here(direction=other)),
        *((Link(frame.say("paths.turn_round"), turned),) if answer.direction == "impact" else ()),
    )


def _avoiding(frame: Frame, identifiers: Collection[str]) -> str:
    return frame.here(avoid=",".join(identifiers) or None)


def _types(frame: Frame, answer: Paths, chosen: Collection[str]) -> ChoiceGroup:
    assert frame.schema is not None, "an answer has one"
    walked = {step.type for step in SPREAD_STEPS} if answer.direction == "impact" else set(frame.schema.edge_types)
    choices = tuple(
        Choice("types", name, edge.label.of(frame.language), name in chosen)
        for name, edge in frame.schema.edge_types.items()
        if name in walked
    )
    return _group(frame, "paths_types", choices)


def _kinds(frame: Frame, chosen: Collection[str]) -> ChoiceGroup:
    assert frame.schema is not None, "an answer has one"
    choices = tuple(
        Choice("through", kind.slug, kind.plural.of(frame.language), kind.name in chosen)
        for kind in frame.schema.kinds.values()
    )
    return _group(frame, "paths.between", choices)


def _group(frame: Frame, label: str, choices: tuple[Choice, ...]) -> ChoiceGroup:
    count = sum(choice.is_chosen for choice in choices)
    summary = frame.say("paths.chosen", count=frame.number(count)) if count else frame.say("paths.all_of_them")
    return ChoiceGroup(frame.say(label), summary, choices, is_open=count > 0)


def _way(frame: Frame, answer: Paths, number: int, hops: tuple[Hop, ...]) -> PathShown:
    avoided = [thing.id for thing in answer.avoided]
    legs = []
    for hop in hops:
        past = None
        if hop is not hops[-1]:
            words = frame.say("paths.avoid", title=hop.target.full_name(frame.language))
            past = Link(words, _avoiding(frame, [*avoided, hop.target.id]))
        legs.append(Leg(tuple(_over(frame, hop, held) for held in hop.over), frame.thing(hop.target), past))
    records = [answer.source.id, *(hop.target.id for hop in hops)]
    # The explorer draws the shortest way itself; a longer one is shown record by record.
    acts = [f"path~{answer.source.id}~{answer.target.id}"] if number == 1 and not avoided else records
    return PathShown(
        frame.say("path_number", number=number, hops=frame.number(len(hops))),
        frame.thing(answer.source),
        tuple(legs),
        Link(frame.say("paths.explore"), frame.explore(*acts)),
    )


def _over(frame: Frame, hop: Hop, over: Crossing) -> str:
    """What the record before is to the next one, as the schema words it for these kinds."""
    assert frame.schema is not None, "an answer has one"
    near, far = hop.source.kind, hop.target.kind
    return meaning(frame.schema, frame, near, "out" if over.along else "in", over.type, far)
