"""What the command on one service does: its card for people to read, its process as a picture."""

from rich.text import Text

from kaysis_graph import services
from kaysis_graph.answers.durations import in_words
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.schema import Schema
from kaysis_graph.services import card_table
from kaysis_graph.services.answer import Inventory, ServiceTable
from kaysis_graph.services.document_sources import DocumentSource
from kaysis_graph.services.question import InventoryQuestion, ServiceQuestion, ServiceTableQuestion
from kaysis_graph.services.reply import inventory_reply, service_reply, service_table_reply
from kaysis_graph.services.service_card import Need, ServiceCard

_NAMED = 3


def write_service(terminal: Terminal, said: ServiceQuestion, asked: OutputOptions) -> None:
    """The card of a service for who lives in the place, or its process as a picture."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        home = None if said.place is None else meant(terminal, graph, said.place, "Place")
        question = ServiceQuestion(id=meant(terminal, graph, said.id, "Service"), place=home)
        reply = service_reply(graph, question, at, terminal.language)
        write_reply(terminal, asked, reply, lambda: _show(terminal, graph.schema, reply.answer))


def _show(terminal: Terminal, schema: Schema, card: ServiceCard) -> None:
    language = terminal.language
    display.heading(terminal, display.named(terminal, card.service))
    about = (card.description_en if language == "en" else None) or card.description
    if about:
        terminal.print(about)
    terminal.print()
    _line(
        terminal, "who", ", ".join(schema.label_of_code("beneficiary", code, language) for code in card.beneficiaries)
    )
    _line(terminal, "how_long", in_words(card.duration, language))
    online = [schema.label_of_code("service_channel", card.channel, language)] if card.channel else []
    online += [f"{held.system.name(language)} ({held.website})" for held in card.systems if held.website]
    _line(terminal, "online", ", ".join(online))
    _offices(terminal, card)
    _papers(terminal, card)
    if card.steps:
        display.heading(terminal, terminal.say("process.steps"))
        for number, step in enumerate(card.steps, start=1):
            kind = schema.label_of_code("step_kind", step.step_kind, language)
            told = " · ".join(each for each in (kind, step.role) if each)
            terminal.print(Text.assemble(f"{number:>3}  ", card.step_title(step, language), (f"  {told}", "dim")))
    for key, things in (("results", card.produces), ("bases", tuple(ground.act for ground in card.grounds))):
        if things:
            display.heading(terminal, terminal.say(f"process.{key}"))
        for thing in things:
            terminal.print(Text.assemble("     ", display.named(terminal, thing)))


def _offices(terminal: Terminal, card: ServiceCard) -> None:
    """Where to apply, then the two places of complaint."""
    display.heading(terminal, terminal.say("process.offices"))
    if not card.places:
        terminal.print(f"     {terminal.say('process.no_office')}", "yellow")
        return
    if far := card_table.distance(card, card.places[0].nearness, terminal.language):
        terminal.print(f"     {far}", "yellow")
    for office in card.places[:_NAMED]:
        told = Text.assemble("     ", display.named(terminal, office.unit))
        where = office.located_in.name(terminal.language) if office.located_in else None
        contact = (where, office.address, office.phone, office.email, office.website)
        told.append("".join(f" · {each}" for each in contact if each), "dim")
        terminal.print(told)
    if (rest := card.place_count - _NAMED) > 0:
        terminal.print(f"     {terminal.say('process.more_offices', count=terminal.number(rest))}", "dim")
    display.heading(terminal, terminal.say("process.complaints"))
    for office in card.places[:_NAMED]:
        _line(terminal, "first_office", display.named(terminal, office.unit))
        _line(terminal, "second_office", display.named(terminal, office.above) if office.above else "")


def _papers(terminal: Terminal, card: ServiceCard) -> None:
    if not card.lines:
        terminal.print(terminal.say("process.no_papers"), "yellow")
    else:
        display.heading(terminal, terminal.say("process.papers"))
    for number, line in enumerate(card.lines, start=1):
        for place, need in enumerate(line.choices):
            lead = f"{number:>3}  " if place == 0 else f"     {terminal.say('services.instead').strip()} "
            terminal.print(Text.assemble(lead, _paper(terminal, card, need)))
    if any(need.once_only for line in card.lines for need in line.choices):
        terminal.print(f"     {terminal.say('process.made_elsewhere')}", "dim")
    if card.brought_by_others:
        display.heading(terminal, terminal.say("process.brought"))
    for need in card.brought_by_others:
        terminal.print(Text.assemble("     ", _paper(terminal, card, need)))


def _paper(terminal: Terminal, card: ServiceCard, need: Need) -> Text:
    """What to bring, its terms, and who makes it."""
    told = display.named(terminal, need.required.thing)
    if terms := card_table.carriage(need, terminal.language):
        told.append(f" ({terms})")
    if made_by := _source(terminal, card, need.source):
        told.append(f"  ← {made_by}", "dim")
    if need.once_only:
        told.append("  ✱", "yellow")
    return told


def _source(terminal: Terminal, card: ServiceCard, source: DocumentSource) -> str:
    """The offices that fit best, with the service there, and how many more there are."""
    language = terminal.language
    if not source.services:
        return source.institutions[0].name(language) if source.institutions else ""
    shown = list(zip(source.services, source.units, strict=True))[: source.equal_count]
    named = ", ".join(f"{unit.name(language)}: {made.name(language)}" if unit else made.name(language)
                      for made, unit in shown)  # fmt: skip
    rest = source.office_count - len(shown)
    more = f", {terminal.say('process.more_sources', count=terminal.number(rest))}" if rest else ""
    far = card_table.distance(card, source.nearness, language)
    return f"{named}{more}" + (f" ({far})" if far else "")


def _line(terminal: Terminal, key: str, said: str | Text) -> None:
    if said:
        terminal.print(Text.assemble((f"{terminal.say(f'process.{key}')}: ", "bold"), said))


_ROWS_ON_SCREEN = 50


def write_services(terminal: Terminal, said: ServiceTableQuestion | InventoryQuestion, asked: OutputOptions) -> None:
    """The service standards table of an organisation, or its inventory; Misuse without one unless it is the latter."""
    if isinstance(said, ServiceTableQuestion) and not said.organisation:
        raise Misuse("cli.whose_services")
    at, language = day_of(asked), terminal.language
    with opened_graph(terminal) as graph:
        whose = said.organisation and meant(terminal, graph, said.organisation, "Organisation")
        question = said.model_copy(update={"organisation": whose})
        if isinstance(question, ServiceTableQuestion):
            table = service_table_reply(graph, question, at, language)
            write_reply(terminal, asked, table, lambda: _show_table(terminal, table.answer))
            return
        inventory = inventory_reply(graph, question, at, language, asked.offset, asked.limit or _ROWS_ON_SCREEN)
        write_reply(terminal, asked, inventory, lambda: _show_inventory(terminal, inventory.answer))


def _show_table(terminal: Terminal, answer: ServiceTable) -> None:
    """The legal form is Turkish in every language; only what we say around it is the reader's."""
    display.heading(terminal, answer.title)
    terminal.print()
    for row in answer.rows:
        terminal.print(
            Text.assemble(f"{row.number:>3}  ", (row.service.id, "cyan"), "  ", display.called(terminal, row.service))
        )
        if documents := row.documents.text("tr"):
            layout.indented(terminal, Text(documents), 5)
        if duration := row.duration_text("tr"):
            terminal.print(f"     ⏱ {duration}", "green")
    if not answer.rows:
        terminal.print(terminal.say("cli.no_services"), "yellow")
    terminal.print()
    for note in services.tables.table_footnotes(answer, terminal.language):
        terminal.print(note, "dim")


def _show_inventory(terminal: Terminal, answer: Inventory) -> None:
    display.heading(terminal, answer.title)
    terminal.print()
    lines = [
        (
            str(row.number),
            Text(row.service.id, "cyan"),
            row.file_plan_code or "",
            Text.assemble(
                display.called(terminal, row.service),
                ("  " + ", ".join(thing.full_name(terminal.language) for thing in row.institutions[:2]), "dim"),
            ),
        )
        for row in answer.rows
    ]
    display.rows(terminal, ("number", "id", "file_plan_code", "title"), lines, right=(0,))
