"""What the pages of legislation show, each the only thing its template is given."""

from dataclasses import dataclass

from markupsafe import Markup

from kaysis_graph.answers.text_difference import Piece
from ui.pages.frame import Cell, Frame, Link
from ui.pages.page_parts import Another, Fact, Form, Section


@dataclass(frozen=True)
class TreeRow:
    """A record of a tree: its name, over which text it was reached, and the way to what lies beyond it."""

    id: str
    cell: Cell
    via: Cell | None
    beyond: int
    href: str


@dataclass(frozen=True)
class TreeTop:
    """The first level of a tree; `api` is where a script asks for the levels under it."""

    id: str
    heading: str
    lead: str
    direction: str
    rows: tuple[TreeRow, ...]
    empty: str
    all: Link | None
    api: str


@dataclass(frozen=True)
class ChainRow:
    """An act of the chain of repeals, with what is said of the repeal, and the acts of the next step."""

    cell: Cell
    said: str
    is_unverified: bool
    under: tuple["ChainRow", ...]


@dataclass(frozen=True)
class Chain:
    """The chain in one direction."""

    heading: str
    rows: tuple[ChainRow, ...]
    empty: str
    all: Link


@dataclass(frozen=True)
class HolderRow:
    """An institution with how many records of a kind are its own, and the way to them."""

    cell: Cell
    count: int
    href: str


@dataclass(frozen=True)
class DependantGroup:
    """The records of one kind that rest on an act, by institution."""

    heading: str
    total: int
    href: str
    holders: tuple[HolderRow, ...]
    more: str


@dataclass(frozen=True)
class ActPage:
    """An act at a glance."""

    frame: Frame
    heading: str
    other_title: str
    kind: Link
    id: str
    badges: tuple[str, ...]
    standing: tuple[tuple[str, tuple[Cell, ...]], ...]
    is_in_force: bool
    contents: tuple[Link, ...]
    facts: tuple[Fact, ...]
    text: Link
    jump: Form | None
    rested: tuple[tuple[Cell, int], ...]
    provisions: str
    words: str
    whole: Link | None
    trees: tuple[TreeTop, ...]
    chains: tuple[Chain, ...]
    picture: Markup | None
    events: Link
    groups: tuple[DependantGroup, ...]
    resting: Link
    also: tuple[Link, ...]
    downloads: tuple[Link, ...]
    another: Another


@dataclass(frozen=True)
class Article:
    """A provision as it is read: its text in pieces; first and last text beside each other where they differ.

    `only_first` tells that the last text is not known and the first one is shown.
    """

    anchor: str
    cell: Cell
    notes: tuple[Link, ...]
    text: tuple[Piece, ...]
    only_first: bool
    first: tuple[Piece, ...]
    last: tuple[Piece, ...]
    source: str


@dataclass(frozen=True)
class TextPage:
    """The text of an act, or what was found in it."""

    frame: Frame
    heading: str
    act: Link
    lead: str
    notices: tuple[str, ...]
    words: str
    jump: Form
    pages: tuple[Link, ...]
    anchors: tuple[Link, ...]
    articles: tuple[Article, ...]
    empty: str
    previous: Link | None
    following: Link | None
    downloads: tuple[Link, ...]
    another: Another


@dataclass(frozen=True)
class TimelinePage:
    """The life of an act: the picture, and the table that says the same and more."""

    frame: Frame
    heading: str
    lead: str
    notices: tuple[str, ...]
    picture: Markup
    section: Section
    downloads: tuple[Link, ...]
    another: Another


@dataclass(frozen=True)
class WorkGroup:
    """Part of a work list, with the way to it alone; followed again, the way back to the whole."""

    link: Link
    id: str
    count: int


@dataclass(frozen=True)
class WorkPage:
    """Legislation that lost its ground, as a list to be worked through; `sound` of `whole` stand on firm ground."""

    frame: Frame
    heading: str
    about: str
    lead: str
    sound: int
    whole: int
    progress: str
    notices: tuple[str, ...]
    form: Form
    groupings: tuple[Link, ...]
    groups: tuple[WorkGroup, ...]
    more: str
    section: Section
    downloads: tuple[Link, ...]
    another: Another


@dataclass(frozen=True)
class EntryPage:
    """The way into legislation: a question, what waits to be done, what there is, and what changed."""

    frame: Frame
    heading: str
    about: str
    form: Form
    examples: tuple[Link, ...]
    work: Link
    work_lead: str
    is_waiting: bool
    types: tuple[tuple[Link, int], ...]
    sections: tuple[Section, ...]
    walk: Form
