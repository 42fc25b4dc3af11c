"""What the command on data flows does."""

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from kaysis_graph import flows
from kaysis_graph.answers.answer import SEPARATOR, whole_list
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.exit_codes import Misasked
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, format_of, is_whole_list, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.flows import words
from kaysis_graph.flows.answer import Carried, End, FlowAnswer, FlowArrow
from kaysis_graph.flows.question import FlowRequest, as_option
from kaysis_graph.graph.graph import Graph
from kaysis_graph.render.typeset import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

# An arrow takes about five lines of a screen.
_ARROWS_ON_SCREEN = 20
_DOCUMENTS_ON_SCREEN = 4
_NAMED_ON_SCREEN = 5


def flows_of(terminal: Terminal, said: FlowRequest, asked: OutputOptions) -> None:
    """The flows of a service, a unit, an institution, between two, or of the whole state.

    Misasked for options that do not go together.
    """
    if problems := said.problems(as_option):
        raise Misasked(problems)
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        question = _identified(terminal, graph, said).question()
        limit = asked.limit or (_ARROWS_ON_SCREEN if format_of(asked) == "table" else flows.ask.ARROWS)
        answer = flows.ask.answer(graph, question, at, offset=asked.offset, limit=limit)
        told: Iterable[FlowArrow] = answer.arrows
        if is_whole_list(asked):
            answer = whole_list(answer)
            told = flows.ask.stream_arrows(graph, question, at)
        labels = {code: entry.label for code, entry in graph.schema.codes["organisation_category"].entries.items()}
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: flows.table.flows(answer, told, terminal.language),
            diagram=lambda: flows.picture.flow_diagram(answer, terminal.language, labels),
            rows=("arrows", lambda: told),
        )
        write(terminal, asked, forms)


def _identified(terminal: Terminal, graph: Graph, said: FlowRequest) -> FlowRequest:
    """The same with the identifiers of the records that were named."""

    def one(name: str | None, *kinds: str) -> str | None:
        return None if name is None else meant(terminal, graph, name, *kinds)

    return replace(
        said,
        organisation=one(said.organisation, "Organisation"),
        unit=one(said.unit, "Organisation"),
        service=one(said.service, "Service"),
        sender=one(said.sender, "Organisation"),
        receiver=one(said.receiver, "Organisation"),
        documents=tuple(meant(terminal, graph, name, "Document", "DataElement") for name in said.documents),
        counterparts=tuple(meant(terminal, graph, name, "Organisation") for name in said.counterparts),
    )


def _show(terminal: Terminal, answer: FlowAnswer) -> None:
    for thing in answer.asked:
        display.heading(terminal, display.named(terminal, thing))
    totals = {name: terminal.number(count) for name, count in vars(answer.totals).items()}
    terminal.print(terminal.say("cli.flow_totals", **totals))
    for line in words.about_offices(answer, terminal.language):
        terminal.print(line, "dim")
    if answer.instead is not None:
        terminal.print(words.about_instead(answer.instead, terminal.language), "yellow")
        options = shlex.join(["kaysis", *words.command_of(answer.instead.question)])
        terminal.print(f"  {options}", "cyan")
    for arrow in answer.arrows:
        terminal.print()
        _show_arrow(terminal, arrow)
    _show_gaps(terminal, answer)


def _show_arrow(terminal: Terminal, arrow: FlowArrow) -> None:
    terminal.print(
        Text.assemble((_end(terminal, arrow.sender), "bold"), " → ", (_end(terminal, arrow.receiver), "bold"))
    )
    for carried in arrow.carries[:_DOCUMENTS_ON_SCREEN]:
        layout.indented(terminal, display.named(terminal, carried.document), 2)
        layout.indented(terminal, Text(_way(terminal, carried), "dim"), 4)
    if rest := arrow.document_count - min(len(arrow.carries), _DOCUMENTS_ON_SCREEN):
        terminal.print(f"  {terminal.say('cli.more_documents', count=rest)}", "dim")


def _way(terminal: Terminal, carried: Carried) -> str:
    """Through which services a document goes, on which basis, by whom, how often."""
    services = " → ".join(
        _few([service.id for service in side], count)
        for side, count in ((carried.producing, carried.producing_count), (carried.requiring, carried.requiring_count))
        if side
    )
    by = [
        terminal.say(f"cli.by_{name}")
        for name in ("applicant", "institution", "system")
        if getattr(carried.carried_by, name)
    ]
    bases = list(dict.fromkeys(basis.record.id for basis in carried.bases))
    parts = [services, ", ".join(by) or terminal.say("cli.by_unknown")]
    parts += [terminal.say("cli.on_basis", bases=_few(bases, len(bases)))] if bases else []
    if carried.yearly.transactions is not None:
        parts.append(terminal.say("cli.yearly", count=terminal.number(carried.yearly.transactions)))
    return " · ".join(part for part in parts if part)


def _end(terminal: Terminal, end: End) -> str:
    """A unit is named with its institution, unless it is one."""
    name = clean(end.name(terminal.language))
    inside = end.institution
    if end.record is None or inside is None or inside.id == end.record.id:
        return name
    return f"{name}{SEPARATOR}{clean(inside.name(terminal.language))}"


def _few(names: list[str], count: int) -> str:
    shown = names[:_NAMED_ON_SCREEN]
    rest = count - len(shown)
    return ", ".join(shown) + (f" +{rest}" if rest > 0 else "")


def _show_gaps(terminal: Terminal, answer: FlowAnswer) -> None:
    """What does not meet: asked from people though the state has it, required but made by nobody."""
    gaps = answer.gaps
    if gaps.once_only:
        terminal.print()
        display.heading(terminal, terminal.say("cli.once_only", count=gaps.once_only_count))
        for gap in gaps.once_only[:_NAMED_ON_SCREEN]:
            makers = ", ".join(clean(thing.full_name(terminal.language)) for thing in gap.made_by[:3])
            terminal.print(Text.assemble("  ", display.named(terminal, gap.document), (f"  ← {makers}", "dim")))
    if gaps.unproduced:
        terminal.print()
        display.heading(terminal, terminal.say("cli.unproduced", count=gaps.unproduced_count))
        for lost in gaps.unproduced[:_NAMED_ON_SCREEN]:
            terminal.print(Text.assemble("  ", display.named(terminal, lost.document)))
    if answer.grouped:
        terminal.print()
        terminal.print(terminal.say("cli.grouped", count=answer.grouped_count), "dim")
