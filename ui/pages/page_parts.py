"""What pages show: each template receives exactly one of these values, and everything it says comes from it."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kaysis_graph import files
from ui.pages.frame import Cell, Cells, Frame, Link


@dataclass(frozen=True)
class Option:
    """One choice of a select."""

    value: str
    label: str


@dataclass(frozen=True)
class Input:
    """One input of a form.

    A `text` may take an identifier or words; the page then asks which record was meant. `suggests` are the slugs of the
    kinds it takes, none of them for every kind; None is a text that takes no record.
    """

    name: str
    label: str
    value: str = ""
    type: Literal["text", "number", "date", "select", "hidden"] = "text"
    options: tuple[Option, ...] = ()
    hint: str = ""
    is_required: bool = False
    suggests: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Form:
    """A question as a form; `id` tells the forms of a page apart.

    With `stays_inside` its answer takes the place of a page that another site shows inside one of its own.
    """

    id: str
    action: str
    inputs: tuple[Input, ...]
    submit: str
    label: str = ""
    stays_inside: bool = False


@dataclass(frozen=True)
class Section:
    """A table under its heading, with the way to its other pages."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cells, ...], ...]
    empty: str
    note: str = ""
    previous: Link | None = None
    following: Link | None = None
    id: str = "table"


@dataclass(frozen=True)
class Fact:
    """A label with what it says; paragraphs are kept apart."""

    label: str
    cells: Cells
    about: str = ""


@dataclass(frozen=True)
class Another:
    """The same question asked in other ways: its address, its command line, and the same in Cypher."""

    address: str
    api: str
    command: str
    twin: str | None = None
    parameters: str = ""


@dataclass(frozen=True)
class AnswerPage:
    """An answer: in a sentence, in counts, as a picture, as tables, as files, and as a question asked in other ways."""

    frame: Frame
    heading: str
    lead: Cells
    notices: tuple[str, ...]
    form: Form
    facts: tuple[Fact, ...]
    picture: Markup | None
    picture_note: str
    sections: tuple[Section, ...]
    downloads: tuple[Link, ...]
    another: Another
    about: str = ""


@dataclass(frozen=True)
class ChoosePage:
    """A question whose records are not known yet: its form, and what may have been meant."""

    frame: Frame
    heading: str
    about: str
    form: Form
    said: str
    choices: tuple[Cell, ...]
    also: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Card:
    """One of the questions on the start page, with examples that can be followed; `sign` names its drawing."""

    sign: str
    link: Link
    about: str
    form: Form
    examples: tuple[Link, ...]


@dataclass(frozen=True)
class Figure:
    """A kind with its icon, and how many records of it there are where that is told."""

    link: Link
    shape: str
    count: int = 0


@dataclass(frozen=True)
class Recent:
    """One change in a list of changes."""

    number: int
    moment: str
    who: str
    why: Link


@dataclass(frozen=True)
class StartPage:
    """Search with words to try, the questions, what is in the graph, and what changed last."""

    frame: Frame
    tries: tuple[Link, ...]
    cards: tuple[Card, ...]
    figures: tuple[Figure, ...]
    records: int
    edges: int
    changes: tuple[Recent, ...]


@dataclass(frozen=True)
class Facet:
    """A way to narrow what was found: each value with its icon, where it has one, and how many have it."""

    heading: str
    links: tuple[tuple[Link, str, int], ...]


@dataclass(frozen=True)
class HitShownOnPage:
    """One record found and why."""

    cell: Cell
    match: str
    field: str
    snippet: str
    former: str


@dataclass(frozen=True)
class SearchPage:
    """What was found: as a list of `hits` or as a `table`, with the ways to narrow, order and show it.

    Links in `chosen` take away what was chosen, `cleared` takes away all of it; `columns` put one on or take one off.
    `meant` is the question in other words. Where nothing was found `similar` are names that begin alike, and `kinds`
    lead to the lists.
    """

    frame: Frame
    words: str
    kept: tuple[tuple[str, str], ...]
    lead: str
    notices: tuple[str, ...] = ()
    meant: Link | None = None
    chosen: tuple[Link, ...] = ()
    cleared: Link | None = None
    sorts: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()
    columns: tuple[Link, ...] = ()
    facets: tuple[Facet, ...] = ()
    hits: tuple[HitShownOnPage, ...] = ()
    table: Section | None = None
    similar: tuple[Cell, ...] = ()
    kinds: tuple[Cell, ...] = ()
    previous: Link | None = None
    following: Link | None = None
    downloads: tuple[Link, ...] = ()
    another: Another | None = None


@dataclass(frozen=True)
class ListPage:
    """A table of records or edges that is read page by page, with filters, columns and orders where there are any."""

    frame: Frame
    heading: str
    about: str
    lead: str
    also: Link
    form: Form | None
    section: Section
    downloads: tuple[Link, ...]
    another: Another | None
    choices: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True)
class AboutPage:
    """What this is, how to ask it from programs, and what its errors mean."""

    frame: Frame
    version: str
    engine: str
    kinds: tuple[tuple[Figure, str], ...]
    problems: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class LinkedDataPage:
    """What programs find here: IRIs, formats, dumps with their sizes, and how to begin."""

    frame: Frame
    base: str
    kinds: tuple[tuple[str, str], ...]
    dumps: tuple[tuple[str, str, str, tuple[Link, ...]], ...]
    past: str
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Trouble:
    """What went wrong, and the way on."""

    frame: Frame
    status: int
    heading: str
    text: str
    hint: str | None
    lines: tuple[tuple[str, str], ...] = field(default=())


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(files.UI / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(template: str, page: object) -> str:
    """The template with its page."""
    return _environment().get_template(template).render(page=page)
