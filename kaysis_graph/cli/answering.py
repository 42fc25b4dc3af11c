"""What the commands on legislation, impact, paths and structure do."""

from dataclasses import dataclass
from typing import Literal

from rich.text import Text
from rich.tree import Tree as Branches

from kaysis_graph.answers import impact as impacts
from kaysis_graph.answers import legislation as acts
from kaysis_graph.answers import organisation, paths, pictures, tables
from kaysis_graph.answers.impact import Fallen, Impact
from kaysis_graph.answers.legislation import Dependencies, Unfounded
from kaysis_graph.answers.organisation import Ancestors, Tree
from kaysis_graph.answers.paths import Paths
from kaysis_graph.answers.selecting import NOBODY, Group, Sort, Wanted
from kaysis_graph.cli import showing
from kaysis_graph.cli.opening import meant, opened_graph
from kaysis_graph.cli.options import Asked
from kaysis_graph.cli.refusals import Misuse
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.writing import EVERY_ROW, Forms, day_of, is_whole_list, write
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import say
from kaysis_graph.registry import reading

# What a person reads at once; the last line tells how to go on.
_ROWS_ON_SCREEN = 50
# A picture is grouped beyond this many boxes, so more rows would not be seen.
_ROWS_IN_PICTURE = 2_000
_INSTITUTIONS_ON_SCREEN = 12


@dataclass(frozen=True)
class Ways:
    """The question of `path`: its ends as they were written, how many ways, along what, through what and past what."""

    source: str
    target: str
    count: int
    relations: list[str] | None
    through: list[str] | None
    avoid: list[str] | None
    direction: paths.Direction
    longest: int | None


@dataclass(frozen=True)
class Rows:
    """Which rows of `impact` are told, and in which order."""

    kinds: list[str]
    institution: str | None
    words: str
    group: Group | None
    sort: Sort


def limit_of(asked: Asked) -> int:
    """How many rows the answer is to hold."""
    if asked.limit is not None:
        return asked.limit
    if is_whole_list(asked):
        return EVERY_ROW
    return _ROWS_ON_SCREEN if asked.format in (None, "table") and asked.output is None else _ROWS_IN_PICTURE


def legislation(  # noqa: PLR0913  # the options of the command
    terminal: Terminal,
    act: str | None,
    direction: acts.Direction,
    relation: Literal["based_on", "repeals", "amends"],
    depth: int | None,
    asked: Asked,
) -> None:
    """What an act rests on, or what rests on it; Misuse without an act."""
    if act is None:
        raise Misuse("cli.act_or_unfounded")
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        kinds = ("Legislation", "Provision") if direction == "down" else ()
        start = meant(terminal, graph, act, *kinds)
        answer = acts.dependencies(
            graph,
            start,
            at,
            direction=direction,
            relation=relation,
            depth=depth,
            offset=asked.offset,
            limit=limit_of(asked),
        )
        forms = Forms(
            answer,
            show=lambda: _show_dependencies(terminal, graph, answer),
            table=lambda: tables.dependencies(answer, answer.rows, terminal.language),
            diagram=lambda: pictures.dependency_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def unfounded(terminal: Terminal, act: str | None, mode: Literal["all", "any"], asked: Asked) -> None:
    """The acts in force that lost what they rest on; Misuse when an act was named beside it."""
    if act is not None:
        raise Misuse("cli.act_or_unfounded")
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = acts.unfounded(graph, at, mode=mode, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show_unfounded(terminal, answer),
            table=lambda: tables.unfounded(answer, answer.rows, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def impact(terminal: Terminal, record: str, rows: Rows, depth: int | None, asked: Asked) -> None:
    """What falls when a record changes or ends."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        kinds = frozenset(reading.known_kind(graph.schema, kind).name for kind in rows.kinds) or None
        start = meant(terminal, graph, record)
        institution = rows.institution
        if institution not in (None, NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        wanted = Wanted(kinds, institution, rows.words, rows.group, rows.sort)
        answer = impacts.of(graph, start, at, depth=depth, offset=asked.offset, limit=limit_of(asked), wanted=wanted)
        forms = Forms(
            answer,
            show=lambda: _show_impact(terminal, answer),
            table=lambda: tables.impact(answer, answer.rows, terminal.language),
            diagram=lambda: pictures.impact_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def path(terminal: Terminal, ways: Ways, asked: Asked) -> None:
    """The shortest way between two records, and the next; Misuse for an edge type nobody knows."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        known = graph.schema.edge_types
        if odd := [name for name in ways.relations or () if name not in known]:
            raise Misuse("cli.unknown_relation", value=odd[0], known=", ".join(known))
        through = [reading.known_kind(graph.schema, kind).name for kind in ways.through or ()]
        answer = paths.between(
            graph,
            meant(terminal, graph, ways.source),
            meant(terminal, graph, ways.target),
            at,
            count=ways.count,
            types=ways.relations or None,
            through=through or None,
            avoid=[meant(terminal, graph, record) for record in ways.avoid or ()],
            direction=ways.direction,
            longest=ways.longest,
        )
        forms = Forms(
            answer,
            show=lambda: _show_paths(terminal, answer),
            table=lambda: tables.paths(answer, terminal.language),
            diagram=lambda: pictures.path_diagram(answer, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


def tree(terminal: Terminal, name: str, depth: int | None, asked: Asked) -> None:
    """A unit and what is under it."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = organisation.tree(graph, start, at, depth=depth, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show_tree(terminal, answer),
            table=lambda: tables.tree(answer, answer.rows, terminal.language),
            diagram=lambda: pictures.tree_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def ancestors(terminal: Terminal, name: str, asked: Asked) -> None:
    """What is above a unit."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = organisation.ancestors(graph, start, at)
        forms = Forms(
            answer,
            show=lambda: _show_ancestors(terminal, answer),
            table=lambda: tables.ancestors(answer, terminal.language),
        )
        write(terminal, asked, forms)


def _show_dependencies(terminal: Terminal, graph: Graph, answer: Dependencies) -> None:
    showing.heading(terminal, showing.named(terminal, answer.start))
    if answer.start.kind in ("Legislation", "Provision"):
        _show_force(terminal, acts.in_force(graph, answer.start.id, answer.at))
    kinds = showing.counts(terminal, ((showing.plural(terminal, name), count) for name, count in answer.kinds.items()))
    question = terminal.say(f"cli.asked_{answer.relation}_{answer.direction}")
    terminal.print(f"{question}: {terminal.number(answer.total)}" + (f" ({kinds})" if kinds else ""))
    terminal.print()
    lines = [
        (
            str(row.depth),
            showing.kind(terminal, row.thing.kind),
            Text(row.thing.id, "cyan"),
            Text(row.via.id, "dim"),
            showing.called(terminal, row.thing),
        )
        for row in answer.rows
    ]
    showing.rows(terminal, ("depth", "kind", "id", "via", "title"), lines, right=(0,))


def _show_force(terminal: Terminal, force: acts.Force) -> None:
    if force.is_in_force:
        terminal.print(terminal.say("cli.in_force"), "green")
    else:
        terminal.print(terminal.say("cli.not_in_force"), "yellow")
    if force.is_told_over:
        terminal.print(terminal.say("cli.told_over"))
    for thing in force.repealed_by:
        terminal.print(Text.assemble(terminal.say("cli.repealed_by"), " ", showing.named(terminal, thing)))
    for thing in force.rests_on_ended:
        terminal.print(Text.assemble(terminal.say("cli.rests_on_ended"), " ", showing.named(terminal, thing)))


def _show_unfounded(terminal: Terminal, answer: Unfounded) -> None:
    showing.heading(terminal, terminal.say(f"cli.unfounded_{answer.mode}", count=terminal.number(answer.total)))
    terminal.print()
    for row in answer.rows:
        terminal.print(showing.named(terminal, row.act))
        for base in row.lost:
            terminal.print(Text.assemble("    ↳ ", showing.named(terminal, base)))


def _show_impact(terminal: Terminal, answer: Impact) -> None:
    showing.heading(terminal, showing.named(terminal, answer.start))
    told = {"total": terminal.number(answer.total), "direct": terminal.number(answer.direct)}
    terminal.print(terminal.say("cli.impact_total", **told))
    if answer.own:
        terminal.print(say("impact.own", terminal.language, count=terminal.number(answer.own)), "dim")
    if answer.kinds:
        found = ((showing.plural(terminal, name), count) for name, count in answer.kinds.items())
        terminal.print(showing.counts(terminal, found))
    terminal.print()
    shares = answer.institutions[:_INSTITUTIONS_ON_SCREEN]
    lines = [
        (
            terminal.number(share.count),
            showing.called(terminal, share.institution)
            if share.institution
            else Text(terminal.say("cli.no_institution"), "dim"),
        )
        for share in shares
    ]
    showing.rows(terminal, ("count", "institution"), lines, right=(0,))
    if rest := len(answer.institutions) - len(shares):
        terminal.print(terminal.say("cli.more_institutions", count=rest), "dim")
    terminal.print()
    for row in answer.rows:
        _show_fallen(terminal, answer, row)


def _show_fallen(terminal: Terminal, answer: Impact, row: Fallen) -> None:
    kind = showing.kind(terminal, row.thing.kind)
    line = Text.assemble(f"{row.depth:>2}  ", showing.named(terminal, row.thing), (f"  {kind}", "dim"))
    if row.other_sources:
        line.append(f" {terminal.say('cli.other_sources', count=row.other_sources)}", "green")
    terminal.print(line)
    if row.ground is not None:
        terminal.print(f"    {impacts.about_ground(row.ground, terminal.language)}", "dim")
    chain = Text("    ", "dim")
    for before, link in zip([answer.start.id, *(each.thing.id for each in row.chain)], row.chain, strict=False):
        sign = "→" if link.along else "←"
        chain.append(f"{before} {sign} {showing.edge(terminal, link.type)} {sign} ")
    chain.append(row.thing.id)
    terminal.print(chain)


def _show_paths(terminal: Terminal, answer: Paths) -> None:
    ends = (showing.named(terminal, answer.source), " ↔ ", showing.named(terminal, answer.target))
    showing.heading(terminal, Text.assemble(*ends))
    if not answer.paths:
        terminal.print(terminal.say("cli.no_path"), "yellow")
    for number, way in enumerate(answer.paths, 1):
        terminal.print()
        terminal.print(terminal.say("cli.path_number", number=number, steps=len(way)), "bold")
        if way:
            terminal.print(Text.assemble("  ", showing.named(terminal, way[0].source)))
        for hop in way:
            over = " / ".join(
                f"{'↓' if crossing.along else '↑'} {showing.edge(terminal, crossing.type)}" for crossing in hop.over
            )
            terminal.print(Text(f"    {over}", "dim"))
            terminal.print(Text.assemble("  ", showing.named(terminal, hop.target)))


def _show_tree(terminal: Terminal, answer: Tree) -> None:
    levels = showing.counts(
        terminal, ((terminal.say("cli.level", depth=depth), count) for depth, count in answer.depths.items())
    )
    terminal.print(
        terminal.say("cli.tree_total", total=terminal.number(answer.total)) + (f" ({levels})" if levels else "")
    )
    terminal.print()
    root = Branches(showing.named(terminal, answer.start), guide_style="dim")
    branches = {answer.start.id: root}
    for row in answer.rows:
        label = showing.named(terminal, row.thing)
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        if row.other_parents:
            label.append(f" {terminal.say('cli.also_under', ids=', '.join(row.other_parents))}", "dim")
        # On a later page the parent stands on an earlier one.
        branches[row.thing.id] = branches.get(row.parent, root).add(label)
    terminal.out.print(root)


def _show_ancestors(terminal: Terminal, answer: Ancestors) -> None:
    showing.heading(terminal, showing.named(terminal, answer.start))
    for row in answer.rows:
        label = Text.assemble("  " * row.depth, "↑ ", showing.named(terminal, row.thing))
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        terminal.print(label)
    terminal.print(Text.assemble(terminal.say("cli.belongs_to"), " ", showing.named(terminal, answer.institution)))
