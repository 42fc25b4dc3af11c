"""What `kaysis check` does: the whole graph held against its rules."""

from rich.text import Text

from kaysis_graph import quality
from kaysis_graph.answers.institution_choice import NOBODY, chosen_institution
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.exit_codes import Misasked
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, write_reply
from kaysis_graph.cli.progress import progress_told
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Invalid, KaysisError
from kaysis_graph.graph.graph import Graph
from kaysis_graph.quality import rules
from kaysis_graph.quality.ask import Flaw, Quality
from kaysis_graph.quality.question import QualityQuestion
from kaysis_graph.quality.reply import quality_reply
from kaysis_graph.quality.rules import QualityRule

# A rule that many records break must not push the next one off the screen.
_FLAWS_ON_SCREEN = 5
_OTHERS_ON_SCREEN = 3
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


class Flawed(KaysisError):
    """The graph breaks rules that are errors; they were said."""


def check(terminal: Terminal, wanted: QualityQuestion, asked: OutputOptions) -> None:
    """The flaws of the day, rule by rule; Flawed after they were said when any of them is an error."""
    at = day_of(asked)
    try:
        chosen = rules.chosen(list(wanted.rule), wanted.severity)
    except Invalid as error:
        raise Misasked(error.problems) from error
    with opened_graph(terminal) as graph:
        institution = wanted.institution
        if institution not in (None, NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        question = wanted.model_copy(update={"institution": institution})
        chosen_institution(graph.on(at), institution)
        with progress_told(terminal) as told:
            for number, rule in enumerate(chosen):
                told("check", number, len(chosen))
                rules.flaws(rule, graph.store, graph.on(at))
        limit = asked.limit or _FLAWS_ON_SCREEN
        publication = terminal.settings.publication
        reply = quality_reply(graph, question, at, terminal.language, asked.offset, limit, publication)
        answer = reply.answer
        write_reply(terminal, asked, reply, lambda: _show(terminal, graph, answer, chosen))
    if question.is_of_all:
        tell_of_catalogue(terminal)
    if errors := answer.severities["error"]:
        raise Flawed("cli.flawed", count=terminal.number(errors))


def _show(terminal: Terminal, graph: Graph, answer: Quality, chosen: tuple[QualityRule, ...]) -> None:
    counts = display.counts(
        terminal, ((terminal.say(f"quality.severity_{name}"), count) for name, count in answer.severities.items())
    )
    kept = sum(rule.total == 0 for rule in answer.rules)
    display.heading(terminal, terminal.say("cli.checked", rules=len(chosen), kept=kept))
    terminal.print(counts)
    if not answer.total:
        terminal.print()
        terminal.print(terminal.say("quality.none"), "bold green")
        return
    terminal.print()
    broken = [rule for rule in answer.rules if rule.total]
    lines = [
        (
            terminal.number(rule.total),
            Text(terminal.say(f"quality.one_{rule.severity}"), _STYLES[rule.severity]),
            Text(rule.key, "bold"),
            rule.says.of(terminal.language),
        )
        for rule in broken
    ]
    display.rows(terminal, ("count", "severity", "rule", "rule_says"), lines, right=(0,))
    for rule in broken:
        terminal.print()
        terminal.print(Text.assemble((rule.key, _STYLES[rule.severity]), f"  {rule.says.of(terminal.language)}"))
        shown = [flaw for flaw in answer.rows if flaw.rule == rule.key]
        for flaw in shown:
            _show_flaw(terminal, graph, flaw)
        if rest := rule.total - answer.offset - len(shown):
            told = {"count": terminal.number(max(rest, 0)), "key": rule.key}
            terminal.print(f"  {terminal.say('cli.more_flaws', **told)}", "dim")
        layout.indented(terminal, Text(f"→ {rule.hint.of(terminal.language)}", "dim"), 2)


def tell_of_catalogue(terminal: Terminal) -> None:
    """What other catalogues will miss of this one: no flaw of the graph, so a note beside the answer."""
    gaps = quality.ask.catalogue_gaps(terminal.settings.publication)
    if not gaps:
        return
    terminal.note(terminal.say("quality.catalogue_misses"))
    for gap in gaps:
        need = terminal.say(f"quality.catalogue_{gap.need}")
        terminal.note(f"  {gap.says.of(terminal.language)} · {gap.key} · {need}")
    terminal.note(terminal.say("quality.catalogue_misses_hint"))


def _show_flaw(terminal: Terminal, graph: Graph, flaw: Flaw) -> None:
    layout.indented(terminal, display.named(terminal, flaw.record), 2)
    said = Text(quality.ask.sentence(graph.schema, flaw, terminal.language))
    for number, other in enumerate(flaw.others[:_OTHERS_ON_SCREEN]):
        said.append("  ↔ " if number == 0 else ", ").append_text(display.named(terminal, other))
    if rest := flaw.other_count - min(len(flaw.others), _OTHERS_ON_SCREEN):
        said.append(f" {terminal.say('quality.and_others', count=terminal.number(rest))}")
    layout.indented(terminal, said, 6)
