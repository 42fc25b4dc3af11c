"""What a command needs before it can answer: an open graph, the day asked about, the record that was meant."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kaysis_graph import clock, schema, search
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.cli.terminal import Several, Terminal
from kaysis_graph.errors import EngineDown, NotFound
from kaysis_graph.graph import engines, history, setup
from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader
from kaysis_graph.render.typeset import clean
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.transfer.maps import expressions
from kaysis_graph.transfer.unfit import Unfit

if TYPE_CHECKING:
    from kaysis_graph.graph.graph import Graph

_MOST_NAMED = 10


@contextlib.contextmanager
def opened_store(terminal: Terminal) -> Iterator[Store]:
    """The store alone, for commands that do not walk; the schema is applied when the graph has none yet."""
    store = Store(engines.open(terminal.settings))
    try:
        try:
            history.graph_id(store)
        except EngineDown:
            store.close()
            store = setup.opened(terminal.settings, schema.read())
        yield store
    finally:
        store.close()


@contextlib.contextmanager
def opened_graph(terminal: Terminal) -> Iterator["Graph"]:
    """The graph with its projection, for commands that walk."""
    from kaysis_graph.graph.graph import open_graph

    graph = open_graph(terminal.settings, schema.read())
    try:
        yield graph
    finally:
        graph.close()


def day(said: str | None) -> date:
    """The day that was asked about, today when none was; Misuse when it is no day."""
    if said is None:
        return clock.today()
    try:
        return expressions.day(said.strip())
    except Unfit as unfit:
        raise Misuse("cli.bad_day", value=said[:40]) from unfit


def kind_slugs(graph: "Graph", names: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the kinds of these names or slugs; NotFound for a kind there is not."""
    return tuple(reader.known_kind(graph.schema, name).slug for name in names)


def check_relations(graph: "Graph", names: Iterable[str]) -> None:
    """Misuse for an edge type that nobody knows, with those there are."""
    known = graph.schema.edge_types
    if odd := [name for name in names if name not in known]:
        raise Misuse("cli.unknown_relation", value=odd[0], known=", ".join(known))


def meant(terminal: Terminal, graph: "Graph", said: str, *kinds: str) -> str:
    """The identifier of the record that was meant by its identifier, name or number.

    A name that fits exactly one record is taken, and said which; Several with the candidates when it fits more,
    NotFound when it fits none. With kinds, only records of those are meant.
    """
    # What it needs is loaded late, for commands that answer without it.
    from kaysis_graph.answers.answer import things_read

    known = graph.schema
    wanted = canonical_identifier(known, said)
    if known.kind_of(wanted) is not None:
        return reader.get(graph.store, known, wanted).record.id
    found = search.ask.found(graph, wanted, kinds=kinds, limit=_MOST_NAMED, language=terminal.language)
    exact = [hit for hit in found.hits if hit.match in search.ask.SURE]
    chosen = exact or ([] if found.is_relaxed else found.hits)
    if not chosen:
        raise NotFound("cli.no_such_record", words=wanted[:80])
    things = things_read(graph, clock.today(), [hit.name for hit in chosen])
    titles = [clean(thing.full_name(terminal.language)) for thing in things]
    if len(chosen) == 1:
        terminal.note(terminal.say("cli.meant", words=wanted, id=things[0].id, title=titles[0]))
        return things[0].id
    kinds_said = [known.kinds[thing.kind].label.of(terminal.language) for thing in things]
    raise Several(wanted[:80], list(zip((thing.id for thing in things), kinds_said, titles, strict=True)))
