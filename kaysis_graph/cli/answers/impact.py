"""`kaysis impact`: what falls with a record."""

from dataclasses import dataclass

from rich.text import Text

from kaysis_graph import impact
from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, limit_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.impact.ask import Fallen, Impact
from kaysis_graph.impact.selection import NOBODY, Group, ImpactNarrowing, Sort
from kaysis_graph.messages import say
from kaysis_graph.records import reader

_INSTITUTIONS_ON_SCREEN = 12


@dataclass(frozen=True)
class ImpactRows:
    """Which rows of `impact` are told, and in which order."""

    kinds: list[str]
    institution: str | None
    words: str
    group: Group | None
    sort: Sort


def write_impact(terminal: Terminal, record: str, rows: ImpactRows, depth: int | None, asked: OutputOptions) -> None:
    """What falls when a record changes or ends."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        kinds = frozenset(reader.known_kind(graph.schema, kind).name for kind in rows.kinds) or None
        start = meant(terminal, graph, record)
        institution = rows.institution
        if institution not in (None, NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        wanted = ImpactNarrowing(kinds, institution, rows.words, rows.group, rows.sort)
        answer = impact.ask.of(graph, start, at, depth=depth, offset=asked.offset, limit=limit_of(asked), wanted=wanted)
        forms = Forms(
            answer,
            show=lambda: _show_impact(terminal, answer),
            table=lambda: impact.table.impact(answer, answer.rows, terminal.language),
            diagram=lambda: impact.picture.impact_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def _show_impact(terminal: Terminal, answer: Impact) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    told = {"total": terminal.number(answer.total), "direct": terminal.number(answer.direct)}
    terminal.print(terminal.say("cli.impact_total", **told))
    if answer.own:
        terminal.print(say("impact.own", terminal.language, count=terminal.number(answer.own)), "dim")
    if answer.kinds:
        found = ((display.plural(terminal, name), count) for name, count in answer.kinds.items())
        terminal.print(display.counts(terminal, found))
    terminal.print()
    shares = answer.institutions[:_INSTITUTIONS_ON_SCREEN]
    lines = [
        (
            terminal.number(share.count),
            display.called(terminal, share.institution)
            if share.institution
            else Text(terminal.say("cli.no_institution"), "dim"),
        )
        for share in shares
    ]
    display.rows(terminal, ("count", "institution"), lines, right=(0,))
    if rest := len(answer.institutions) - len(shares):
        terminal.print(terminal.say("cli.more_institutions", count=rest), "dim")
    terminal.print()
    for row in answer.rows:
        _show_fallen(terminal, answer, row)


def _show_fallen(terminal: Terminal, answer: Impact, row: Fallen) -> None:
    kind = display.kind(terminal, row.thing.kind)
    line = Text.assemble(f"{row.depth:>2}  ", display.named(terminal, row.thing), (f"  {kind}", "dim"))
    if row.other_sources:
        line.append(f" {terminal.say('cli.other_sources', count=row.other_sources)}", "green")
    terminal.print(line)
    if row.ground is not None:
        terminal.print(f"    {impact.ask.about_ground(row.ground, terminal.language)}", "dim")
    chain = Text("    ", "dim")
    for before, link in zip([answer.start.id, *(each.thing.id for each in row.chain)], row.chain, strict=False):
        sign = "→" if link.along else "←"
        chain.append(f"{before} {sign} {display.edge(terminal, link.type)} {sign} ")
    chain.append(row.thing.id)
    terminal.print(chain)
