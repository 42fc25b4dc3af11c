"""What the commands on single records do: finding them, and showing one with its edges and history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from rich.text import Text

from kaysis_graph import clock, schema, search
from kaysis_graph.answers.answer import Thing, things_read
from kaysis_graph.answers.day_span import write_day_span
from kaysis_graph.answers.durations import in_words
from kaysis_graph.answers.edge_effects import EFFECT_TYPES, has_effect
from kaysis_graph.cli import display
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import binary, day_of, format_of, is_whole_list, json_text, last_line, text
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader
from kaysis_graph.records.edges import EdgeCount, EdgePage, NamedEdge
from kaysis_graph.records.life import Life
from kaysis_graph.render import table
from kaysis_graph.render.table import Column, Table
from kaysis_graph.render.typeset import clean
from kaysis_graph.schema import Field, Kind, Schema
from kaysis_graph.search.ask import FoundPage, Hit
from kaysis_graph.search.cited_acts import missing_place

_HITS_ON_SCREEN = 20
_HITS_AT_A_TIME = 200
_EDGES_ON_SCREEN = 15
# What one question for edges may ask for.
_MOST_EDGES = 1_000
_EVENTS_ON_SCREEN = 3
_FIELDS_OF_HITS = ("kind", "id", "title", "belongs_to", "match", "former_title")


def write_hits(terminal: Terminal, words: str, kinds: list[str], where: list[str], asked: OutputOptions) -> None:
    """The records that match the words; the day only narrows them when one was asked about."""
    at = day_of(asked)
    question = _Question(words, kinds, dict(_filter(said) for said in where), at if asked.at else None)
    if format_of(asked) == "json":
        _search_json(terminal, question, at, asked)
        return
    with opened_graph(terminal) as graph:
        if not is_whole_list(asked):
            found = question.page(graph, terminal, asked.limit or _HITS_ON_SCREEN)
            hits = found.hits
        else:
            found, hits = question.everything(graph, terminal)
        things = things_read(graph, at, [hit.name for hit in hits])
        match format_of(asked):
            case "table":
                _show_hits(terminal, words, found, things)
            case "csv":
                text(terminal, asked, table.csv(_hit_table(terminal, words, hits, things)))
            case "xlsx":
                binary(terminal, asked, table.xlsx(_hit_table(terminal, words, hits, things)))
            case _:
                raise Misuse("cli.no_such_form")


def show(terminal: Terminal, said: str, asked: OutputOptions) -> None:
    """One record: its fields, its edges both ways, its last changes."""
    known = schema.read()
    at = day_of(asked)
    if format_of(asked) == "json":
        _show_json(terminal, said, at, asked)
        return
    if format_of(asked) != "table":
        raise Misuse("cli.no_such_form")
    with opened_graph(terminal) as graph:
        store, identifier = graph.store, meant(terminal, graph, said)
        shown = reader.get(store, known, identifier)
        limit = asked.limit or _EDGES_ON_SCREEN
        day = at if asked.at else None
        counts = reader.edge_counts(graph, identifier, day)
        view = graph.on(at) if any(count.type in EFFECT_TYPES for count in counts) else None
        _show_record(terminal, known, shown, at)
        for way in get_args(reader.Direction):
            page = reader.edges(graph, identifier, way, limit=limit, at=day)
            others = things_read(graph, at, [edge.other for edge in page.edges])
            idle = [edge for edge in page.edges if view and not has_effect(view, identifier, way, edge)]
            _show_edges(terminal, way, page, others, [count for count in counts if count.direction == way], idle)
        _show_history(terminal, reader.history(store, identifier, limit=_EVENTS_ON_SCREEN))
        terminal.print()
        terminal.print(_stand(terminal, store, at), "dim")


@dataclass(frozen=True)
class _Question:
    """A search as it was asked."""

    words: str
    kinds: list[str]
    filters: dict[str, str]
    at: date | None

    def page(self, graph: Graph, terminal: Terminal, limit: int, cursor: str | None = None) -> FoundPage:
        return search.ask.found(
            graph,
            self.words,
            kinds=self.kinds,
            filters=self.filters,
            at=self.at,
            limit=limit,
            cursor=cursor,
            language=terminal.language,
        )

    def everything(self, graph: Graph, terminal: Terminal) -> tuple[FoundPage, list[Hit]]:
        """The first page with its counts, and the hits of all pages."""
        first = found = self.page(graph, terminal, _HITS_AT_A_TIME)
        hits = list(found.hits)
        while found.next_cursor is not None:
            found = self.page(graph, terminal, _HITS_AT_A_TIME, found.next_cursor)
            hits += found.hits
        return first, hits


def _search_json(terminal: Terminal, question: _Question, at: date, asked: OutputOptions) -> None:
    from kaysis_graph.cli.answers import record_json

    with opened_graph(terminal) as graph:
        if asked.limit is None:
            found, hits = question.everything(graph, terminal)
        else:
            found = question.page(graph, terminal, asked.limit)
            hits = found.hits
        answer = record_json.search_answer(graph, at, question.words, found, hits)
        text(terminal, asked, [json_text(terminal, answer)])
        terminal.note(last_line(terminal, answer))


def _show_json(terminal: Terminal, said: str, at: date, asked: OutputOptions) -> None:
    from kaysis_graph.cli.answers import record_json

    with opened_graph(terminal) as graph:
        shown = reader.get(graph.store, graph.schema, meant(terminal, graph, said))
        limit = asked.limit or _MOST_EDGES
        answer = record_json.record_answer(graph, at, shown, limit, is_dated=asked.at is not None)
        text(terminal, asked, [json_text(terminal, answer)])
        terminal.note(last_line(terminal, answer))


def _filter(said: str) -> tuple[str, str]:
    name, sign, value = said.partition("=")
    if not sign:
        raise Misuse("cli.bad_filter", value=said[:80])
    return name.strip(), value.strip()


def _hit_table(terminal: Terminal, words: str, hits: Sequence[Hit], things: Sequence[Thing]) -> Table:
    columns = tuple(Column(name, terminal.say(f"cli.column_{name}")) for name in _FIELDS_OF_HITS)
    rows = (
        (
            thing.kind,
            thing.id,
            thing.name(terminal.language),
            thing.distinction(terminal.language) or None,
            hit.match,
            hit.former.title if hit.former else None,
        )
        for hit, thing in zip(hits, things, strict=True)
    )
    return Table(words, columns, rows)


def _show_hits(terminal: Terminal, words: str, found: FoundPage, things: Sequence[Thing]) -> None:
    for correction in found.corrected:
        terminal.print(terminal.say("search.corrected", said=correction.said, taken=correction.taken), "yellow")
    if found.did_you_mean:
        terminal.print(f"{terminal.say('search.did_you_mean')} {found.did_you_mean}", "yellow")
    if not found.hits:
        terminal.print(terminal.say("cli.nothing_found"), "yellow")
        return
    if found.also:
        terminal.print(terminal.say("search.also", words=", ".join(f"“{words}”" for words in found.also)), "dim")
    if place := missing_place(words, [hit.name.id for hit in found.hits]):
        terminal.print(terminal.say("search.no_place", place=place), "yellow")
    if found.is_relaxed:
        terminal.print(terminal.say("search.relaxed"), "yellow")
    lines = []
    for hit, thing in zip(found.hits, things, strict=True):
        said = display.called(terminal, thing)
        if hit.former is not None:
            said.append(f"\n{terminal.say('cli.former_title', title=clean(hit.former.title))}", "dim")
        lines.append((display.kind(terminal, thing.kind), Text(thing.id, "cyan"), said))
    display.rows(terminal, ("kind", "id", "title"), lines)
    terminal.print()
    kinds = display.counts(
        terminal, ((display.plural(terminal, k), n) for k, n in found.facets.get("kind", {}).items())
    )
    shown = {"shown": terminal.number(len(found.hits)), "total": terminal.number(found.total)}
    terminal.print(f"{terminal.say('cli.hits_shown', **shown)} {kinds}", "dim")
    if found.next_cursor is not None:
        terminal.print(terminal.say("cli.more_hits"), "dim")


def _show_record(terminal: Terminal, known: Schema, shown: reader.Shown, at: date) -> None:
    record = shown.record
    kind = known.kinds[record.kind]
    title = clean(str(record.on("title", at) or record.id))
    display.heading(terminal, Text.assemble((record.id, "cyan"), "  ", (title, "bold")))
    state = "" if shown.life.is_held(at) else f" · {terminal.say('cli.not_valid', at=at.isoformat())}"
    terminal.print(f"{kind.label.of(terminal.language)}{state}", "dim")
    terminal.print()
    lines: list[tuple[display.Shown, ...]] = _life_lines(terminal, kind, shown.life)
    for name, definition in kind.fields.items():
        value = record.on(name, at)
        if name != "title" and value is not None:
            lines.append((definition.label.of(terminal.language), _value(terminal, known, definition, value)))
        lines += [
            (
                Text(f"  {terminal.say('cli.earlier')}", "dim"),
                Text(
                    f"{_value(terminal, known, definition, held.value)} "
                    f"({_days(terminal, held.valid_from, held.valid_to)})",
                    "dim",
                ),
            )
            for held in record.earlier.get(name, ())
        ]
    display.rows(terminal, ("field", "value"), lines)


def _life_lines(terminal: Terminal, kind: Kind, life: Life) -> list[tuple[display.Shown, ...]]:
    """The spells where the two days of the record do not tell them, and that nothing tells when a unit was founded."""
    if life.is_founding_unknown(kind.name):
        label = kind.fields["valid_from"].label.of(terminal.language)
        return [(label, terminal.say("record.founding_unknown"))]
    if life.is_simple:
        return []
    label = terminal.say("record.derived_spells" if life.is_derived else "record.spells")
    said = (_days(terminal, first, last) for first, last in life.spells)
    again = f", {terminal.say('record.spell_again')} "
    return [(label, again.join(said))]


def _show_edges(  # noqa: PLR0913  # the edges of a way with what is said beside them
    terminal: Terminal,
    way: str,
    page: EdgePage,
    others: Sequence[Thing],
    counts: list[EdgeCount],
    idle: list[NamedEdge],
) -> None:
    if not page.total:
        return
    terminal.print()
    by_type: dict[str, int] = {}
    for count in counts:
        by_type[count.type] = by_type.get(count.type, 0) + count.total
    told = display.counts(terminal, ((name, total) for name, total in by_type.items()))
    display.heading(terminal, Text.assemble((terminal.say(f"cli.edges_{way}"), "bold"), (f"  {told}", "dim")))
    lines = []
    for edge, other in zip(page.edges, others, strict=True):
        days = _days(terminal, edge.fields.get("valid_from"), edge.fields.get("valid_to"))
        said = display.called(terminal, other)
        if edge in idle:
            said = display.marked(terminal, said, ["without_effect"])
        if edge in idle or not edge.holds:
            said.stylize("dim")
        lines.append(
            (edge.type, Text(edge.other.id, "cyan"), Text.assemble(said, (f"  {days}" if days else "", "dim")))
        )
    display.rows(terminal, ("edge", "id", "title"), lines)
    if rest := page.total - len(page.edges):
        terminal.print(terminal.say("cli.more_edges", count=terminal.number(rest)), "dim")


def _show_history(terminal: Terminal, page: reader.EventPage) -> None:
    terminal.print()
    display.heading(terminal, terminal.say("cli.history", total=terminal.number(page.total)))
    for event in page.events:
        done = terminal.say(f"cli.event_{event.what}") if event.what else terminal.say("cli.event_edges")
        fields = ", ".join(each.field for each in event.fields) if event.what == "changed" else ""
        terminal.print(
            f"  {event.number}  {clock.to_the_minute(event.at)}  {event.who}: {event.why} · {done} {fields}".rstrip()
        )


def _stand(terminal: Terminal, store: Store, at: date) -> str:
    number = history.head(store).number
    return terminal.say("cli.as_of", at=at.isoformat(), sequence=terminal.number(number))


def _days(terminal: Terminal, first: object, last: object) -> str:
    begin, end = (None if day is None else str(day) for day in (first, last))
    return write_day_span(begin, end, terminal.language)


def _value(terminal: Terminal, known: Schema, definition: Field, value: object) -> str:
    match value:
        case list():
            return "; ".join(_value(terminal, known, definition, held) for held in value)
        case bool():
            return terminal.say("cli.yes" if value else "cli.no")
        case dict():
            return in_words(value, terminal.language)
        case int():
            return str(value)
        case str() if definition.codes:
            return known.label_of_code(definition.codes, value, terminal.language)
        case _:
            return clean(str(value))
