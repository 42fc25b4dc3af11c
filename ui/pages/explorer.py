"""The explorer as a page that needs no script: two tables whose links add acts and take them away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from kaysis_graph.answers.reply import Reply
from kaysis_graph.explorer import steps
from kaysis_graph.explorer.ask import Explored, NeighbourCount, ShownEdge, ShownRecord
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.explorer.steps import PAGE, Connect, ExplorerStep, Open, Show, Side
from kaysis_graph.messages import Language, catalogue
from kaysis_graph.render.shapes import SHAPES, shape_of
from kaysis_graph.schema import Schema
from ui.pages.answer_parts import another, day_kept, downloads, number, said, ways_of
from ui.pages.choice import kind_of
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.page_parts import Another, Fact, Form, Input, Section, rendered
from ui.pages.reader import Asked
from ui.pages.records.edge_groups import meaning
from ui.pages.records.field_values import days

ROWS = 100
# What can be seen in three steps, asked of the seed; those of records that are not there are left out.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "services": ("kanun-5490", "kanun-5490~in~BASED_ON~service~1"),
    "ministry": ("99001009", "99001009~in~PART_OF~organisation~1"),
    "birth": ("path~heys-41001~anayasa-2709",),
}


@dataclass(frozen=True)
class ExplorerExample:
    """A beginning that shows what the explorer is for."""

    heading: str
    about: str
    href: str


@dataclass(frozen=True)
class ExplorePage:
    """What the acts show, as tables and as the place where the script draws it; empty, with examples, at first."""

    frame: Frame
    heading: str
    about: str
    words: str
    vocabulary: str
    whole: str
    may_embed: bool
    add: Form
    notices: tuple[str, ...]
    examples: tuple[ExplorerExample, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    downloads: tuple[Link, ...]
    another: Another | None


@dataclass(frozen=True)
class Drawn:
    """The acts of a page with what they show."""

    said: tuple[str, ...]
    acts: tuple[ExplorerStep, ...]
    answer: Explored
    records_from: int
    edges_from: int


WORDED_ELSEWHERE = {"span": "answers.span", "span_open": "answers.span_open", "resting": "acts.down_whole"}
"""Texts of the script that other pages have, too: the name it says them by, and their keys."""


def explore_page(
    asked: Asked,
    reply: Reply[Explored, ShownRecord],
    question: ExplorerQuestion,
    template: str,
    begins: tuple[int, int],
) -> str:
    """The page of some acts, or the one that shows how to begin; its lists of records and edges begin there."""
    frame = frame_of(asked, frame_of(asked, "").say("explorer.title"))
    schema, answer, said = asked.graph.schema, reply.answer, question.act
    read = steps.read(schema, asked.graph.follower.current.records, said)
    drawn = Drawn(said, tuple(read), answer, *begins)
    # Acts are said one by one: their order tells, and some come twice.
    ways = replace(ways_of(frame, reply), page=frame.path, parameters={**question.parameters, "act": said})
    page = ExplorePage(
        frame=frame,
        heading=frame.title,
        about=frame.say("explorer.about"),
        words=_words(frame.language),
        vocabulary=vocabulary(schema, frame.language),
        whole=frame.link("/explore", **ways.parameters),
        may_embed=bool(asked.settings.embed_origins),
        add=add_form(frame, drawn.said),
        notices=() if answer.cut is None else (f"{answer.cut.why(frame.language)} {answer.cut.how(frame.language)}",),
        examples=() if drawn.said else _examples(asked, frame),
        facts=_facts(frame, drawn) if drawn.said else (),
        sections=(_acts(frame, drawn), _records(frame, drawn), _edges(frame, drawn)) if drawn.said else (),
        downloads=downloads(frame, ways) if drawn.said else (),
        another=another(frame, ways) if drawn.said else None,
    )
    return rendered(template, page)


def vocabulary(schema: Schema, language: Language) -> str:
    """The words and icons of the schema in a language, as JSON for the script."""
    kinds = schema.kinds.values()
    return json.dumps(
        {
            "kinds": {
                kind.slug: {
                    "label": kind.label.of(language),
                    "plural": kind.plural.of(language),
                    "shape": shape_of(kind.slug),
                }
                for kind in kinds
            },
            "edges": {name: edge.label.of(language) for name, edge in schema.edge_types.items()},
            "meanings": {
                key: told
                for kind in kinds
                for edge in kind.edges.values()
                for other in edge.to
                for key, told in (
                    (f"{kind.slug}.out.{edge.type}.{schema.kinds[other].slug}", edge.label.of(language)),
                    (f"{schema.kinds[other].slug}.in.{edge.type}.{kind.slug}", edge.inverse.of(language)),
                )
            },
            "icons": {name: shape.icon for name, shape in SHAPES.items()},
        },
        ensure_ascii=False,
    )


def add_form(frame: Frame, acts: Sequence[str]) -> Form:
    """The form that shows one more record, by its name or number."""
    inputs = (
        *(Input("act", "", act, "hidden") for act in acts),
        Input("add", frame.say("explorer.add"), hint=frame.say("explorer.add_hint"), is_required=True),
        *day_kept(frame),
    )
    action, stays = frame.path, frame.is_embedded
    return Form("explore", action, inputs, frame.say("explorer.add_do"), frame.say("explorer.add"), stays_inside=stays)


def with_acts(frame: Frame, acts: Sequence[str], **changes: str | int | None) -> str:
    """This page with other acts, from the first row on."""
    kept = [
        (name, value)
        for name, value in frame.query
        if value and name not in ("act", "add", "records", "edges", "select", *changes)
    ]
    rest = [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    pairs = [*(("act", act) for act in acts), *kept, *rest]
    return f"{quote(frame.path)}?{urlencode(pairs, safe='~,')}" if pairs else quote(frame.path)


def _words(language: Language) -> str:
    """The texts of the script: those whose keys begin with x_, and what is worded alike elsewhere."""
    texts = catalogue()
    names = (key.removeprefix("explorer.x_") for key in texts if key.startswith("explorer.x_"))
    said = {f"x_{name}": texts[f"explorer.x_{name}"][language] for name in names}
    alike = {f"x_{name}": texts[key][language] for name, key in WORDED_ELSEWHERE.items()}
    return json.dumps(said | alike, ensure_ascii=False)


def _examples(asked: Asked, frame: Frame) -> tuple[ExplorerExample, ...]:
    return tuple(
        ExplorerExample(
            frame.say(f"explorer.example_{name}"), frame.say(f"explorer.example_{name}_about"), with_acts(frame, acts)
        )
        for name, acts in EXAMPLES.items()
        if all(kind_of(asked, part) for act in acts[:1] for part in act.removeprefix("path~").split("~"))
    )


def _facts(frame: Frame, drawn: Drawn) -> tuple[Fact, ...]:
    answer = drawn.answer
    figures = (
        Fact(frame.say("explorer.records"), number(frame, len(answer.nodes))),
        Fact(frame.say("explorer.edges"), number(frame, len(answer.edges))),
    )
    is_ever = dict(frame.query).get("ever") == "true"
    days = (
        Cell(frame.say("explorer.days_one"), None if not is_ever else with_acts(frame, drawn.said, ever=None)),
        Cell(frame.say("explorer.days_all"), None if is_ever else with_acts(frame, drawn.said, ever="true")),
    )
    return (*figures, Fact(frame.say("explorer.days"), days))


def _acts(frame: Frame, drawn: Drawn) -> Section:
    rows = []
    for place, (act, done) in enumerate(zip(drawn.acts, drawn.answer.acts, strict=True)):
        rest = [*drawn.said[:place], *drawn.said[place + 1 :]]
        undo = (Cell(frame.say("explorer.undo", number=place + 1), with_acts(frame, rest)),)
        told = frame.say("explorer.of_total", shown=frame.number(done.shown), total=frame.number(done.total))
        rows.append((number(frame, place + 1), _told(frame, drawn, act), (Cell(told, is_number=True),), undo))
    columns = tuple(frame.say(f"explorer.{key}") for key in ("number", "act", "shown", "take_away"))
    return Section(frame.say("explorer.acts"), columns, tuple(rows), "", id="acts")


def _told(frame: Frame, drawn: Drawn, act: ExplorerStep) -> Cells:
    names = {node.thing.id: node.thing.name(frame.language) for node in drawn.answer.nodes}
    match act:
        case Show(identifier):
            return said(frame, "explorer.told_show", record=names.get(identifier, identifier))
        case Connect(source, target):
            values = {"source": names.get(source, source), "target": names.get(target, target)}
            return said(frame, "explorer.told_connect", **values)
        case Open():
            assert frame.schema is not None, "the explorer has one"
            key = "explorer.told_open" if act.pages else "explorer.told_gather"
            edge = frame.schema.edge_types[act.type].label.of(frame.language)
            kind = frame.schema.kinds[act.kind].plural.of(frame.language)
            return said(frame, key, record=names.get(act.id, act.id), edge=edge, kind=kind)


def _records(frame: Frame, drawn: Drawn) -> Section:
    answer, begin = drawn.answer, drawn.records_from
    opened = {(act.id, act.side, act.type, act.kind): act.pages for act in drawn.acts if isinstance(act, Open)}
    rows = []
    for node in answer.nodes[begin : begin + ROWS]:
        institution = answer.institutions.get(node.institution or "")
        rows.append(
            (
                (frame.thing(node.thing),),
                (frame.thing(institution),) if institution else (Cell("–"),),
                _life(frame, node),
                (
                    *(_neighbours(frame, drawn, node, count, opened) for count in node.counts),
                    *_resting(frame, node),
                ),
                (_away(frame, drawn, node),),
            )
        )
    columns = tuple(
        frame.say(f"explorer.{key}") for key in ("record", "institution", "days", "neighbours", "take_away")
    )
    previous, following = _pages(frame, drawn, "records", begin, len(answer.nodes))
    heading = frame.say("explorer.records")
    return Section(heading, columns, tuple(rows), frame.say("explorer.none"), "", previous, following, id="records")


def _life(frame: Frame, node: ShownRecord) -> Cells:
    """The days of the record, each spell for itself, the oldest first."""
    earlier = (Cell(days(frame, spell.valid_from, spell.valid_to)) for spell in node.earlier_spells)
    return (*earlier, Cell(days(frame, node.valid_from, node.valid_to) or "–"))


def _neighbours(
    frame: Frame,
    drawn: Drawn,
    node: ShownRecord,
    count: NeighbourCount,
    opened: Mapping[tuple[str, Side, str, str], int],
) -> Cell:
    """One meaning with its number; a link while some of them are not shown."""
    schema = frame.schema
    assert schema is not None, "the explorer has one"
    kind = schema.kind(count.kind)
    assert kind is not None, "counted by kind"
    words = meaning(schema, frame, node.thing.kind, count.direction, count.type, kind.name)
    told = frame.say(
        "explorer.neighbours_of",
        meaning=words,
        kind=kind.plural.of(frame.language),
        shown=frame.number(count.shown),
        total=frame.number(count.total),
    )
    pages = opened.get((node.thing.id, count.direction, count.type, kind.name), 0)
    if count.shown == count.total or pages * PAGE >= count.total:
        return Cell(told)
    act = f"{node.thing.id}~{count.direction}~{count.type}~{count.kind}~{pages + 1}"
    return Cell(told, with_acts(frame, [*drawn.said, act]))


def _resting(frame: Frame, node: ShownRecord) -> Cells:
    """What rests on an act through its provisions, in the words and with the number of its page."""
    if not node.resting:
        return ()
    href = f"{frame.link(f'/legislation/{node.thing.id}')}#down"
    return (Cell(frame.say("acts.down_whole", total=frame.number(node.resting)), href),)


def _away(frame: Frame, drawn: Drawn, node: ShownRecord) -> Cell:
    """A record asked for by name goes with its act, one among others is hidden."""
    acts = [act for act in drawn.said if act != node.thing.id]
    if len(acts) < len(drawn.said):
        return Cell(frame.say("explorer.take"), with_acts(frame, acts))
    hidden = [name for name in dict(frame.query).get("hide", "").split(",") if name]
    return Cell(frame.say("explorer.hide"), with_acts(frame, drawn.said, hide=",".join([*hidden, node.thing.id])))


def _edges(frame: Frame, drawn: Drawn) -> Section:
    assert frame.schema is not None, "the explorer has one"
    answer, begin = drawn.answer, drawn.edges_from
    things = {node.thing.id: node.thing for node in answer.nodes}
    rows = tuple(
        (
            (frame.thing(things[edge.source]),),
            (Cell(frame.schema.edge_types[edge.type].label.of(frame.language)),),
            (frame.thing(things[edge.target]),),
            (Cell(days(frame, edge.valid_from, edge.valid_to) or "–", badges=_badges(edge)),),
        )
        for edge in answer.edges[begin : begin + ROWS]
    )
    columns = tuple(frame.say(f"explorer.{key}") for key in ("source", "edge", "target", "days"))
    previous, following = _pages(frame, drawn, "edges", begin, len(answer.edges))
    return Section(
        frame.say("explorer.edges"), columns, rows, frame.say("explorer.no_edges"), "", previous, following, id="edges"
    )


def _badges(edge: ShownEdge) -> tuple[str, ...]:
    if not edge.has_effect:
        return ("without_effect",)
    return () if edge.holds else ("ended",)


def _pages(frame: Frame, drawn: Drawn, name: str, begin: int, total: int) -> tuple[Link | None, Link | None]:
    def to(offset: int) -> str:
        return f"{with_acts(frame, drawn.said, **{name: offset or None})}#{name}"

    previous = Link(frame.say("previous"), to(max(0, begin - ROWS))) if begin else None
    following = Link(frame.say("next"), to(begin + ROWS)) if begin + ROWS < total else None
    return previous, following
