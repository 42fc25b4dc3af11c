"""What the command on data flows does."""

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rich.text import Text

from kaysis_graph.answers import flow_pictures, flow_words, flows, tables
from kaysis_graph.answers.answer import SEPARATOR, whole_list
from kaysis_graph.answers.flow_answer import (
    Arrow,
    Carried,
    Carrier,
    End,
    FlowAnswer,
    Level,
    Offices,
    Question,
    Scope,
    Units,
)
from kaysis_graph.cli import layout, showing
from kaysis_graph.cli.opening import meant, opened_graph
from kaysis_graph.cli.options import Asked
from kaysis_graph.cli.refusals import Misuse
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.writing import Forms, day_of, format_of, is_whole_list, write
from kaysis_graph.render.typeset import clean

# An arrow takes about five lines of a screen.
_ARROWS_ON_SCREEN = 20
_DOCUMENTS_ON_SCREEN = 4
_NAMED_ON_SCREEN = 5


@dataclass(frozen=True)
class Subjects:
    """Whose flows are asked for, as it was written; nothing at all means the whole state."""

    organisation: str | None
    unit: str | None
    service: str | None
    sender: str | None
    receiver: str | None
    scope: Scope


@dataclass(frozen=True)
class Narrowing:
    """What the flows are rolled up to and narrowed to, as it was written."""

    level: Level | None
    documents: list[str]
    counterparts: list[str]
    carried_by: Carrier | None
    units: Units
    offices: Offices


def flows_of(terminal: Terminal, subjects: Subjects, narrowing: Narrowing, asked: Asked) -> None:
    """The flows of a service, a unit, an institution, between two, or of the whole state.

    Misuse when several of these are asked for at once, and for counterparts of two institutions.
    """
    given = [subjects.organisation, subjects.unit, subjects.service, subjects.sender or subjects.receiver]
    if sum(said is not None for said in given) > 1:
        raise Misuse("cli.one_subject")
    if (subjects.sender is None) != (subjects.receiver is None):
        raise Misuse("cli.both_ends")
    if subjects.sender is not None and narrowing.counterparts:
        raise Misuse("flows.with_between")
    at = day_of(asked)
    with opened_graph(terminal) as graph:

        def identified(said: str, *kinds: str) -> str:
            return meant(terminal, graph, said, *kinds)

        question = _narrowed(_question(subjects, identified), narrowing, identified)
        limit = asked.limit or (_ARROWS_ON_SCREEN if format_of(asked) == "table" else flows.ARROWS)
        answer = flows.answer(graph, question, at, offset=asked.offset, limit=limit)
        told: Iterable[Arrow] = answer.arrows
        if is_whole_list(asked):
            answer = whole_list(answer)
            told = flows.stream_arrows(graph, question, at)
        labels = {code: entry.label for code, entry in graph.schema.codes["organisation_category"].entries.items()}
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: tables.flows(answer, told, terminal.language),
            diagram=lambda: flow_pictures.flow_diagram(answer, terminal.language, labels),
            rows=("arrows", lambda: told),
        )
        write(terminal, asked, forms)


def _narrowed(question: Question, narrowing: Narrowing, identified: Callable[..., str]) -> Question:
    usual: Level = "institution" if question.subject == "state" else "unit"
    return replace(
        question,
        level=narrowing.level or usual,
        documents=tuple(identified(said, "Document", "DataElement") for said in narrowing.documents),
        counterparts=tuple(identified(said, "Organisation") for said in narrowing.counterparts),
        carried_by=narrowing.carried_by,
        units=narrowing.units,
        offices=narrowing.offices,
    )


def _question(subjects: Subjects, identified: Callable[..., str]) -> Question:
    if subjects.service is not None:
        return Question("service", (identified(subjects.service, "Service"),))
    if subjects.unit is not None:
        return Question("unit", (identified(subjects.unit, "Organisation"),))
    if subjects.organisation is not None:
        return Question("institution", (identified(subjects.organisation, "Organisation"),), subjects.scope)
    if subjects.sender is not None and subjects.receiver is not None:
        ends = (identified(subjects.sender, "Organisation"), identified(subjects.receiver, "Organisation"))
        return Question("between", ends)
    return Question("state")


def _show(terminal: Terminal, answer: FlowAnswer) -> None:
    for thing in answer.asked:
        showing.heading(terminal, showing.named(terminal, thing))
    totals = {name: terminal.number(count) for name, count in vars(answer.totals).items()}
    terminal.print(terminal.say("cli.flow_totals", **totals))
    for line in flow_words.about_offices(answer, terminal.language):
        terminal.print(line, "dim")
    if answer.instead is not None:
        terminal.print(flow_words.about_instead(answer.instead, terminal.language), "yellow")
        options = shlex.join(["kaysis", *flow_words.command_of(answer.instead.question)])
        terminal.print(f"  {options}", "cyan")
    for arrow in answer.arrows:
        terminal.print()
        _show_arrow(terminal, arrow)
    _show_gaps(terminal, answer)


def _show_arrow(terminal: Terminal, arrow: Arrow) -> None:
    terminal.print(
        Text.assemble((_end(terminal, arrow.sender), "bold"), " → ", (_end(terminal, arrow.receiver), "bold"))
    )
    for carried in arrow.carries[:_DOCUMENTS_ON_SCREEN]:
        layout.indented(terminal, showing.named(terminal, carried.document), 2)
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
        showing.heading(terminal, terminal.say("cli.once_only", count=gaps.once_only_count))
        for gap in gaps.once_only[:_NAMED_ON_SCREEN]:
            makers = ", ".join(clean(thing.full_name(terminal.language)) for thing in gap.made_by[:3])
            terminal.print(Text.assemble("  ", showing.named(terminal, gap.document), (f"  ← {makers}", "dim")))
    if gaps.unproduced:
        terminal.print()
        showing.heading(terminal, terminal.say("cli.unproduced", count=gaps.unproduced_count))
        for lost in gaps.unproduced[:_NAMED_ON_SCREEN]:
            terminal.print(Text.assemble("  ", showing.named(terminal, lost.document)))
    if answer.grouped:
        terminal.print()
        terminal.print(terminal.say("cli.grouped", count=answer.grouped_count), "dim")
