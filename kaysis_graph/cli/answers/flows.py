"""What the command on data flows does."""

import shlex

from rich.text import Text

from kaysis_graph.answers.answer import SEPARATOR
from kaysis_graph.answers.question import option_name
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.exit_codes import Misasked
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, format_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.flows import words
from kaysis_graph.flows.answer import Carried, End, FlowAnswer, FlowArrow
from kaysis_graph.flows.ask import ARROWS, FlowWalk
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.reply import flow_reply
from kaysis_graph.graph.graph import Graph
from kaysis_graph.render.typeset import clean

# An arrow takes about five lines of a screen.
_ARROWS_ON_SCREEN = 20
_DOCUMENTS_ON_SCREEN = 4
_NAMED_ON_SCREEN = 5


def write_flows(terminal: Terminal, said: FlowQuestion, asked: OutputOptions) -> None:
    """The flows of a service, a unit, an institution, between two, or of the whole state.

    Misasked for options that do not go together.
    """
    if problems := said.problems(option_name):
        raise Misasked(problems)
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        walk = FlowWalk(graph, _identified(terminal, graph, said), at)
        limit = asked.limit or (_ARROWS_ON_SCREEN if format_of(asked) == "table" else ARROWS)
        reply = flow_reply(walk, graph.schema, terminal.language, asked.offset, limit)
        write_reply(terminal, asked, reply, lambda: _show(terminal, reply.answer))


def _identified(terminal: Terminal, graph: Graph, said: FlowQuestion) -> FlowQuestion:
    """The same with the identifiers of the records that were named."""
    found: dict[str, object] = {
        name: meant(terminal, graph, value, "Service" if name == "service" else "Organisation")
        for name in ("organisation", "unit", "service", "from_", "to")
        if (value := getattr(said, name)) is not None
    }
    found["document"] = tuple(meant(terminal, graph, name, "Document", "DataElement") for name in said.document)
    found["with_"] = tuple(meant(terminal, graph, name, "Organisation") for name in said.with_)
    return said.model_copy(update=found)


def _show(terminal: Terminal, answer: FlowAnswer) -> None:
    for thing in answer.asked:
        display.heading(terminal, display.named(terminal, thing))
    totals = {name: terminal.number(count) for name, count in vars(answer.totals).items()}
    terminal.print(terminal.say("cli.flow_totals", **totals))
    for line in words.about_offices(answer, terminal.language):
        terminal.print(line, "dim")
    if answer.instead is not None:
        terminal.print(words.about_instead(answer.instead, terminal.language), "yellow")
        options = shlex.join(["kaysis", *answer.instead.question.command])
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
