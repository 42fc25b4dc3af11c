"""The pictures of legislation, impact, paths and structure, as diagrams that any renderer can draw."""

from collections.abc import Sequence
from typing import Literal

from kaysis_graph import text
from kaysis_graph.answers.answer import OVER, Answer, Thing
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.schema import Schema

# A picture of more boxes than this is not read any more; what is beyond stands as one box with its number.
MOST_NODES = 120
# Of one parent, more children than this stand as one box.
MOST_CHILDREN = 24


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
