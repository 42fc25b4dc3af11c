"""The pages of the text of an act and of its timeline."""

from dataclasses import dataclass

from markupsafe import Markup

from kaysis_graph import text
from kaysis_graph.answers import text_difference
from kaysis_graph.answers.reply import Reply
from kaysis_graph.legislation import provision_texts
from kaysis_graph.legislation.provision_texts import ActText, Provision
from kaysis_graph.legislation.timeline import ActEvent, Timeline
from kaysis_graph.search.citations import read_place
from ui.pages.answer_parts import another, downloads, notices, pages_of, ways_of
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.legislation.act import jump_form
from ui.pages.legislation.act_state import act_cell
from ui.pages.legislation.work_page import Article, TextPage, TimelinePage
from ui.pages.page_parts import Section, rendered
from ui.pages.reader import Asked

_TOUCHED = 12


@dataclass(frozen=True)
class FoundPlace:
    """Where an article stands in the text of an act; or the words that were meant instead, or what is `missing`."""

    address: str = ""
    words: str = ""
    missing: str = ""


def place_in_text(asked: Asked, reply: Reply[ActText, Provision], place: str) -> FoundPlace:
    """The place of an article as it was typed; what is no number of an article is looked for in the text."""
    frame = frame_of(asked, "")
    told = reply.answer
    wanted = read_place(place)
    for held in told.anchors:
        if held.anchor == wanted:
            way = frame.link(f"/legislation/{told.start.id}/text", offset=held.offset or None)
            return FoundPlace(f"{way}#{held.anchor}")
    if wanted == text.fold(place):
        return FoundPlace(words=place)
    return FoundPlace(missing=frame.say("acts.no_place", place=place))


def text_page(asked: Asked, reply: Reply[ActText, Provision], limit: int, missing: str = "") -> str:
    """The page of an act's text; `missing` names the article that was asked for and is not there."""
    told = reply.answer
    words = reply.question.parameters.get("words", "")
    identifier = told.start.id
    name = told.start.name(asked.language)
    plain = frame_of(asked, "")
    act = Link(name, plain.link(f"/legislation/{identifier}"))
    crumbs = (Link(plain.say("legislation_short"), plain.link("/legislation")), act)
    frame = frame_of(asked, plain.say("acts.text_of", title=name), crumbs)
    ways = ways_of(frame, reply)
    previous, following = pages_of(frame, told.offset, len(told.rows), told.total, limit)
    own = _own_text(frame, told)
    page = TextPage(
        frame=frame,
        heading=frame.title,
        act=act,
        lead=f"{missing} {_lead(frame, told, words)}".lstrip(),
        notices=notices(frame, told.cut),
        words=words,
        jump=jump_form(frame, identifier),
        pages=_pages(frame, told, limit) if told.total > limit else (),
        anchors=tuple(
            Link(held.place, f"#{held.anchor}") for held in told.anchors if held.offset == _page_of(told.offset, limit)
        ),
        articles=(*own, *(_article(frame, row, told.words) for row in told.rows)),
        empty=frame.say("acts.no_words_found" if words else "acts.no_provisions"),
        previous=_under(previous, "text"),
        following=_under(following, "text"),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("act_text.html", page)


def _lead(frame: Frame, told: ActText, words: str) -> str:
    total, whole = frame.number(told.total), frame.number(told.provisions)
    if words:
        return frame.say("acts.text_found", words=words, total=total, provisions=whole)
    return frame.say("acts.text_lead", total=whole)


def _own_text(frame: Frame, told: ActText) -> tuple[Article, ...]:
    """The text of the act itself, where its provisions are no records of their own."""
    if told.offset or not (told.first_text or told.last_text):
        return ()
    cell = act_cell(frame, told.start)
    return (
        _read(
            frame, provision_texts.anchor_of(told.start.id), cell, (), told.first_text, told.last_text, told.words, ""
        ),
    )


def _article(frame: Frame, row: Provision, sought: tuple[str, ...]) -> Article:
    thing = act_cell(frame, row.thing)
    href = frame.link(f"/legislation/{row.thing.id}")
    notes = []
    if row.resting:
        notes.append(Link(frame.say("acts.note_resting", count=frame.number(row.resting)), f"{href}#down"))
    if row.changes:
        day = frame.day(row.changed_on) if row.changed_on else frame.say("acts.unknown_day")
        said = frame.say("acts.note_changed", count=frame.number(row.changes), day=day)
        notes.append(Link(said, frame.link(f"/legislation/{row.thing.id}/timeline")))
    cell = Cell(row.place, href, "", thing.badges, row.thing.id)
    return _read(frame, row.anchor, cell, tuple(notes), row.first_text, row.last_text, sought, row.source or "")


def _read(  # noqa: PLR0913  # an article, part by part
    frame: Frame,
    anchor: str,
    cell: Cell,
    notes: tuple[Link, ...],
    first: str | None,
    last: str | None,
    sought: tuple[str, ...],
    source: str,
) -> Article:
    shown = text_difference.laid_out(last or first or "")
    is_changed = first and last and first != last
    both = (text_difference.laid_out(first or ""), text_difference.laid_out(last or ""))
    left, right = text_difference.compared(*both) if is_changed else ((), ())
    return Article(
        anchor=anchor,
        cell=cell,
        notes=notes,
        text=text_difference.found(shown, sought) if shown else (),
        only_first=bool(first) and not last,
        first=left,
        last=right,
        source=frame.say("acts.source", source=source) if source else "",
    )


def _pages(frame: Frame, told: ActText, limit: int) -> tuple[Link, ...]:
    """The pages of a long act by the first and last article of each."""
    by_offset: dict[int, list[str]] = {}
    for held in told.anchors:
        by_offset.setdefault(held.offset, []).append(held.place)
    return tuple(
        Link(
            frame.say("acts.page_of_text", first=offset + 1, last=offset + len(places), place=places[0]),
            frame.here(offset=offset or None) + "#text",
            is_current=offset == _page_of(told.offset, limit),
        )
        for offset, places in by_offset.items()
    )


def _page_of(offset: int, limit: int) -> int:
    return offset // limit * limit


def _under(link: Link | None, anchor: str) -> Link | None:
    return link and Link(link.text, f"{link.href.partition('#')[0]}#{anchor}")


def timeline_page(asked: Asked, reply: Reply[Timeline, ActEvent], limit: int) -> str:
    """The page of an act's life, with its picture."""
    told = reply.answer
    plain = frame_of(asked, "")
    identifier, name = told.start.id, told.start.name(asked.language)
    crumbs = (
        Link(plain.say("legislation_short"), plain.link("/legislation")),
        Link(name, plain.link(f"/legislation/{identifier}")),
    )
    frame = frame_of(asked, plain.say("acts.timeline_of", title=name), crumbs)
    ways = ways_of(frame, reply)
    previous, following = pages_of(frame, told.offset, len(told.rows), told.total, limit)
    columns = tuple(frame.say(f"acts.column_{key}") for key in ("on", "what", "by", "touched", "source"))
    rows = tuple(_event_row(frame, row) for row in told.rows)
    section = Section(frame.say("table"), columns, rows, frame.say("acts.no_events"), "", previous, following)
    page = TimelinePage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("acts.timeline_lead", total=frame.number(told.total), at=frame.day(asked.at)),
        notices=notices(frame, told.cut),
        picture=Markup(reply.drawing),  # noqa: S704  # our renderer escapes
        section=section,
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("act_timeline.html", page)


def _event_row(frame: Frame, row: ActEvent) -> tuple[tuple[Cell, ...], ...]:
    assert frame.schema is not None, "an act has one"
    touched = [act_cell(frame, thing) for thing in row.touched[:_TOUCHED]]
    if len(row.touched) > _TOUCHED:
        touched.append(Cell(frame.say("and_more", count=frame.number(len(row.touched) - _TOUCHED))))
    kinds = [
        f"{frame.schema.label_of_code('amendment_kind', kind, frame.language)}: {frame.number(count)}"
        for kind, count in row.amendments.items()
    ]
    doubt = [frame.say("edge_unverified")] if row.is_unverified else []
    return (
        (Cell(frame.day(row.on) if row.on else frame.say("acts.unknown_day")),),
        (Cell(frame.say(f"acts.what_{row.what}")), *(Cell(said) for said in (*kinds, *doubt))),
        (act_cell(frame, row.by),) if row.by else (Cell("–"),),
        tuple(touched) or (Cell("–"),),
        tuple(Cell(source) for source in row.sources) or (Cell("–"),),
    )
