"""Parts of the pages of organisations: the panel, the facts, the units and the questions."""

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing
from kaysis_graph.organisations.branches import Branch, Branches, WayDown
from kaysis_graph.organisations.structure import Tree
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.records import reader
from ui.pages.answer_parts import day_kept, number, pages_of, text_of
from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.organisations.tree_page import Leaf, Panel
from ui.pages.page_parts import Fact, Form, Input, Section
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.life_facts import life_lines

# Of the units of an open one, as many as a list without script shows; the table has all of them.
LEAVES = 100
_FACTS = ("category", "status", "types", "level", "legal_personality", "budget_type", "valid_from", "valid_to")


def search_form(frame: Frame, said: str) -> Form:
    """The form that looks for an organisation, with what was typed."""
    inputs = (
        Input(
            "record",
            frame.say("tree.search"),
            said,
            hint=frame.say("flows_organisation_hint"),
            is_required=True,
            suggests=("organisation",),
        ),
        *day_kept(frame),
    )
    return Form("tree-search", "/organisations", inputs, frame.say("search"), frame.say("tree.search"))


def crumbs_of(frame: Frame, way: WayDown) -> tuple[Link, ...]:
    """The organisations above, from the top down."""
    above = (
        Link(row.thing.name(frame.language), frame.link(f"/organisations/{row.thing.id}")) for row in way.rows[:-1]
    )
    return (Link(frame.say("organisations"), frame.link("/organisations")), *above)


def panel_of(frame: Frame, way: WayDown, near: Ego, units: Branches | None, under: str | None) -> Panel:
    """The way down to the unit, opened, with the first units under it; `units` when they are those of any day."""
    if units is None:
        leaves, total = _direct(frame, near), near.depths.get(1, 0)
    else:
        leaves, total = tuple(leaf_of(frame, row) for row in units.rows), units.total
    rest = None
    if total > len(leaves):
        rest = Link(frame.say("tree.more_units", count=frame.number(total - len(leaves))), "#table")
    for number_of, row in enumerate(reversed(way.rows)):
        leaves = (leaf_of(frame, row, leaves, rest, is_current=number_of == 0),)
        rest = None
    is_ever = units is not None
    form, switch = search_form(frame, ""), day_switch(frame, is_ever=is_ever)
    return Panel(frame.say("tree.heading"), leaves, None, near.start.id, under or "", form, switch, is_ever)


def _direct(frame: Frame, near: Ego) -> tuple[Leaf, ...]:
    language = frame.language
    rows = text.in_order([row for row in near.rows if row.depth == 1], lambda row: row.thing.name(language), language)
    return tuple(
        Leaf(place_of(frame, row.thing), row.units, is_institution=row.is_institution) for row in rows[:LEAVES]
    )


def day_switch(frame: Frame, *, is_ever: bool) -> Link:
    """The way to the same tree with the units that have ended, or without them."""
    if is_ever:
        return Link(frame.say("tree.ever_hide"), frame.here(ever=None))
    return Link(frame.say("tree.ever_show"), frame.here(ever="true"))


def leaf_of(
    frame: Frame, row: Branch, leaves: tuple[Leaf, ...] = (), rest: Link | None = None, *, is_current: bool = False
) -> Leaf:
    """An organisation as a leaf of the tree, with a way to unfold it."""
    others = tuple(
        Link(other.name(frame.language), frame.link(f"/organisations/{row.thing.id}", under=other.id))
        for other in row.other_parents
    )
    return Leaf(place_of(frame, row.thing), row.units, is_current, row.is_institution, others, leaves, rest)


def place_of(frame: Frame, thing: Thing) -> Cell:
    """A unit as a link to its place_of in the tree."""
    cell = frame.thing(thing)
    return Cell(cell.text, frame.link(f"/organisations/{thing.id}"), "", cell.badges, cell.id)


def places(frame: Frame, things: tuple[Thing, ...]) -> Cells:
    """Units as links to their places in the tree."""
    return tuple(place_of(frame, thing) for thing in things)


def questions_of(frame: Frame, identifier: str) -> tuple[Link, ...]:
    """What can be asked of the organisation."""
    return (
        Link(frame.say("tree.difference"), frame.link(f"/organisations/{identifier}/difference")),
        Link(frame.say("flows"), frame.link("/flows", organisation=identifier)),
        Link(frame.say("services"), frame.link("/services/table", organisation=identifier, units="subtree")),
        Link(frame.say("impact"), frame.link(f"/impact/organisation/{identifier}")),
        Link(frame.say("tree.explore"), frame.explore(identifier)),
        Link(frame.say("tree.record"), frame.link(f"/records/organisation/{identifier}")),
    )


def facts_of(asked: Asked, frame: Frame, near: Ego) -> tuple[Fact, ...]:
    """What the record says of its place_of in the state, then what is above, before and after it."""
    schema = asked.graph.schema
    kind = schema.kinds["Organisation"]
    shown = reader.get(asked.graph.store, schema, near.start.id)
    record = shown.record
    said = {name: record.on(name, asked.at) for name in _FACTS}
    told = [
        Fact(kind.fields[name].label.of(frame.language), field_values.cells_of(frame, kind.fields[name], value))
        for name, value in said.items()
        if value is not None
    ]
    institution = (Cell(frame.say("is_institution")),) if near.is_institution else places(frame, (near.institution,))
    facts = [Fact(frame.say("institution"), institution), *told, *life_lines(frame, kind, shown.life)]
    parents = tuple({tie.parent.id: tie.parent for tie in near.above}.values())
    for key, things in (
        ("above", parents),
        ("tree.predecessors", near.predecessors),
        ("tree.successors", near.successors),
    ):
        if things:
            facts.append(Fact(frame.say(key), places(frame, things)))
    if near.bases:
        facts.append(Fact(kind.edges["based_on"].label.of(frame.language), frame.things(near.bases)))
    return tuple(facts)


def section_of(frame: Frame, answer: Tree, limit: int) -> Section:
    """The units under the organisation as a table, page by page."""
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    names = {answer.start.id: answer.start, **{row.thing.id: row.thing for row in answer.rows}}
    rows = tuple(
        (
            number(frame, row.depth),
            (place_of(frame, row.thing),),
            (place_of(frame, names[row.parent]),) if row.parent in names else text_of(row.parent),
            number(frame, row.units),
            (Cell(frame.say("yes")),) if row.is_institution else (),
        )
        for row in answer.rows
    )
    columns = tuple(frame.say(key) for key in ("depth", "unit", "parent", "units_under", "is_institution"))
    levels = ", ".join(
        frame.say("tree.level", level=level, count=frame.number(count)) for level, count in answer.depths.items()
    )
    note = frame.say("tree.under_it", total=frame.number(answer.total), levels=levels) if answer.total else ""
    return Section(frame.say("tree.all_units"), columns, rows, frame.say("no_units"), note, previous, following)
