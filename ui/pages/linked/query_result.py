"""What a SPARQL query gave, as a page shows it: rows with names instead of IRIs, yes or no, or a picture."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import Language
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from ui.pages.frame import Cell, Cells, Frame
from ui.pages.linked.iri_names import cells

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]
TRIPLES = "application/n-triples"
# A page beyond this is slow to read and to load (200 rows of five columns: 90 kB); the files hold all.
MOST_ROWS = 200
# guess: more boxes on a screen are not told apart; more arrows hide each other.
MOST_BOXES = 150
MOST_ARROWS = 400
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NUMBERS = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
# Long fractions, exponents and what else is no plain number stay as they are.
_PLAIN = re.compile(r"(-?)(0|[1-9][0-9]{0,40})(?:\.([0-9]{1,6}))?")
_GROUPS = re.compile(r"\B(?=(?:[0-9]{3})+$)")
_UNGROUPED = 4
_MARKS = {"tr": (".", ","), "en": (",", ".")}


@dataclass(frozen=True)
class Outcome:
    """The answer to a query as the engine wrote it: SPARQL results as JSON, or triples as N-Triples."""

    media: str
    content: bytes
    seconds: float
    sequence: int


@dataclass(frozen=True)
class Rows:
    """The first rows of a result, how many there are in all, and what a picture of all shows.

    `edges` are the rows that are drawn, from wherever in the result, `left_out` counts those that do not fit.
    `is_yes` answers an ASK, which has no rows.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    are_triples: bool = False
    is_yes: bool | None = None
    draws: bool = False
    """Whether a picture is offered: three columns are a thing, what it is to another, and that one."""
    edges: tuple[Row, ...] = ()
    left_out: int = 0


@dataclass
class _Drawing:
    """The edges that fit into one picture."""

    edges: dict[Row, None] = field(default_factory=dict)
    boxes: set[Term | None] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        if row in self.edges:
            return
        ends = {row[0], row[2]} - self.boxes
        if len(self.boxes) + len(ends) > MOST_BOXES or len(self.edges) >= MOST_ARROWS:
            self.left_out.add(hash(row))
            return
        self.edges[row] = None
        self.boxes |= ends


def rows_of(outcome: Outcome, most: int) -> Rows:
    """The first rows that a query gave, and the edges among all of them."""
    if outcome.media == TRIPLES:
        quads = parse(outcome.content, RdfFormat.N_TRIPLES)
        triples = ((quad.subject, quad.predicate, quad.object) for quad in quads)
        return _read(("subject", "predicate", "object"), triples, most, are_triples=True)
    results = parse_query_results(outcome.content, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Rows((), (), 0, is_yes=bool(results))
    columns = tuple(variable.value for variable in results.variables)
    return _read(columns, (tuple(solution) for solution in results), most)


def _read(columns: tuple[str, ...], rows: Iterable[Row], most: int, *, are_triples: bool = False) -> Rows:
    has_three, draws = len(columns) == 3, False  # noqa: PLR2004  # a thing, what it is to another, and that one
    shown: list[Row] = []
    drawing = _Drawing()
    total = 0
    for row in rows:
        total += 1
        if len(shown) < most:
            shown.append(row)
        if has_three and _is_thing(row[0]) and _is_thing(row[2]):
            draws = True
            if _value(row[1]) != _TYPE:
                drawing.add(row)
    edges, left_out = tuple(drawing.edges), len(drawing.left_out)
    return Rows(columns, tuple(shown), total, are_triples, draws=draws, edges=edges, left_out=left_out)


def table(graph: Graph, iris: Iris, frame: Frame, rows: Rows) -> tuple[tuple[Cells, ...], ...]:
    """The rows as a page shows them: what is named by an IRI of ours leads to its page."""
    asked = [term.value for row in rows.rows for term in row if isinstance(term, NamedNode)]
    named = cells(graph, iris, frame, asked)
    return tuple(tuple((_cell(frame, named, term),) for term in row) for row in rows.rows)


def picture(graph: Graph, iris: Iris, frame: Frame, rows: Rows) -> Diagram:
    """The edges as boxes and arrows between them; what says of which class a thing is, or a plain value, is no box."""
    drawn = rows.edges
    named = cells(graph, iris, frame, [_value(term) for row in drawn for term in row if isinstance(term, NamedNode)])
    # One word on every arrow says nothing and hides the picture.
    is_plain = len({_value(row[1]) for row in drawn}) == 1
    nodes: dict[str, Node] = {}
    arrows: dict[tuple[str, str, str], Arrow] = {}
    for source, over, target in drawn:
        ends = {_value(source), _value(target)}
        for iri in sorted(ends - nodes.keys()):
            cell = named.get(iri, Cell(iri))
            note = " · ".join(part for part in (cell.kind, cell.id) if part)
            nodes[iri] = Node(iri, cell.text, cell.shape.replace("-", "_") or "other", note=note, link=cell.href)
        label = "" if is_plain else named.get(_value(over), Cell(_value(over))).text
        arrows.setdefault((_value(source), _value(target), label), Arrow(_value(source), _value(target), label))
    notes = (frame.say("sparql_page.picture_cut", left=frame.number(rows.left_out)),) if rows.left_out else ()
    title = frame.say("sparql_page.picture")
    about = frame.say("pictures.about", title=title, nodes=len(nodes), arrows=len(arrows))
    return Diagram(
        title, about, tuple(nodes.values()), tuple(arrows.values()), frame.language, reads="along", footnotes=notes
    )


def _cell(frame: Frame, named: dict[str, Cell], term: Term | None) -> Cell:
    match term:
        case NamedNode():
            return named[term.value]
        case Literal() if term.datatype.value in _NUMBERS:
            return Cell(grouped(term.value, frame.language), is_number=True)
        case Literal():
            return Cell(term.value)
        case None:
            return Cell("")
        case _:
            return Cell(str(term))


def grouped(value: str, language: Language) -> str:
    """A number as people write it, digit for digit: five digits and more in groups, since four are often a year."""
    found = _PLAIN.fullmatch(value)
    if found is None:
        return value
    sign, whole, fraction = found.groups()
    thousands, decimal = _MARKS[language]
    digits = _GROUPS.sub(thousands, whole) if len(whole) > _UNGROUPED else whole
    return f"{sign}{digits}{decimal}{fraction}" if fraction else f"{sign}{digits}"


def _is_thing(term: Term | None) -> bool:
    return isinstance(term, NamedNode | BlankNode)


def _value(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, Triple) else term.value
