"""The page of an impact: its figures as ways to narrow it, the rows in groups, the chain of each as a sentence."""

from dataclasses import dataclass

from markupsafe import Markup

from kaysis_graph.answers.answer import Thing, things
from kaysis_graph.answers.institution_choice import NOBODY, chosen_institution
from kaysis_graph.answers.question import known_kinds
from kaysis_graph.answers.reply import Reply
from kaysis_graph.impact.ask import Fallen, Impact, about_ground
from kaysis_graph.impact.assumption import how_assumed
from kaysis_graph.impact.question import ImpactQuestion
from ui.pages.answer_parts import another, day_kept, downloads, inputs_of, notices, pages_of, picture_of, ways_of
from ui.pages.choice import Chooser
from ui.pages.frame import Cell, Frame, Link, frame_of, shape_named
from ui.pages.page_parts import Another, Facet, Form, Input, rendered
from ui.pages.reader import Asked
from ui.pages.records.edge_groups import meaning

# Of more institutions than these the list below is the better place.
_INSTITUTIONS = 12


@dataclass(frozen=True)
class ChainLink:
    """One link of a chain: what the record before is to the next one, and the next one."""

    word: str
    cell: Cell


@dataclass(frozen=True)
class FallenRow:
    """One record that is affected: how far off, whose, and by which chain from the record asked about."""

    cell: Cell
    depth: str
    institution: Cell | None
    chain: tuple[ChainLink, ...]
    note: str


@dataclass(frozen=True)
class FallenGroup:
    """The rows of one institution, kind or depth that are on the page, and how many there are in all."""

    heading: str
    total: str
    rows: tuple[FallenRow, ...]


@dataclass(frozen=True)
class ImpactPage:
    """What is affected when a record changes: figures, picture, rows in groups, files."""

    frame: Frame
    heading: str
    start: Cell
    about: str
    own: str
    total: str
    direct: str
    notices: tuple[str, ...]
    facets: tuple[Facet, ...]
    filters: tuple[Link, ...]
    form: Form
    picture: Markup | None
    picture_note: str
    groups: tuple[FallenGroup, ...]
    empty: str
    previous: Link | None
    following: Link | None
    explore: Link
    what_if: Link
    downloads: tuple[Link, ...]
    question: Form
    another: Another


def impact_page(asked: Asked, reply: Reply[Impact, Fallen], question: ImpactQuestion, offset: int, limit: int) -> str:
    """The page of an answer as it was narrowed."""
    # The picture first: it names more rows than the page, which are then not asked for again.
    diagram = None if offset else reply.diagram
    answer = reply.answer
    title = frame_of(asked, "").say("impact_of", title=answer.start.name(asked.language))
    frame = frame_of(asked, title, (Link(frame_of(asked, "").say("impact"), "/impact"),))
    ways = ways_of(frame, reply)
    picture, note = picture_of(asked, frame, diagram)
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    inputs = inputs_of(frame, question, "impact", ("words", "group", "sort", "depth"))
    page = ImpactPage(
        frame=frame,
        heading=frame.title,
        start=frame.thing(answer.start),
        about=frame.say("impact_about"),
        own=frame.say("impact.own", count=frame.number(answer.own)) if answer.own else "",
        total=frame.number(answer.total),
        direct=frame.number(answer.direct),
        notices=notices(frame, answer.cut),
        facets=(_by_kind(frame, answer, question), _by_institution(frame, answer, question)),
        filters=_filters(asked, frame, question),
        form=Form("narrow", ways.page, inputs, frame.say("impact.narrow"), frame.say("impact.narrow")),
        picture=picture,
        picture_note=note,
        groups=_groups(frame, answer, question),
        empty=frame.say("impact.none_left" if question.is_narrowed else "no_impact"),
        previous=previous,
        following=following,
        explore=Link(frame.say("impact.explore"), frame.explore(answer.start.id)),
        what_if=Link(
            frame.say(f"what_if.ask_{how_assumed(answer.start.kind)}"),
            frame.link("/impact/what-if", record=answer.start.id),
        ),
        downloads=downloads(frame, ways),
        question=begin_form(frame, answer.start.id, None),
        another=another(frame, ways),
    )
    return rendered("impact.html", page)


def impact_chooser(asked: Asked, words: str, depth: int | None) -> Chooser:
    """What is asked where a question begins, or the name of its record fits several."""
    frame = frame_of(asked, "")
    return Chooser(
        heading=frame.say("impact"),
        about=frame.say("impact_about"),
        form=begin_form(frame, words, depth),
        also=(Link(frame.say("what_if.heading"), frame.link("/impact/what-if")),),
    )


def begin_form(frame: Frame, record: str, depth: int | None) -> Form:
    """The form that asks about a record."""
    inputs = (
        Input("record", frame.say("impact_record"), record, hint=frame.say("impact_record_hint"), is_required=True),
        Input("depth", frame.say("impact.depth"), str(depth or ""), "number", hint=frame.say("impact.depth_hint")),
        *day_kept(frame),
    )
    return Form("impact", "/impact", inputs, frame.say("show"), frame.say("impact"))


def _by_kind(frame: Frame, answer: Impact, question: ImpactQuestion) -> Facet:
    assert frame.schema is not None, "an answer has one"
    chosen = known_kinds(frame.schema, question.kinds, "kinds") or frozenset()
    links = []
    for name, count in answer.kinds.items():
        # A chosen kind is let go with the next click, another one is added to it.
        after = [frame.schema.kinds[kind].slug for kind in frame.schema.kinds if kind in chosen ^ {name}]
        kind = frame.schema.kinds[name]
        href = frame.here(kinds=",".join(after) or None, offset=None)
        link = Link(kind.plural.of(frame.language), href, is_current=name in chosen)
        links.append((link, shape_named(kind.slug), count))
    return Facet(frame.say("by_kind"), tuple(links))


def _by_institution(frame: Frame, answer: Impact, question: ImpactQuestion) -> Facet:
    links = []
    for place, share in enumerate(answer.institutions):
        identifier = share.institution.id if share.institution else NOBODY
        is_chosen = identifier == question.institution
        if place >= _INSTITUTIONS and not is_chosen:
            continue
        words = share.institution.full_name(frame.language) if share.institution else frame.say("nobody")
        href = frame.here(institution=None if is_chosen else identifier, offset=None)
        links.append((Link(words, href, is_current=is_chosen), "", share.count))
    rest = len(answer.institutions) - len(links)
    if rest > 0:
        words = frame.say("impact.more_institutions", count=frame.number(rest))
        left = sum(share.count for share in answer.institutions) - sum(count for *_, count in links)
        links.append((Link(words, frame.here(group="institution", offset=None) + "#table"), "", left))
    return Facet(frame.say("by_institution"), tuple(links))


def _filters(asked: Asked, frame: Frame, question: ImpactQuestion) -> tuple[Link, ...]:
    """What the rows are narrowed by, each as a link that lets go of it."""
    assert frame.schema is not None, "an answer has one"
    view = asked.graph.on(asked.at)
    found = []
    if chosen := known_kinds(frame.schema, question.kinds, "kinds"):
        kinds = ", ".join(kind.plural.of(frame.language) for kind in frame.schema.kinds.values() if kind.name in chosen)
        found.append(Link(kinds, frame.here(kinds=None, offset=None)))
    place = chosen_institution(view, question.institution)
    if place is not None:
        # By itself, and not from the shares: an institution to which nothing belongs has none.
        told = frame.say("nobody") if place < 0 else things(view, [place])[0].full_name(frame.language)
        found.append(Link(told, frame.here(institution=None, offset=None)))
    if question.words:
        found.append(Link(f"“{question.words}”", frame.here(words=None, offset=None)))
    return tuple(found)


def _groups(frame: Frame, answer: Impact, question: ImpactQuestion) -> tuple[FallenGroup, ...]:
    groups: list[tuple[str, list[FallenRow]]] = []
    for row in answer.rows:
        key = _group_of(row, question)
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(_row(frame, answer.start, row))
    return tuple(
        FallenGroup(
            _heading(frame, answer, question, key), frame.number(answer.groups.get(key, answer.total)), tuple(rows)
        )
        for key, rows in groups
    )


def _group_of(row: Fallen, question: ImpactQuestion) -> str:
    match question.group:
        case "institution":
            return row.institution.id if row.institution else NOBODY
        case "kind":
            return row.thing.kind
        case "depth":
            return str(row.depth)
        case None:
            return ""


def _heading(frame: Frame, answer: Impact, question: ImpactQuestion, key: str) -> str:
    assert frame.schema is not None, "an answer has one"
    match question.group:
        case "institution":
            names = {row.institution.id: row.institution for row in answer.rows if row.institution}
            return names[key].full_name(frame.language) if key in names else frame.say("nobody")
        case "kind":
            return frame.schema.kinds[key].plural.of(frame.language)
        case "depth":
            return frame.say("impact.depth_of", depth=key)
        case None:
            return frame.say("impact.rows")


def _row(frame: Frame, start: Thing, row: Fallen) -> FallenRow:
    assert frame.schema is not None, "an answer has one"
    hops = []
    before = start
    for link in row.chain:
        ends = (before.kind, link.thing.kind)
        word = meaning(frame.schema, frame, ends[0], "out" if link.along else "in", link.type, ends[1])
        hops.append(ChainLink(word, frame.thing(link.thing)))
        before = link.thing
    note = frame.say("other_sources", count=row.other_sources) if row.other_sources else ""
    if row.ground is not None:
        note = about_ground(row.ground, frame.language)
    institution = frame.thing(row.institution) if row.institution else None
    return FallenRow(frame.thing(row.thing), frame.number(row.depth), institution, tuple(hops), note)
