"""The life of an act as a picture: itself, and the provisions that were changed most, on a line of years."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing, day, things_by_position
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation.timeline import Deed, What
from kaysis_graph.messages import Language, say
from kaysis_graph.render.timeline import DayMark, Sort, TimelinePicture, Track

# More lines than these are not read any more; the table has all.
MOST_TRACKS: Final = 14
_SORTS: Mapping[What, Sort] = {
    "accepted": "begun",
    "published": "begun",
    "in_force": "begun",
    "amended": "changed",
    "repealed_in_part": "ended_in_part",
    "repealed": "ended",
    "ended": "ended",
}


def of_deeds(graph: Graph, view: View, place: int, deeds: Sequence[Deed], language: Language) -> TimelinePicture:
    """The picture of events that were found before."""
    # What had no effect is told by the table: it did nothing to the text.
    deeds = [deed for deed in deeds if deed.what != "without_effect"]
    known = [deed for deed in deeds if date_of(deed.on) is not None]
    touched: dict[int, list[Deed]] = {}
    for deed in known:
        for one in deed.touched:
            touched.setdefault(one, []).append(deed)
    most = sorted(touched, key=lambda one: (-len(touched[one]), int(view.records.rank[one])))[:MOST_TRACKS]
    names = things_by_position(view, [place, *most, *(deed.by for deed in known if deed.by is not None)])
    shown = sorted(most, key=lambda one: int(view.records.rank[one]))
    own = _track(graph, view, place, known, names, language)
    title = say("acts.timeline_of", language, title=names[place].full_name(language))
    notes = [say("pictures.as_of", language, at=text.written_day(day(view), language), sequence=view.sequence)]
    if len(touched) > len(most):
        notes.append(say("acts.timeline_most", language, shown=len(most), total=len(touched)))
    if len(known) < len(deeds):
        notes.append(say("acts.timeline_undated", language, count=len(deeds) - len(known)))
    return TimelinePicture(
        title=title,
        about=say("acts.timeline_about", language, title=title, events=len(known), provisions=len(touched)),
        tracks=(own, *(_track(graph, view, one, touched[one], names, language, own.begins) for one in shown)),
        until=day(view),
        language=language,
        footnotes=tuple(notes),
    )


def dated(drawn: TimelinePicture, at: date | None) -> TimelinePicture:
    """The picture with links that keep the day asked about, where one was."""
    if at is None:
        return drawn

    def link(target: str | None) -> str | None:
        return target and f"{target}?at={at.isoformat()}"

    tracks = tuple(
        replace(
            track,
            link=link(track.link),
            marks=tuple(replace(mark, link=link(mark.link)) for mark in track.marks),
        )
        for track in drawn.tracks
    )
    return replace(drawn, tracks=tracks)


def _track(  # noqa: PLR0913  # one line of the picture
    graph: Graph,
    view: View,
    place: int,
    deeds: Sequence[Deed],
    names: Mapping[int, Thing],
    language: Language,
    since: date | None = None,
) -> Track:
    """The line of a text; of a provision whose own first day is not told it begins with its act, `since`."""
    kind = graph.schema.kinds[names[place].kind]
    marks = tuple(_mark(deed, names, language) for deed in deeds)
    first = int(view.records.first_from[place])
    # Enacted again, it does not end with what ended it before.
    again = date_of(int(view.since[place])) if view.since[place] != first else None
    ends = [mark.on for mark in marks if mark.sort == "ended" and (again is None or mark.on > again)]
    if view.over[place]:
        ends.append(date_of(int(view.over_on[place])) or day(view))
    return Track(
        title=names[place].full_name(language),
        shape=kind.slug,
        begins=date_of(first) or since or min((mark.on for mark in marks if mark.sort == "begun"), default=None),
        ends=min(ends, default=None),
        marks=marks,
        link=f"/legislation/{names[place].id}",
    )


def _mark(deed: Deed, names: Mapping[int, Thing], language: Language) -> DayMark:
    on = date_of(deed.on)
    assert on is not None, "only what has a day is drawn"
    said = [text.written_day(on, language), say(f"acts.what_{deed.what}", language)]
    if deed.by is not None:
        said.append(names[deed.by].name(language))
    if len(deed.touched):
        said.append(say("acts.touched", language, count=len(deed.touched)))
    link = None if deed.by is None else f"/legislation/{names[deed.by].id}"
    return DayMark(on, _SORTS[deed.what], " · ".join(said), link)
