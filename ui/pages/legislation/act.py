"""The page of an act: how it stands, its provisions, what it rests on and what rests on it."""

from markupsafe import Markup

from kaysis_graph.answers import text_difference
from kaysis_graph.answers.answer import position
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.reply import Reply
from kaysis_graph.legislation import timeline, timeline_picture
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.amendments import Way
from kaysis_graph.legislation.provision_tree import ActBranch
from kaysis_graph.legislation.question import Direction
from kaysis_graph.legislation.repeal_chains import ChainStep
from kaysis_graph.records import reader
from kaysis_graph.records.record_model import Record
from kaysis_graph.render import timeline as drawing
from ui.pages.answer_parts import another, day_kept, downloads, ways_of
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.legislation.act_state import act_cell, sentences
from ui.pages.legislation.work_page import ActPage, Chain, ChainRow, DependantGroup, HolderRow, TreeRow, TreeTop
from ui.pages.page_parts import Fact, Form, Input, rendered
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.life_facts import life_lines

# What stands in the heading, in its own part of the page, or is the text itself.
_NOT_FACTS = frozenset({"first_text", "last_text", "title", "title_en", "is_unverified", "is_stub", "order"})


def act_page(asked: Asked, reply: Reply[Act, None]) -> str:
    """The page of an act or provision."""
    graph, language = asked.graph, asked.language
    view = graph.on(asked.at)
    told = reply.answer
    identifier = told.thing.id
    shown = reader.get(graph.store, graph.schema, identifier)
    record = shown.record
    deeds = timeline.found(view, position(view, identifier))
    frame = frame_of(asked, told.thing.name(language), _crumbs(asked, told))
    own = frame.thing(told.thing)
    kind = graph.schema.kinds[told.thing.kind]
    base = f"/legislation/{identifier}"
    picture = None
    if len(deeds) > 1:
        drawn = timeline_picture.of_deeds(graph, view, position(view, identifier), deeds, language)
        picture = Markup(drawing.render(timeline_picture.dated(drawn, asked.day)))  # noqa: S704  # escaped there
    ways = ways_of(frame, reply)
    names = ("facts", "up", "down", "resting", "repeals", "timeline", "provisions")
    page = ActPage(
        frame=frame,
        heading=own.text,
        other_title=(told.thing.title if language == "en" else told.thing.title_en or "")
        if told.thing.title_en
        else "",
        kind=Link(kind.plural.of(language), frame.link(f"/records/{kind.slug}")),
        id=identifier,
        badges=own.badges,
        standing=tuple(sentences(frame, told.standing)),
        is_in_force=told.standing.state == "in_force",
        contents=tuple(Link(frame.say(f"acts.section_{name}"), f"#{name}") for name in names),
        facts=_facts(frame, told, shown, own),
        text=Link(frame.say("acts.read_text"), frame.link(f"{base}/text")),
        jump=jump_form(frame, identifier) if told.provisions else None,
        rested=tuple((act_cell(frame, held.provision), held.count) for held in told.rested),
        provisions=_provisions_said(frame, told, record),
        words=text_difference.laid_out(text) if told.whole and (text := _text_of(record)) else "",
        whole=_whole(frame, told),
        trees=(_tree(frame, told, "up"), _tree(frame, told, "down")),
        chains=(_chain(frame, told, "of"), _chain(frame, told, "by")),
        picture=picture,
        events=Link(
            frame.say("acts.all_events", total=frame.number(len(deeds))) if deeds else frame.say("acts.no_events"),
            frame.link(f"{base}/timeline"),
        ),
        groups=_groups(frame, told),
        resting=Link(frame.say("acts.all_resting"), frame.link(f"{base}/resting")),
        also=_also(frame, identifier, kind.slug),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("act.html", page)


def jump_form(frame: Frame, identifier: str) -> Form:
    """The way to one article by its number."""
    inputs = (Input("place", frame.say("acts.jump_label"), hint=frame.say("acts.jump_hint"), is_required=True),)
    return Form(
        "jump", f"/legislation/{identifier}/text", (*inputs, *day_kept(frame)), frame.say("acts.jump"),
        frame.say("acts.jump_label"),
    )  # fmt: skip


def _crumbs(asked: Asked, told: Act) -> tuple[Link, ...]:
    frame = frame_of(asked, "")
    crumbs = [Link(frame.say("legislation_short"), frame.link("/legislation"))]
    if told.whole is not None:
        crumbs.append(Link(told.whole.name(asked.language), frame.link(f"/legislation/{told.whole.id}")))
    return tuple(crumbs)


def _facts(frame: Frame, told: Act, shown: reader.Shown, own: Cell) -> tuple[Fact, ...]:
    assert frame.schema is not None, "an act has one"
    record = shown.record
    kind = frame.schema.kinds[told.thing.kind]
    fields = {name: value for name, value in record.fields.items() if name not in _NOT_FACTS}
    groups = field_values.facts_of(frame, kind, Record(record.kind, record.id, fields))
    facts = [Fact(held.label, held.cells or (Cell(held.long),)) for group in groups for held in group.facts]
    facts.extend(life_lines(frame, kind, shown.life))
    if told.issuers:
        facts.append(Fact(frame.say("acts.issuer"), frame.things(told.issuers)))
    if told.whole is not None:
        facts.insert(0, Fact(frame.say("acts.part_of"), (act_cell(frame, told.whole),)))
    facts.append(Fact(frame.say("record"), (Cell(frame.say("acts.record_page"), own.href),)))
    return tuple(facts)


def _provisions_said(frame: Frame, told: Act, record: Record) -> str:
    if told.provisions:
        return frame.say("acts.has_provisions", total=frame.number(told.provisions))
    if told.whole is not None:
        return frame.say("acts.text_here") if _text_of(record) else frame.say("acts.no_text")
    return frame.say("acts.text_alone" if _text_of(record) else "acts.no_provisions")


def _text_of(record: Record) -> str:
    return str(record.fields.get("last_text") or record.fields.get("first_text") or "")


def _whole(frame: Frame, told: Act) -> Link | None:
    """From a provision on which nothing rests, the way to what rests on its act."""
    if told.whole is None or told.down_total:
        return None
    name = told.whole.name(frame.language)
    return Link(frame.say("acts.resting_on", title=name), frame.link(f"/legislation/{told.whole.id}/resting"))


def _tree(frame: Frame, told: Act, direction: Direction) -> TreeTop:
    rows, total = (told.up, told.up_total) if direction == "up" else (told.down, told.down_total)
    whole = None
    if total:
        text = frame.say(f"acts.{direction}_all", total=frame.number(total))
        whole = Link(text, frame.link(f"/legislation/{told.thing.id}", direction=direction, relation="based_on"))
    key = f"acts.{direction}_shown" if len(rows) < total else f"acts.{direction}_whole"
    return TreeTop(
        id=direction,
        heading=frame.say(f"acts.section_{direction}"),
        lead=frame.say(key, shown=frame.number(len(rows)), total=frame.number(total)) if total else "",
        direction=direction,
        rows=tuple(_tree_row(frame, row, told.thing.id, direction) for row in rows),
        empty=frame.say(f"acts.nothing_{direction}"),
        all=whole,
        api=frame.link("/api/legislation/~/branches", direction=direction),
    )


def _tree_row(frame: Frame, row: ActBranch, start: str, direction: Direction) -> TreeRow:
    is_own = row.thing.kind in ("Legislation", "Provision")
    way = f"/legislation/{row.thing.id}" if is_own or direction == "up" else ""
    return TreeRow(
        id=row.thing.id,
        cell=act_cell(frame, row.thing),
        via=act_cell(frame, row.via) if row.via.id != start else None,
        beyond=row.beyond,
        href=f"{frame.link(way)}#{direction}" if way else "",
    )


def _chain(frame: Frame, told: Act, way: Way) -> Chain:
    steps, is_cut = (
        (told.repealed_by, told.repealed_by_is_cut) if way == "of" else (told.repealed, told.repealed_is_cut)
    )
    under: dict[str, list[ChainStep]] = {}
    for step in steps:
        under.setdefault(step.parent, []).append(step)
    direction = "down" if way == "of" else "up"
    return Chain(
        heading=frame.say(f"acts.chain_{way}"),
        rows=_chain_rows(frame, under, told.thing.id, way),
        empty=frame.say(f"acts.no_chain_{way}"),
        all=Link(
            frame.say("acts.chain_all_cut" if is_cut else "acts.chain_all"),
            frame.link(f"/legislation/{told.thing.id}", direction=direction, relation="repeals"),
        ),
    )


def _chain_rows(frame: Frame, under: dict[str, list[ChainStep]], parent: str, way: Way) -> tuple[ChainRow, ...]:
    # Each act stands once in a chain, so the nesting ends.
    return tuple(
        ChainRow(act_cell(frame, step.act), _step_said(frame, step), step.is_unverified,
                 _chain_rows(frame, under, step.act.id, way))
        for step in under.get(parent, ())
    )  # fmt: skip


def _step_said(frame: Frame, step: ChainStep) -> str:
    parts = [frame.day(step.on) if step.on else frame.say("acts.unknown_day")]
    if not step.has_effect:
        parts.append(frame.say("acts.what_without_effect"))
    else:
        parts.append(frame.say("acts.wholly" if step.is_whole else "acts.partly"))
    if step.provisions:
        parts.append(frame.say("acts.touched", count=frame.number(step.provisions)))
    if step.places:
        parts.append(frame.say("acts.by_places", places=", ".join(step.places)))
    return " · ".join(parts)


def _groups(frame: Frame, told: Act) -> tuple[DependantGroup, ...]:
    assert frame.schema is not None, "an act has one"
    groups = []
    for held in told.resting:
        kind = frame.schema.kinds[held.kind]
        way = f"/legislation/{told.thing.id}/resting"
        holders = tuple(
            HolderRow(
                frame.thing(holder.institution) if holder.institution else Cell(frame.say("nobody")),
                holder.count,
                frame.link(way, kind=kind.slug, institution=holder.institution.id if holder.institution else NOBODY),
            )
            for holder in held.holders
        )
        more = frame.say("acts.more_institutions", count=frame.number(held.more)) if held.more else ""
        groups.append(
            DependantGroup(kind.plural.of(frame.language), held.total, frame.link(way, kind=kind.slug), holders, more)
        )
    return tuple(groups)


def _also(frame: Frame, identifier: str, slug: str) -> tuple[Link, ...]:
    ways = [
        Link(
            frame.say(f"turn_{relation}_{way}"),
            frame.link(f"/legislation/{identifier}", direction=way, relation=relation),
        )
        for relation in ("based_on", "repeals", "amends")
        for way in ("down", "up")
    ]
    return (
        *ways,
        Link(frame.say("impact"), frame.link(f"/impact/{slug}/{identifier}")),
        Link(frame.say("paths_start"), frame.link("/paths", **{"from": identifier})),
        Link(frame.say("record.explore"), frame.explore(identifier)),
    )
