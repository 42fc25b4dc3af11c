"""The page of the SPARQL endpoint: a query to be written, ten to begin with, and what one gives."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from kaysis_graph.errors import Invalid, KaysisError
from kaysis_graph.linked.iris import Iris
from ui.pages.frame import Cells, Frame, Link, frame_of
from ui.pages.linked.query_examples import QueryExample, declared, examples
from ui.pages.linked.query_result import MOST_ROWS, Outcome, Rows, picture, rows_of, table
from ui.pages.page_parts import Option, rendered
from ui.pages.picture import dated, inline
from ui.pages.reader import Asked

_OF_ROWS = ("csv", "tsv", "json", "xml")
_OF_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")
_OF_YES = ("json", "xml")
_NAMES = {
    "csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML",
    "turtle": "Turtle", "ntriples": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF/XML",
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What a query gave: a sentence, the first rows, a picture where there is one, and files of all of it."""

    lead: str
    told: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cells, ...], ...]
    picture: Markup | None
    nothing: str
    views: tuple[Link, ...]
    downloads: tuple[Link, ...]
    milliseconds: int


@dataclass(frozen=True)
class Sample:
    """An example as the page offers it."""

    link: Link
    about: str
    is_open: bool


@dataclass(frozen=True)
class QueryPage:
    """A query in its form, its result or what is wrong with it, the examples, and what there is to know."""

    frame: Frame
    query: str
    lines: int
    formats_of_rows: tuple[Option, ...]
    formats_of_triples: tuple[Option, ...]
    trouble: tuple[str, ...]
    result: Result | None
    view: str
    samples: tuple[Sample, ...]
    prefixes: tuple[tuple[str, str], ...]
    prefixes_told: str
    history: str
    base: str


def query_page(asked: Asked, query: str, outcome: Outcome | KaysisError | None) -> str:
    """The page with a query and what came of it; without a query it has one to begin with."""
    frame = frame_of(asked, _titled(asked), has_day=False)
    iris = asked.iris
    text = query.replace("\r\n", "\n") or declared(_BEGINNING.format(say=frame.say("sparql_page.beginning")), iris)
    known = dict(iris.prefixes)
    view = "graph" if ("view", "graph") in asked.parameters else "table"
    page = QueryPage(
        frame=frame,
        query=text,
        lines=min(max(text.count("\n") + 2, 8), 24),
        formats_of_rows=_options(_OF_ROWS),
        formats_of_triples=_options(_OF_TRIPLES),
        trouble=_trouble(frame, outcome) if isinstance(outcome, KaysisError) else (),
        result=_result(asked, frame, query, outcome, view) if isinstance(outcome, Outcome) else None,
        view=view,
        samples=tuple(_sample(frame, iris, example, text) for example in examples()),
        prefixes=tuple(known.items()),
        prefixes_told=json.dumps(known),
        history=iris.history.value,
        base=iris.base,
    )
    return rendered("sparql.html", page)


_BEGINNING = """\
# {say}
SELECT ?service ?title
WHERE {{
  ?service a cpsv:PublicService ;
           dct:title ?title .
  FILTER (lang(?title) = "tr")
}}
ORDER BY ?title
LIMIT 100
"""


def address_of(query: str, **parameters: str) -> str:
    """The address of the page, or of a file, of a query."""
    return f"/sparql?{urlencode({'query': query, **parameters})}"


def _titled(asked: Asked) -> str:
    return frame_of(asked, "").say("sparql_page.title")


def _options(formats: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(name, _NAMES[name]) for name in formats)


def _sample(frame: Frame, iris: Iris, example: QueryExample, query: str) -> Sample:
    text = example.query(iris)
    link = Link(example.title.of(frame.language), address_of(text))
    return Sample(link, example.about.of(frame.language), is_open=text.strip() == query.strip())


def _trouble(frame: Frame, error: KaysisError) -> tuple[str, ...]:
    problems = error.problems if isinstance(error, Invalid) else (error,)
    told = [part for held in problems for part in (held.text(frame.language), held.hint(frame.language))]
    return tuple(part for part in told if part)


def _result(asked: Asked, frame: Frame, query: str, outcome: Outcome, view: str) -> Result:
    rows = rows_of(outcome, MOST_ROWS)
    milliseconds = round(outcome.seconds * 1000)
    told = frame.say(
        "sparql_page.told", milliseconds=frame.number(milliseconds), sequence=frame.number(outcome.sequence)
    )
    formats = _OF_YES if rows.is_yes is not None else _OF_TRIPLES if rows.are_triples else _OF_ROWS
    is_drawn = view == "graph" and rows.draws
    drawn = inline(dated(picture(asked.graph, asked.iris, frame, rows), asked)) if is_drawn and rows.edges else None
    return Result(
        lead=_lead(frame, rows),
        told=told,
        note=_note(frame, rows),
        columns=_columns(frame, rows),
        rows=() if is_drawn else table(asked.graph, asked.iris, frame, rows),
        picture=drawn,
        nothing=frame.say("sparql_page.picture_none") if is_drawn and not rows.edges else "",
        views=_views(frame, query, view) if rows.draws else (),
        downloads=tuple(Link(_NAMES[name], address_of(query, format=name)) for name in formats),
        milliseconds=milliseconds,
    )


def _lead(frame: Frame, rows: Rows) -> str:
    if rows.is_yes is not None:
        return frame.say("sparql_page.yes" if rows.is_yes else "sparql_page.no")
    return frame.say("sparql_page.triples" if rows.are_triples else "sparql_page.rows", count=frame.number(rows.total))


def _note(frame: Frame, rows: Rows) -> str:
    if rows.total <= len(rows.rows):
        return ""
    values = {"shown": frame.number(len(rows.rows)), "total": frame.number(rows.total)}
    return frame.say("sparql_page.first_rows", **values)


def _columns(frame: Frame, rows: Rows) -> tuple[str, ...]:
    if not rows.are_triples:
        return rows.columns
    return tuple(frame.say(f"sparql_page.column_{name}") for name in rows.columns)


def _views(frame: Frame, query: str, view: str) -> tuple[Link, ...]:
    shown = {"table": address_of(query), "graph": address_of(query, view="graph")}
    return tuple(Link(frame.say(f"sparql_page.view_{name}"), href, name == view) for name, href in shown.items())
