"""What the page of data quality shows, the only thing its template is given."""

from dataclasses import dataclass

from ui.pages.frame import Cell, Frame, Link
from ui.pages.page_parts import Another, Form


@dataclass(frozen=True)
class FlawRow:
    """A record with what is wrong with it, the others it is wrong with, and how many more of those there are."""

    cell: Cell
    said: str
    others: tuple[Cell, ...]
    more: str


@dataclass(frozen=True)
class RuleWork:
    """A rule that is broken: what it says, why, what to do, its flaws, and the way to all of them."""

    id: str
    severity: str
    severity_said: str
    heading: str
    why: str
    hint: str
    total: int
    flaws: tuple[FlawRow, ...]
    all: Link | None
    picture: Link | None
    previous: Link | None
    following: Link | None


@dataclass(frozen=True)
class FlawHolder:
    """An institution with how many flaws are of its records, and the way to them; followed again, back to all."""

    link: Link
    id: str
    count: int


@dataclass(frozen=True)
class QualityPage:
    """The flaws of the graph as a list to be worked through, and the rules that are kept."""

    frame: Frame
    heading: str
    about: str
    lead: str
    notices: tuple[str, ...]
    form: Form
    severities: tuple[tuple[str, str, int], ...]
    holders: tuple[FlawHolder, ...]
    rules: tuple[RuleWork, ...]
    gaps: tuple[tuple[str, str, str], ...]
    kept: tuple[str, ...]
    empty: str
    downloads: tuple[Link, ...]
    another: Another
