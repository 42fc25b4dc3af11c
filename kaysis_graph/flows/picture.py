"""The picture of a data-flow answer: one lane for each institution, its units or itself as boxes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kaysis_graph import text
from kaysis_graph.answers.answer import OVER, Thing
from kaysis_graph.flows.answer import End, FlowAnswer, FlowArrow
from kaysis_graph.flows.words import about_offices
from kaysis_graph.messages import Language, say
from kaysis_graph.render import diagram
from kaysis_graph.render.diagram import Diagram, Lane, Node
from kaysis_graph.schema.definitions import Label

# What stays readable on one sheet (issue 3, "Pictures").
MOST_LANES = 60
MOST_ARROWS = 600
# How many boxes stay themselves when there are too many, tried in turn until lanes and arrows fit.
_KEPT = (400, 200, 100, 50, 30, 20, 10, 0)
_TITLES_IN_A_NOTE = 5
_OWN_SHAPE = "organisation"


@dataclass(frozen=True)
class _Box:
    """A box in the making, with what it is grouped by when there are too many."""

    node: Node
    lane: Lane
    category: str | None
    label: Label


def anchor(source: str, target: str) -> str:
    """The name of the place where a page tells of an arrow."""
    return f"arrow-{source}~{target}"


def flow_diagram(
    answer: FlowAnswer, language: Language, labels: Mapping[str, Label] | None = None, page: str | None = None
) -> Diagram:
    """The arrows of the answer; beyond 60 lanes or 600 arrows the busiest boxes stay and the rest go by category.

    `labels` names the categories that the rest is grouped by; without it their codes stand. Arrows lead to where the
    `page` at that address tells of them, when there is one. Footnotes tell the date,
    the change, the source and everything that was put together or left out.
    """
    boxes = _boxes(answer, language, labels or {})
    lines = _lines(answer, language, page)
    kept, joined, drawn = _fitted(boxes, lines, language)
    shown = drawn[:MOST_ARROWS]
    used = {end for line in shown for end in (line.source, line.target)} | {thing.id for thing in answer.asked}
    nodes = [box for identifier, box in joined.items() if identifier in used]
    lanes = _in_lane_order(nodes, shown, answer)
    title = _title(answer, language)
    notes = [
        say("flows.picture_as_of", language, at=text.written_day(answer.at, language), sequence=answer.sequence),
        say("flows.picture_source", language),
        *about_offices(answer, language),
        *_narrowed_notes(answer, language),
        *_grouped_note(answer, language),
    ]
    if kept < len(boxes):
        notes.append(say("flows.picture_rest", language, kept=kept, rest=len(boxes) - kept))
    if len(shown) < len(drawn):
        notes.append(say("flows.picture_dropped", language, total=len(drawn), shown=len(shown)))
    # The lists that are shortened are none that a picture shows.
    if answer.cut is not None and answer.cut.key != "flows.shortened":
        notes += replace(answer.cut, beside=None).on_paper(language)
    about = say("flows.picture_about", language, title=title, lanes=len(lanes), nodes=len(nodes), arrows=len(shown))
    return Diagram(
        title=title,
        about=about,
        nodes=tuple(box.node for box in nodes),
        arrows=tuple(shown),
        language=language,
        lanes=tuple(lanes),
        layout="lanes",
        footnotes=tuple(notes),
        first_lane=next((lane.id for lane in lanes if lane.id in _asked_lanes(nodes, answer)), ""),
    )


def _boxes(answer: FlowAnswer, language: Language, labels: Mapping[str, Label]) -> dict[str, _Box]:
    """The ends of all arrows by identifier, as they come."""
    asked = {thing.id for thing in answer.asked}
    boxes: dict[str, _Box] = {}
    for arrow in answer.arrows:
        for end in (arrow.sender, arrow.receiver):
            known = boxes.get(end.id)
            count = end.group.count if end.group else 1
            if known is None:
                boxes[end.id] = _box(end, language, labels, asked)
            elif count > known.node.count:
                # A group has as many members as its largest arrow.
                grown = replace(known.node, count=count, title=end.name(language))
                boxes[end.id] = replace(known, node=grown)
    return boxes


def _box(end: End, language: Language, labels: Mapping[str, Label], asked: set[str]) -> _Box:
    label = _label(end, labels)
    if end.record is None:
        count = end.group.count if end.group else 1
        node = Node(end.id, end.name(language), "group", count=count)
    else:
        node = _node(end.record, language, asked)
    if end.institution is not None:
        lane = Lane(end.institution.id, end.institution.full_name(language), link=_link(end.institution))
    else:
        lane = Lane(end.id, label.of(language) if end.group else end.name(language))
    node = replace(node, lane=lane.id)
    return _Box(node, lane, end.category, label)


def _node(thing: Thing, language: Language, asked: set[str]) -> Node:
    tags = {"start"} if thing.id in asked else set()
    if thing.state in OVER:
        tags.add("ended")
    if thing.is_unverified or thing.is_stub:
        tags.add("unverified")
    return Node(thing.id, thing.name(language), _OWN_SHAPE, note=thing.id, link=_link(thing), tags=frozenset(tags))


def _link(thing: Thing) -> str:
    return f"/records/{_OWN_SHAPE}/{thing.id}"


def _label(end: End, labels: Mapping[str, Label]) -> Label:
    if end.group is not None:
        return end.group.label
    if end.category is None:
        return Label(say("flows.no_category", "tr"), say("flows.no_category", "en"))
    return labels.get(end.category) or Label(end.category, end.category)


def _lines(answer: FlowAnswer, language: Language, page: str | None) -> list[diagram.Arrow]:
    """One line for each pair of ends and each document title or number of documents on it."""
    merged: dict[tuple[str, str], list[FlowArrow]] = defaultdict(list)
    for arrow in answer.arrows:
        merged[arrow.sender.id, arrow.receiver.id].append(arrow)
    return [_line(source, target, arrows, language, page) for (source, target), arrows in merged.items()]


def _line(source: str, target: str, arrows: list[FlowArrow], language: Language, page: str | None) -> diagram.Arrow:
    documents = sum(arrow.document_count for arrow in arrows)
    listed = [document.name(language) for arrow in arrows for document in arrow.documents]
    # Renderers write the weight behind the label: `belgeler (4)`.
    label = listed[0] if documents == 1 else say("flows.several", language)
    titles = ", ".join(listed[:_TITLES_IN_A_NOTE])
    if documents > _TITLES_IN_A_NOTE:
        titles = say("flows.and_more", language, listed=titles, count=documents - _TITLES_IN_A_NOTE)
    note = say(
        "flows.arrow_note",
        language,
        documents=titles,
        meetings=sum(arrow.meetings for arrow in arrows),
        applicant=sum(arrow.carried_by.applicant for arrow in arrows),
    )
    link = None if page is None else f"{page}#{anchor(source, target)}"
    return diagram.Arrow(source, target, label=label, note=note, weight=documents, link=link)


def _fitted(
    boxes: dict[str, _Box], lines: list[diagram.Arrow], language: Language
) -> tuple[int, dict[str, _Box], list[diagram.Arrow]]:
    """How many boxes stay, and boxes and lines as drawn: the first number of boxes for which all of it fits."""
    busy = _busyness(lines)
    ranked = sorted(boxes, key=lambda identifier: (-busy[identifier], identifier))
    # Those asked about stay whatever happens: without them the picture is of something else.
    ranked.sort(key=lambda identifier: "start" not in boxes[identifier].node.tags)
    kept, joined, drawn = len(boxes), boxes, lines
    for most in _KEPT:
        if len(drawn) <= MOST_ARROWS and len({box.lane.id for box in joined.values()}) <= MOST_LANES:
            break
        if most < len(boxes):
            kept = most
            joined, home = _joined(boxes, set(ranked[:most]), language)
            drawn = _redrawn(lines, home, language)
    return kept, joined, sorted(drawn, key=lambda line: -line.weight)


def _joined(boxes: dict[str, _Box], stay: set[str], language: Language) -> tuple[dict[str, _Box], dict[str, str]]:
    """The boxes with those that do not stay put together by category, and where each box went."""
    joined = {identifier: box for identifier, box in boxes.items() if identifier in stay}
    lanes_kept = {box.lane.id for box in joined.values()}
    home = {identifier: identifier for identifier in joined}
    for identifier, box in boxes.items():
        if identifier in stay:
            continue
        within = box.lane.id in lanes_kept
        key = "-".join(["more", box.category or "none", *([box.lane.id] if within else [])])
        home[identifier] = key
        count = box.node.count + (joined[key].node.count if key in joined else 0)
        label = box.label.of(language)
        title = say("flows.more", language, category=label, count=count)
        lane = box.lane if within else Lane(key, label)
        joined[key] = _Box(Node(key, title, "group", lane=lane.id, count=count), lane, box.category, box.label)
    return joined, home


def _redrawn(lines: list[diagram.Arrow], home: dict[str, str], language: Language) -> list[diagram.Arrow]:
    redrawn: dict[tuple[str, str], diagram.Arrow] = {}
    for line in lines:
        ends = home[line.source], home[line.target]
        known = redrawn.get(ends)
        if known is None:
            link = line.link if ends == (line.source, line.target) else None
            redrawn[ends] = replace(line, source=ends[0], target=ends[1], link=link)
            continue
        weight = known.weight + line.weight
        redrawn[ends] = replace(known, label=say("flows.several", language), note="", weight=weight, link=None)
    return list(redrawn.values())


def _busyness(lines: Iterable[diagram.Arrow]) -> dict[str, int]:
    busy: dict[str, int] = defaultdict(int)
    for line in lines:
        busy[line.source] += line.weight
        busy[line.target] += line.weight
    return busy


def _in_lane_order(boxes: list[_Box], lines: list[diagram.Arrow], answer: FlowAnswer) -> list[Lane]:
    """The lane of what was asked about first, then the busiest, then by title."""
    busy = _busyness(lines)
    lanes = {box.lane.id: box.lane for box in boxes}
    weights: dict[str, int] = defaultdict(int)
    for box in boxes:
        weights[box.lane.id] += busy[box.node.id]
    first = _asked_lanes(boxes, answer)
    ordered = text.in_order(lanes.values(), lambda lane: lane.title)
    return sorted(ordered, key=lambda lane: (lane.id not in first, -weights[lane.id]))


def _asked_lanes(boxes: list[_Box], answer: FlowAnswer) -> set[str]:
    asked = {thing.id for thing in answer.asked}
    return {box.lane.id for box in boxes if asked & {box.node.id, box.lane.id}}


def _narrowed_notes(answer: FlowAnswer, language: Language) -> list[str]:
    """What was left out or put together because the question asked for it."""
    question, notes = answer.question, []
    if question.ends == "category":
        notes.append(say("flows.picture_by_category", language))
    if question.ends == "institution" and question.subject != "state":
        notes.append(say("flows.picture_by_institution", language))
    for key, things in (("documents", answer.documents), ("counterparts", answer.counterparts)):
        if things:
            titles = ", ".join(thing.full_name(language) for thing in things)
            notes.append(say(f"flows.picture_only_{key}", language, titles=titles))
    if question.carried_by is not None:
        carrier = say(f"flows.carried_by_{question.carried_by}", language)
        notes.append(say("flows.picture_only_carried", language, carrier=carrier))
    return notes


def _grouped_note(answer: FlowAnswer, language: Language) -> list[str]:
    if not answer.grouped:
        return []
    names = list(dict.fromkeys(grouped.document.name(language) for grouped in answer.grouped))
    titles = ", ".join(names[:_TITLES_IN_A_NOTE]) + (", …" if len(names) > _TITLES_IN_A_NOTE else "")
    return [say("flows.picture_grouped", language, count=answer.grouped_count, titles=titles)]


def _title(answer: FlowAnswer, language: Language) -> str:
    names = [thing.full_name(language) for thing in answer.asked]
    values = dict(zip(("title", "other"), names, strict=False))
    return say(f"flows.picture_{answer.question.subject}", language, **values)
