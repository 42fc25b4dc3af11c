"""What a SPARQL query gave, as a page shows it: rows with names instead of IRIs, yes or no, or a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

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

from api.frames import Cell, Cells, Frame
from api.iri_names import cells
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.iris import Iris
from kaysis_graph.render.diagram import Arrow, Diagram, Node

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
_WHOLE = "http://www.w3.org/2001/XMLSchema#integer"


@dataclass(frozen=True)
class Outcome:
    """The answer to a query as the engine wrote it: SPARQL results as JSON, or triples as N-Triples."""

    media: str
    content: bytes
    seconds: float
    sequence: int


@dataclass(frozen=True)
class Rows:
    """The first rows of a result, and how many there are in all; `is_yes` answers an ASK, which has no rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    are_triples: bool = False
    is_yes: bool | None = None

    @property
    def draws(self) -> bool:
        """Whether a picture can be made of them: three columns are a thing, what it is to another, and that one."""
        return len(self.columns) == 3 and any(_is_thing(row[0]) and _is_thing(row[2]) for row in self.rows)  # noqa: PLR2004


def rows_of(outcome: Outcome, most: int) -> Rows:
    """The first rows that a query gave."""
    if outcome.media == TRIPLES:
        quads = parse(outcome.content, RdfFormat.N_TRIPLES)
        shown: tuple[Row, ...] = tuple((quad.subject, quad.predicate, quad.object) for quad in islice(quads, most))
        return Rows(("subject", "predicate", "object"), shown, len(shown) + sum(1 for _ in quads), are_triples=True)
    results = parse_query_results(outcome.content, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Rows((), (), 0, is_yes=bool(results))
    columns = tuple(variable.value for variable in results.variables)
    shown = tuple(tuple(solution) for solution in islice(results, most))
    return Rows(columns, shown, len(shown) + sum(1 for _ in results))


def table(graph: Graph, iris: Iris, frame: Frame, rows: Rows) -> tuple[tuple[Cells, ...], ...]:
    """The rows as a page shows them: what is named by an IRI of ours leads to its page."""
    asked = [term.value for row in rows.rows for term in row if isinstance(term, NamedNode)]
    named = cells(graph, iris, frame, asked)
    return tuple(tuple((_cell(frame, named, term),) for term in row) for row in rows.rows)


def picture(graph: Graph, iris: Iris, frame: Frame, rows: Rows) -> Diagram:
    """The rows as boxes and arrows between them; what says of which class a thing is, or a plain value, is no box."""
    drawn = [row for row in rows.rows if _is_thing(row[0]) and _is_thing(row[2]) and _value(row[1]) != _TYPE]
    named = cells(graph, iris, frame, [_value(term) for row in drawn for term in row if isinstance(term, NamedNode)])
    # One word on every arrow says nothing and hides the picture.
    is_plain = len({_value(row[1]) for row in drawn}) == 1
    nodes: dict[str, Node] = {}
    arrows: dict[tuple[str, str, str], Arrow] = {}
    left_out = 0
    for source, over, target in drawn:
        ends = {_value(source), _value(target)}
        if len(nodes.keys() | ends) > MOST_BOXES or len(arrows) >= MOST_ARROWS:
            left_out += 1
            continue
        for iri in sorted(ends - nodes.keys()):
            cell = named.get(iri, Cell(iri))
            note = " · ".join(part for part in (cell.kind, cell.id) if part)
            nodes[iri] = Node(iri, cell.text, cell.shape.replace("-", "_") or "other", note=note, link=cell.href)
        label = "" if is_plain else named.get(_value(over), Cell(_value(over))).text
        arrows.setdefault((_value(source), _value(target), label), Arrow(_value(source), _value(target), label))
    beyond = left_out + rows.total - len(rows.rows)
    notes = (frame.say("sparql_page.picture_cut", left=frame.number(beyond)),) if beyond else ()
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
            whole = term.datatype.value == _WHOLE and term.value.lstrip("-").isdecimal()
            return Cell(frame.number(int(term.value)) if whole else term.value, is_number=True)
        case Literal():
            return Cell(term.value)
        case None:
            return Cell("")
        case _:
            return Cell(str(term))


def _is_thing(term: Term | None) -> bool:
    return isinstance(term, NamedNode | BlankNode)


def _value(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, Triple) else term.value
