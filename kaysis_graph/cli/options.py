"""The options that several commands share, declared once."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from kaysis_graph.render.formats import LARGEST_NUMBER

RdfFormat = Literal["nquads", "trig", "turtle", "ntriples", "rdfxml", "jsonld"]
TableFormat = Literal["table", "json", "csv", "xlsx"]
PictureFormat = Literal["table", "json", "csv", "xlsx", "svg", "png", "pdf", "mermaid", "graphml"]
Format = Literal["table", "json", "csv", "xlsx", "svg", "png", "pdf", "mermaid", "graphml", "bpmn"]
ActRelation = Literal["based_on", "repeals", "amends"]
ActPart = Literal["overview", "force", "resting", "text", "timeline", "repealed", "repealed_by", "days"]


@dataclass(frozen=True)
class OutputOptions:
    """How an answer is wanted, whatever the question.

    `format` is None when it is to be read off the name of the file, or a person is to read the answer.
    """

    at: str | None = None
    format: Format | None = None
    output: str | None = None
    limit: int | None = None
    offset: int = 0
    whole: bool = False

    @property
    def is_page(self) -> bool:
        """Whether a part of the list was asked for."""
        return self.limit is not None or self.offset > 0


@contextlib.contextmanager
def fitting_options() -> Iterator[None]:
    """Misasked for options whose values the question that is made of them does not take."""
    from pydantic import ValidationError

    from kaysis_graph.answers.question import option_name, value_problems
    from kaysis_graph.cli.exit_codes import Misasked

    try:
        yield
    except ValidationError as error:
        raise Misasked(value_problems(error.errors(), option_name)) from error


def kinds(incomplete: str) -> Iterable[str]:
    """The kinds of record that begin so, for completion."""
    from kaysis_graph import files

    return [
        name
        for name in sorted(path.stem for path in (files.ONTOLOGY / "kinds").glob("*.toml"))
        if name.startswith(incomplete)
    ]


def edge_types(incomplete: str) -> Iterable[str]:
    """The edge types that begin so, for completion."""
    from kaysis_graph import schema

    return [name for name in schema.read().edge_types if name.startswith(incomplete)]


At = Annotated[str | None, typer.Option("--at", metavar="date", help="cli.option_at")]
AsTable = Annotated[TableFormat | None, typer.Option("--format", "-f", metavar="form", help="cli.option_table_format")]
AsPicture = Annotated[
    PictureFormat | None, typer.Option("--format", "-f", metavar="form", help="cli.option_picture_format")
]
AsProcess = Annotated[Format | None, typer.Option("--format", "-f", metavar="form", help="cli.option_process_format")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="file", help="cli.option_output")]
Limit = Annotated[
    int | None, typer.Option("--limit", "-n", metavar="number", min=1, max=LARGEST_NUMBER, help="cli.option_limit")
]
Offset = Annotated[int, typer.Option("--offset", metavar="number", min=0, max=LARGEST_NUMBER, help="cli.option_offset")]
Whole = Annotated[bool, typer.Option("--whole", help="cli.option_whole")]
Depth = Annotated[
    int | None, typer.Option("--depth", metavar="number", min=1, max=LARGEST_NUMBER, help="cli.option_depth")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", "-k", metavar="kind", help="cli.option_kind", autocompletion=kinds),
]
RecordName = Annotated[str, typer.Argument(metavar="record", help="cli.argument_record")]
Who = Annotated[str | None, typer.Option("--who", metavar="name", help="cli.option_who")]
Why = Annotated[str | None, typer.Option("--why", metavar="words", help="cli.option_why")]
