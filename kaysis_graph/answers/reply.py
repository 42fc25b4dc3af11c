"""One answer in every form it can be given in, for HTTP and for the terminal alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from kaysis_graph.answers.question import Question
from kaysis_graph.messages import Language
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import DRAWINGS, PICTURES, SHEETS, FormatName
from kaysis_graph.render.table import Table

AnyBody = TypeVar("AnyBody")
AnyRow = TypeVar("AnyRow")


_ROWS_IN_PICTURE = 500


def rows_in_picture(limit: int) -> int:
    """How many rows the picture of a tree has, from the first on, whichever page is read: a tree needs its trunk."""
    return max(limit, _ROWS_IN_PICTURE)


@dataclass(frozen=True)
class Twin:
    """The same answer as plain Cypher: a statement of `cypher/` and what it takes beside the day.

    `edge_type` is what the statement has to be named where it names one.
    """

    name: str
    takes: Mapping[str, object] = field(default_factory=dict)
    edge_type: str = ""


@dataclass(frozen=True)
class Listing(Generic[AnyBody, AnyRow]):
    """The rows of an answer's list as they come, and the answer beside them, which tells whether the list is whole.

    `rows` may be read once.
    """

    answer: AnyBody
    rows: Iterable[AnyRow] = ()


@dataclass(frozen=True, kw_only=True)
class Reply(Generic[AnyBody, AnyRow]):
    """An answer not yet given a form: whatever is made of it is made when it is first asked for, and only once.

    `name` becomes the name of files. `list_field` is the field of the answer that holds the rows of its list, and
    `make_listing` gives all of them where the answer may hold a part; both are left out where it holds everything.
    A `drawing` is a picture that is no diagram, as SVG. With `is_process` the diagram tells who does what, and comes
    as BPMN too.
    """

    question: Question
    name: str
    make_answer: Callable[[], AnyBody]
    list_field: str | None = None
    make_listing: Callable[[], Listing[AnyBody, AnyRow]] | None = None
    make_table: Callable[[Listing[AnyBody, AnyRow]], Table] | None = None
    make_diagram: Callable[[], Diagram] | None = None
    make_drawing: Callable[[], str] | None = None
    is_process: bool = False
    twin: Twin | None = None

    @cached_property
    def answer(self) -> AnyBody:
        """The answer, with the part of its list that was asked for."""
        return self.make_answer()

    @cached_property
    def listing(self) -> Listing[AnyBody, AnyRow]:
        """The answer with all rows of its list."""
        return self.make_listing() if self.make_listing else self.page_listing

    @cached_property
    def page_listing(self) -> Listing[AnyBody, AnyRow]:
        """The answer with the rows that it holds itself."""
        if self.list_field is None:
            return Listing(self.answer)
        emptied = replace(self.answer, **{self.list_field: ()})  # type: ignore[type-var]  # an answer with a list is a dataclass
        return Listing(emptied, getattr(self.answer, self.list_field))

    def table(self, listing: Listing[AnyBody, AnyRow]) -> Table:
        """The rows as a table, whole or the part that was asked for; to be written once."""
        assert self.make_table is not None, "offered"
        return self.make_table(listing)

    @cached_property
    def diagram(self) -> Diagram:
        """The picture as a diagram."""
        assert self.make_diagram is not None, "offered"
        return self.make_diagram()

    @cached_property
    def drawing(self) -> str:
        """The picture that is no diagram, as SVG."""
        assert self.make_drawing is not None, "offered"
        return self.make_drawing()

    @property
    def formats(self) -> tuple[FormatName, ...]:
        """The formats it can be given in, the usual one first."""
        found: list[FormatName] = ["json"]
        if self.make_table:
            found += SHEETS
        if self.make_diagram:
            found += PICTURES
        if self.make_drawing:
            found += DRAWINGS
        if self.is_process:
            found.append("bpmn")
        return tuple(found)


class PagedSearch(Protocol[AnyBody, AnyRow]):
    """What was looked for once, and is read a page at a time or whole."""

    def answer(self, offset: int, limit: int) -> AnyBody:
        """The answer with at most `limit` rows from `offset` on."""

    def listing(self) -> Listing[AnyBody, AnyRow]:
        """The answer beside all its rows."""


def paged_reply(  # noqa: PLR0913  # a question with what was found and what is made of it
    question: Question,
    name: str,
    found: PagedSearch[AnyBody, AnyRow],
    page: tuple[int, int],
    table: Callable[[AnyBody, Iterable[AnyRow], Language], Table],
    language: Language,
    *,
    make_diagram: Callable[[], Diagram] | None = None,
    make_drawing: Callable[[], str] | None = None,
    twin: Twin | None = None,
) -> Reply[AnyBody, AnyRow]:
    """The reply of an answer with a list in `rows`: the part from `page[0]` on, `page[1]` at most; files hold all."""
    offset, limit = page
    return Reply(
        question=question,
        name=name,
        make_answer=lambda: found.answer(offset, limit),
        list_field="rows",
        make_listing=found.listing,
        make_table=lambda listing: table(listing.answer, listing.rows, language),
        make_diagram=make_diagram,
        make_drawing=make_drawing,
        twin=twin,
    )
