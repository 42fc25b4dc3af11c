"""What the pages of the structure show."""

from dataclasses import dataclass

from markupsafe import Markup

from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.page_parts import Another, Fact, Form, Section


@dataclass(frozen=True)
class Leaf:
    """A unit in the nested list: its link, how many units are under it, and those of them that are shown."""

    cell: Cell
    units: int
    is_current: bool = False
    is_institution: bool = False
    others: tuple[Link, ...] = ()
    leaves: tuple["Leaf", ...] = ()
    rest: Link | None = None


@dataclass(frozen=True)
class Panel:
    """The tree as a nested list of links, and what the script needs to grow it: the unit, the way to it, the day."""

    heading: str
    leaves: tuple[Leaf, ...]
    following: Link | None
    selected: str
    under: str
    form: Form
    switch: Link
    is_ever: bool


@dataclass(frozen=True)
class OrganisationPage:
    """A unit, or the whole structure: its tree, and of a unit its surroundings, its facts and all under it."""

    frame: Frame
    heading: str
    lead: Cells
    about: str
    notices: tuple[str, ...]
    badges: tuple[str, ...]
    id: str
    panel: Panel
    questions: tuple[Link, ...]
    facts: tuple[Fact, ...]
    picture: Markup | None
    picture_note: str
    picture_files: tuple[Link, ...]
    section: Section | None
    downloads: tuple[Link, ...]
    another: Another


@dataclass(frozen=True)
class UnitChange:
    """One unit that changed, with the marks of what happened to it."""

    day: str
    marks: tuple[tuple[str, str], ...]
    unit: Cell
    title_before: str
    before: Cells
    after: Cells
    successors: Cells
    bases: Cells
    source: str


@dataclass(frozen=True)
class Quick:
    """A day on which something changed, with the way to what did."""

    link: Link
    began: str
    ended: str


@dataclass(frozen=True)
class DifferencePage:
    """What changed under a unit between two days, and the days worth asking about."""

    frame: Frame
    heading: str
    lead: Cell
    about: str
    form: Form
    problem: str
    summary: str
    marks: tuple[tuple[str, str, str], ...]
    notices: tuple[str, ...]
    changes: tuple[UnitChange, ...]
    previous: Link | None
    following: Link | None
    picture: Markup | None
    picture_note: str
    days: tuple[Quick, ...]
    days_note: str
    downloads: tuple[Link, ...]
    another: Another | None
