"""The pictures of legislation, impact, paths and structure, as diagrams that any renderer can draw."""

from collections.abc import Iterable, Sequence
from typing import Literal

from kaysis_graph import text
from kaysis_graph.answers.answer import OVER, Answer, Thing
from kaysis_graph.answers.impact import Fallen, Impact, Link
from kaysis_graph.answers.legislation import Dependencies
from kaysis_graph.answers.organisation import Tree
from kaysis_graph.answers.paths import Paths
from kaysis_graph.answers.resting import EDGE_TYPES
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.schema import Schema

# A picture of more boxes than this is not read any more; what is beyond stands as one box with its number.
MOST_NODES = 120
# Of one parent, more children than this stand as one box.
MOST_CHILDREN = 24


def dependency_diagram(answer: Dependencies, schema: Schema, language: Language) -> Diagram:
    """The tree of what an act rests on, or what rests on it; provisions on the way are boxes of their own.

    Arrows go as the edges go: from what rests to what it rests on.
    """
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    edge = schema.edge_types[EDGE_TYPES[answer.relation]].label.of(language)
    upwards = answer.direction == "up"
    children: dict[str, list[tuple[Thing, Thing, str]]] = {}
    for row in answer.rows:
        children.setdefault(row.via.id, []).append((row.thing, row.via, row.via_act))
    for rows in _by_parent(children, answer.start.id):
        via, act = rows[0][1], rows[0][2]
        if drawing.is_full:
            break
        if via.id != act and not drawing.has(via.id) and drawing.has(act):
            drawing.add(via)
            drawing.join(via.id, act, schema.edge_types["PART_OF"].label.of(language))
        shown, rest = _some([thing for thing, _, _ in rows])
        for thing in shown:
            drawing.add(thing)
            drawing.join(*((via.id, thing.id) if upwards else (thing.id, via.id)), edge)
        if rest:
            group = drawing.add_group(via.id, rest)
            drawing.join(*((via.id, group) if upwards else (group, via.id)), edge)
    key = f"pictures.{answer.relation}_{answer.direction}"
    title = say(key, language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")


def impact_diagram(answer: Impact, schema: Schema, language: Language) -> Diagram:
    """What falls with a record, each at the end of its chain; arrows point to what is needed.

    What lies on the chain of a row is drawn with it, also when it is no row itself.
    """
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    fallen: dict[str, list[Fallen]] = {}
    for row in answer.rows:
        needed = row.chain[-2].thing if len(row.chain) > 1 else answer.start
        fallen.setdefault(needed.id, []).append(row)
    for parent, rows in fallen.items():
        if drawing.is_full:
            break
        _hang(drawing, answer.start, rows[0].chain[:-1], schema, language)
        shown, rest = _some([row.thing for row in rows])
        for row in rows[: len(shown)]:
            _hang(drawing, answer.start, row.chain, schema, language)
        if rest:
            drawing.join(drawing.add_group(parent, rest), parent, "")
    title = say("pictures.impact", language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")


def _hang(drawing: "Drawing", start: Thing, chain: Sequence[Link], schema: Schema, language: Language) -> None:
    """What is not drawn yet of a chain, each on what it needs."""
    for before, link in zip([start, *(held.thing for held in chain)], chain, strict=False):
        drawing.add(link.thing)
        ends = (before.id, link.thing.id) if link.along else (link.thing.id, before.id)
        drawing.join(*ends, schema.edge_types[link.type].label.of(language))


def path_diagram(answer: Paths, schema: Schema, language: Language) -> Diagram:
    """The ways between two records, drawn over each other where they share records."""
    drawing = Drawing(schema, language)
    drawing.add(answer.source, is_start=True)
    drawing.add(answer.target, is_start=True)
    for way in answer.paths:
        for hop in way:
            drawing.add(hop.source)
            drawing.add(hop.target)
            for over in hop.over:
                ends = (hop.source.id, hop.target.id) if over.along else (hop.target.id, hop.source.id)
                drawing.join(*ends, schema.edge_types[over.type].label.of(language))
    values = {"source": answer.source.full_name(language), "target": answer.target.full_name(language)}
    return drawing.diagram(say("pictures.paths", language, **values), answer, len(answer.paths))


def tree_diagram(answer: Tree, schema: Schema, language: Language) -> Diagram:
    """A unit and what is under it."""
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    children: dict[str, list[Thing]] = {}
    for row in answer.rows:
        children.setdefault(row.parent, []).append(row.thing)
    edge = schema.edge_types["PART_OF"].label.of(language)
    for parent, units in children.items():
        if drawing.is_full:
            break
        if not drawing.has(parent):
            continue
        shown, rest = _some(units)
        for unit in shown:
            drawing.add(unit)
            drawing.join(unit.id, parent, edge if parent == answer.start.id else "")
        if rest:
            drawing.join(drawing.add_group(parent, rest), parent, "")
    title = say("pictures.tree", language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")


class Drawing:
    """A diagram in the making: each record once, each arrow once."""

    def __init__(self, schema: Schema, language: Language) -> None:
        self._schema = schema
        self._language = language
        self._nodes: dict[str, Node] = {}
        self._arrows: dict[tuple[str, str, str], Arrow] = {}
        self._grouped = 0

    @property
    def size(self) -> int:
        """How many boxes there are."""
        return len(self._nodes)

    @property
    def is_full(self) -> bool:
        """Whether there are as many boxes as can be read."""
        return len(self._nodes) >= MOST_NODES

    def has(self, identifier: str) -> bool:
        """Whether the record, or the group, has a box."""
        return identifier in self._nodes

    def add(  # a box part by part
        self, thing: Thing, *, is_start: bool = False, says: str = "", link: str | None = None, has_ended: bool = False
    ) -> None:
        """A box for the record, if it has none yet; `says` stands under its title before kind and identifier."""
        if thing.id in self._nodes:
            return
        kind = self._schema.kinds[thing.kind]
        tags = {"start"} if is_start else set()
        if has_ended or thing.state in OVER:
            tags.add("ended")
        if thing.is_unverified or thing.is_stub:
            tags.add("unverified")
        self._nodes[thing.id] = Node(
            id=thing.id,
            title=thing.name(self._language),
            shape=kind.slug,
            note=" · ".join(
                part
                for part in (says, thing.distinction(self._language), kind.label.of(self._language), thing.id)
                if part
            ),
            link=link or f"/records/{kind.slug}/{thing.id}",
            tags=frozenset(tags),
        )

    def add_group(self, parent: str, hidden: Sequence[Thing]) -> str:
        """One box for the children of a record that are too many to draw."""
        identifier = f"{parent}+"
        self._grouped += len(hidden)
        names = text.in_order({self._schema.kinds[thing.kind].plural.of(self._language) for thing in hidden}, str)
        title = say("pictures.more", self._language, count=len(hidden), kinds=", ".join(names))
        self._nodes[identifier] = Node(id=identifier, title=title, shape="group", count=len(hidden))
        return identifier

    def put(self, node: Node) -> None:
        """A box that stands for no single record."""
        self._nodes[node.id] = node

    def add_count(self, identifier: str, title: str, count: int, link: str | None = None) -> None:
        """One box for records that are only counted."""
        self._grouped += count
        self._nodes[identifier] = Node(id=identifier, title=title, shape="group", count=count, link=link)

    def join(self, source: str, target: str, label: str, *, has_ended: bool = False) -> None:
        """An arrow between two boxes, once for each label."""
        tags = frozenset({"ended"} if has_ended else ())
        self._arrows.setdefault((source, target, label), Arrow(source=source, target=target, label=label, tags=tags))

    def diagram(
        self, title: str, answer: Answer, total: int, reads: Literal["along", "against", "from_start"] = "along"
    ) -> Diagram:
        """The picture, with notes on its day and on what it leaves out of `total` records."""
        language = self._language
        notes = [say("pictures.as_of", language, at=text.written_day(answer.at, language), sequence=answer.sequence)]
        drawn = sum(node.shape != "group" for node in self._nodes.values())
        if self._grouped or drawn + self._grouped < total:
            notes.append(say("pictures.grouped", language, drawn=drawn, total=total))
        if answer.cut is not None:
            notes += answer.cut.on_paper(language)
        about = say("pictures.about", language, title=title, nodes=len(self._nodes), arrows=len(self._arrows))
        return Diagram(
            title=title,
            about=about,
            nodes=tuple(self._nodes.values()),
            arrows=tuple(self._arrows.values()),
            language=language,
            reads=reads,
            footnotes=tuple(notes),
        )


def _some(children: Sequence[Thing]) -> tuple[Sequence[Thing], Sequence[Thing]]:
    return (
        (children, ())
        if len(children) <= MOST_CHILDREN
        else (children[: MOST_CHILDREN - 1], children[MOST_CHILDREN - 1 :])
    )


def _by_parent(
    children: dict[str, list[tuple[Thing, Thing, str]]], start: str
) -> Iterable[list[tuple[Thing, Thing, str]]]:
    """The children of each parent: those of the start first, then in the order the parents were found."""
    return [
        *([children[start]] if start in children else []),
        *(c for parent, c in children.items() if parent != start),
    ]
