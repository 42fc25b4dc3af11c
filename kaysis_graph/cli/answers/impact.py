"""`kaysis impact`: what falls with a record."""

from rich.text import Text

from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import kind_slugs, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, limit_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.impact.ask import Fallen, Impact, about_ground
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.impact.reply import impact_reply
from kaysis_graph.messages import say

_INSTITUTIONS_ON_SCREEN = 12


def write_impact(terminal: Terminal, said: ImpactQuestion, asked: OutputOptions) -> None:
    """What falls when a record changes or ends; the records of the question are named as people name them."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        institution = said.institution
        if institution not in (None, NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        kinds = kind_slugs(graph, said.kinds)
        names = {"id": meant(terminal, graph, said.id), "institution": institution, "kinds": kinds}
        question = said.model_copy(update=names)
        reply = impact_reply(graph, question, at, terminal.language, asked.offset, limit_of(asked))
        write_reply(terminal, asked, reply, lambda: _show_impact(terminal, reply.answer))


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
        terminal.print(f"    {about_ground(row.ground, terminal.language)}", "dim")
    chain = Text("    ", "dim")
    for before, link in zip([answer.start.id, *(each.thing.id for each in row.chain)], row.chain, strict=False):
        sign = "→" if link.along else "←"
        chain.append(f"{before} {sign} {display.edge(terminal, link.type)} {sign} ")
    chain.append(row.thing.id)
    terminal.print(chain)
