"""What the command on one service does: its card for people to read, its process as a picture."""

from rich.text import Text

from kaysis_graph.answers import service_card, service_card_table
from kaysis_graph.answers.durations import in_words
from kaysis_graph.answers.service_card import Need, ServiceCard
from kaysis_graph.answers.service_process import process_diagram
from kaysis_graph.cli import showing
from kaysis_graph.cli.opening import meant, opened_graph
from kaysis_graph.cli.options import Asked
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.writing import Forms, day_of, write
from kaysis_graph.schema import Schema


def service_of(terminal: Terminal, name: str, asked: Asked) -> None:
    """The card of a service, or its process as a picture."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        card = service_card.of(graph, meant(terminal, graph.store, name, "Service"), at)
        forms = Forms(
            card,
            show=lambda: _show(terminal, graph.schema, card),
            table=lambda: service_card_table.of_card(graph.schema, card, terminal.language),
            diagram=lambda: process_diagram(card, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


def _show(terminal: Terminal, schema: Schema, card: ServiceCard) -> None:
    language = terminal.language
    showing.heading(terminal, showing.named(terminal, card.service))
    about = (card.description_en if language == "en" else None) or card.description
    if about:
        terminal.print(about)
    terminal.print()
    _line(
        terminal, "who", ", ".join(schema.label_of_code("beneficiary", code, language) for code in card.beneficiaries)
    )
    _line(terminal, "how_long", in_words(card.duration, language))
    _line(terminal, "how", schema.label_of_code("service_channel", card.channel, language) if card.channel else "")
    for place in card.places[:1]:
        _line(terminal, "first_office", showing.named(terminal, place.unit))
        _line(terminal, "second_office", showing.named(terminal, place.above) if place.above else "")
    _papers(terminal, card)
    if card.steps:
        showing.heading(terminal, terminal.say("process.steps"))
        for number, step in enumerate(card.steps, start=1):
            kind = schema.label_of_code("step_kind", step.step_kind, language)
            told = " · ".join(each for each in (kind, step.role) if each)
            terminal.print(Text.assemble(f"{number:>3}  ", card.step_title(step, language), (f"  {told}", "dim")))
    for key, things in (("results", card.produces), ("bases", tuple(ground.act for ground in card.grounds))):
        if things:
            showing.heading(terminal, terminal.say(f"process.{key}"))
        for thing in things:
            terminal.print(Text.assemble("     ", showing.named(terminal, thing)))


def _papers(terminal: Terminal, card: ServiceCard) -> None:
    if not card.lines:
        terminal.print(terminal.say("process.no_papers"), "yellow")
    else:
        showing.heading(terminal, terminal.say("process.papers"))
    for number, line in enumerate(card.lines, start=1):
        for place, need in enumerate(line.choices):
            lead = f"{number:>3}  " if place == 0 else f"     {terminal.say('services.instead').strip()} "
            terminal.print(Text.assemble(lead, _paper(terminal, need)))
    if any(need.once_only for line in card.lines for need in line.choices):
        terminal.print(f"     {terminal.say('process.made_elsewhere')}", "dim")
    if card.brought_by_others:
        showing.heading(terminal, terminal.say("process.brought"))
    for need in card.brought_by_others:
        terminal.print(Text.assemble("     ", _paper(terminal, need)))


def _paper(terminal: Terminal, need: Need) -> Text:
    """What to bring, its terms, and who makes it."""
    told = showing.named(terminal, need.required.thing)
    if terms := service_card_table.carriage(need, terminal.language):
        told.append(f" ({terms})")
    if need.source.institutions:
        told.append(f"  ← {need.source.institutions[0].name(terminal.language)}", "dim")
    if need.once_only:
        told.append("  ✱", "yellow")
    return told


def _line(terminal: Terminal, key: str, said: str | Text) -> None:
    if said:
        terminal.print(Text.assemble((f"{terminal.say(f'process.{key}')}: ", "bold"), said))
