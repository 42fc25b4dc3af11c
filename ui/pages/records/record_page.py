"""What the templates of one record take: the record itself, its history, and what stands in its place when it is gone.

The routes of records fill these; the other modules beside this one make the parts.
"""

from dataclasses import dataclass
from typing import Literal

from kaysis_graph.answers.text_difference import Piece
from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.page_parts import Another

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Mark:
    """A badge with the sentence that explains it."""

    badge: str
    text: str


@dataclass(frozen=True)
class Span:
    """What a dated field said between two days; `is_shown` marks the value of the day asked about."""

    text: str
    days: str
    is_shown: bool


@dataclass(frozen=True)
class Stated:
    """One field: what it says on the day, and all it said on other days. A text too long to read is in `long`."""

    label: str
    about: str
    cells: Cells
    long: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class FactGroup:
    """Fields of one sort under their heading."""

    id: str
    heading: str
    facts: tuple[Stated, ...]


@dataclass(frozen=True)
class EdgeLine:
    """One edge: the record at its other end, the days it holds, and what else it says of itself."""

    cell: Cell
    days: str
    badge: str
    details: Cells


@dataclass(frozen=True)
class Neighbours:
    """The edges of one meaning, a page of them, with the ways to the others."""

    id: str
    heading: str
    total: int
    shown: str
    rows: tuple[EdgeLine, ...]
    first: Link | None
    following: Link | None
    all: Link


@dataclass(frozen=True)
class RecordQuestion:
    """What can be asked about the record, with a line that says what comes of it."""

    link: Link
    about: str


@dataclass(frozen=True)
class Alteration:
    """One field before and after, as one text with what came and what went."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class EdgeAlteration:
    """What happened to one edge that leaves the record."""

    what: What
    said: str
    label: str
    other: Cell
    fields: tuple[Alteration, ...]


@dataclass(frozen=True)
class Happening:
    """What one change, or several together, did to a record."""

    number: int
    moment: str
    who: str
    why: str
    said: str
    fields: tuple[Alteration, ...]
    edges: tuple[EdgeAlteration, ...]
    rest: str
    here: str
    api: str
    is_folded: bool


@dataclass(frozen=True)
class Alternate:
    """The same record in another form, for programs that read the head of a page."""

    href: str
    media: str
    name: str


@dataclass(frozen=True)
class RecordPage:
    """A record: what it says, where it stands, what it is tied to, what can be asked about it, what happened to it."""

    frame: Frame
    heading: str
    other_title: str
    kind: Link
    shape: str
    id: str
    state: str
    summary: Cells
    marks: tuple[Mark, ...]
    siblings: Link | None
    contents: tuple[Link, ...]
    questions: tuple[RecordQuestion, ...]
    facts: tuple[FactGroup, ...]
    total: int
    ways: tuple[Link, ...]
    kinds: tuple[Link, ...]
    neighbours: tuple[Neighbours, ...]
    history: tuple[Happening, ...]
    history_all: Link
    downloads: tuple[Link, ...]
    alternates: tuple[Alternate, ...]
    another: Another


@dataclass(frozen=True)
class HistoryPage:
    """Everything that happened to a record, newest first, or what became of it between two changes."""

    frame: Frame
    heading: str
    lead: str
    versions: tuple[int, ...]
    first: int
    last: int
    compared: Happening | None
    compared_lead: str
    fields: tuple[Link, ...]
    history: tuple[Happening, ...]
    empty: str
    newest: Link | None
    following: Link | None
    downloads: tuple[Link, ...]


@dataclass(frozen=True)
class LostPage:
    """No record of that identifier: whether it was deleted, what may have been meant, and the ways on."""

    frame: Frame
    heading: str
    text: str
    hint: str
    history: Link | None
    choices: tuple[Cell, ...]
    example: str
    list: Link
